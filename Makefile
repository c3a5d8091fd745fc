# s3sign: presigned S3 URLs in SQL
#
#> make                build the extension; WERROR=1 makes warnings errors, CXX=clang++ takes clang
#> make install        put it into the PostgreSQL of PG_CONFIG (DESTDIR=... puts it below there)
#> make installcheck   run the regression tests against the running server it is installed in
#> make uninstall      take it out again
#> make clean          remove what was built
#>
#> make deps           install the packages that building needs; `make deps GOAL` installs
#>                     what a goal below needs, and then runs it
#> make demo           throw-away PostgreSQL and S3 server: upload and download by presigned URLs
#> make test           everything: compilers, unit tests, regression, end to end, lints
#> make matrix         build and test with PostgreSQL 15, 17, 18 and 19, on i386, arm64 and s390x, and
#>                     with libc++, each in a chroot; as root
#> make torture        what takes long: fuzzers a minute each (FUZZ_SECONDS=600 before a release),
#>                     all faults, pg_upgrade, the regression tests under valgrind; as root
#> make unit           the unit tests of the core alone
#> make lint           the lints alone
#> make format         clang-format on the C++ sources
#> make bench          benchmarks of the core and of SQL
#> make dist           the zip for PGXN, of the last commit
#> make dist-test      pack it, unpack it elsewhere, build, install, test and uninstall it
#> make deb-test       build the Debian packages in a chroot and install them in another (root)
#> make rpm-test       build the RPM packages and run the regression tests with what they hold
#> make image-test     build both images of the Dockerfile with buildah and use them (root)
#> make release        the files of a release in release/, see RELEASING.md (root)
#> make compile_commands.json    what clangd and clang-tidy read

