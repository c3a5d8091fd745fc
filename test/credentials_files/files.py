"""Random credentials files in INI, and what botocore makes of them."""

import os
import random

from botocore.configloader import raw_config_parse
from botocore.credentials import SharedCredentialProvider
from botocore.exceptions import ConfigParseError, PartialCredentialsError

PAIR = ("aws_access_key_id", "aws_secret_access_key")
TOKENS = ("aws_session_token", "aws_security_token")
# text, and its seconds since 1970
TIMES = {"2019-08-19T15:00:56-06:00": 1566248456, "2022-01-26T13:21:45.5+00:00": 1643203305,
         "1643203305": 1643203305, "1643203305999": 1643203305}
ENDS = ("x_security_token_expires", "aws_expiration", "aws_session_expiration",
        "aws_credential_expiration")
OTHERS = ("region", "output", "aws_account_id", "x_principal_arn", "s3", "é", "[x", "[]", "expiration")
PROFILES = ("default", "work", "Default", " work", "profile work", "a]b", "é", "work ", "#x")
SPACES = ("", "", " ", "  ", "\t", " \t ", "\u00a0", "\u2003", "\x0b", "\x1f", "\u3000", "\x85")
PLAIN = "abcXYZ019/+=:#;'\"[]%\\ \t\u00e9\u2028\x1c\U0001f600\x7f\ufffd"


class Maker:
    """One file and the profile that is asked for."""

    def __init__(self, seed):
        self.any = random.Random(seed)
        # most files have next to no fault, so that botocore reads them
        self.fault = self.any.choice((0, 0, 0, 0, 0, 0, 0.01, 0.05))
        self.twice = self.any.choice((0,) * 12 + (0.2,))
        self.lines = []

    def space(self):
        return self.any.choice(SPACES) if self.any.random() < 0.2 else self.any.choice(("", " "))

    def case(self, name):
        way = self.any.random()
        # botocore compares names in Unicode's lower case
        if way < 0.7 or not name.isascii():
            return name
        if way < 0.85:
            return name.upper()
        return "".join(self.any.choice((c.upper(), c.lower())) for c in name)

    def value(self, least=0):
        return "".join(self.any.choice(PLAIN if self.any.random() < 0.3 else "abcXYZ019/+=")
                       for _ in range(self.any.randint(least, 12)))

    def option(self, name, indent, value=None):
        value = self.value(self.any.choice((0,) + (1,) * 9)) if value is None else value
        self.lines.append(indent + self.case(name) + self.space() + self.any.choice("===:")
                          + self.space() + value + self.space())
        if self.any.random() < 0.04:
            for _ in range(self.any.randint(1, 2)):
                self.noise()
                self.lines.append(indent + self.any.choice(("  ", "\t", "\u2003")) + self.any.choice(
                    (self.value(1), self.value() + "=" + self.value(), "a = b", "[x]")))

    def noise(self):
        while self.any.random() < 0.15:
            self.lines.append(self.any.choice(
                ("", "", "  ", "# comment", " ; comment = 1", "\t#[x]", "\u00a0", ";")))
        if self.any.random() < self.fault:
            self.lines.append(self.any.choice(
                ("no delimiter", "=x", " : x", "[", "]", "[]", "\ufeff", "[default]")))

    def profile(self, name):
        self.lines.append((self.space() if self.any.random() < 0.05 else "") + "[%s]" % name + self.any.choice(("", "", "", " # x", " ]x")))
        indent = self.any.choice(("", "", "", "  ", "\t"))
        names = [n for n in PAIR if self.any.random() < 0.95]
        names += [n for n in TOKENS if self.any.random() < 0.3]
        names += self.any.sample(OTHERS, self.any.randint(0, 3))
        names += [n for n in names if self.any.random() < self.twice]
        self.any.shuffle(names)
        for option in names:
            self.noise()
            self.option(option, indent)
        if self.any.random() < 0.3:
            for option in self.any.sample(ENDS, self.any.randint(1, 2)):
                self.lines.append(indent + self.case(option) + "=" + self.any.choice(list(TIMES)))

    def make(self):
        self.noise()
        names = [n for n in PROFILES if self.any.random() < 0.3] or ["default"]
        self.any.shuffle(names)
        if self.any.random() < self.twice:
            names.append(self.any.choice(names))
        for name in names:
            self.noise()
            self.profile(name)
        self.noise()
        end = self.any.choice(("\n", "\n", "\r\n", "\r"))
        text = end.join(self.lines) + self.any.choice(("", end))
        content = text.encode()
        if self.any.random() < self.fault:
            content = self.any.choice((b"\xef\xbb\xbf" + content, content + b"\xff",
                                       content[:self.any.randint(0, len(content))]))
        return self.any.choice(names + names + ["missing"]), content


def seconds_of(value):
    """A file that was cut off may end in fewer digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value) // (1000 if int(value) >= 10**11 else 1)
    return TIMES.get(value) if isinstance(value, str) else None


def expected(path, profile, content):
    """botocore's pair and token and the expiry, or the SQLSTATE. None: botocore refuses it."""
    with open(path, "wb") as file:
        file.write(content)
    try:
        parsed = raw_config_parse(path)
    except ConfigParseError:
        return None
    ends = []
    for name, value in parsed.get(profile, {}).items():
        # lines that botocore joins or nests, as no key and no token has
        if name in PAIR + TOKENS and (isinstance(value, dict) or "\n" in value):
            return "22023"
        if name in ENDS:
            end = seconds_of(value)
            if end is None:
                return "58030"
            ends.append(end)
    if len({parsed[profile][name] for name in TOKENS if name in parsed.get(profile, {})}) > 1:
        return "58030"
    try:
        found = SharedCredentialProvider(path, profile, lambda _: parsed).load()
    except PartialCredentialsError:
        found = None
    if found is None or not (found.access_key and found.secret_key):
        return "42704"
    texts = (found.access_key, found.secret_key, found.token or "")
    # what botocore signs with, s3sign refuses: a control character
    if any(c < " " or c == "\x7f" for text in texts for c in text):
        return "22023"
    return " ".join(["x" + text.encode().hex() for text in
                     texts]
                    + [str(min(ends, default="-"))])


def cases(seed, folder):
    """Without end: (number, profile, content, expected)."""
    path = os.path.join(folder, "credentials")
    number = 0
    while True:
        profile, content = Maker(f"{seed}/{number}").make()
        yield number, profile, content, expected(path, profile, content)
        number += 1
