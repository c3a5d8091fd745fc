"""What s3sign_diagnose says of a server's own answer, and s3sign_verify of the URL.

Swift tells what it hashed, radosgw only its code: with it the URL, the secret and the clock have to
tell the rest.
"""

import html
import json
import re
import textwrap

from client import Answer, curl, sql, submit
from named import Named

KEYS = ("a b", "caf\u00e9/%41+c", "d//e")


def diagnose(server, url, answer, method="GET", headers=None, secret=None, named=None):
    """Cause, ours and theirs, as «cause|ours|theirs»."""
    values = {"url": url, "body": answer.body.decode(), "method": method,
              "headers": json.dumps(headers or {}),
              "secret": secret or server.credentials["secret"]}
    who = "server => '%s'" % named if named else "secret => :'secret'"
    return sql("select concat_ws('|', cause, ours, theirs) from s3sign_diagnose(:'url', :'body', "
               "%s, method => :'method', headers => :'headers')" % who, **values)


def verify(server, url, method="GET", headers=None):
    return sql("select reason from s3sign_verify(:'url', secret => :'secret', method => :'method', "
               "headers => :'headers')", url=url, secret=server.credentials["secret"],
               method=method, headers=json.dumps(headers or {}))


def run(server, tap):
    says = server.name == "swift"  # what it hashed
    for key in KEYS:
        server.put(key, b"here")
    good = server.url("GET", "a b")

    def check(what, answer, wanted, **arguments):
        url = arguments.pop("url", good)
        said = diagnose(server, url, answer, **arguments)
        right = said == wanted or said.startswith(wanted + "|")
        tap.check(answer.status >= 400 and right, "diagnosis of " + what, said)

    agreement(server, tap)
    changes(server, check, says, good)
    headers(server, check, says)
    codes(server, check, says, good)
    variants(server, check)
    if says:
        transport(server, tap, good)
    else:
        forms(server, check)
        authorization(check, good)
    oracle(server, tap, good)


def agreement(server, tap):
    """What the server takes verifies, what it refuses does not."""
    for key in KEYS:
        url = server.url("GET", key)
        answer, reason = curl("GET", url), verify(server, url)
        tap.check(answer.status == 200 and reason == "ok", "verify: %r" % key, reason)
    url = server.url("GET", "a b")
    for what, other in (("hex in lower case", url.replace("%2F", "%2f")),
                        ("needless percent-encoding", url.replace("/a%20b", "/%61%20b")),
                        ("parameters in another order",
                         re.sub(r"(X-Amz-Date=\w+)&(X-Amz-Expires=\w+)", r"\2&\1", url))):
        answer, reason = curl("GET", other), verify(server, other)
        tap.check(answer.status == 200 and reason == "ok", "verify: " + what, reason)
    for what, other in (("another expiry", url.replace("Expires=60", "Expires=61")),
                        ("a digit less", url[:-1]),
                        ("a parameter less", url.replace("&X-Amz-Expires=60", "")),
                        ("a parameter more", url + "&x=y")):
        answer, reason = curl("GET", other), verify(server, other)
        tap.check(answer.status >= 400 and reason != "ok", "verify: " + what, reason)


def changes(server, check, says, good):
    check("another method", curl("PUT", good, b"x"),
          "other method|GET|PUT" if says else "request changed")
    put = server.url("PUT", "new")
    check("another method than it was signed for", curl("GET", put), "other method|PUT|GET",
          url=put)
    check("another Host", curl("GET", good, headers={"Host": "localhost:" + server.port}),
          "other host|host:127.0.0.1:%s|host:localhost:%s" % (server.port, server.port)
          if says else "request changed")
    twice = good.replace("%20", "%2520")
    if says:
        check("an encoded URL encoded again", curl("GET", twice),
              "key encoded twice|/end-to-end/a%20b|/end-to-end/a%2520b")
    check("an encoded URL encoded again, as it was sent", curl("GET", twice),
          "key encoded twice|/end-to-end/a%20b|/end-to-end/a%2520b", url=twice)
    other = good.replace("/a%20b", "/b")
    check("another key", curl("GET", other),
          "other path|/end-to-end/a%20b|/end-to-end/b" if says else "request changed")
    more = good + "&response-content-type=text/html"
    if says:
        check("a parameter more", curl("GET", more),
              "query added|response-content-type=text%2Fhtml")
    check("a parameter more, as it was sent", curl("GET", more),
          "query added|response-content-type=text%2Fhtml", url=more)
    longer = good.replace("Expires=60", "Expires=61")
    check("a longer life", curl("GET", longer),
          "query changed|X-Amz-Expires=60|X-Amz-Expires=61" if says else "request changed")
    wrong = server.url("GET", "a b", secret="x" * 40)
    check("another secret", curl("GET", wrong), "wrong secret" if says else "request changed",
          url=wrong, secret="x" * 40)
    check("a URL signed with another secret", curl("GET", wrong), "wrong secret", url=wrong)


