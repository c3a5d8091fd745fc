"""Random upload tickets: s3sign_upload in SQL, put_object and generate_presigned_post in botocore.

A header is the call's, or the server's by its option upload_headers: what is signed is the same.
Left out: if-match together with if-none-match and forms for providers without them, which s3sign
refuses by design.
"""

import base64
import dataclasses
import datetime
import hashlib
import json

import signed_by_botocore
import url_difference
from random_named import Form, has_bucket_path, has_forms, plain_key, plain_time
from random_operations import make_place
from random_requests import make_credentials, make_duration, printable
from sql_text import call, literal

DATE = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)


def words(r):
    return printable(r, 40, "    ,;=\"-/") + "."


# header: argument of put_object, and a value in both forms where it is not a text
PUT_HEADERS = {
    "cache-control": "CacheControl",
    "content-disposition": "ContentDisposition",
    "content-encoding": "ContentEncoding",
    "content-language": "ContentLanguage",
    "expires": ("Expires", DATE, "Fri, 02 Jan 2026 03:04:05 GMT"),
    "x-amz-acl": "ACL",
    "x-amz-expected-bucket-owner": "ExpectedBucketOwner",
    "x-amz-grant-full-control": "GrantFullControl",
    "x-amz-grant-read": "GrantRead",
    "x-amz-grant-read-acp": "GrantReadACP",
    "x-amz-grant-write-acp": "GrantWriteACP",
    "x-amz-object-lock-legal-hold": "ObjectLockLegalHoldStatus",
    "x-amz-object-lock-mode": "ObjectLockMode",
    "x-amz-object-lock-retain-until-date": ("ObjectLockRetainUntilDate", DATE,
                                            "2026-01-02T03:04:05Z"),
    "x-amz-request-payer": "RequestPayer",
    "x-amz-server-side-encryption": "ServerSideEncryption",
    "x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
    "x-amz-server-side-encryption-bucket-key-enabled": ("BucketKeyEnabled", True, "true"),
    "x-amz-server-side-encryption-context": "SSEKMSEncryptionContext",
    "x-amz-storage-class": "StorageClass",
    "x-amz-tagging": "Tagging",
    "x-amz-website-redirect-location": "WebsiteRedirectLocation",
}
# an upload's own, which a server does not set
CALL_HEADERS = {
    "content-md5": "ContentMD5",
    "x-amz-checksum-crc32": "ChecksumCRC32",
    "x-amz-checksum-crc32c": "ChecksumCRC32C",
    "x-amz-checksum-sha1": "ChecksumSHA1",
}
# those that S3 documents as fields of a form, where their name is another
FORM_FIELDS = {name: name for name in (
    "cache-control", "content-disposition", "content-encoding", "expires",
    "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-server-side-encryption-context",
    "x-amz-storage-class", "x-amz-website-redirect-location")} | {"x-amz-acl": "acl"}


def with_server(case, statement):
    """The statement, with the case's server and those of its headers that are the server's."""
    return "select named({});".format(", ".join(literal(value) for value in (
        case.endpoint, case.bucket, case.region, case.addressing, case.identity, case.secret,
        case.session_token, statement, server_options(case))))


def server_options(case):
    allowed = ",".join(name for name in PUT_HEADERS if name not in case.server_headers)
    options = f", allow_headers {literal(allowed)}"
    if case.server_headers:
        options += f", upload_headers {literal(json.dumps(case.server_headers))}"
    return options


@dataclasses.dataclass
class Ticket(Form):
    """A ticket for a form, which is compared as s3sign_post's is."""

    server_headers: dict = dataclasses.field(default_factory=dict)

    def statement(self):
        what = {**self.sql, "duration": self.duration, "signed_at": self.signed_at.isoformat()}
        return with_server(self, f"select {call('s3sign_upload', {'server': 'regress', **what})}")

    def difference(self, ours, theirs):
        return super().difference(ours, theirs) or shape_fault(
            self, json.loads(ours), {"method": "POST", "headers": {}}, {"fields"})


@dataclasses.dataclass
class PutTicket(Ticket):
    """A ticket for a PUT. `headers` are those that no argument of put_object sets."""

    headers: dict = dataclasses.field(default_factory=dict)

    def theirs(self):
        return signed_by_botocore.put_by_client(self)

    def difference(self, ours, theirs):
        if not ours.startswith("{"):
            return ours
        ours, (url, headers) = json.loads(ours), theirs
        return url_difference.difference(ours["url"], url) or shape_fault(
            self, ours, {"method": "PUT", "headers": headers}, set())


