"""Lists: which keys, in which order, in how many pages."""

import urllib.parse

from named import Named

# each of them in a list of XML as well as in a URL
KEYS = (
    "two words", " space in front", "plus+plus", "a%b", "%2F", "%zz", "a/b/c", "a//b", "/leading",
    "trailing/", "single'quote", "\"double\"", "back\\slash", "a&b", "&amp;", "a=b;c", "a<b>c",
    "]]>", "?X-Amz-Signature=0&a=b", "Ünïcödé/ß", "日本語/鍵", "😀", "e\u0301", "k" * 1024,
)
# that XML 1.0 has no way to write, or does not keep
NOT_IN_XML = ("line\r\nfeed", "control\x01\x1f")


def run(server, tap):
    server.store.create_bucket(Bucket="listed")
    named = Named(server, "lists", bucket="listed")
    store(named, tap)
    parts(named, tap)
    pages(named, tap)
    confined(server, tap)


def in_order(keys):
    """S3 sorts by the bytes of UTF-8."""
    return sorted(keys, key=str.encode)


def store(named, tap):
    said = {str(named.ask("put", key, key.encode())) for key in KEYS}
    tap.check(said == {"200"}, "PUT of %d hard keys" % len(KEYS), ", ".join(sorted(said)))
    said = named.ask("list")
    tap.check(said.texts("Contents/Key") == in_order(KEYS), "list has exactly these keys, in order",
              "%s, %d keys" % (said, len(said.texts("Contents"))))
    sizes = [str(len(key.encode())) for key in in_order(KEYS)]
    tap.check(said.texts("Contents/Size") == sizes, "and the size of each")

    more = [str(named.ask("put", key, b"")) for key in NOT_IN_XML]
    said = named.ask("list", query={"encoding-type": "url"})
    keys = [urllib.parse.unquote_plus(key) for key in said.texts("Contents/Key")]
    tap.check(more == ["200"] * 2 and keys == in_order(KEYS + NOT_IN_XML),
              "list with encoding-type=url has two more, with control characters",
              "%s, %d keys" % (said, len(keys)))
    gone = [str(named.ask("delete", key)) for key in NOT_IN_XML]
    tap.check(gone == ["204"] * 2 and named.ask("list").texts("KeyCount") == [str(len(KEYS))],
              "DELETE of these two, and list has no more of them", ", ".join(gone))


def parts(named, tap):
    """Of the list: by prefix, up to a delimiter, after a key."""
    for prefix in ("a", "a%", "%", "&", "Ünï", "日本語/", "?X-Amz-Signature=0&", " ", "none"):
        said = named.ask("list", prefix=prefix)
        wanted = in_order(key for key in KEYS if key.startswith(prefix))
        tap.check(said.status == 200 and said.texts("Contents/Key") == wanted,
                  "list with the prefix %s" % ascii(prefix), "%s, %d keys" % (said, len(wanted)))

    for delimiter, prefix in (("/", ""), ("/", "a/"), ("&", ""), ("ï", "Ü"), (" ", "")):
        said = named.ask("list", prefix=prefix, delimiter=delimiter)
        keys, common = [], []
        for key in in_order(KEYS):
            if key.startswith(prefix):
                head, found, _ = key[len(prefix):].partition(delimiter)
                (common if found else keys).append(prefix + head + found)
        seen = (said.texts("Contents/Key"), said.texts("CommonPrefixes/Prefix"))
        tap.check(said.status == 200 and seen == (keys, list(dict.fromkeys(common))),
                  "list with the prefix %s up to %s" % (ascii(prefix), ascii(delimiter)),
                  "%s, %d keys, %d prefixes" % (said, len(seen[0]), len(seen[1])))

    for after in ("a", "a//b", "Ünïcödé/ß"):
        said = named.ask("list", start_after=after)
        wanted = [key for key in in_order(KEYS) if key.encode() > after.encode()]
        tap.check(said.texts("Contents/Key") == wanted, "list from behind %s" % ascii(after),
                  "%s, %d keys" % (said, len(wanted)))

    said = named.ask("list", max_keys=1, query={"fetch-owner": True})
    tap.check(len(said.texts("Contents/Owner/ID")) == 1, "list with fetch-owner has the owner", said)


def pages(named, tap):
    for most, query in ((1, {}), (5, {"encoding-type": "url"}), (len(KEYS), {})):
        keys, sizes, more = [], [], {}
        while len(sizes) <= len(KEYS):
            said = named.ask("list", max_keys=most, query=query, **more)
            found = said.texts("Contents/Key")
            keys += map(urllib.parse.unquote_plus, found) if query else found
            sizes.append(len(found))
            if said.texts("IsTruncated") == ["false"]:
                break
            more = {"continuation_token": said.texts("NextContinuationToken")[0]}
        full = [most] * (len(KEYS) // most)
        wanted = full + [len(KEYS) % most] * (len(KEYS) % most > 0)
        tap.check(keys == in_order(KEYS) and sizes == wanted,
                  "list in pages of %d, to the end%s" % (most, " with encoding-type=url" if query
                                                         else ""), "%d pages" % len(sizes))


def confined(server, tap):
    """A key_prefix is the prefix of a list that names none."""
    named = Named(server, "confined lists", bucket="listed", key_prefix="a/")
    said = named.ask("list")
    tap.check(said.texts("Contents/Key") == ["a//b", "a/b/c"], "list of a server with a key_prefix", said)

    port = server.port
    named = Named(server, "virtual lists", bucket="listed", addressing="virtual",
                  endpoint="http://localhost:" + port)
    here = ["--connect-to", "listed.localhost:%s:127.0.0.1:%s" % (port, port)]
    said = named.ask("list", options=here, prefix="a%")
    tap.check(said.texts("Contents/Key") == ["a%b"], "list of a virtual host", said)
