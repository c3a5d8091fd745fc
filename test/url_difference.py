"""What differs between a URL of SQL and one of botocore."""

import collections
import re
import urllib.parse

import signed_by_botocore


def pairs(query):
    """The query's parameters, decoded once."""
    decoded = []
    for parameter in query.split("&") if query else []:
        name, _, value = parameter.partition("=")
        decoded.append((urllib.parse.unquote_to_bytes(name), urllib.parse.unquote_to_bytes(value)))
    return collections.Counter(decoded)


def encoding_fault(parameters):
    """What in a query's parameters is not as SigV4 wants it, or nothing."""
    unreserved = "[A-Za-z0-9._~-]"
    encoded = f"(?:{unreserved}|%[0-9A-F]{{2}})"
    for parameter in parameters:
        if not re.fullmatch(f"{encoded}*={encoded}*", parameter):
            return f"has {parameter!r}, which is not encoded as RFC 3986 says"
        for code in re.findall("%(..)", parameter):
            if re.fullmatch(unreserved, chr(int(code, 16))):
                return f"has %{code}, which stands for an unreserved character"
    if parameters != sorted(parameters, key=lambda p: p.split("=")):
        return "is not sorted"
    return None


def canonical_fault(query):
    """The same of a presigned URL's, which ends in the signature."""
    *parameters, signature = query.split("&")
    if not re.fullmatch("X-Amz-Signature=[0-9a-f]{64}", signature):
        return "does not end in the signature"
    return encoding_fault(parameters)


def place_difference(ours, theirs):
    """What differs before the query, or nothing."""
    mine, other = urllib.parse.urlsplit(ours), urllib.parse.urlsplit(theirs)
    # the host as botocore signs it: in lower case, without a default port
    host = signed_by_botocore.botocore.auth._host_from_url(theirs)
    for name, one, two in [("scheme", mine.scheme, other.scheme), ("host", mine.netloc, host),
                           ("path", mine.path, other.path or "/")]:
        if one != two:
            return f"{name}: {one!r}, botocore has {two!r}"
    return None


def difference(ours, theirs):
    """What differs, or nothing."""
    if not ours.startswith("http"):
        return ours
    place = place_difference(ours, theirs)
    if place:
        return place
    mine, other = urllib.parse.urlsplit(ours), urllib.parse.urlsplit(theirs)
    here, there = pairs(mine.query), pairs(other.query)
    if here != there:
        return f"parameters: {list(here - there)}, botocore has {list(there - here)}"
    fault = canonical_fault(mine.query)
    return fault and "query " + fault
