"""What is refused before anything is asked: status 2, one line, the file as it was."""

from fakes import ROLE

ARGUMENTS = [
    (["imds", "extra"], "imds takes no argument"),
    ([], "no source; --help lists the sources"),
    (["command"], "no command"),
    (["sso"], "unknown source sso; --help lists the sources"),
    (["--verbose", "imds"], "unknown option --verbose; --help lists the options"),
    (["--output"], "option --output needs a value"),
    (["--output=", "imds"], "option --output needs a value"),
    (["--mode", "0644", "imds"], "the mode is not 0640, 0600, 0440 or 0400"),
    (["--mode=0660", "imds"], "the mode is not 0640, 0600, 0440 or 0400"),
    (["--attempts", "0", "imds"], "the number of attempts is not 1 to 20"),
    (["--attempts", "1x", "imds"], "the number of attempts is not 1 to 20"),
    (["--renew-before", "-1", "imds"], "--renew-before is not 0 to 43200 seconds"),
    (["--duration", "899", "web-identity"], "the duration is not 900 to 43200 seconds"),
    (["--role", "a/b", "imds"], "the role of imds is a role's name"),
    (["container"], "container needs AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI"),
    (["web-identity"], "web-identity needs AWS_WEB_IDENTITY_TOKEN_FILE"),
]

FAR = "AWS_CONTAINER_CREDENTIALS_FULL_URI is http to another host: https is required"
NO_URL = "AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL"
OTHER = "AWS_CONTAINER_CREDENTIALS_FULL_URI is not an http or https URL"
NO_HOST = "AWS_CONTAINER_CREDENTIALS_FULL_URI has no host, or a user name"
URIS = {
    "http://example.com/": FAR, "http://10.0.0.1/": FAR, "http://169.254.170.3/": FAR,
    "http://127.0.0.1.example.com/": FAR, "http://127.example/": FAR, "http://localhost.example.com/": FAR,
    "http://1270.0.0.1/": FAR, "http://12.7.0.1/": FAR, "http://[::2]/": FAR, "http://[fd00:ec2::24]/": FAR,
    "http://localhost:80:example.com/": FAR, "http://example.com#@localhost/": FAR, "http://example.com?localhost": FAR,
    "http://169.254.170.2@example.com/": NO_HOST, "http://localhost:80@example.com/": NO_HOST,
    "https://user:word@example.com/": NO_HOST, "http:///credentials": NO_HOST,
    "http://localhost\\@example.com/": NO_URL, 'http://localhost/"': NO_URL, "http://localhost/\nurl = x": NO_URL,
    "ftp://localhost/": OTHER, "file:///etc/passwd": OTHER, "localhost": OTHER, "https://": OTHER,
}
# accepted: nobody listens there, or curl is the one below
NEAR = ["http://127.0.0.1:1/x", "http://127.1.2.3:1/", "http://localhost:1/", "http://[::1]:1/", "http://169.254.170.2/v2",
        "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1/credentials", "http://169.254.169.254",
        "https://example.com/credentials", "https://[2001:db8::1]:8443/x"]


def refused(tap, helper, result, reason, what):
    tap.same((result.status, result.said, "AKIAOLD" in helper.path.read_text(), helper.left()),
             (2, "s3sign-credentials: %s\n" % reason, True, []), what)


def run(tap, helper):
    asked = helper.programs / "asked"
    helper.program("curl", "#!/bin/sh\ncat >>%s\nexit 7\n" % asked)
    for arguments, reason in ARGUMENTS:
        refused(tap, helper, helper.over_old(*arguments), reason, " ".join(arguments) or "nothing")
    for uri, reason in URIS.items():
        refused(tap, helper, helper.over_old("container", variables={"AWS_CONTAINER_CREDENTIALS_FULL_URI": uri}),
                reason, repr(uri))
    refused(tap, helper, helper.over_old("container", variables={
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "@example.com/"}),
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with a slash", "a relative URI that is none")
    refused(tap, helper, helper.over_old("container", variables={
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nb"}),
            "AWS_CONTAINER_AUTHORIZATION_TOKEN has a line end or another character that no token has",
            "CR and LF in the token of the environment")
    refused(tap, helper, helper.over_old("imds", variables={
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://example.com"}),
            "the endpoint is http to another host: https is required", "http to another metadata service")
    web = {"AWS_WEB_IDENTITY_TOKEN_FILE": "/nonexistent", "AWS_ROLE_ARN": ROLE}
    for change, reason in [({"AWS_ROLE_ARN": ""}, "web-identity needs the ARN of a role: AWS_ROLE_ARN or --role"),
                           ({"AWS_ROLE_ARN": 'arn:"'}, "the role of web-identity is not an ARN"),
                           ({"AWS_ROLE_SESSION_NAME": "a b"}, "AWS_ROLE_SESSION_NAME is not a session's name"),
                           ({"AWS_REGION": "example.com/"}, "the region is not a region's name"),
                           ({"AWS_ENDPOINT_URL_STS": "http://sts.example.com"},
                            "the endpoint is http to another host: https is required")]:
        refused(tap, helper, helper.over_old("web-identity", variables={**web, **change}), reason, str(change))
    tap.check(not asked.exists(), "nothing was asked")
    for uri in NEAR:
        asked.unlink(missing_ok=True)
        result = helper.over_old("--attempts", "1", "container", variables={"AWS_CONTAINER_CREDENTIALS_FULL_URI": uri})
        tap.check(result.status == 1 and asked.exists() and 'url = "%s"\n' % uri in asked.read_text(), uri, result)