def shape_fault(case, ticket, expected, further):
    if set(ticket) != {"method", "url", "key", "headers", "expires_at"} | further:
        return f"members: {sorted(ticket)}"
    ends = case.signed_at.replace(microsecond=0) + datetime.timedelta(seconds=case.duration)
    expected = {**expected, "key": case.sql["file"],
                "expires_at": ends.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
    for name, value in expected.items():
        if ticket[name] != value:
            return f"{name}: {ticket[name]}, botocore has {value}"
    return None


def make_headers(r, names, arguments):
    """Headers of `names`, a value of which is also an argument of put_object."""
    headers = {}
    for name in r.sample(sorted(names), r.randint(0, 4)):
        argument = names[name]
        if isinstance(argument, tuple):
            argument, arguments[argument], headers[name] = argument
        else:
            arguments[argument] = headers[name] = words(r)
    return headers


def make_metadata(r, arguments):
    given = {printable(r, 10, "-").lower(): words(r) for _ in range(r.randint(0, 3))}
    if given:
        arguments["Metadata"] = given
    return {"x-amz-meta-" + name: value for name, value in given.items()}


def make_put(r, sql):
    arguments, further = {}, {}
    server = make_headers(r, PUT_HEADERS, arguments) if r.random() < 0.5 else {}
    rest = {name: argument for name, argument in PUT_HEADERS.items() if name not in server}
    headers = make_headers(r, rest, arguments) | make_metadata(r, arguments)
    if r.random() < 0.3:
        headers |= make_headers(r, CALL_HEADERS, arguments)
    if r.random() < 0.5:
        sql["content_type"] = arguments["ContentType"] = words(r)
    if r.random() < 0.5:
        sql["bytes"] = arguments["ContentLength"] = r.choice([0, 1, 5 * 2**30, r.randint(0, 2**32)])
    if r.random() < 0.3:
        digest = hashlib.sha256(r.randbytes(8))
        checksum = base64.b64encode(digest.digest()).decode()
        sql["checksum_sha256"] = arguments["ChecksumSHA256"] = checksum
        further["x-amz-content-sha256"] = digest.hexdigest()
    condition = r.random()
    if condition < 0.2:
        headers["if-match"] = further["if-match"] = '"' + printable(r, 32) + '"'
    elif condition < 0.4:
        sql["overwrite"], further["if-none-match"] = "false", "*"
    return arguments, headers, server, further


def make_form(r, sql):
    documented = {name: PUT_HEADERS[name] for name in FORM_FIELDS}
    server = make_headers(r, documented, {}) if r.random() < 0.5 else {}
    rest = {name: argument for name, argument in documented.items() if name not in server}
    rest["content-language"] = PUT_HEADERS["content-language"]
    headers = make_headers(r, rest, {}) | make_metadata(r, {})
    fields = {FORM_FIELDS.get(name, name): " ".join(value.split())
              for name, value in (headers | server).items()}
    sql["max_bytes"] = r.choice([0, 1, 5 * 2**30, r.randint(0, 2**40)])
    conditions = [["content-length-range", 0, sql["max_bytes"]]]
    kind = r.random()
    if kind < 0.5:
        sql["content_type"] = fields["Content-Type"] = words(r)
    elif kind < 0.7:
        sql["content_type"] = printable(r, 10) + "/*"
        conditions.append(["starts-with", "$Content-Type", sql["content_type"][:-1]])
    conditions += [{name: value} for name, value in fields.items()]
    return {"Fields": fields, "Conditions": conditions}, headers, server


def make_ticket(r, is_form):
    place = make_place(r)
    # Backblaze has no conditions on a PUT, as the table of providers says
    while not has_bucket_path(place) or "backblaze" in place.server or (
            is_form and not has_forms(place)):
        place = make_place(r)
    sql = {"file": plain_key(r)}
    if is_form:
        arguments, headers, server = make_form(r, sql)
    else:
        arguments, headers, server, further = make_put(r, sql)
    sql["headers"] = json.dumps(headers)
    kind, rest = (Ticket, ()) if is_form else (PutTicket, (further,))
    return kind("upload", sql, place.server, place.bucket, place.region, place.addressing,
                *make_credentials(r), make_duration(r), plain_time(r), place.client,
                {"Bucket": place.bucket, "Key": sql["file"], **arguments}, place.client[0], server,
                *rest)


def make_upload_form(r):
    return make_ticket(r, True)


def make_upload_put(r):
    return make_ticket(r, False)
