"""Random documents: pieces of Markdown, HTML, JSON and prose, with links, and what looks so."""

import urllib.parse

from places import SIGNED_AT

KEYS = ["a", "a/b.jpg", "pub/a b.jpg", "pub/größe/日本.png", "pub/100%.pdf", "pub/a_(1).jpg",
        "pub/a[1]", "x//y", "/pub/x", "pub/R&D.pdf", "pub/it's", "pub/q?x#y", "pub/end.", "pub/~",
        "pub/_", "pub/%41", "..", "pub/../a", "pub/.", "//", "pub/+", "pub/🎉", "tail/", "k" * 1024,
        "k" * 1025, "pub/;,:!", "pub/x*", "files/a", "pub/é", "é", "pub/amp&amp;x"]
PARAMETERS = ["X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Credential=AKID%2F20250304%2Fx%2Fs3%2Faws4_request",
              "x-amz-date=20250304T050607Z", "X-Amz-Expires=60", "X-Amz-SignedHeaders=host",
              "X-Amz-Signature=" + "0" * 64, "response-content-type=text/html", "x-id=GetObject",
              "x-user=eve", "X-Amz-Security-Token=a%2Fb", "x%2Did=1", "", "versionId=1", "a", "=b",
              "response-x=(", "X-Amz-Date=)", "partNumber=1", "amp;x-id=1"]
BEFORE = ["", " ", "\n", "(", "[", "<", '"', "'", "*", "**", "_", "~~", "](", "![x](", "|", "=",
          "&quot;", "&lt;", "&#34;", "&#x27;", "&#039;", "&amp;", "url(", "é", "日", "x", "9", "+", "-",
          ".", ":", "/", "?u=", "#", "https://other.example/?u=", "ftp://x/", "1://", "://", "\\", "`"]
AFTER = ["", " ", "\n", ")", "]", ">", '"', "'", "*", "**", "_", "~~", ") ", "](", "|", ",", ", ",
         ".", "...", ";", ":", "!", "?", "&quot;", "&gt;", "&#39;", "&#x22;", "&#38;", "&#039;", "&amp;",
         "&amp", "&", "&nbsp;", "#", "#f", "#a(b", "#a)b", "#x.", "#&amp;", "##", "\\", "`", "^", "{", "é",
         "\u00a0", "\u3000", " \"title\")", "/", "//", "%", "%2", "(", "[", "\x7f", "\x01", "#)https://",
         "?", "??", "?#", "&amp;;", ";&amp;;."]
FILLER = ["text", " and ", "<p>", "</p>\n", "| a | b |\n", "{\"a\": \"", "\"}", "![](", "\t", "é", "日本",
          "%", "://", "s3", "s3:", "s3:/", "&", "&amp;", "*", "http://", "https://", "s3://", "()", "🎉"]


def encoded(r, text, keep):
    """In one of the ways that writers have."""
    way = r.random()
    if way < 0.4:
        return urllib.parse.quote(text, safe="/")
    if way < 0.7:
        return urllib.parse.quote(text, safe=keep + "/")
    if way < 0.8:
        return text
    if way < 0.9:
        return "".join(f"%{b:02x}" if r.random() < 0.5 else urllib.parse.quote(bytes([b]), safe="/")
                       for b in text.encode())
    return urllib.parse.quote(text, safe="!$&'()*+,;=:@/").replace("&", "&amp;")


def key(r):
    return r.choice(KEYS) if r.random() < 0.8 else "pub/" + "".join(
        r.choice("ab/.%_~()[]&#;é日 ") for _ in range(r.randint(1, 12)))


def case(r, text):
    return "".join(c.upper() if r.random() < 0.3 else c for c in text) if r.random() < 0.2 else text


def query(r):
    if r.random() < 0.5:
        return ""
    some = r.sample(PARAMETERS[:8] if r.random() < 0.7 else PARAMETERS, r.randint(0, 5))
    return "?" + r.choice(["&", "&", "&amp;", "&amp;", "&#38;", "&#038;"]).join(some)


def link(r, servers):
    """To one of the servers, perhaps."""
    server = r.choice(servers)
    name = key(r)
    path = encoded(r, name, r.choice(["", "()", "&;", "%", "!$'*,:@"]))
    way = r.random()
    if way < 0.35:
        bucket = server.place.bucket if r.random() < 0.9 else "other"
        return (case(r, "s3") + "://" + (encoded(r, bucket, ":") if r.random() < 0.3 else bucket) + "/"
                + path + (query(r) if r.random() < 0.1 else ""))
    if way < 0.5:
        return server.url_of(name) if r.random() < 0.5 else server.url_of(name).replace("&", "&amp;")
    scheme, host, prefix = r.choice(server.place.addresses)
    if r.random() < 0.1:
        host = r.choice(["user@" + host, host + ".", host + ":1", host + ":443", host + ":80",
                         "evil" + host, host + ".evil.com", host + "%2e", host + "@evil.com"])
    if r.random() < 0.1:
        prefix = r.choice(["", "/", prefix + "x", prefix + "/..", "/x/.." + prefix, "/" + prefix])
    prefix = urllib.parse.quote(prefix, safe="/:" if r.random() < 0.5 else "/")
    return case(r, scheme) + "://" + case(r, host) + prefix + "/" + path + query(r)


def document(r, servers):
    pieces = []
    for _ in range(r.randint(0, 12)):
        if r.random() < 0.7:
            pieces += [r.choice(BEFORE), link(r, servers), r.choice(AFTER)]
            if r.random() < 0.2:
                pieces.append(r.choice(AFTER))
        else:
            pieces += r.choices(FILLER, k=r.randint(1, 4))
    return "".join(pieces)


def allowed(r):
    """The argument `allowed`."""
    way = r.random()
    if way < 0.4:
        return ["*"]
    if way < 0.5:
        return []
    return r.sample([k for k in KEYS if k] + ["pub/", "a/", "/", "k", "pub", "", "x/", "pub/größe/"],
                    r.randint(1, 12))


__all__ = ["SIGNED_AT", "allowed", "document"]
