"""HTTP servers on loopback that answer as AWS's do, and remember what they were asked."""

import datetime
import http.server
import json
import threading
import time
import urllib.parse

ID, SECRET, TOKEN = "ASIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "IQoJb3JpZ2luX2VjEXAMPLE/+="
METADATA_TOKEN = "AQAEAmetadata-token-of-the-fake=="
AUTHORIZATION = "eyJhbGciOiJSUzI1NiJ9.authorization-of-the-pod.c2ln"
WEB_IDENTITY = "eyJhbGciOiJSUzI1NiJ9.web-identity-of-the-pod.c2ln"
ROLE = "arn:aws:iam::123456789012:role/s3sign"
FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def later(seconds):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (now + datetime.timedelta(seconds=seconds)).strftime(FORMAT)


class Fake:
    """`failures` are statuses, or (status, body), of the first requests for credentials."""

    def __init__(self):
        self.failures = []
        self.asked = []
        self.delay = 0
        self.body = None
        self.end = later(3600)
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                fake.asked.append((self.command, self.path, body))
                time.sleep(fake.delay)
                status, text = fake.answer(self.command, self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_PUT = do_POST = answer

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """The helper was killed while it waited."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def credentials(self):
        """The answer, after the failures."""
        if self.failures:
            failure = self.failures.pop(0)
            return failure if isinstance(failure, tuple) else (failure, "")
        return 200, self.body if self.body is not None else self.text()


class Metadata(Fake):
    """IMDSv2: only requests with a token that PUT gave are answered."""

    roles = "s3sign-role"

    def text(self):
        return json.dumps({
            "Code": "Success", "LastUpdated": later(-60), "Type": "AWS-HMAC", "AccessKeyId": ID,
            "SecretAccessKey": SECRET, "Token": TOKEN, "Expiration": self.end}, indent=2)

    def answer(self, method, path, headers, _):
        if path == "/latest/api/token":
            ttl = headers.get("X-aws-ec2-metadata-token-ttl-seconds", "")
            return (200, METADATA_TOKEN) if method == "PUT" and ttl.isdigit() else (400, "")
        if headers.get("X-aws-ec2-metadata-token") != METADATA_TOKEN:
            return 401, ""
        folder = "/latest/meta-data/iam/security-credentials/"
        if path == folder and self.roles:
            return 200, self.roles
        return self.credentials() if self.roles and path == folder + self.roles else (404, "")

    def variables(self):
        return {"AWS_EC2_METADATA_SERVICE_ENDPOINT": self.url + "/"}


class Container(Fake):
    """ECS's and EKS's endpoint; `authorization` is what has to be in the header."""

    authorization = None

    def text(self):
        return json.dumps({"AccessKeyId": ID, "SecretAccessKey": SECRET, "Token": TOKEN,
                           "Expiration": self.end, "AccountId": "123456789012", "RoleArn": ROLE})

    def answer(self, method, path, headers, _):
        if method != "GET" or path != "/v1/credentials":
            return 404, ""
        if headers.get("Authorization") != self.authorization:
            return 401, ""
        return self.credentials()

    def variables(self):
        return {"AWS_CONTAINER_CREDENTIALS_FULL_URI": self.url + "/v1/credentials"}


class Sts(Fake):
    """AssumeRoleWithWebIdentity; the answer is the one of AWS's API reference."""

    def text(self):
        return """<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>system:serviceaccount:db:postgres</SubjectFromWebIdentityToken>
    <Audience>sts.amazonaws.com</Audience>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/s3sign/s3sign</Arn>
      <AssumedRoleId>AROACLKWSDQRAOEXAMPLE:s3sign</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <SessionToken>%s</SessionToken>
      <SecretAccessKey>%s</SecretAccessKey>
      <Expiration>%s</Expiration>
      <AccessKeyId>%s</AccessKeyId>
    </Credentials>
    <Provider>arn:aws:iam::123456789012:oidc-provider/oidc.eks.example</Provider>
  </AssumeRoleWithWebIdentityResult>
  <ResponseMetadata>
    <RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId>
  </ResponseMetadata>
</AssumeRoleWithWebIdentityResponse>
""" % (TOKEN, SECRET, self.end, ID)

    @staticmethod
    def error(code):
        return ("""<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>%s</Code><Message>Token %s</Message></Error>
</ErrorResponse>""" % (code, WEB_IDENTITY))

    def answer(self, method, path, headers, body):
        self.parameters = dict(urllib.parse.parse_qsl(body))
        if method != "POST" or path != "/" or headers.get("Authorization"):
            return 400, self.error("InvalidAction")
        if self.parameters.get("WebIdentityToken") != WEB_IDENTITY:
            return 400, self.error("InvalidIdentityToken")
        return self.credentials()

    def variables(self, token_file):
        return {"AWS_ENDPOINT_URL_STS": self.url, "AWS_ROLE_ARN": ROLE,
                "AWS_WEB_IDENTITY_TOKEN_FILE": str(token_file)}
