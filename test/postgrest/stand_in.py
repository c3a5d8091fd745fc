"""stand_in.py PORT [FOLDER] - takes PostgREST's place where it is not installed: HTTP for calls.py

Tokens are checked (HS256, PGRST_JWT_SECRET, exp). With FOLDER it is also the web server in front of
it: it serves the files there under /app/, and takes the token from the cookie "token".
"""

import base64
import hashlib
import hmac
import http.cookies
import http.server
import json
import os
import pathlib
import sys
import time
import urllib.parse

import calls

SECRET = os.environ["PGRST_JWT_SECRET"].encode()
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def claims_of(token):
    """The claims of a good token; ValueError for any other."""
    signed, _, signature = token.rpartition(".")
    header, _, payload = signed.partition(".")
    good = hmac.new(SECRET, signed.encode(), hashlib.sha256).digest()
    if json.loads(decode(header))["alg"] != "HS256" or not hmac.compare_digest(good, decode(signature)):
        raise ValueError("signature")
    claims = json.loads(decode(payload))
    if claims.get("exp", time.time()) < time.time():
        raise ValueError("expired")
    return claims


class Handler(http.server.BaseHTTPRequestHandler):
    folder = None

    def log_message(self, *_):
        pass

    def send(self, status, body, kind="application/json; charset=utf-8", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_request(self):
        url = urllib.parse.urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.folder and url.path.startswith("/app/"):
            file = self.folder / (url.path[len("/app/"):] or "index.html")
            return self.send(200, file.read_bytes(), TYPES[file.suffix])
        authorization = self.headers.get("Authorization")
        cookie = http.cookies.SimpleCookie(self.headers.get("Cookie")).get("token") if self.folder else None
        if cookie and not authorization:
            authorization = "Bearer " + cookie.value
        try:
            claims = claims_of(authorization.removeprefix("Bearer ")) if authorization else None
        except (ValueError, KeyError):
            return self.send(401, b'{"code": "PGRST301", "message": "JWT"}')
        status, headers, said = calls.answer(
            self.command, url.path, dict(urllib.parse.parse_qsl(url.query)),
            json.loads(body or "{}"), claims)
        return self.send(status, b"" if said is None else json.dumps(said).encode(), headers=headers)

    do_GET = do_POST = handle_request


def main():
    if len(sys.argv) > 2:
        Handler.folder = pathlib.Path(sys.argv[2])
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()


if __name__ == "__main__":
    main()