def headers(server, check, says):
    signed = {"content-type": "text/plain"}
    url = server.url("PUT", "new", headers=signed)
    changed = curl("PUT", url, b"", {"content-type": "text/html"})
    check("a header changed", changed,
          "header changed|content-type:text/plain|content-type:text/html"
          if says else "request changed", url=url, method="PUT", headers=signed)
    url = server.url("GET", "a b", headers={"x-amz-meta-a": "1"})
    missing = curl("GET", url)
    check("a header not sent", missing, "request changed", url=url, headers={"x-amz-meta-a": "1"})
    check("a header not sent, as it was sent", missing, "header missing|x-amz-meta-a", url=url)
    if says and not server.obeys_unsigned_headers():
        check("a header not signed", server.ask("GET", "a b", send={"x-amz-acl": "private"}),
              "header not signed|host|x-amz-acl")


def codes(server, check, says, good):
    old = server.url("GET", "a b", signed_at="2020-01-01T00:00:00Z")
    check("an old URL", curl("GET", old), "expired|20200101T000100Z", url=old)
    nobody = server.url("GET", "a b", identity="nobody")
    check("an unknown identity", curl("GET", nobody),
          "wrong secret" if says else "unknown identity", url=nobody)
    absent = server.url("GET", "absent")
    check("an absent key", curl("GET", absent), "not the signature|NoSuchKey", url=absent)
    nowhere = server.url("GET", "a b", bucket="nowhere")
    check("an absent bucket", curl("GET", nowhere), "not the signature|NoSuchBucket", url=nowhere)
    long = good.replace("Expires=60", "Expires=700000")
    check("a life of over a week", curl("GET", long), "duration|700000", url=long)
    version_2 = good.split("?")[0] + "?AWSAccessKeyId=a&Expires=1141889120&Signature=b"
    check("version 2", curl("GET", version_2), "algorithm|AWS Signature Version 2", url=version_2)
    if says:
        region = server.url("GET", "a b", region="ap-south-1")
        check("another region", curl("GET", region),
              "other region|ap-south-1|" + server.settings["S3_REGION"], url=region)
    cut = good.split("&X-Amz-Signature")[0]
    check("a URL that was cut off", curl("GET", cut), "malformed URL|X-Amz-Signature is missing",
          url=cut)


def variants(server, check):
    """What a URL was signed for, where the server says nothing but that it was not for this."""
    bucket = "/end-to-end"
    for what, signed, sent, wanted in (
            ("a slash more", "a", "/a/", "path normalised|%s/a|%s/a/" % (bucket, bucket)),
            ("a base path of a proxy", "a", "/x/a", None),
            ("a plus for a space", "a b", "/a+b", "key encoded as a form|%s/a%%20b|%s/a%%2Bb" % (
                bucket, bucket)),
            ("a key decoded once", "a%20b", "/a%20b", "key not encoded|%s/a%%2520b|%s/a%%20b" % (
                bucket, bucket))):
        url = server.url("GET", signed)
        head, query = url.split("?")
        other = server.endpoint + bucket + sent + "?" + query
        if wanted is None:
            other = server.endpoint + "/x" + head.removeprefix(server.endpoint) + "?" + query
            wanted = "base path|%s/a|/x%s/a" % (bucket, bucket)
        check(what, curl("GET", other), wanted, url=other)
    name = "localhost:" + server.port
    url = server.url("GET", "a", server="http://" + name, addressing="path")
    moved = url.replace("//" + name + bucket, "//end-to-end." + name)
    check("the bucket moved from the path into the host",
          curl("GET", moved, options=["--resolve", "end-to-end.%s:127.0.0.1" % name]),
          "other host|host:%s|host:end-to-end.%s" % (name, name), url=moved)


