"""The protocols: IMDSv2, ECS, EKS Pod Identity, STS, commands; what is tried again, what is not."""

import json
import os

import botocore.session
from botocore import UNSIGNED
from botocore.config import Config

from fakes import AUTHORIZATION, FORMAT, ID, ROLE, SECRET, TOKEN, WEB_IDENTITY, Container, Metadata, Sts, later

CUT_OFF = (200, '{"AccessKeyId": "A')


def run(tap, helper):
    metadata(tap, helper)
    container(tap, helper)
    web_identity(tap, helper)
    command(tap, helper)


def good(tap, helper, fake, result, what):
    """The file has the fake's credentials, by botocore too, and the log says one line."""
    source = "command" if fake is None else {Metadata: "imds", Container: "container", Sts: "web-identity"}[type(fake)]
    end = fake.end
    tap.same((result.status, result.out, result.said, helper.written()),
             (0, "", "s3sign-credentials: %s: wrote %s, credentials end at %s\n" % (source, helper.path, end),
              {"Version": 1, "AccessKeyId": ID, "SecretAccessKey": SECRET, "SessionToken": TOKEN, "Expiration": end}),
             what)


def bad(tap, helper, result, reason, what):
    """The old file is as it was, the status 1, the log one line."""
    tap.same((result.status, result.said, "AKIAOLD" in helper.path.read_text(), helper.left()),
             (1, "s3sign-credentials: %s; %s is as it was\n" % (reason, helper.path), True, []), what)


def by_botocore(helper, variables):
    """What botocore gets from the same source, or from the helper's file where there is none."""
    config = helper.programs / "config"
    process = "[default]\ncredential_process = /bin/cat %s\n" % helper.path
    config.write_text("" if variables else process)
    known = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    os.environ.clear()
    os.environ.update(known, AWS_CONFIG_FILE=str(config), AWS_SHARED_CREDENTIALS_FILE="/nonexistent",
                      AWS_DEFAULT_REGION="us-east-1", **variables)
    found = botocore.session.get_session().get_credentials().get_frozen_credentials()
    os.environ.clear()
    os.environ.update(known)
    return found


def as_botocore(tap, helper, variables, what):
    tap.same(by_botocore(helper, {}), by_botocore(helper, variables), "botocore gets the same from " + what)


def retries(tap, helper, fake, source, variables, passing):
    """What passes, passes; the limit is kept."""
    for failure in passing:
        fake.failures = [failure]
        good(tap, helper, fake, helper.fresh(source, variables=variables), "%s: %r, then success" % (source, failure))
    fake.failures = [503] * 9
    result = helper.over_old("--attempts", "2", source, variables=variables)
    tap.check(result.status == 1 and " answers 503; " in result.said and len(fake.failures) == 7,
              "%s: two attempts and no more" % source, "%s\n%s" % (result, fake.failures))
    fake.failures = [403] * 9
    result = helper.over_old(source, variables=variables)
    tap.check(result.status == 1 and " answers 403" in result.said and len(fake.failures) == 8,
              "%s: 403 is not tried again" % source, "%s\n%s" % (result, fake.failures))
    fake.failures = [(302, "")]
    result = helper.over_old(source, variables=variables)
    tap.check(result.status == 1 and " answers 302" in result.said, "%s: no redirect is followed" % source, result)


