"""Random requests by a URL, for any service: presigned by s3sign_pre_url, or signed in their headers
by s3sign_pre_headers.

SQL is given each URL in one of its many encodings, botocore in the canonical one, since it signs a
path as it is written. Left out, each because one side refuses or replaces it by design:

- what random_requests.py leaves out; parameters without a name
- the header Date beside an Authorization header: botocore sets it and leaves x-amz-date out
- x-amz-content-sha256 among the headers for S3: botocore replaces it
- a path that ends in a segment `.` or `..` outside of S3: RFC 3986 §5.2.4 keeps the slash before
  it, botocore doesn't
"""

import dataclasses
import datetime
import hashlib
import json

import signed_by_botocore
import url_difference
from random_requests import (NAMES, make_credentials, make_duration, make_headers,
                             make_signed_at, printable, text)
from sql_text import call

METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "M-SEARCH"]
SERVICES = ["s3", "s3", "iam", "rds-db", "execute-api", "es", "sqs", "S_3", "x" * 64]
HOSTS = ["localhost", "iam.amazonaws.com", "s3.example.com", "my_host.internal", "10.0.0.1", "[::1]",
         "db.eu-west-1.rds.amazonaws.com", "abc.execute-api.us-east-1.amazonaws.com", "x.y.z"]
SEGMENTS = ["", "", ".", "..", "...", "a", "a b", "%", "%2F", "a/b", "~", "é", "🎉", "+", "=&?#",
            "a;b,c", "'()*!$@:", '"<>[]^`{|}\\', "\x01\x7f"]
UNRESERVED = "-._~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclasses.dataclass
class Call:
    method: str
    shown: str  # the URL that SQL is given
    url: str  # the URL that botocore is given, less the query
    identity: str
    secret: str
    duration: int
    sign_region: str
    service: str
    session_token: str | None
    headers: str | None
    payload: bytes | None
    signed_at: datetime.datetime
    parameters: dict
    fields: list

    def common(self):
        return {"method": self.method, "url": self.shown, "identity": self.identity,
                "secret": self.secret, "region": self.sign_region, "service": self.service,
                "session_token": self.session_token, "headers": self.headers,
                "signed_at": self.signed_at.isoformat()}

    def hash(self):
        return None if self.payload is None else hashlib.sha256(self.payload).hexdigest()


class PreUrl(Call):
    def statement(self):
        arguments = {**self.common(), "duration": self.duration, "payload_sha256": self.hash()}
        return f"select {call('s3sign_pre_url', arguments)};"

    def theirs(self):
        if self.payload is not None and self.service == "s3":
            self.parameters = {**self.parameters, "X-Amz-Content-Sha256": [self.hash()]}
        return signed_by_botocore.by_signer(self, self.service, self.hash())

    difference = staticmethod(url_difference.difference)


class PreHeaders(Call):
    def statement(self):
        payload = None if self.payload is None else "\\x" + self.payload.hex()
        return f"select {call('s3sign_pre_headers', {**self.common(), 'payload': payload})};"

    def theirs(self):
        return signed_by_botocore.headers_by_signer(self, self.service, self.hash())

    def difference(self, ours, theirs):
        if not ours.startswith("{"):
            return ours
        said = json.loads(ours)
        place = url_difference.place_difference(said["url"], self.url)
        if place:
            return place
        query = said["url"].partition("?")[2]
        wanted = [(name.encode(errors="surrogatepass"), value.encode(errors="surrogatepass"))
                  for name, values in self.parameters.items() for value in values]
        if url_difference.pairs(query) != url_difference.collections.Counter(wanted):
            return f"query {query!r}, not {wanted}"
        fault = url_difference.encoding_fault(query.split("&")) if query else None
        if fault:
            return "query " + fault
        mine = {name.lower(): value for name, value in said["headers"].items()}
        if len(mine) != len(said["headers"]):
            return "headers: names that differ in case"
        given = {name.lower() for name, _ in self.fields}
        for name in sorted({*mine, *theirs} - given):
            if mine.get(name) != theirs.get(name):
                return f"{name}: {mine.get(name)!r}, botocore has {theirs.get(name)!r}"
        return None if given <= set(mine) else "headers: some are missing"


def written(r, value, raw):
    """A component in one of its encodings: `raw` are the characters that may stay beside the
    unreserved."""
    mess = r.choice([0, 0.1, 0.9])
    result = ""
    for byte in value.encode():
        char = chr(byte)
        escape = f"%{byte:02x}" if r.random() < mess else f"%{byte:02X}"
        if char in UNRESERVED:
            result += escape if r.random() < mess else char
        else:
            result += char if char in raw and r.random() < 0.5 else escape
    return result


def canonical(value):
    return "".join(chr(byte) if chr(byte) in UNRESERVED else f"%{byte:02X}"
                   for byte in value.encode())


def make_path(r, service):
    """A path in one of its encodings and in the canonical one."""
    segments = [r.choice(SEGMENTS) if r.random() < 0.6 else text(r, 12)
                for _ in range(r.randint(0, 6))]
    if service != "s3" and segments and segments[-1] in (".", ".."):
        segments.append("x")
    if not segments:
        return r.choice(["", "/"]), "/"
    return ("".join("/" + written(r, s, "!$&'()*+,;=:@") for s in segments),
            "".join("/" + canonical(s) for s in segments))


def make_query(r):
    """A query in one of its encodings, and its parameters."""
    parameters, shown = {}, []
    for _ in range(r.randint(0, 6)):
        name = (r.choice(NAMES) if r.random() < 0.7 else text(r, 10)) or "a"
        value = "" if r.random() < 0.3 else text(r, 30)
        parameters.setdefault(name, []).append(value)
        name = written(r, name, "!$'()*,;:@/?")
        shown.append(name if value == "" and r.random() < 0.5
                     else f"{name}={written(r, value, chr(33) + chr(36) + '()*,;:@/?=')}")
    return "&".join(shown), parameters


def make_origin(r):
    scheme = r.choice(["https", "http"])
    host = r.choice(HOSTS)
    port = r.choice(["", "", ":80", ":443", ":9000"])
    plain = f"{scheme}://{host}{port}"
    return (plain if r.random() < 0.8 else f"{scheme.upper()}://{host.upper()}{port}"), plain


def make_call(r):
    service = r.choice(SERVICES)
    kind = r.choice([PreUrl, PreHeaders])
    shown, url = make_origin(r)
    shown_path, path = make_path(r, service)
    query, parameters = make_query(r)
    identity, secret, token = make_credentials(r)
    headers, fields = make_headers(r) if r.random() < 0.5 else (None, [])
    lower = [name.lower() for name, _ in fields]
    payload = r.choice([None, b"", b"body", r.randbytes(r.randint(1, 3000))])
    if "x-amz-content-sha256" in lower:
        if kind is PreHeaders and service == "s3":
            headers, fields = None, []
        payload = None
    if kind is PreHeaders:
        if "date" in lower:
            headers, fields = None, []
        # a header's value is sent as it is, so nothing that would break its line
        identity, token = printable(r, 20, "/+="), token and printable(r, 500, "/+=")
    return kind(r.choice(METHODS), f"{shown}{shown_path}{'?' if query else ''}{query}", url + path,
                identity, secret, make_duration(r), r.choice(["us-east-1", "eu-west-2", "x_-Y9"]),
                service, token, headers, payload, make_signed_at(r), parameters, fields)
