"""What sources answer: each form, texts of odd shape, and what is no set of credentials."""

import datetime
import itertools
import json
import os
import random
import shutil

from fakes import FORMAT, ID, SECRET, TOKEN, WEB_IDENTITY, Sts

END = "2036-02-29T06:00:00Z"
EPOCH = 2087877600  # of END, by date(1)
NORMAL = {"Version": 1, "AccessKeyId": ID, "SecretAccessKey": SECRET, "SessionToken": TOKEN, "Expiration": END}


def pair(**more):
    return {"AccessKeyId": ID, "SecretAccessKey": SECRET, **more}


FORMS = {
    "credential_process": NORMAL,
    "credential_process without an end": {k: v for k, v in NORMAL.items() if k != "Expiration"},
    "a permanent key": {"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": SECRET},
    "IMDS": pair(Code="Success", LastUpdated="2026-01-01T00:00:00Z", Type="AWS-HMAC", Token=TOKEN, Expiration=END),
    "ECS": pair(RoleArn="arn:aws:iam::1:role/x", Token=TOKEN, Expiration=END),
    "STS": {"Credentials": pair(SessionToken=TOKEN, Expiration="2036-02-29T07:00:00+01:00"),
            "AssumedRoleUser": {"AssumedRoleId": "A:x", "Arn": "arn:aws:sts::1:assumed-role/x/x"}},
    "STS, the end in seconds": {"Credentials": pair(SessionToken=TOKEN, Expiration=EPOCH + 0.75)},
    "SSO": {"roleCredentials": {"accessKeyId": ID, "secretAccessKey": SECRET, "sessionToken": TOKEN,
                                "expiration": EPOCH * 1000}},
    "both names of the token": pair(SessionToken=TOKEN, Token=TOKEN, Expiration=END),
    "null": pair(SessionToken=TOKEN, Token=None, Expiration=None, Version=None, Code=None),
    "members of other names": pair(SessionToken=TOKEN, Expiration=END, Tags=[{"AccessKeyId": "x"}, [], {}, 1.5e3],
                                   Deep={"AccessKeyId": "y", "SessionToken": 1}),
    "characters to escape": pair(SessionToken='a"b\\c/d', Expiration=END),
}

# what is refused: a text, and what the log says of it
REFUSED = [
    ("", "is empty"),
    ("{", "is cut off"),
    ("[]", "is not one JSON object"),
    ("null", "is not one JSON object"),
    ("ASIA", "is not JSON"),
    (json.dumps(NORMAL)[:-1], "is cut off"),
    (json.dumps(NORMAL)[:-20], "is cut off"),
    (json.dumps(NORMAL) + "{}", "is not one JSON object"),
    (json.dumps(NORMAL)[:-1] + ",}", "is not JSON"),
    ('{"AccessKeyId": "A", "AccessKeyId": "B"}', "has AccessKeyId twice"),
    ("{'AccessKeyId': 'A'}", "is not JSON"),
    ('{"AccessKeyId": "A\nB", "SecretAccessKey": "b"}', "is not JSON"),
    ('{"AccessKeyId": "A\\x41", "SecretAccessKey": "b"}', "is not JSON"),
    ('{"AccessKeyId": "A\\u00', "is cut off"),
    ('{"AccessKeyId": "A\\u00zz", "SecretAccessKey": "b"}', "is not JSON"),
    ('{"a": ' * 40, "is nested too deep"),
    ("{}", "has no access key id"),
    (json.dumps({"AccessKeyId": "A"}), "has no secret access key"),
    (json.dumps({"AccessKeyId": None, "SecretAccessKey": "b"}), "has no access key id"),
    (json.dumps(pair()), "has no session token"),
    (json.dumps(pair(AccessKeyId=1)), "has AccessKeyId of another type"),
    (json.dumps(pair(SessionToken=TOKEN, Version=2)), "has another Version than 1"),
    (json.dumps(pair(SessionToken=TOKEN, Version="1")), "has Version of another type"),
    (json.dumps(pair(Token=TOKEN, Code="AssumeRoleUnauthorizedAccess")), "has Code AssumeRoleUnauthorizedAccess"),
    (json.dumps(pair(Token=TOKEN, Code="a secret?")), "has Code other than Success"),
    (json.dumps(pair(SessionToken=TOKEN, Token="other")), "has two tokens that differ"),
    (json.dumps(pair(SessionToken="a b")), "has SessionToken with a character that no key has"),
    (json.dumps(pair(SessionToken="a\nb")), "has SessionToken with a character that no key has"),
    (json.dumps(pair(SessionToken="\u00e4")), "has SessionToken with a character that no key has"),
    (json.dumps(pair(SessionToken="\u00e4"), ensure_ascii=False), "has SessionToken with a character that no key has"),
    (json.dumps(pair(SessionToken="\x7f")), "has SessionToken with a character that no key has"),
    (json.dumps(pair(SessionToken="t" * 8193)), "has SessionToken of over 8192 bytes"),
    (json.dumps(pair(SecretAccessKey="t" * 4097)), "has SecretAccessKey of over 4096 bytes"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="tomorrow")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2036-02-30T00:00:00Z")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2037-02-29T00:00:00Z")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2036-01-01T24:00:00Z")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2036-01-01T00:60:00Z")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2036-01-01T00:00:61Z")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2036-01-01T00:00:00")), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration=-1)), "has an Expiration that is not a time"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration=True)), "has Expiration of another type"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration="2020-01-01T00:00:00Z")), "has credentials that have ended"),
    (json.dumps(pair(SessionToken=TOKEN, Expiration=0)), "has credentials that have ended"),
    ("<Credentials/>", "is not JSON"),
]

