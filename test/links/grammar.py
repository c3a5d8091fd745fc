"""A second, slow reading of the links of s3sign_links, from its documentation.

It shares nothing with src/s3: a text is read by regular expressions and as a list of characters,
in which each of HTML's references to `&` is one.
"""

import dataclasses
import html
import re
import urllib.parse

RUN = re.compile(r"[A-Za-z0-9+.-]+://")
REFERENCE = re.compile(r"&(?:[a-z]+|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
NOT_IN_URIS = {*map(chr, range(0x21)), *"\"<>\\^`{|}'\x7f"}
PUNCTUATION = set(".,:;!?*_~")
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
SIGV4 = {"x-amz-" + name for name in ("algorithm", "content-sha256", "credential", "date",
                                      "expires", "security-token", "signature", "signedheaders")}
LONGEST_KEY = 1024


@dataclasses.dataclass
class Place:
    """What links may be to: the bucket of a server."""

    bucket: str
    addresses: list  # (scheme, host with its port, path before the slash of the key, decoded)
    key_prefix: str = ""
    user_parameter: str | None = None


@dataclasses.dataclass
class Link:
    begin: int
    end: int  # of what is replaced: the fragment stays
    key: str
    escaped: bool  # has `&amp;`


def meant(match):
    return html.unescape(match.group())


def characters(text, begin):
    """(as written, what it is) from a position on; a reference to `&` is one."""
    while begin < len(text):
        reference = REFERENCE.match(text, begin)
        if reference and meant(reference) in ("&", '"', "'", "<", ">"):
            yield reference.group(), meant(reference)
            begin = reference.end()
        else:
            yield text[begin], text[begin]
            begin += 1


def run_from(text, begin):
    """The characters up to what ends the run."""
    run, partners = [], {")": 0, "]": 0}
    for written, char in characters(text, begin):
        if char in NOT_IN_URIS or partners.get(char) == 0:
            break
        if char == "#" and len(written) == 1:
            partners = dict.fromkeys(partners, 0)
        if char in "([":
            partners[{"(": ")", "[": "]"}[char]] += 1
        if char in partners:
            partners[char] -= 1
        run.append((written, char))
    return run


def written_of(run):
    return "".join(written for written, _ in run)


def candidates(text):
    """(position, characters) of each link by its grammar, whatever it links to."""
    position = 0
    while found := RUN.search(text, position):
        run = run_from(text, found.start())
        position = found.start() + len(written_of(run))
        if found.group()[:-3].lower() in ("s3", "http", "https"):
            while run[-1][0] in PUNCTUATION:
                run.pop()
            yield found.start(), run


def split_at(run, char):
    """What is before the first `char`, and what is after it or None. References do not count."""
    for i, (written, _) in enumerate(run):
        if written == char:
            return run[:i], run[i + 1:]
    return run, None


def plain(run):
    return "".join(char for _, char in run)


def decoded(text):
    """As bytes: each %XX once, anything else as it is."""
    return urllib.parse.unquote_to_bytes(text)


def is_of_download(query, place):
    names = [decoded(name.partition("=")[0]).decode("utf-8", "replace") for name in query.split("&")
             if name]
    return all(name.lower() in SIGV4 or name in ("x-id", place.user_parameter)
               or name.startswith("response-") for name in names)


def is_key(key, place):
    segments = re.split(r"[/\\]", key)
    return (0 < len(key.encode()) <= LONGEST_KEY and "\0" not in key and key.strip("/") != ""
            and not {".", ".."} & set(segments) and key.startswith(place.key_prefix))


def key_of(run, place):
    """The key that a link names, or None."""
    before, _ = split_at(run, "#")
    place_of_key, query = split_at(before, "?")
    text = plain(place_of_key)
    scheme, _, rest = text.partition("://")
    scheme = scheme.lower()
    if scheme == "s3":
        if query is not None:
            return None
        options = ["/" + place.bucket]
        path = decoded("/" + rest)
    else:
        host, slash, path = rest.partition("/")
        host = re.sub({"https": ":443$", "http": ":80$"}[scheme], "", host.lower())
        options = [prefix for of, at, prefix in place.addresses if (of, at) == (scheme, host)]
        if not is_of_download(plain(query or []), place):
            return None
        path = decoded(slash + path)
    for prefix in options:
        start = (prefix + "/").encode()
        try:
            key = path[len(start):].decode()
        except UnicodeDecodeError:
            continue
        if path.startswith(start) and is_key(key, place):
            return key
    return None


def links(text, place):
    for position, run in candidates(text):
        key = key_of(run, place)
        if key is not None:
            before, _ = split_at(run, "#")
            yield Link(position, position + len(written_of(before)), key,
                       any(len(written) > 1 for written, _ in run))


def is_allowed(key, allowed):
    return any(a == "*" or a == key or a.endswith("/") and key.startswith(a) for a in allowed)


def replaced(text, place, url_of):
    """The text with each link replaced by url_of(key); one of which that is None stays."""
    result, position = [], 0
    for link in links(text, place):
        url = url_of(link.key)
        if url is None:
            continue
        result += [text[position:link.begin], html.escape(url, False) if link.escaped else url]
        position = link.end
    return "".join(result) + text[position:]


def object_link(key, place):
    """`s3://` and so on, with the end of the key encoded where it would not be the link's."""
    path = urllib.parse.quote(key, safe="/")
    if path[-1] in "._~":
        path = f"{path[:-1]}%{ord(path[-1]):02X}"
    return f"s3://{urllib.parse.quote(place.bucket, safe='')}/{path}"
