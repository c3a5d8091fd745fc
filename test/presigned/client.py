"""The three sides of a check: SQL signs, curl asks, botocore looks into the store."""

import json
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree

import botocore.config
import botocore.session


class Answer:
    """What the server said."""

    def __init__(self, status, head, body):
        self.status = status
        self.body = body
        code = re.search(rb"<Code>([^<]*)</Code>", body) if status >= 400 else None
        self.code = code.group(1).decode() if code else ""
        self.headers = {}
        for line in head.splitlines():
            name, colon, value = line.partition(":")
            if colon:
                self.headers[name.lower()] = value.strip()

    def __str__(self):
        return ("%d %s" % (self.status, self.code)).strip()

    def xml(self):
        """The document. Its names are without their namespace, which servers write or don't."""
        return xml.etree.ElementTree.fromstring(re.sub(rb' xmlns="[^"]*"', b"", self.body))

    def texts(self, path):
        return [element.text or "" for element in self.xml().iterfind(path)]


def sql(command, database=None, role=None, **values):
    """The command's only value. In the command, :'name' is the value of that name."""
    args = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
    for name, value in values.items():
        args += ["-v", "%s=%s" % (name, value)]
    if database:
        args += ["-d", database]
    if role:
        args += ["-U", role]
    done = subprocess.run(args, input=command.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().removesuffix("\n")


def call(function, select="select %s", database=None, role=None, **arguments):
    """What the function of SQL gives. Dictionaries and lists are jsonb, bytes are bytea."""
    values = {}
    for name, value in arguments.items():
        if isinstance(value, (dict, list)):
            value = json.dumps(value)
        elif isinstance(value, bytes):
            value = "\\x" + value.hex()
        values[name] = value
    command = "%s(%s)" % (function, ", ".join("%s => :'%s'" % (name, name) for name in values))
    return sql(select % command, database, role, **values)


def curl(method, url, body=None, headers=(), options=()):
    """headers: a dictionary of what is sent beside curl's own."""
    with tempfile.TemporaryDirectory() as place:
        args = ["--head"] if method == "HEAD" else ["-X", method]
        if body is not None:
            # not --upload-file, which adds the file's name to a path that ends in / or a dot
            args += ["--data-binary", "@" + write(place, body)]
            if "content-type" not in map(str.lower, headers):
                args += ["-H", "Content-Type:"]
        for name in headers:
            args += ["-H", "%s: %s" % (name, headers[name])]
        return run_curl(place, [*options, *args], url)


def submit(form, body, name="file", options=()):
    """What a browser sends for the form, {"url": ..., "fields": {...}}, and a chosen file."""
    with tempfile.TemporaryDirectory() as place:
        args = []
        for field, value in form["fields"].items():
            args += ["--form-string", "%s=%s" % (field, value)]
        args += ["-F", "file=@%s;filename=\"%s\"" % (write(place, body), name)]
        return run_curl(place, [*options, *args], form["url"])


def write(place, body):
    path = os.path.join(place, "sent")
    with open(path, "wb") as file:
        file.write(body)
    return path


def run_curl(place, args, url):
    head, got = os.path.join(place, "head"), os.path.join(place, "got")
    # --path-as-is: by itself curl resolves /./ and /../
    done = subprocess.run(["curl", "-q", "-sS", "--globoff", "--path-as-is", "--noproxy", "*",
                           "--max-time", "30", "-o", got, "-D", head, "-w", "%{http_code}",
                           *args, "--", url], stdout=subprocess.PIPE, check=True)
    with open(head, encoding="latin-1") as file:
        head = file.read()
    body = b""
    if "--head" not in args and os.path.exists(got):
        with open(got, "rb") as file:
            body = file.read()
    return Answer(int(done.stdout), head, body)


class Server:
    """A running S3 server, as its settings describe it, with a bucket for the checks."""

    def __init__(self, name, settings):
        with open(settings) as file:
            self.settings = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.name = name
        self.bucket = "end-to-end"
        # may be assumed for temporary credentials
        self.role = self.settings.get("S3_ROLE_ARN")
        self.endpoint = self.settings["S3_ENDPOINT"]
        self.port = self.endpoint.rsplit(":", 1)[1]
        self.credentials = {"identity": self.settings["S3_ACCESS_KEY"],
                            "secret": self.settings["S3_SECRET_KEY"]}
        # us-east-1 is what the functions take by themselves
        region = self.settings["S3_REGION"]
        self.region = {} if region == "us-east-1" else {"region": region}
        self.store = self.botocore("s3")
        self.store.create_bucket(Bucket=self.bucket)

    def botocore(self, service, credentials=None):
        """A client that does not share a line of code with what is tested."""
        credentials = credentials or self.credentials
        config = botocore.config.Config(s3={"addressing_style": "path"}, proxies={},
                                        retries={"max_attempts": 0})
        return botocore.session.Session().create_client(
            service, region_name=self.settings["S3_REGION"], endpoint_url=self.endpoint,
            aws_access_key_id=credentials["identity"],
            aws_secret_access_key=credentials["secret"], config=config)

    def url(self, method, file, database=None, **arguments):
        """The URL from SQL. arguments: those of s3sign_pre_..., in place of the usual ones."""
        values = {"server": self.endpoint, "bucket": self.bucket, **self.credentials,
                  "file": file, "duration": 60, **self.region, **arguments}
        return call("s3sign_pre_" + method.lower(), database=database, **values)

    def obeys_unsigned_headers(self):
        """A Swift without the security update for it; what radosgw obeys is tested for."""
        return self.name == "swift" and self.ask(
            "PUT", "unsigned", b"", send={"x-amz-meta-colour": "red"}).status == 200

    def ask(self, method, file, body=None, send=None, options=(), **arguments):
        """Sign and ask at once. send: the headers, where they are not the ones that were signed."""
        url = self.url(method, file, **arguments)
        headers = arguments.get("headers", {}) if send is None else send
        return curl(method, url, body, headers, options)

    def put(self, key, body):
        self.store.put_object(Bucket=self.bucket, Key=key, Body=body)

    def read(self, key):
        return self.store.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def keys(self):
        pages = self.store.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return {entry["Key"] for page in pages for entry in page.get("Contents", ())}