def metadata(tap, helper):
    with Metadata() as fake:
        variables = fake.variables()
        good(tap, helper, fake, helper.fresh("imds", variables=variables), "imds: success")
        as_botocore(tap, helper, variables, "imds")
        tap.same([(m, p) for m, p, _ in fake.asked[:3]],
                 [("PUT", "/latest/api/token"), ("GET", "/latest/meta-data/iam/security-credentials/"),
                  ("GET", "/latest/meta-data/iam/security-credentials/s3sign-role")], "imds: token, role, credentials")
        fake.asked.clear()
        good(tap, helper, fake, helper.fresh("--role", "s3sign-role", "--endpoint", fake.url, "imds"),
             "imds: role and endpoint by option")
        tap.same(len(fake.asked), 2, "imds: a role by option is not asked for")
        variables["http_proxy"] = "http://127.0.0.1:1"
        good(tap, helper, fake, helper.fresh("imds", variables=variables), "imds: no proxy")
        retries(tap, helper, fake, "imds", variables, [503, 401, CUT_OFF, (200, '{"Code": "Failed"}')])
        fake.end = later(-3600)
        result = helper.fresh("imds", variables=variables)
        tap.same((result.status, result.said, helper.written()),
                 (0, "s3sign-credentials: imds: wrote %s without an end: the metadata service gives credentials that "
                     "ended at %s; they work during its outage\n" % (helper.path, fake.end),
                  {"Version": 1, "AccessKeyId": ID, "SecretAccessKey": SECRET, "SessionToken": TOKEN}),
                 "imds: credentials whose time has passed have no end")
        fake.end = later(3600)
        for roles, reason in [("", "the instance has no role"),
                              ("../../user-data", "the metadata service gives no role name")]:
            fake.roles = roles
            bad(tap, helper, helper.over_old("--attempts", "1", "imds", variables=variables), "imds: " + reason,
                "imds: " + reason)
        fake.body = json.dumps({"AccessKeyId": ID, "SecretAccessKey": SECRET, "Token": TOKEN})
        fake.roles = "s3sign-role"
        bad(tap, helper, helper.over_old("--attempts", "1", "imds", variables=variables),
            "imds: the answer has no Expiration", "imds: no end")
    bad(tap, helper, helper.over_old("--attempts", "1", "imds", variables=variables),
        "imds: the metadata service does not answer (curl's exit status 7)", "imds: nobody there")


