"""Random operations of S3, in the form that SQL takes and in the form that botocore's client takes,
so that the endpoints and the addressing that botocore decides for are compared too.

Left out: virtual addressing asked for with a dotted bucket under https, where botocore falls back
to path and s3sign does as it is told; empty headers, which botocore does not send.
"""

import dataclasses
import json

import signed_by_botocore
from random_requests import (METHODS, Arguments, bucket_name, key, make_credentials, make_duration,
                             make_signed_at, printable, text)

# region, endpoint and settings of botocore's client, and the endpoint that SQL is given
AWS = [
    ("eu-west-1", None, {}, "s3.eu-west-1.amazonaws.com"),
    ("us-west-2", None, {}, "s3.us-west-2.amazonaws.com"),
    ("us-east-1", None, {}, "s3.amazonaws.com"),
    ("us-gov-west-1", None, {}, "s3.us-gov-west-1.amazonaws.com"),
    ("cn-north-1", None, {}, "s3.cn-north-1.amazonaws.com.cn"),
    ("eu-west-1", None, {"use_dualstack_endpoint": True}, "s3.dualstack.eu-west-1.amazonaws.com"),
    ("cn-north-1", None, {"use_dualstack_endpoint": True},
     "s3.dualstack.cn-north-1.amazonaws.com.cn"),
]
VIRTUAL_ONLY = [
    ("eu-west-1", None, {"s3": {"use_accelerate_endpoint": True}}, "s3-accelerate.amazonaws.com"),
    ("us-gov-east-1", None, {"use_fips_endpoint": True}, "s3-fips.us-gov-east-1.amazonaws.com"),
    ("us-east-2", None, {"use_fips_endpoint": True, "use_dualstack_endpoint": True},
     "s3-fips.dualstack.us-east-2.amazonaws.com"),
]
CUSTOM = [(region, endpoint, {}, endpoint) for region, endpoint in [
    ("auto", "https://0123456789abcdef.r2.cloudflarestorage.com"),
    ("us-west-004", "https://s3.us-west-004.backblazeb2.com"),
    ("garage", "http://localhost:3900"),
    ("us-east-1", "http://127.0.0.1:9000"),
    ("us-east-1", "http://[::1]:8333"),
    ("local", "https://abc.storage.supabase.co/storage/v1/s3"),
    ("us-east-1", "https://minio.example.com:9000/base/"),
]]
UNTOLD = ["accelerate", "localhost", "supabase"]  # hosts that do not tell the region

# method: argument of the operation, name in the request, whether it is a header
OPTIONS = {
    "get": [("ResponseContentType", "response-content-type", False),
            ("ResponseContentDisposition", "response-content-disposition", False),
            ("ResponseCacheControl", "response-cache-control", False),
            ("VersionId", "versionId", False), ("Range", "range", True),
            ("IfMatch", "if-match", True), ("RequestPayer", "x-amz-request-payer", True)],
    "head": [("VersionId", "versionId", False), ("Range", "range", True),
             ("IfNoneMatch", "if-none-match", True)],
    "put": [("ContentType", "content-type", True),
            ("ContentDisposition", "content-disposition", True),
            ("CacheControl", "cache-control", True), ("Tagging", "x-amz-tagging", True),
            ("StorageClass", "x-amz-storage-class", True)],
    "delete": [("VersionId", "versionId", False), ("MFA", "x-amz-mfa", True)],
}


@dataclasses.dataclass
class Operation(Arguments):
    """And what botocore's client is given."""

    client: tuple  # region, endpoint, settings, addressing style
    arguments: dict

    def theirs(self):
        return signed_by_botocore.by_client(self, self.method + "_object")


def make_options(r, method):
    """The operation's arguments, and the query and headers that they stand for."""
    arguments, query, headers = {}, {}, {}
    for argument, name, is_header in OPTIONS[method]:
        if r.random() < 0.7:
            continue
        if is_header:
            value = headers[name] = printable(r, 40, "    ,;=\"-/") + "."
        else:
            value = query[name] = text(r, 40)
        arguments[argument] = value
    if method == "put" and r.random() < 0.3:
        arguments["Metadata"] = {printable(r, 10, "-"): printable(r, 20, "  =")
                                 for _ in range(r.randint(1, 3))}
        for name, value in arguments["Metadata"].items():
            headers["x-amz-meta-" + name] = value
    return arguments, query, headers


@dataclasses.dataclass
class Place:
    """Where a request goes, in both forms."""

    server: str
    bucket: str
    region: str | None
    addressing: str | None
    client: tuple


def make_place(r):
    where = r.choice(AWS + VIRTUAL_ONLY + CUSTOM)
    client_region, endpoint, settings, server = where
    addressing = r.choice([None, None, "path", "virtual"])
    is_address = "127" in server or "[" in server
    if (addressing == "path" and where in VIRTUAL_ONLY) or (addressing == "virtual" and is_address):
        addressing = None
    bucket = bucket_name(r, False)
    if where not in VIRTUAL_ONLY and r.random() < 0.3:
        if addressing != "virtual":
            bucket = r.choice(["dotted.bucket", "My_Bucket", "-b", "a..b", "xy"])
        elif server.startswith("http:"):
            bucket = "dotted.bucket"

    region = client_region if any(name in server for name in UNTOLD) or r.random() < 0.2 else None
    return Place(server, bucket, region, addressing,
                 (client_region, endpoint, json.dumps(settings), addressing or "auto"))


def make_operation(r):
    place = make_place(r)
    method = r.choice(METHODS)
    file = key(r)
    identity, secret, token = make_credentials(r)
    arguments, query, headers = make_options(r, method)
    return Operation(
        method, place.server, place.bucket, identity, secret, file, make_duration(r), place.region,
        token, json.dumps(query) if query else None, json.dumps(headers) if headers else None,
        place.addressing, make_signed_at(r), place.client,
        {"Bucket": place.bucket, "Key": file, **arguments})
