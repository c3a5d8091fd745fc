"""Random presign requests, in the form that SQL takes and in the form that botocore's signer takes.

What SQL infers from an endpoint (region, addressing) is written down here a second time, from the
providers' documentation. Left out, each because one side refuses or replaces it by design:

- a parameter without a name, a name that SigV4 sets, headers that clients or proxies change:
  s3sign refuses them, botocore signs a URL that can't work
- header values with control or non-ASCII characters, and headers without a value: s3sign refuses them
- Content-Type: application/x-www-form-urlencoded; charset=utf-8: botocore takes it for a browser's
  default and drops it
- control characters in credentials: s3sign refuses them
- IPv6 addresses other than in their compressed form: botocore signs what is written, clients send
  the compressed one
"""

import dataclasses
import datetime
import json
import re
import string
from urllib.parse import quote

import signed_by_botocore
import url_difference
from sql_text import literal

METHODS = ["get", "put", "head", "delete"]
AWS_REGIONS = ["af-south-1", "ap-northeast-1", "ap-southeast-3", "ca-central-1", "eu-central-1",
               "eu-west-1", "eu-south-2", "me-central-1", "sa-east-1", "us-east-1", "us-east-2",
               "us-gov-west-1", "us-west-2"]

# host, the regions that may stand for {}, what to sign with where that is another, addressing
PROVIDERS = [
    ("s3.amazonaws.com", [""], "us-east-1", "aws"),
    ("s3.{}.amazonaws.com", AWS_REGIONS, None, "aws"),
    ("s3-{}.amazonaws.com", ["eu-west-1", "us-west-2"], None, "aws"),
    ("s3.dualstack.{}.amazonaws.com", AWS_REGIONS, None, "aws"),
    ("s3-fips.{}.amazonaws.com", ["us-east-1", "us-gov-west-1"], None, "aws"),
    ("s3.{}.amazonaws.com.cn", ["cn-north-1", "cn-northwest-1"], None, "aws"),
    ("0123456789abcdef.r2.cloudflarestorage.com", [""], "auto", "path"),
    ("0123456789abcdef.eu.r2.cloudflarestorage.com", [""], "auto", "path"),
    ("s3.{}.backblazeb2.com", ["us-west-004", "us-east-005"], None, "path"),
    ("s3.{}.wasabisys.com", ["ap-northeast-1", "eu-central-2"], None, "path"),
    ("s3.nl-1.wasabisys.com", [""], "eu-central-1", "path"),
    ("{}.digitaloceanspaces.com", ["nyc3", "fra1"], None, "path"),
    ("storage.googleapis.com", [""], "auto", "path"),
    ("{}.linodeobjects.com", ["us-iad-10"], None, "path"),
    ("s3.{}.scw.cloud", ["fr-par", "nl-ams"], None, "path"),
    ("s3.{}.io.cloud.ovh.net", ["gra", "eu-west-par"], None, "path"),
    ("{}.your-objectstorage.com", ["fsn1", "hel1"], None, "path"),
    ("t3.storage.dev", [""], "auto", "virtual"),
    ("s3.{}.amazonaws.eu", ["eusc-de-east-1"], None, "aws"),
    ("s3.{}.c2s.ic.gov", ["us-iso-east-1"], None, "aws"),
    ("cos.{}.myqcloud.com", ["ap-guangzhou"], None, "virtual"),
    ("obs.{}.myhuaweicloud.com", ["ap-southeast-3"], None, "virtual"),
    ("oss-{}.aliyuncs.com", ["cn-hangzhou"], None, "virtual"),
    ("storage.europe-west3.rep.googleapis.com", [""], "auto", "path"),
    ("storage.yandexcloud.net", [""], "ru-central1", "path"),
]
UNKNOWN_HOSTS = ["localhost", "minio.example.com", "my_host.internal", "10.0.0.1", "127.0.0.1",
                 "[::1]", "[2001:db8::a:0:1]", "s3.eu-west-1.amazonaws.com.evil.com"]

BASE_PATHS = ["", "", "/storage/v1/s3", "/a%20b/%c3%A9", "/-._~!$&'()*+,;=", "/a/.b/..."]

PRINTABLE = string.ascii_letters + string.digits + string.punctuation
HARD_KEYS = ["/", "//", "/a", "a//b", ".", "..", "./a", "a/../b", "a/", " ", "  ", "+", "%", "%41",
             "%2F", "~", "?a=b", "#a", "a&b=c", "'", '"', "\\", "\\N", "\t", "\r\n", "\x01\x7f",
             "e\u0301", "é", "\ufeff", "\u2028", "\uffff", "\U0010ffff", "日本語/🎉.txt", "a;b,c",
             "*", "(x)!$@:", "[]{}|^`<>"]
