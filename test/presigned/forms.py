"""What a browser may upload with a form: nothing but what its policy says."""

import base64
import datetime
import json

from client import submit
from named import Named

HARD_KEY = "forms/\"Größe\" \\ & 50% $ <日本>.png"
HARD_VALUE = "\"quoted\", back\\slash\\n {$} & more"


def run(server, tap):
    server.store.create_bucket(Bucket="forms")
    named = Named(server, "forms", bucket="forms")
    form = named.json("post", file="a.png", min_bytes=2, max_bytes=4, content_type="image/png")
    if server.name == "swift":
        said = submit(form, b"abc")
        tap.check(said.status == 412, "POST of a form, which this server does not know", said)
        return
    sizes(named, tap)
    kinds(named, tap)
    times(named, tap)
    changes(named, tap, form)
    names(named, tap)
    beyond_16_bits(named, tap)
    fields(named, tap)
    conditions(named, tap)


def stored(named):
    return named.ask("list").texts("Contents/Key")


def sizes(named, tap):
    for size, wanted in ((0, "400 EntityTooSmall"), (1, "400 EntityTooSmall"), (2, "204"),
                         (4, "204"), (5, "400 EntityTooLarge"), (1000000, "400 EntityTooLarge")):
        key = "of %d bytes" % size
        form = named.json("post", file=key, min_bytes=2, max_bytes=4)
        said = submit(form, b"x" * size)
        tap.check(str(said) == wanted and (key in stored(named)) == (said.status == 204),
                  "POST of %d bytes by a form for 2 to 4" % size, said)
    for most, wanted in ((0, "204"), (1000, "204"), (999, "400 EntityTooLarge")):
        form = named.json("post", file="at most", max_bytes=most)
        said = submit(form, b"x" * (1000 if most else 0))
        tap.check(str(said) == wanted, "POST of %d bytes by a form for at most %d" % (
            1000 if most else 0, most), said)
    said = submit(named.json("post", file="at least", min_bytes=10), b"x" * 9)
    tap.check(str(said) == "400 EntityTooSmall", "POST of 9 bytes by a form for at least 10", said)


def kinds(named, tap):
    for signed, sent, good in (("image/png", "image/png", True), ("image/png", "text/html", False),
                               ("image/png", None, False), ("image/*", "image/webp", True),
                               ("image/*", "text/html", False), ("image/*", "IMAGE/png", False)):
        key = "%s as %s" % (signed, sent)
        form = named.json("post", file=key, content_type=signed)
        form["fields"].pop("Content-Type", None)
        if sent:
            form["fields"]["Content-Type"] = sent
        said = submit(form, b"picture")
        kind = named.ask("head", key).headers.get("content-type") if good else None
        tap.check((said.status == 204 and kind == sent) if good else refused(said),
                  "POST of %s by a form for %s" % (sent or "no type", signed), said)


def refused(said):
    return 400 <= said.status <= 403


def times(named, tap):
    now = datetime.datetime.now(datetime.timezone.utc)
    for age, good in ((50, True), (61, False), (604800, False)):
        signed_at = (now - datetime.timedelta(seconds=age)).isoformat()
        form = named.json("post", file="timed", duration=60, signed_at=signed_at)
        said = submit(form, b"x")
        tap.check(said.status == 204 if good else refused(said),
                  "POST of a form signed %d s ago for 60 s" % age, said)


def changes(named, tap, form):
    """Whatever is changed in the form, it does no longer do. As it is, it does."""
    def changed(**fields):
        return {**form, "fields": {**form["fields"], **fields}}

    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    wider = {**policy, "conditions": [["starts-with", "$key", ""]] + policy["conditions"]}
    later = {**policy, "expiration": "2038-01-01T00:00:00.000Z"}
    signature = form["fields"]["x-amz-signature"]
    for what, other in (
            ("another key", changed(key="b.png")),
            ("a key below the form's", changed(key="a.png/b")),
            ("a field acl", changed(acl="public-read")),
            ("a field x-amz-meta-colour", changed(**{"x-amz-meta-colour": "red"})),
            ("a field success_action_redirect", changed(success_action_redirect="http://a.b/")),
            ("a policy for any key", changed(policy=encoded(wider))),
            ("a policy that expires later", changed(policy=encoded(later))),
            ("an empty policy", changed(policy="")),
            ("another signature", changed(**{"x-amz-signature": signature[:-1] + (
                "1" if signature[-1] == "0" else "0")})),
            ("another date", changed(**{"x-amz-date": "20240229T123456Z"})),
            ("another credential", changed(**{"x-amz-credential": form["fields"][
                "x-amz-credential"].replace("/s3/", "/sts/")})),
            ("another bucket", {**form, "url": form["url"].replace("/forms", "/end-to-end")})):
        said = submit(other, b"abc")
        tap.check(refused(said), "POST of a form with " + what, said)
    for name in form["fields"]:
        fields = {other: value for other, value in form["fields"].items() if other != name}
        said = submit({**form, "fields": fields}, b"abc")
        tap.check(refused(said), "POST of a form without " + name, said)
    tap.check(not {"a.png", "b.png", "a.png/b"} & set(stored(named)), "none of it is stored")
    said = submit(form, b"abc")
    tap.check(said.status == 204 and "a.png" in stored(named), "POST of the form as it was signed",
              said)


