"""Servers whose links are read, and botocore as their second signer."""

import dataclasses
import datetime
import sys
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import signed_by_botocore  # noqa: E402
from grammar import Place  # noqa: E402
from sql_text import literal  # noqa: E402

SIGNED_AT = datetime.datetime(2025, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)
DURATION = 3600


@dataclasses.dataclass
class Server:
    name: str
    options: dict
    place: Place
    endpoint: str  # scheme, host and path before the key, as they are signed
    shown: str  # the same, as it is in the URL
    token: str | None = None
    user: str | None = None  # the value of log_user

    def statements(self):
        options = ", ".join(f"{name} {literal(value)}" for name, value in self.options.items())
        token = f", session_token {literal(self.token)}" if self.token else ""
        return (f"create server {self.name} foreign data wrapper s3sign options ({options});\n"
                f"create user mapping for public server {self.name} options (access_key_id 'AKID', "
                f"secret_access_key 'SECRET'{token});\n")

    def url_of(self, key):
        """What botocore's signer makes of a key, with the parameters in canonical order: botocore
        shows further ones unsorted."""
        signed_by_botocore.set_clock(SIGNED_AT)
        parameters = {self.place.user_parameter: self.user} if self.user else {}
        signer = signed_by_botocore.botocore.auth.S3SigV4QueryAuth(
            signed_by_botocore.botocore.credentials.Credentials("AKID", "SECRET", self.token), "s3",
            "us-east-1", DURATION)
        request = signed_by_botocore.botocore.awsrequest.AWSRequest(
            "GET", f"{self.endpoint}/{quote(key, safe='/')}", params=parameters)
        signer.add_auth(request)
        assert request.url.startswith(self.endpoint)
        path, _, query = request.url[len(self.endpoint):].partition("?")
        *parameters, signature = query.split("&")
        return f"{self.shown}{path}?{'&'.join([*sorted(parameters), signature])}"


SERVERS = [
    Server("at_path", {"endpoint": "https://s3.example.com", "bucket": "media"},
           Place("media", [("https", "s3.example.com", "/media")]),
           "https://s3.example.com/media", "https://s3.example.com/media"),
    Server("at_port", {"endpoint": "http://[::1]:9000/a%20b", "bucket": "media", "addressing": "path",
                       "key_prefix": "pub/"},
           Place("media", [("http", "[::1]:9000", "/a b/media")], "pub/"),
           "http://[::1]:9000/a%20b/media", "http://[::1]:9000/a%20b/media"),
    Server("at_host", {"endpoint": "https://s3.us-east-1.amazonaws.com", "bucket": "media",
                       "log_user": "x-user:setting:test.person"},
           Place("media", [("https", "media.s3.us-east-1.amazonaws.com", "")],
                 user_parameter="x-user"),
           "https://media.s3.us-east-1.amazonaws.com", "https://media.s3.us-east-1.amazonaws.com",
           user="ann"),
    Server("at_cdn", {"endpoint": "http://s3.example.com:80/base", "bucket": "media",
                      "public_endpoint": "https://cdn.example.com/x"},
           Place("media", [("https", "cdn.example.com", "/x/media"),
                           ("http", "s3.example.com", "/base/media")]),
           "http://s3.example.com/base/media", "https://cdn.example.com/x/media", token="TO/KEN+="),
    # a path of one is a path of the other
    Server("at_site", {"endpoint": "https://example.com", "bucket": "media", "addressing": "cname",
                       "public_endpoint": "https://example.com/files"},
           Place("media", [("https", "example.com", "/files"), ("https", "example.com", "")]),
           "https://example.com", "https://example.com/files"),
    Server("at_ceph", {"endpoint": "https://s3.example.com:8443", "bucket": "tenant:bücket",
                       "addressing": "path"},
           Place("tenant:bücket", [("https", "s3.example.com:8443", "/tenant:bücket")]),
           "https://s3.example.com:8443/tenant%3Ab%C3%BCcket",
           "https://s3.example.com:8443/tenant%3Ab%C3%BCcket"),
]
