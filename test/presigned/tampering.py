"""A URL allows what was signed and nothing else."""

import re

from client import curl


def change(name, value):
    """A function that gives the URL another value of that parameter."""
    return lambda url: re.sub("(?<=%s=)[^&]*" % name, value, url)


def scope(old, new):
    return lambda url: url.replace("%%2F%s%%2F" % old, "%%2F%s%%2F" % new)


def run(server, tap):
    server.put("mine", b"mine")
    server.put("other", b"other")
    server.store.create_bucket(Bucket="other-bucket")
    server.store.put_object(Bucket="other-bucket", Key="mine", Body=b"not in this bucket")

    urls(server, tap)
    methods(server, tap)
    hosts(server, tap)
    secrets(server, tap)
    left = (server.read("mine"), server.keys() >= {"mine", "other"}, "new" in server.keys())
    tap.check(left == (b"mine", True, False), "what was refused has changed nothing")


def urls(server, tap):
    good = server.url("GET", "mine")
    said = curl("GET", good)
    good_answer = said.status == 200 and said.body == b"mine"
    tap.check(good_answer, "GET with the URL as it was signed", said)
    region = server.settings["S3_REGION"]
    day = re.search(r"%2F(\d{8})%2F", good).group(1)
    other = "%2F".join(("someone", day, region, "s3", "aws4_request"))
    digit = "1" if good[-1] == "0" else "0"
    mismatch = "403 SignatureDoesNotMatch"
    for what, tamper, wanted in (
            ("another last digit of the signature", lambda url: url[:-1] + digit, mismatch),
            ("the signature's last digit cut off", lambda url: url[:-1], mismatch),
            ("an empty signature", change("X-Amz-Signature", ""), None),
            ("no signature", lambda url: url.split("&X-Amz-Signature")[0], None),
            ("another key", lambda url: url.replace("/mine", "/other"), mismatch),
            ("another bucket", lambda url: url.replace(server.bucket, "other-bucket"), mismatch),
            ("a longer expiry", change("X-Amz-Expires", "61"), mismatch),
            ("another time", change("X-Amz-Date", day + "T000000Z"), None),
            ("another identity", change("X-Amz-Credential", other), None),
            ("another day in the scope", scope(day, "20200101"), None),
            ("another region in the scope", scope(region, "ap-south-1"), None),
            ("another service in the scope", scope("s3", "sts"), None),
            ("another algorithm", change("X-Amz-Algorithm", "AWS4-HMAC-SHA512"), None),
            ("a header more in the list", change("SignedHeaders", "host%3Buser-agent"), mismatch),
            ("a parameter more", lambda url: url + "&response-content-type=text/html", mismatch),
            ("a parameter in front", lambda url: url.replace("?", "?a=b&"), mismatch)):
        said = curl("GET", tamper(good))
        refused = 400 <= said.status <= 403 if wanted is None else str(said) == wanted
        tap.check(refused, "GET with " + what, said)


def methods(server, tap):
    for signed, asked in (("GET", "PUT"), ("GET", "DELETE"), ("GET", "HEAD"), ("HEAD", "DELETE"),
                          ("PUT", "GET"), ("PUT", "DELETE"), ("DELETE", "GET"), ("DELETE", "PUT")):
        said = curl(asked, server.url(signed, "mine"), b"changed" if asked == "PUT" else None)
        tap.check(said.status == 403, "%s with a URL for %s" % (asked, signed), said)


def hosts(server, tap):
    said = server.ask("GET", "mine", send={"Host": "localhost:" + server.port})
    tap.check(str(said) == "403 SignatureDoesNotMatch", "GET with another Host", said)


def secrets(server, tap):
    for what, secret in (("another secret", "x" * 39),
                         ("a secret with a space behind", server.credentials["secret"] + " ")):
        said = server.ask("PUT", "new", b"new", secret=secret)
        tap.check(str(said) == "403 SignatureDoesNotMatch", "PUT signed with " + what, said)