def container(tap, helper):
    token = helper.programs / "token"
    with Container() as fake:
        variables = fake.variables()
        good(tap, helper, fake, helper.fresh("container", variables=variables), "container: full URI")
        as_botocore(tap, helper, variables, "container")
        retries(tap, helper, fake, "container", variables, [500, 429, CUT_OFF, (200, "")])

        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = fake.authorization = "Basic abcd=="
        good(tap, helper, fake, helper.fresh("container", variables=variables), "container: token of the environment")
        as_botocore(tap, helper, variables, "container with a token")
        variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = str(token)
        for fake.authorization in [AUTHORIZATION, AUTHORIZATION + "2"]:
            token.write_text(fake.authorization)
            good(tap, helper, fake, helper.fresh("container", variables=variables),
                 "container: the token file comes first and is read each time")
        fake.asked.clear()
        for text in ["%s\n", "%s\r\n", "\n%s", "%s\r\nX-Injected: 1", '%s"', "%s\\", ""]:
            token.write_bytes((text.replace("%s", fake.authorization)).encode())
            bad(tap, helper, helper.over_old("--attempts", "1", "container", variables=variables),
                "container: token file %s is empty or has a line end or another character that no token has" % token,
                "container: the token %r" % text)
        token.unlink()
        bad(tap, helper, helper.over_old("--attempts", "1", "container", variables=variables),
            "container: token file %s can't be read" % token, "container: no token file")
        tap.same(fake.asked, [], "container: nothing is asked with such a token")
        fake.authorization = None
        fake.end = later(-1)
        bad(tap, helper, helper.over_old("--attempts", "1", "container", variables=fake.variables()),
            "container: the answer has credentials that have ended", "container: ended credentials")

        # the helper's address, by a curl that connects to the fake instead
        fake.end = later(3600)
        fake.asked.clear()
        helper.program("curl", '#!/bin/sh\nexec /usr/bin/curl "$@" --connect-to 169.254.170.2:80:127.0.0.1:%d\n' % fake.port)
        good(tap, helper, fake, helper.fresh("container", variables={
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v1/credentials"}), "container: relative URI")
        (helper.programs / "curl").unlink()


def web_identity(tap, helper):
    token = helper.programs / "token"
    token.write_text(WEB_IDENTITY)
    with Sts() as fake:
        variables = fake.variables(token)
        good(tap, helper, fake, helper.fresh("web-identity", variables=variables), "web-identity: success")
        tap.same(fake.parameters, {
            "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15", "RoleArn": ROLE,
            "RoleSessionName": "s3sign", "WebIdentityToken": WEB_IDENTITY}, "web-identity: the parameters")
        ours = fake.parameters
        client = botocore.session.get_session().create_client(
            "sts", region_name="us-east-1", endpoint_url=fake.url, config=Config(signature_version=UNSIGNED))
        found = client.assume_role_with_web_identity(
            RoleArn=ROLE, RoleSessionName="s3sign", WebIdentityToken=WEB_IDENTITY)["Credentials"]
        tap.same(fake.parameters, ours, "web-identity: botocore sends the same")
        found["Expiration"] = found["Expiration"].strftime(FORMAT)
        tap.same({"Version": 1, **found}, helper.written(), "web-identity: botocore reads the same")
        variables["AWS_ROLE_SESSION_NAME"] = "db-1"
        result = helper.fresh("--duration", "900", "--role", ROLE + "+x", "--endpoint", fake.url, "web-identity",
                              variables={**variables, "AWS_ROLE_ARN": "", "AWS_ENDPOINT_URL_STS": ""})
        good(tap, helper, fake, result, "web-identity: options")
        tap.same([fake.parameters.get(name) for name in ("DurationSeconds", "RoleArn", "RoleSessionName")],
                 ["900", ROLE + "+x", "db-1"], "web-identity: what the options set")
        fake.failures = [(400, fake.error("IDPCommunicationError"))]
        good(tap, helper, fake, helper.fresh("web-identity", variables=variables),
             "web-identity: the identity provider did not answer, then success")
        retries(tap, helper, fake, "web-identity", variables, [503, (200, fake.text()[:500])])
        fake.failures = [(400, fake.error("ExpiredTokenException"))] * 2
        bad(tap, helper, helper.over_old("web-identity", variables=variables),
            "web-identity: STS answers 400, ExpiredTokenException", "web-identity: the code of an error is logged")
        tap.same(len(fake.failures), 1, "web-identity: and it is not tried again")
        token.write_text(WEB_IDENTITY + "\n")
        bad(tap, helper, helper.over_old("--attempts", "1", "web-identity", variables=variables),
            "web-identity: token file %s is empty or has a line end or another character that no token has" % token,
            "web-identity: a token with a line end")
    token.write_text(WEB_IDENTITY)
    del variables["AWS_ENDPOINT_URL_STS"]
    helper.program("curl", "#!/bin/sh\ncat >%s\nexit 6\n" % (helper.programs / "configuration"))
    for region, host in [("", "sts.amazonaws.com"), ("eu-west-1", "sts.eu-west-1.amazonaws.com"),
                         ("cn-north-1", "sts.cn-north-1.amazonaws.com.cn"),
                         ("us-gov-west-1", "sts.us-gov-west-1.amazonaws.com")]:
        helper.over_old("--attempts", "1", "web-identity", variables={**variables, "AWS_DEFAULT_REGION": region})
        first = (helper.programs / "configuration").read_text().splitlines()[0]
        tap.same(first, 'url = "https://%s"' % host, "web-identity: STS of the region %r" % region)
    (helper.programs / "curl").unlink()


def command(tap, helper):
    bad(tap, helper, helper.over_old("command", "sh", "-c", "exit 7"), "command: the command failed with status 7",
        "command: a failure")
    result = helper.over_old("command", "no-such-program")
    tap.check(result.status == 1 and "the command failed with status 127; " in result.said,
              "command: no such program", result)
    result = helper.over_old("command", "log", "not of the script")
    tap.check(result.status == 1 and "status 127" in result.said, "command: no function of the script", result)
    result = helper.over_old("command", "printf", "%s", json.dumps(
        {"Version": 1, "AccessKeyId": "AKIA1", "SecretAccessKey": "two  blanks * are no key"}))
    tap.check(result.status == 1, "command: its arguments stay as they are", result)