def encoded(policy):
    return base64.b64encode(json.dumps(policy).encode()).decode()


def names(named, tap):
    form = named.json("post", file="in/${filename}", max_bytes=10)
    for name in ("cat.png", "two words.png", "Größe 日本.png"):
        said = submit(form, b"cat", name)
        tap.check(said.status == 204 and "in/" + name in stored(named),
                  "POST of the file %s by a form for in/${filename}" % ascii(name), said)
    outside = {**form, "fields": {**form["fields"], "key": "out/${filename}"}}
    said = submit(outside, b"cat", "cat.png")
    tap.check(refused(said), "POST of the form with the key out/${filename}", said)


def beyond_16_bits(named, tap):
    """In a policy such characters are UTF-8: Ceph reads each half of a `\\ud83d\\ude00` alone."""
    for what, text in (("a form", "post"), ("a ticket", "upload")):
        key = "photos/%s 😀𝄞é.jpg" % text
        said = submit(named.json(text, file=key, max_bytes=1000), b"smile")
        tap.check(said.status == 204 and named.ask("get", key).body == b"smile",
                  "POST by %s for a key with U+1F600" % what, said)
    form = named.json("post", file="value", fields={"x-amz-meta-remark": "😀"})
    said = submit(form, b"smile")
    tap.check(said.status == 204, "POST of a form with U+1F600 in a field", said)
    form = named.json("post", file="in 😀/${filename}", max_bytes=10)
    said = submit(form, b"smile", "𝄞.txt")
    tap.check(said.status == 204 and "in 😀/𝄞.txt" in stored(named),
              "POST of a form for ${filename} below U+1F600", said)
    other = {**form, "fields": {**form["fields"], "key": "in 😁/${filename}"}}
    said = submit(other, b"smile", "a.txt")
    tap.check(refused(said), "POST of the form with the key below U+1F601", said)


def fields(named, tap):
    form = named.json("post", file=HARD_KEY, fields={
        "x-amz-meta-remark": HARD_VALUE, "Cache-Control": "max-age=60",
        "Content-Disposition": "attachment; filename=\"a.png\"", "success_action_status": "201"})
    said = submit(form, b"hard")
    tap.check(said.status == 201 and said.texts(".//Key") == [HARD_KEY],
              "POST of a form with hard values, success_action_status 201", said)
    remark = named.ask("head", HARD_KEY).headers.get("x-amz-meta-remark")
    tap.check(remark == HARD_VALUE, "its metadata is stored", remark)
    for name in ("x-amz-meta-remark", "Cache-Control", "success_action_status"):
        other = {**form, "fields": {**form["fields"], name: form["fields"][name] + "0"}}
        said = submit(other, b"hard")
        tap.check(refused(said), "POST of the form with another " + name, said)
    sums = {"x-amz-checksum-sha256": "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="}
    form = named.json("post", file="summed", fields=sums)
    said = submit(form, b"abc")
    tap.check(said.status == 204, "POST of a form with a checksum", said)
    other = {**form, "fields": {**form["fields"], "x-amz-checksum-sha256": "A" * 43 + "="}}
    said = submit(other, b"abc")
    tap.check(refused(said), "POST of the form with another checksum", said)


def conditions(named, tap):
    form = named.json("post", file="conditions", conditions=[
        ["starts-with", "$x-amz-meta-tag", "user-"], {"x-amz-meta-a": "1"},
        ["eq", "$x-amz-meta-b", "2"], ["content-length-range", 1, 3]])
    good = {"x-amz-meta-tag": "user-7", "x-amz-meta-a": "1", "x-amz-meta-b": "2"}
    for what, changed, body, wanted in (
            ("as it wants", {}, b"abc", "204"),
            ("another prefix", {"x-amz-meta-tag": "admin"}, b"abc", None),
            ("another value", {"x-amz-meta-a": "2"}, b"abc", None),
            ("another equal", {"x-amz-meta-b": "3"}, b"abc", None),
            ("more bytes", {}, b"abcd", "400 EntityTooLarge")):
        said = submit({**form, "fields": {**form["fields"], **good, **changed}}, body)
        tap.check(str(said) == wanted if wanted else refused(said),
                  "POST of a form with conditions, " + what, said)
