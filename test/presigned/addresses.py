"""How a bucket is addressed: what stands in the host, and what in the path."""


def run(server, tap):
    server.put("found", b"found")
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