NAMES = ["A", "X", "X-Amz", "X-Amz-A", "X-Amz-Algorithm0", "X-Amz-Credential-", "X-Amz-Dat",
         "X-Amz-Date.", "X-Amz-E", "X-Amz-Expires~", "X-Amz-Security", "X-Amz-Signature_",
         "X-Amz-SignedHeaders ", "X-Amz-T", "X-Amz-Z", "X.", "X~", "Z", "_", "a", "x-amz-a",
         "x-id", "~", "", "é", "日", "a b", "a=b", "a&b",
         "%41", "+", "versionId", "partNumber", "response-content-disposition"]
HEADERS = ["A", "Cache-Control", "content-type", "Content-MD5", "Date", "hos", "host-a", "If-Match",
           "Range", "x-amz-acl", "X-Amz-Meta-A", "X-AMZ-META-a-b", "x-amz-meta", "x-amz-tagging",
           "z", "!#$%&'*+-.^_`|~9"]
NUMBERS = [("0", "0"), ("-7", "-7"), ("1.50", "1.50"), ("1e3", "1000"), ("12e-3", "0.012"),
           ("123456789012345678901234567890", "123456789012345678901234567890")]

# what many requests have in common, so that caches are hit: alike except a bit, a second, a day
SECRETS = ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEX"]
TIMES = [datetime.datetime(2013, 5, day, 23, 59, second, micro, tzinfo=datetime.timezone.utc)
         for day in (23, 24) for second in (58, 59) for micro in (0, 999999)]


@dataclasses.dataclass
class Arguments:
    """What SQL is given: the method is the function's name, the others its arguments in order."""

    method: str
    server: str
    bucket: str
    identity: str
    secret: str
    file: str
    duration: int
    region: str | None
    session_token: str | None
    query: str | None
    headers: str | None
    addressing: str | None
    signed_at: datetime.datetime

    def statement(self):
        given = {**dataclasses.asdict(self), "signed_at": self.signed_at.isoformat()}
        names = [field.name for field in dataclasses.fields(Arguments)]
        return f"select s3sign_pre_{self.method}({', '.join(literal(given[n]) for n in names[1:])});"

    difference = staticmethod(url_difference.difference)


@dataclasses.dataclass
class Request(Arguments):
    """And what botocore's signer is given."""

    url: str  # with the path, but before scheme, host and port are normalised
    sign_region: str
    parameters: dict  # name to list of values
    fields: list  # of header names and values

    def theirs(self):
        return signed_by_botocore.by_signer(self)


def printable(r, longest, others=""):
    alphabet = string.ascii_letters + string.digits + others
    return "".join(r.choices(alphabet, k=r.randint(1, longest)))


def text(r, longest):
    """Up to `longest` characters of one of several kinds, without NUL and surrogates."""
    kind = r.randrange(5)
    if kind == 0:
        return printable(r, longest, "-._~/")
    if kind == 1:
        return printable(r, longest, string.punctuation + " ")
    last = (0x7f, 0xffff, 0x10ffff)[kind - 2]
    codes = (r.randint(1, last) for _ in range(r.randint(1, longest)))
    return "".join(chr(c) for c in codes if not 0xd800 <= c < 0xe000) or "\x7f"


def plain(value):
    """A text without its control characters, which no part of a credential may have."""
    return "".join(c for c in value if c >= " " and c != "\x7f") or "x"


def key(r):
    if r.random() < 0.3:
        return r.choice(HARD_KEYS) + (text(r, 20) if r.random() < 0.5 else "")
    longest = r.choice([1, 20, 80, 1024])
    # 1,024 bytes are allowed
    return text(r, longest).encode()[:1024].decode(errors="ignore")


def hostable(bucket, dots):
    label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
    name = rf"{label}(\.{label})*" if dots else label
    return 3 <= len(bucket) <= 63 and re.fullmatch(name, bucket) is not None


def bucket_name(r, anything):
    """A DNS name, or anything that a bucket may be called somewhere; never an IP address."""
    if not anything or r.random() < 0.6:
        return "b" + "".join(r.choices("abcxyz019-", k=r.randint(1, 60))) + "0"
    names = ["ab", "a.bucket", "a-b.c.d", "My_Bucket", "bucket!", "-bucket", "bucket-", "a..b",
             "x" * 63, "y" * 64, "b cket"]
    return r.choice(names) if r.random() < 0.7 else "é" + printable(r, 30, "!%&*+-._~ é")


def scalar(r, make):
    """A scalar of JSON, and the text it stands for."""
    if r.random() < 0.15:
        return r.choice(NUMBERS + [("true", "true"), ("false", "false")])
    value = make()
    return json.dumps(value, ensure_ascii=r.random() < 0.5), value


def values(r, make, fewest=0):
    """One scalar, or an array of some; and their texts."""
    if r.random() < 0.7:
        shown, value = scalar(r, make)
        return shown, [value]
    several = [scalar(r, make) for _ in range(r.randint(fewest, 4))]
    return "[" + ", ".join(shown for shown, _ in several) + "]", [value for _, value in several]


