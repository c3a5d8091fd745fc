"""How a bucket is addressed: what is in the host, and what in the path."""

from client import curl, submit
from named import Named


def run(server, tap):
    server.put("found", b"found")
    explicit(server, tap)
    virtual_form(server, tap)
    public(server, tap)


def explicit(server, tap):
    port = server.port
    here = "127.0.0.1:" + port
    virtual = ["--connect-to", "%s.localhost:%s:%s" % (server.bucket, port, here)]
    plain = ["--connect-to", "localhost:80:" + here]
    literal = ["--connect-to", "[::1]:80:" + here]
    for what, endpoint, host, options, arguments in (
            ("virtual host", "http://localhost:" + port,
             "%s.localhost:%s" % (server.bucket, port), virtual, {"addressing": "virtual"}),
            ("path", "http://localhost:" + port, "localhost:" + port,
             ["--connect-to", "localhost:%s:%s" % (port, here)], {"addressing": "path"}),
            ("endpoint in upper case", "HTTP://LOCALHOST:" + port, "localhost:" + port,
             ["--connect-to", "localhost:%s:%s" % (port, here)], {}),
            ("endpoint with a slash behind", server.endpoint + "/", here, [], {}),
            ("default port", "http://localhost:80", "localhost", plain, {}),
            ("no port", "http://localhost", "localhost", plain, {}),
            ("IPv6 address", "http://[::1]:80", "[::1]", literal, {})):
        url = server.url("GET", "found", server=endpoint, **arguments)
        said = server.ask("GET", "found", server=endpoint, options=options, **arguments)
        good = said.status == 200 and said.body == b"found" and url.split("/")[2] == host
        tap.check(good, "GET, %s, at %s" % (what, host), said)

    virtual_key = {"server": "http://localhost:" + port, "addressing": "virtual"}
    said = server.ask("PUT", "a/b c", b"", options=virtual, **virtual_key)
    tap.check(said.status == 200 and "a/b c" in server.keys(), "PUT, virtual host", said)

    # a base path is part of the path that is signed: here it is what the server takes for the
    # bucket, and our bucket the beginning of the key
    base = "%s/%s" % (server.endpoint, server.bucket)
    said = server.ask("PUT", "key", b"based", server=base, bucket="folder")
    tap.check(said.status == 200 and server.read("folder/key") == b"based",
              "PUT, endpoint with a base path", said)

    # where the host is the bucket, the path holds the key alone, which a server that looks for
    # the bucket in the path takes for one
    said = server.ask("PUT", "new-bucket", addressing="cname")
    buckets = [entry["Name"] for entry in server.store.list_buckets()["Buckets"]]
    tap.check(said.status == 200 and "new-bucket" in buckets, "PUT, host for bucket", said)


def virtual_form(server, tap):
    if server.name == "swift":
        return
    named = Named(server, "virtual form", addressing="virtual",
                  endpoint="http://localhost:" + server.port)
    form = named.json("post", file="by virtual form", max_bytes=4)
    host = "%s.localhost:%s" % (server.bucket, server.port)
    said = submit(form, b"form", options=["--connect-to", "%s:127.0.0.1:%s" % (host, server.port)])
    tap.check(said.status == 204 and server.read("by virtual form") == b"form" and
              form["url"].split("/")[2] == host, "POST of a form, virtual host", said)


def public(server, tap):
    """What a public_endpoint shows, a proxy undoes: then all is as it was signed."""
    shown = "https://files.example.com/media"
    named = Named(server, "public", public_endpoint=shown)

    def undone(what, method, url, body=None, headers=()):
        behind = url.replace(shown + "/", server.endpoint + "/", 1)
        said = curl(method, behind, body, {**dict(headers), "Host": "files.example.com"})
        tap.check(url != behind and said.status == 403, "%s, by a proxy that leaves the host" % what,
                  said)
        said = curl(method, behind, body, headers)
        tap.check(said.status == 200, "%s, by a proxy that does not" % what, said)
        return said

    said = undone("GET with a public_endpoint", "GET", named.text("get", file="found"))
    tap.check(said.body == b"found", "and gives its bytes")
    said = undone("list with a public_endpoint", "GET", named.text("list", prefix="found"))
    tap.check(said.texts("Contents/Key") == ["found"], "and gives its keys")
    ticket = named.json("upload", file="public", bytes=6)
    undone("ticket with a public_endpoint", ticket["method"], ticket["url"], b"public",
           ticket["headers"])
    tap.check(server.read("public") == b"public", "and stores its bytes")
    if server.name != "swift":
        form = named.json("post", file="public", max_bytes=4)
        behind = {**form, "url": form["url"].replace(shown + "/", server.endpoint + "/", 1)}
        said = submit(behind, b"form")
        tap.check(behind != form and said.status == 204 and server.read("public") == b"form",
                  "POST of a form with a public_endpoint", said)