XML_REFUSED = [
    (lambda t: t[:t.index("</Credentials>")], "has no Credentials, or is cut off"),
    (lambda t: t.replace("SessionToken>", "Token>"), "has no session token"),
    (lambda t: t.replace(SECRET, "a&amp;b"), "has SecretAccessKey with markup"),
    (lambda t: t.replace("<Expiration>", "<AccessKeyId>A</AccessKeyId><Expiration>"), "has AccessKeyId twice"),
    (lambda t: t.replace(SECRET, ""), "has no secret access key"),
    (lambda t: t.replace(TOKEN, TOKEN + " " + TOKEN), "has Credentials.SessionToken with a character that no key has"),
]


def expected(form):
    """The normal form, by Python's JSON and dates."""
    inner = form.get("Credentials") or form
    if "roleCredentials" in form:
        inner = {k[0].upper() + k[1:]: v for k, v in form["roleCredentials"].items()}
    normal = {"Version": 1, "AccessKeyId": inner["AccessKeyId"], "SecretAccessKey": inner["SecretAccessKey"]}
    if token := inner.get("SessionToken") or inner.get("Token"):
        normal["SessionToken"] = token
    if end := inner.get("Expiration"):
        if isinstance(end, str):
            end = datetime.datetime.fromisoformat(end.replace("Z", "+00:00")).timestamp()
        end = end / 1000 if end >= 1e11 else end
        normal["Expiration"] = datetime.datetime.fromtimestamp(int(end), datetime.timezone.utc).strftime(FORMAT)
    return normal


def ask(helper, text):
    """A run with a command that prints the text."""
    (helper.programs / "text").write_text(text, encoding="utf-8")
    return helper.over_old("command", "cat", str(helper.programs / "text"))


def run(tap, helper):
    forms(tap, helper, "")
    refused(tap, helper)
    xml(tap, helper)
    vault(tap, helper)
    random_texts(tap, helper, 60)
    # busybox sh has an awk of its own and does not look for another
    for awk in ["mawk", "gawk", "original-awk"] if helper.shell == ["dash"] else []:
        if not shutil.which(awk):
            tap.skip("the forms with " + awk, awk + " is missing")
            continue
        helper.program("awk", '#!/bin/sh\nexec %s "$@"\n' % shutil.which(awk))
        forms(tap, helper, " with " + awk)
        random_texts(tap, helper, 20, " with " + awk)
        (helper.programs / "awk").unlink()


def forms(tap, helper, what):
    for name, form in FORMS.items():
        result = ask(helper, json.dumps(form))
        tap.check(result.status == 0 and helper.written() == expected(form), name + what,
                  "%s\n%s" % (result, helper.path.read_text()))


def refused(tap, helper):
    for text, reason in REFUSED:
        result = ask(helper, text)
        said = "s3sign-credentials: command: the answer %s; %s is as it was\n" % (reason, helper.path)
        tap.check(result.status == 1 and result.said == said and "AKIAOLD" in helper.path.read_text(),
                  "%s: %.60r" % (reason, text), result)
        if not helper.left() == []:
            tap.check(False, "a file is left: %s" % helper.left())


