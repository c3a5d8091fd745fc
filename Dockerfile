# s3sign in PostgreSQL's official image, and as an extension image for CloudNativePG
#
#	docker build -t s3sign:18 .
#	docker build -t s3sign-extension:18 --target extension .
#
# PG_MAJOR is a release of PostgreSQL from 15 on, DISTRO a Debian that the official image has it for:
# --build-arg PG_MAJOR=17 --build-arg DISTRO=trixie
ARG PG_MAJOR=18
ARG DISTRO=bookworm

FROM postgres:${PG_MAJOR}-${DISTRO} AS build
ARG PG_MAJOR
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
        g++ libssl-dev make postgresql-server-dev-${PG_MAJOR}
COPY . /s3sign
# DOCS: the credentials helper runs beside the server, not in its image
RUN make -C /s3sign -j"$(nproc)" with_llvm=no && \
    make -C /s3sign install with_llvm=no DOCS= DESTDIR=/installed && \
    mkdir -p /extension/share /extension/licenses/s3sign && \
    cp -r "/installed$(pg_config --pkglibdir)" /extension/lib && \
    cp -r "/installed$(pg_config --sharedir)/extension" /extension/share/extension && \
    cp /s3sign/LICENSE /extension/licenses/s3sign/

# For `.spec.postgresql.extensions` of a cluster: CloudNativePG mounts the image into PostgreSQL 18
# or newer, which finds it by extension_control_path and dynamic_library_path.
FROM scratch AS extension
LABEL org.opencontainers.image.title="s3sign" \
      org.opencontainers.image.description="presigned S3 URLs in SQL (AWS Signature Version 4)" \
      org.opencontainers.image.licenses="PostgreSQL"
COPY --from=build /extension/ /
USER 65532:65532

FROM postgres:${PG_MAJOR}-${DISTRO}
LABEL org.opencontainers.image.title="PostgreSQL with s3sign" \
      org.opencontainers.image.description="presigned S3 URLs in SQL (AWS Signature Version 4)" \
      org.opencontainers.image.licenses="PostgreSQL"
COPY --from=build /installed/ /
COPY LICENSE /usr/share/doc/s3sign/