EXTENSION = s3sign
MODULE_big = s3sign
DATA = $(wildcard sql/s3sign--*.sql)
# the credentials helper and its units; a package that has them elsewhere sets DOCS to nothing
DOCS ?= $(wildcard contrib/*)
# listed by input, so that an alternative output (x_1.out) is no test of its own
REGRESS = $(sort $(filter-out s3sign--%,$(basename $(notdir $(wildcard sql/*.sql)))))

# The core is built without the server's include paths: its includes can't go the wrong way.
CORE_OBJS = $(patsubst %.cpp,%.o,$(sort $(wildcard $(patsubst %,src/%/*.cpp,base redact sigv4 s3))))
SERVER_OBJS = $(patsubst %.cpp,%.o,$(sort $(wildcard src/*.cpp src/pg/*.cpp src/functions/*.cpp)))
OBJS = $(SERVER_OBJS) $(CORE_OBJS)
EXTRA_CLEAN = build src/exports.list

# the release: META.json's own version, two spaces deep (the specification's is deeper)
RELEASE := $(shell sed -n 's/^  "version": "\([^"]*\)".*/\1/p' META.json)

PG_CPPFLAGS = '-DS3SIGN_VERSION="$(RELEASE)"'
# a backend has one thread, and binds the library's calls while it loads
PG_CXXFLAGS = -fno-threadsafe-statics -fno-plt
# libstdc++'s templates stay visible whatever the flags say: the list holds them back
SHLIB_EXPORTS = src/exports.txt
SHLIB_LINK = -lcrypto

# PGXS is read while make parses, so the goals that run on a machine without
# PostgreSQL stay outside of it; any other goal beside them gets a make of its own.
OWN_GOALS = deps help demo test matrix torture unit lint format bench dist dist-test deb-test rpm-test image-test \
	release compile_commands.json
GOALS := $(or $(MAKECMDGOALS),all)

ifeq (,$(filter $(OWN_GOALS),$(GOALS)))

PG_CONFIG ?= pg_config
PG_VERSION := $(shell $(PG_CONFIG) --version 2>/dev/null)
ifeq (,$(PG_VERSION))
$(error s3sign needs PostgreSQL's pg_config ($(PG_CONFIG) not found): run `make deps`, install postgresql-server-dev-N, or say where with PG_CONFIG=...)
endif
PG_MAJOR := $(shell echo '$(PG_VERSION)' | sed 's/[^0-9]*\([0-9]*\).*/\1/')
ifeq (,$(shell [ '$(PG_MAJOR)' -ge 15 ] && echo yes))
$(error s3sign needs PostgreSQL 15 or newer, and $(PG_CONFIG) is of $(PG_VERSION))
endif
PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq (,$(wildcard $(PGXS)))
$(error s3sign needs the server headers of $(PG_VERSION): run `make deps` or install postgresql-server-dev-$(PG_MAJOR))
endif
# pgxs.mk may be there without the headers, and make's own words for the rest are «Error 127»
ifneq (,$(filter-out clean uninstall installcheck,$(GOALS)))
ifeq (,$(wildcard $(shell $(PG_CONFIG) --includedir-server)/postgres.h))
$(error s3sign needs the server headers of $(PG_VERSION): run `make deps` or install postgresql-server-dev-$(PG_MAJOR))
endif
ifeq (,$(shell command -v $(firstword $(CXX))))
$(error s3sign needs a C++20 compiler ($(CXX) not found): run `make deps`, install g++, or choose one with CXX=...)
endif
ifeq (,$(shell $(CXX) -x c++ -E -include openssl/evp.h /dev/null >/dev/null 2>&1 && echo yes))
$(error s3sign needs OpenSSL's headers: run `make deps` or install libssl-dev)
endif
endif
include src/pg/module.mk

$(CORE_OBJS): INCLUDES = $(filter-out -I. -I$(srcdir),$(INCLUDES_ALONE))
# vector code and inlining in the core: a tenth of a URL's time
$(CORE_OBJS): override CXXFLAGS += -O3
$(OBJS): META.json

# PGXS installs DOCS of a subfolder without it, and uninstalls them with it
.PHONY: uninstall-docs
uninstall: uninstall-docs
uninstall-docs:
	rm -f $(addprefix '$(DESTDIR)$(docdir)/$(docmoduledir)'/, $(notdir $(DOCS)))

$(shlib): $(SHLIB_EXPORTS:.txt=.list)

else

.PHONY: $(OWN_GOALS) $(GOALS)
ifneq (,$(filter deps,$(GOALS)))
$(filter-out deps help,$(GOALS)): deps
endif

$(filter-out $(OWN_GOALS),$(GOALS)):
	+@$(MAKE) --no-print-directory $@

help:
	@sed -n 's/^#> \{0,1\}//p' Makefile

deps:
	@test/deps $(filter-out deps help,$(GOALS))

demo:
	@test/tools demo
	@examples/demo/run

test:
	@test/tools test
	@test/run

matrix:
	@test/tools matrix
	@test/matrix

torture:
	@test/tools torture
	@SHOW=1 FUZZ_SECONDS=$${FUZZ_SECONDS:-60} FAULTS_STEP=1 ANALYZER_NODES=225000 \
		test/run lint fuzz faults upgrade valgrind

unit:
	@test/tools unit
	+@$(MAKE) --no-print-directory -f test/core.mk unit

lint:
	@test/tools lint
	@test/run lint

format:
	@test/tools format
	clang-format -i $$(find src test bench examples -name '*.[ch]pp')

bench:
	@test/tools bench
	@bench/run

DIST = s3sign-$(RELEASE).zip
dist:
	@test/tools dist
	git archive --format=zip --prefix=s3sign-$(RELEASE)/ -o $(DIST) HEAD

dist-test:
	@test/tools dist-test
	@test/dist

deb-test:
	@test/tools deb-test
	@test/deb

rpm-test:
	@test/tools rpm-test
	@test/rpm

image-test:
	@test/tools image-test
	@test/image

release:
	@test/tools release
	@packaging/release

compile_commands.json:
	@packaging/compile_commands

endif
