"""Any key: stored under exactly these characters, and read back by them."""

from client import sql

KEYS = (
    "two words", " space in front", "space behind ", "plus+plus", "a%b", "%2F", "%20", "%", "%zz",
    "a/b/c", "a//b", "/leading", "//leading", "trailing/", ".", "..", "./a", "a/./b", "a/../b",
    "../a", "single'quote", "\"double\"", "back\\slash", "back`tick", "a?b", "a#b", "a&b", "a=b",
    "a;b", "a:b", "a@b", "a$b", "a!b", "a~b", "a*b", "a,b", "(a)", "[a]", "{a}", "<a>", "a|b",
    "a^b", "-._~", "?X-Amz-Signature=0&a=b", "tab\tkey", "new\nline", "carriage\rreturn",
    "control\x01\x1f\x7f", "é", "Ünïcödé/ß", "日本語", "😀", "e\u0301", "\u200b", "\ufeff",
    "k" * 1024, "日" * 341 + "k",
)


def run(server, tap):
    for key in list(server.keys()):
        server.store.delete_object(Bucket=server.bucket, Key=key)
    said = {key: server.ask("PUT", key, key.encode()) for key in KEYS}
    stored = server.keys()
    for number, key in enumerate(KEYS):
        got = server.ask("GET", key)
        # two names for one object would show the bytes of the later one
        good = said[key].status == 200 and key in stored and got.body == key.encode()
        name = ascii(key if len(key) < 60 else key[:8] + "...") + " of %d bytes" % len(key.encode())
        tap.check(good, "key %s: PUT, listed, GET" % name, "%s, %s, %s" % (
            said[key], "listed" if key in stored else "not listed", got))
    tap.check(stored == set(KEYS), "these keys are listed and no others")
    statuses = {server.ask("DELETE", key).status for key in KEYS}
    left = server.keys()
    tap.check(statuses == {204} and not left, "DELETE of each, and none is listed", sorted(left))

    latin1 = "latin1_" + server.name
    sql("create database %s encoding latin1 locale 'C' template template0" % latin1)
    sql("create extension s3sign", latin1)
    said = server.ask("PUT", "Größe", b"", database=latin1)
    tap.check(server.keys() == {"Größe"}, "PUT from a database in LATIN1", said)