def xml(tap, helper):
    token = helper.programs / "token"
    with Sts() as sts:
        token.write_text(WEB_IDENTITY)
        for change, reason in XML_REFUSED:
            sts.body = change(sts.text())
            result = helper.over_old("--attempts", "1", "web-identity", variables=sts.variables(token))
            tap.check(result.status == 1 and "the answer %s;" % reason in result.said, "XML " + reason, result)
        sts.body = "".join(line.strip() for line in sts.text().splitlines())
        result = helper.fresh("web-identity", variables=sts.variables(token))
        tap.check(result.status == 0, "XML on one line", result)


def vault(tap, helper):
    """The form of `vault read -format=json`: the end is now and the lease."""
    for name, data in [("session_token", {"session_token": TOKEN}), ("security_token", {"security_token": TOKEN}),
                       ("no token", {"security_token": None})]:
        before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        result = ask(helper, json.dumps({
            "request_id": "1", "lease_id": "aws/creds/x/1", "lease_duration": 3599, "renewable": False,
            "data": {"access_key": "AKIA" + ID[4:], "secret_key": SECRET, **data}, "warnings": None}))
        written = helper.written()
        end = written.pop("Expiration", "0001-01-01T00:00:00Z").replace("Z", "+00:00")
        lease = (datetime.datetime.fromisoformat(end) - before).total_seconds()
        want = {"Version": 1, "AccessKeyId": "AKIA" + ID[4:], "SecretAccessKey": SECRET}
        if name != "no token":
            want["SessionToken"] = TOKEN
        tap.check(result.status == 0 and 3599 <= lease <= 3609 and written == want, "Vault, " + name,
                  "%s\n%s" % (result, helper.path.read_text()))


class Scribe:
    """JSON of the same value in any spelling: order, white space, escapes."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def blank(self):
        return "".join(self.random.choices(" \t\r\n", k=self.random.choice([0, 0, 1, 3])))

    def string(self, text):
        out = ""
        for c in text:
            way = self.random.random()
            if c < " " or c > "\uffff":
                out += json.dumps(c)[1:-1]
            elif way < 0.2:
                digits = "%04x" % ord(c)
                out += "\\u" + (digits.upper() if way < 0.1 else digits)
            elif c in '"\\' or (c == "/" and way < 0.5):
                out += "\\" + c
            else:
                out += c
        return '"%s"' % out

    def write(self, value):
        if isinstance(value, dict):
            items = list(value.items())
            self.random.shuffle(items)
            inner = ",".join(self.blank() + self.string(k) + self.blank() + ":" + self.write(v) for k, v in items)
            text = "{%s%s}" % (inner, self.blank())
        elif isinstance(value, list):
            text = "[%s%s]" % (",".join(map(self.write, value)), self.blank())
        else:
            text = self.string(value) if isinstance(value, str) else json.dumps(value)
        return self.blank() + text + self.blank()

    def credential(self):
        return "".join(chr(self.random.randint(33, 126)) for _ in range(self.random.randint(1, 200)))

    def form(self):
        end = datetime.datetime(2030, 1, 1) + datetime.timedelta(seconds=self.random.randint(0, 2 * 10**9))
        offset = datetime.timezone(datetime.timedelta(minutes=self.random.choice([0, 330, -570, 60])))
        inner = {"AccessKeyId": self.credential(), "SecretAccessKey": self.credential(),
                 self.random.choice(["SessionToken", "Token"]): self.credential(),
                 "Expiration": end.replace(tzinfo=offset).isoformat()}
        others = {"Other": [1, -2.5e-3, True, None, "\u20ac\n\U0001f600", {"Token": "x"}], "x-y": {"a": {}}}
        return {"Credentials": {**inner, **others}, **others} if self.random.random() < 0.5 else {**inner, **others}


def random_texts(tap, helper, count, what=""):
    """Random credentials in random spelling; CREDENTIALS_SEED is the first seed."""
    wrong = ""
    for seed in itertools.islice(itertools.count(int(os.environ.get("CREDENTIALS_SEED", "1"))), count):
        scribe = Scribe(seed)
        form = scribe.form()
        result = ask(helper, scribe.write(form))
        if result.status or helper.written() != expected(form):
            wrong += "seed %d: %s%s\n%s\n" % (seed, result, helper.path.read_text(), json.dumps(form))
    tap.check(not wrong, "%d random texts%s" % (count, what), wrong)
