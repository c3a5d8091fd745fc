"""A bucket that keeps old versions: each can be fetched and deleted by its id."""

from client import curl
from named import Named


def run(server, tap):
    server.store.create_bucket(Bucket="versioned")
    server.store.put_bucket_versioning(Bucket="versioned",
                                       VersioningConfiguration={"Status": "Enabled"})
    named = Named(server, "versions", bucket="versioned")
    key = "minutes & more.txt"
    bodies, ids = (b"the first", b"the second, longer"), []
    for body in bodies:
        said = named.ask("put", key, body)
        ids.append(said.headers.get("x-amz-version-id", ""))
        tap.check(said.status == 200 and ids[-1] not in ("", "null"), "PUT of a version", said)

    said = named.ask("get", key)
    tap.check(said.body == bodies[1], "GET without a version gives the second", said)
    for body, version in zip(bodies, ids):
        said = named.ask("get", key, version_id=version)
        tap.check(said.status == 200 and said.body == body, "GET of version " + version, said)
        said = named.ask("head", key, version_id=version)
        tap.check(said.headers.get("content-length") == str(len(body)), "HEAD of it", said)
    said = named.ask("get", key, version_id=ids[0], download_as="first.txt")
    name = said.headers.get("content-disposition")
    tap.check(said.body == bodies[0] and name == "attachment; filename=\"first.txt\"",
              "GET of the first as a download", "%s, %s" % (said, name))
    said = curl("GET", named.text("get", file=key, version_id=ids[0]).replace(*ids))
    tap.check(str(said) == "403 SignatureDoesNotMatch", "GET with the other version in the URL",
              said)

    said = named.ask("delete", key)
    gone = named.ask("get", key)
    tap.check((said.status, gone.status) == (204, 404), "DELETE without a version, GET after it",
              "%s, %s" % (said, gone))
    said = named.ask("get", key, version_id=ids[0])
    tap.check(said.body == bodies[0], "GET of the first version after it", said)
    said = named.ask("delete", key, version_id=ids[1])
    left = [version["VersionId"] for version in
            server.store.list_object_versions(Bucket="versioned")["Versions"]]
    tap.check(said.status == 204 and left == ids[:1], "DELETE of the second version", said)
    said = named.ask("get", key, version_id=ids[1])
    tap.check(said.status == 404, "GET of the second version after it", said)

