"""A client of examples/postgrest: requests to its API and to the storage, and tokens."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(role="web_user", secret=None, **claims):
    signed = ".".join(encode(json.dumps(part).encode()) for part in (
        {"alg": "HS256", "typ": "JWT"}, {"role": role, "exp": int(time.time()) + 3600, **claims}))
    key = (secret or os.environ["PGRST_JWT_SECRET"]).encode()
    return signed + "." + encode(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def send(method, url, headers, body):
    """(status, headers, body)"""
    request = urllib.request.Request(url, method=method, headers=headers, data=body)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


FIRST_ANSWER = urllib.request.build_opener(Stay)


class Api:
    def __init__(self, base, bearer):
        self.base = base
        self.headers = {"Authorization": "Bearer " + bearer} if bearer else {}

    def request(self, method, path, body=None, **query):
        """(status, JSON)"""
        url = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body).encode()
        status, _, said = send(method, url, headers, body)
        return status, json.loads(said) if said else None

    def redirect(self, path, **query):
        """(status, headers) of a GET whose redirect is not followed."""
        url = self.base + path + "?" + urllib.parse.urlencode(query)
        try:
            with FIRST_ANSWER.open(urllib.request.Request(url, headers=self.headers)) as answer:
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers

    def get(self, path, **query):
        return self.request("GET", path, **query)

    def call(self, function, **body):
        return self.request("POST", "/rpc/" + function, body)


def curl(*arguments, data=None):
    """The status of a request to the storage; curl sets no header that it is not told to."""
    run = subprocess.run(
        ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", *arguments],
        input=data, capture_output=True, check=True)
    return int(run.stdout)


def upload(ticket, data, **changed):
    headers = [("-H", f"{k}: {v}") for k, v in {**ticket["headers"], **changed}.items()]
    return curl("-X", ticket["method"], *sum(headers, ()), "--data-binary", "@-", ticket["url"], data=data)


def post(ticket, data):
    """As a form; the file is its last field."""
    fields = [("--form-string", f"{k}={v}") for k, v in ticket["fields"].items()]
    return curl(*sum(fields, ()), "-F", "file=@-", ticket["url"], data=data)
