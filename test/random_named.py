"""Random lists, multipart operations and POST forms: named servers in SQL, clients in botocore.

Left out, each because a named server refuses it by design: times to come, keys with a segment `.`
or `..` or of nothing but slashes, `${filename}` anywhere but at the end, forms for providers without
them. And a bucket in the host before a base path: botocore ends the bucket's own path in a slash
where the endpoint does, s3sign always.
"""

import collections
import dataclasses
import datetime
import json
import re

import signed_by_botocore
import url_difference
from random_operations import make_options, make_place
from random_requests import key, make_credentials, make_duration, make_signed_at, printable, text
from sql_text import call, literal

# operation of SQL: of botocore, argument of SQL, of botocore and name in the query
OPERATIONS = {
    "list": ("list_objects_v2", []),
    "get_many": ("get_object", []),
    "multipart_create": ("create_multipart_upload", []),
    "multipart_part": ("upload_part", ["upload_id", "part_number"]),
    "multipart_parts": ("upload_part", ["upload_id", "part_number"]),
    "multipart_complete": ("complete_multipart_upload", ["upload_id"]),
    "multipart_abort": ("abort_multipart_upload", ["upload_id"]),
    "multipart_list": ("list_parts", ["upload_id"]),
}
LIST_ARGUMENTS = [("prefix", "Prefix"), ("delimiter", "Delimiter"), ("start_after", "StartAfter"),
                  ("continuation_token", "ContinuationToken")]


@dataclasses.dataclass
class Named:
    """What both sides are given: a server and a call of it, a client and a call of it."""

    function: str
    sql: dict  # further arguments by name, as SQL's texts
    endpoint: str
    bucket: str
    region: str | None
    addressing: str | None
    identity: str
    secret: str
    session_token: str | None
    duration: int
    signed_at: datetime.datetime
    client: tuple
    arguments: dict  # of botocore's
    sign_region: str = ""

    def statement(self):
        what = {**self.sql, "duration": self.duration, "signed_at": self.signed_at.isoformat()}
        asked = f"select {call('s3sign_' + self.function, {'server': 'regress', **what})}"
        if self.function == "multipart_parts":
            asked = ("select url from "
                     f"{call('s3sign_multipart_parts', {'server': 'regress', **what})} "
                     f"where part_number = {self.sql['parts']}")
        if self.function == "get_many":
            files = ", ".join(literal(file) for file in ["x", self.sql["file"], "y"])
            del what["file"]
            asked = (f"select (s3sign_get_many('regress', array[{files}], "
                     f"{call('', what)[1:]})[2]")
        return "select named({});".format(", ".join(literal(value) for value in (
            self.endpoint, self.bucket, self.region, self.addressing, self.identity, self.secret,
            self.session_token, asked)))

    def theirs(self):
        return signed_by_botocore.by_client(self, OPERATIONS[self.function][0])

    difference = staticmethod(url_difference.difference)


class Form(Named):
    def theirs(self):
        return signed_by_botocore.form_by_client(self)

    def difference(self, ours, theirs):
        if not ours.startswith("{"):
            return ours
        ours = json.loads(ours)
        place = url_difference.place_difference(ours["url"], theirs["url"])
        if place:
            return place
        mine = {name.lower(): value for name, value in ours["fields"].items()}
        other = {name.lower(): value for name, value in theirs["fields"].items()}
        policy, signature = mine.pop("policy"), mine.pop("x-amz-signature")
        their_policy = other.pop("policy")
        del other["x-amz-signature"]
        if mine != other:
            return f"fields: {mine}, botocore has {other}"
        here, there = decoded(policy), decoded(their_policy)
        if here != there:
            return f"policy: {here}, botocore has {there}"
        if signature != signed_by_botocore.policy_signature(self, policy):
            return "the signature is not the policy's"
        return None


def decoded(policy):
    """What a policy says; the order of conditions means nothing."""
    said = json.loads(signed_by_botocore.botocore.auth.base64.b64decode(policy, validate=True))
    return said["expiration"], collections.Counter(map(json.dumps, map(lowered, said["conditions"])))


def lowered(condition):
    """A condition with its field in lower case, as an array."""
    if isinstance(condition, dict):
        (name, value), = condition.items()
        return ["eq", "$" + name.lower(), value]
    return [condition[0], condition[1].lower() if isinstance(condition[1], str) else condition[1],
            condition[2]]


def plain_key(r):
    """A key that named servers sign."""
    parts = key(r).replace("\\", "/").replace("${filename}", "").split("/")
    name = "/".join("x" if part in (".", "..") else part for part in parts)
    return name if name.strip("/") else name[:1000] + "x"