def transport(server, tap, good):
    """The server's own body as a browser, a mail program, a log and a page show it."""
    same = server.url("GET", "a b", secret="x" * 40)
    for what, url, arguments, answer, wanted in (
            ("another secret", same, {"secret": "x" * 40}, curl("GET", same), "wrong secret"),
            ("another method", good, {}, curl("PUT", good, b"x"), "other method|GET|PUT")):
        body = answer.body.decode()
        for how, shown in (("blanks for line ends", body.replace("\n", " ")),
                           ("CRLF", body.replace("\n", "\r\n")),
                           ("wrapped lines", "\n".join(
                               textwrap.fill(line, 60, break_on_hyphens=False)
                               for line in body.split("\n"))),
                           ("a JSON string", json.dumps({"body": body})),
                           ("escaped slashes", json.dumps(body).replace("/", "\\/")),
                           ("HTML", "<pre>%s</pre>" % html.escape(body))):
            said = diagnose(server, url, Answer(answer.status, "", shown.encode()), **arguments)
            tap.check(said == wanted, "diagnosis of %s with %s" % (what, how), said)


def forms(server, check):
    """Of a form there is the url, and what the server says."""
    named = Named(server, "diagnosed forms", bucket="diagnosed-forms")
    server.store.create_bucket(Bucket="diagnosed-forms")
    for what, change, wanted in (
            ("a field too many", {"x-amz-meta-a": "1"}, "form policy|x-amz-meta-a"),
            ("a field missing", {"Content-Type": None}, "form policy|Content-Type"),
            ("another value", {"key": "other"}, "form policy|key"),
            ("another signature", {"x-amz-signature": "0" * 64}, "malformed URL")):
        form = named.json("post", file="a.png", min_bytes=2, max_bytes=4, content_type="image/png")
        form["fields"].update(change)
        form["fields"] = {name: value for name, value in form["fields"].items()
                          if value is not None}
        check("a form with " + what, submit(form, b"abc"), wanted, url=form["url"])
    form = named.json("post", file="a.png", min_bytes=20, max_bytes=40)
    check("a form with a file too small", submit(form, b"abc"),
          "form policy|content-length-range", url=form["url"])
    form = named.json("post", file="a.png", signed_at="2020-01-01T00:00:00Z", max_bytes=9)
    check("a form too old", submit(form, b"abc"), "expired", url=form["url"])


def authorization(check, good):
    header = {"authorization": "Bearer abc"}
    check("an Authorization header", curl("GET", good, headers=header), "authorization header",
          headers=header)


def oracle(server, tap, good):
    """A role that may ask a named server what is wrong does not learn what would be right."""
    sql("create server e2e_diagnosis foreign data "
        "wrapper s3sign options (endpoint :'endpoint', bucket :'bucket', region :'region', "
        "addressing 'path', key_prefix 'never/'); create user mapping for public server "
        "e2e_diagnosis options (access_key_id :'identity', secret_access_key :'secret')",
        endpoint=server.endpoint, bucket=server.bucket, region=server.settings["S3_REGION"],
        **server.credentials)
    forged = good[:-64] + "0" * 64
    answer = curl("GET", forged)
    said = diagnose(server, forged, answer, named="e2e_diagnosis")
    tap.check(said.startswith("wrong secret") and good[-64:] not in said,
              "no oracle: diagnosis with a named server", said)
    said = sql("select row(e.*) from s3sign_explain(:'url', server => 'e2e_diagnosis') e",
               url=forged)
    tap.check(good[-64:] not in said and said.endswith(",,f)"),
              "no oracle: explanation with a named server", said[-8:])
    sql("drop user mapping for public server e2e_diagnosis; drop server e2e_diagnosis")