def json_object(members):
    return "{" + ", ".join(f"{json.dumps(name)}: {shown}" for name, shown in members) + "}"


def make_query(r):
    """The argument `query` and the parameters that it stands for."""
    names = {r.choice(NAMES) or text(r, 12) for _ in range(r.randint(0, 8))}
    members, parameters = [], {}
    for name in sorted(names):
        shown, parameters[name] = values(r, lambda: "" if r.random() < 0.2 else text(r, 30))
        if parameters[name] == [""] and r.random() < 0.5:
            shown = "null"
        members.append((name, shown))
    return json_object(members), parameters


def header_value(r):
    return "".join(r.choices(PRINTABLE + " " * 40, k=r.randint(0, 40)))


def make_headers(r):
    """The argument `headers` and the fields that it stands for."""
    members, fields = [], []
    for name in r.sample(HEADERS, r.randint(0, 5)):
        shown, several = values(r, lambda: header_value(r), fewest=1)
        members.append((name, shown))
        fields += [(name, value) for value in several]
    if r.random() < 0.2:
        payload = "UNSIGNED-PAYLOAD" if r.random() < 0.3 else r.randbytes(32).hex()
        members.append(("X-Amz-Content-Sha256", json.dumps(payload)))
        fields.append(("X-Amz-Content-Sha256", payload))
    return json_object(members), fields


def make_duration(r):
    return r.choice([1, 900, 86400, 604800, r.randint(1, 604800)])


def make_signed_at(r):
    if r.random() < 0.5:
        return r.choice(TIMES)
    first = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
    zone = datetime.timezone(datetime.timedelta(minutes=r.choice([0, 0, 330, -480, 765])))
    days = 38 * 365.25
    time = first + datetime.timedelta(days=r.uniform(0, days))
    return (time if r.random() < 0.5 else time.replace(microsecond=0)).astimezone(zone)


def make_credentials(r):
    identity = printable(r, 128, "/+=" if r.random() < 0.3 else "")
    size = r.choice([1, 40, 59, 60, 61, 64, 128, r.randint(1, 140)])
    secret = "".join(r.choices(PRINTABLE, k=size)) if r.random() < 0.8 \
        else plain(text(r, size))
    if r.random() < 0.5:
        secret = r.choice(SECRETS)
    token = None
    if r.random() < 0.4:
        token = printable(r, r.choice([20, 400, 1500]), "/+=") if r.random() < 0.9 \
            else plain(text(r, 50))
    return identity, secret, token


def make_server(r, scheme, host, path):
    """An endpoint as users write it; with its port, if any, as botocore must see it."""
    shown = host.upper() if r.random() < 0.1 else host
    port = ""
    if r.random() < 0.3:
        port = r.choice([":80", ":443", ":9000", ":8080", f":{r.randint(1, 65535)}"])
    written = f"{scheme}://"
    if r.random() < 0.2:
        written = "" if scheme == "https" else written.upper()
    slashes = "/" * r.choice([0, 0, 0, 1, 2])
    return f"{written}{shown}{port}{path}{slashes}", f"{shown}{port}"


def make_endpoint(r):
    """Host, region to sign with, addressing and base path."""
    if r.random() < 0.35:
        return r.choice(UNKNOWN_HOSTS), "us-east-1", "path", r.choice(BASE_PATHS)
    host, regions, region, rule = r.choice(PROVIDERS)
    place = r.choice(regions)
    return host.format(place), region or place, rule, ""


def make_request(r):
    scheme = r.choice(["https", "https", "https", "http"])
    host, sign_region, rule, path = make_endpoint(r)
    is_address = host[0] in "[1"

    asked = r.choice([None, None, None, "path", "virtual", "cname"])
    if is_address and asked == "virtual":
        asked = None
    style = asked or rule
    bucket = bucket_name(r, style != "virtual")
    if style == "aws":
        style = "virtual" if hostable(bucket, scheme == "http") else "path"
    elif asked == "virtual" and r.random() < 0.3:
        bucket = "dotted.b" + bucket[-40:]
    elif asked == "cname" and not is_address and hostable(bucket, False):
        host = f"{bucket}.{host}"

    file = key(r)
    server, authority = make_server(r, scheme, host, path)
    if style == "virtual":
        authority = f"{bucket}.{authority}"
    elif style == "path":
        path += f"/{quote(bucket, safe='~')}"
    region = None
    if r.random() < 0.3:
        region = sign_region = r.choice([*AWS_REGIONS, "garage", "EU_1", "x" * 64, "-"])

    identity, secret, token = make_credentials(r)
    query, parameters = make_query(r) if r.random() < 0.5 else (None, {})
    headers, fields = make_headers(r) if r.random() < 0.4 else (None, [])
    return Request(
        r.choice(METHODS), server, bucket, identity, secret, file, make_duration(r), region, token,
        query, headers, asked, make_signed_at(r),
        f"{scheme}://{authority}{path}/{quote(file, safe='/~')}", sign_region, parameters, fields)