def plain_time(r):
    """A time that is over: named servers sign none in the future."""
    time = make_signed_at(r)
    return time.replace(year=min(time.year, 2025), day=min(time.day, 28))


def make_list(r):
    sql = {"query": {"encoding-type": "url"}}
    arguments = {"EncodingType": "url"}
    for ours, theirs in LIST_ARGUMENTS:
        if r.random() < 0.4:
            sql[ours] = arguments[theirs] = text(r, 40)
    if r.random() < 0.4:
        sql["max_keys"] = arguments["MaxKeys"] = r.randint(1, 1000)
    if r.random() < 0.4:
        arguments["FetchOwner"] = sql["query"]["fetch-owner"] = r.random() < 0.5
    sql["query"] = json.dumps(sql["query"])
    return sql, arguments


def make_multipart(r, function):
    file = plain_key(r)
    sql, arguments = {"file": file}, {"Key": file}
    if "upload_id" in OPERATIONS[function][1]:
        sql["upload_id"] = arguments["UploadId"] = text(r, 60)
    if "part_number" in OPERATIONS[function][1]:
        number = r.choice([1, 9, 10, 9999, 10000, r.randint(1, 10000)])
        sql["parts" if function.endswith("s") else "part_number"] = number
        arguments["PartNumber"] = number
    if function == "multipart_create":
        further, _, headers = make_options(r, "put")
        arguments.update(further)
        if "content-type" in headers and r.random() < 0.5:
            sql["content_type"] = headers.pop("content-type")
        sql["headers"] = json.dumps(headers)
    if function == "multipart_list":
        query = {}
        if r.random() < 0.5:
            query["max-parts"] = arguments["MaxParts"] = r.randint(1, 1000)
        if r.random() < 0.5:
            query["part-number-marker"] = arguments["PartNumberMarker"] = r.randint(0, 10000)
        sql["query"] = json.dumps(query)
    return sql, arguments


def make_form(r):
    file = plain_key(r)
    if r.random() < 0.2:
        file = file.encode()[:1000].decode(errors="ignore") + "${filename}"
    sql, fields, given, conditions = {"file": file}, {}, {}, []
    if r.random() < 0.5:
        least, most = sorted(r.choices([0, 1, 10**6, 5 * 2**30, r.randint(0, 2**40)], k=2))
        sql["min_bytes"], sql["max_bytes"] = least, most
        conditions.append(["content-length-range", least, most])
    kind = r.random()
    if kind < 0.3:
        sql["content_type"] = fields["Content-Type"] = printable(r, 30, "/;= -")
        conditions.append({"Content-Type": sql["content_type"]})
    elif kind < 0.5:
        sql["content_type"] = printable(r, 10) + "/*"
        conditions.append(["starts-with", "$Content-Type", sql["content_type"][:-1]])
    for name in r.sample(["Cache-Control", "Content-Disposition", "x-amz-meta-a", "X-Amz-Meta-B",
                          "success_action_status", "x-amz-checksum-crc32", "Expires"],
                         r.randint(0, 4)):
        given[name] = fields[name] = text(r, 30)
        conditions.append({name: given[name]})
    further = []
    for name in r.sample(["x-amz-meta-c", "x-amz-meta-D", "Content-Language"], r.randint(0, 3)):
        value = text(r, 30) if r.random() < 0.9 else ""
        further.append(r.choice([{name: value}, ["eq", "$" + name, value],
                                 ["starts-with", "$" + name, value]]))
    if given:
        sql["fields"] = json.dumps(given, ensure_ascii=r.random() < 0.5)
    if further:
        sql["conditions"] = json.dumps(further, ensure_ascii=r.random() < 0.5)
    return sql, {"Key": file, "Fields": fields, "Conditions": conditions + further}


def has_bucket_path(place):
    return place.addressing != "virtual" or not re.search("[a-z0-9]/[a-z]", place.server)


def has_forms(place):
    return "cloudflare" not in place.server and "backblaze" not in place.server


def make_named(r):
    place = make_place(r)
    function = r.choice([*OPERATIONS, "post", "post", "post"])
    while not has_bucket_path(place) or function == "post" and not has_forms(place):
        place = make_place(r)
    if function == "post":
        sql, arguments = make_form(r)
    elif function == "list":
        sql, arguments = make_list(r)
    else:
        sql, arguments = make_multipart(r, function)
    identity, secret, token = make_credentials(r)
    named = Form if function == "post" else Named
    return named(function, sql, place.server, place.bucket, place.region, place.addressing, identity,
                 secret, token, make_duration(r), plain_time(r), place.client,
                 {"Bucket": place.bucket, **arguments}, place.client[0])
