"""A bucket of a tenant at Ceph: its name is TENANT:BUCKET."""

from client import submit
from named import Named


def run(server, tap):
    tenant = server.settings.get("S3_TENANT")
    if not tenant:
        return
    credentials = {"identity": server.settings["S3_TENANT_ACCESS_KEY"],
                   "secret": server.settings["S3_TENANT_SECRET_KEY"]}
    store = server.botocore("s3", credentials)
    store.create_bucket(Bucket="media")
    bucket = tenant + ":media"

    def read(key):
        return store.get_object(Bucket="media", Key=key)["Body"].read()

    signed = {"bucket": bucket, **credentials}
    said = server.ask("PUT", "a b.txt", b"tenant's", **signed)
    tap.check(said.status == 200 and read("a b.txt") == b"tenant's", "PUT to %s" % bucket, said)
    said = server.ask("GET", "a b.txt", **signed)
    tap.check(said.body == b"tenant's", "GET from %s" % bucket, said)
    said = server.ask("GET", "a b.txt", bucket=bucket)
    tap.check(str(said) == "403 AccessDenied", "GET from %s by a user of no tenant" % bucket, said)
    said = server.ask("GET", "a b.txt", bucket="other:media", **credentials)
    tap.check(str(said) == "404 NoSuchBucket", "GET from another tenant's", said)

    named = Named(server, "tenant", credentials, bucket=bucket)
    keys = named.ask("list").texts("Contents/Key")
    tap.check(keys == ["a b.txt"], "a named server lists %s" % bucket, ", ".join(keys))
    said = submit(named.json("post", file="by form", max_bytes=4), b"form")
    tap.check(said.status == 204 and read("by form") == b"form", "POST of a form for %s" % bucket,
              said)
    said = named.ask("delete", "a b.txt")
    keys = named.ask("list").texts("Contents/Key")
    tap.check(said.status == 204 and keys == ["by form"], "DELETE from %s" % bucket, said)
