"""What a session's memory holds of a secret, read from outside as a debugger would.

PostgreSQL's catalog cache has a mapping's row in clear while it is cached, and where a row was it
stays until the memory is used again. A session that has the row read without us, to describe it,
tells how much that is: one that signs may have no more.
"""

import hmac
import os
import pathlib
import re
import shutil
import struct

from session import A, ENDPOINT, TIME, Session, key_pair, options

REGION = "eu-west-1"
SECRETS = ["memory/secret+%d/ABCDEFGHIJKLMNOPQRSTUVWX" % i for i in range(3)]
# AWS: the key of the first HMAC is "AWS4" and the secret; RFC 2104: it is combined with two pads
FORMS = {
    "in clear": lambda secret: secret,
    "with the inner pad": lambda secret: bytes(b ^ 0x36 for b in secret),
    "with the outer pad": lambda secret: bytes(b ^ 0x5c for b in secret),
}
SIGN = "select s3sign_get('kept', 'pub/a.txt', 60, signed_at => '" + TIME + "');"
# a signing key for each day, more than are cached
SIGN_PAGE = """select count(s3sign_get('kept', 'pub/a.txt', 60, signed_at =>
    '2020-01-01'::timestamptz + i * interval '1 day')) from generate_series(1, 1100) i;"""
DESCRIBE = """select pg_describe_object('pg_user_mapping'::regclass, u.umid, 0)
    from pg_user_mappings u where srvname = 'kept';"""


def run(tap, admin, database):
    if os.geteuid() != 0:
        tap.skip("a session's memory", "only root reads another's memory")
        return
    admin.must("""
        create role rememberer login;
        create server kept foreign data wrapper s3sign options (%s);
        create user mapping for public server kept %s;
        grant usage on foreign server kept to rememberer;
    """ % (options(endpoint=ENDPOINT, bucket="media"), key_pair(A)))
    signer, other = (Session(database, "rememberer") for _ in range(2))
    for session, statements in ((signer, (SIGN, SIGN_PAGE)), (other, (DESCRIBE,))):
        session.seen = {}
        for secret in SECRETS:
            admin.must("alter user mapping for public server kept %s;"
                       % key_pair((A[0], secret), "set "))
            for statement in statements:
                session.must(statement)
        session.must("select 1;")
        session.seen = {(secret, form): count(session.pid, make(secret.encode()))
                        for secret in SECRETS for form, make in FORMS.items()}
    report(tap, signer, other)
    of_dropped_key(tap, signer)
    of_file(tap, admin, signer)
    signer.close()
    other.close()


def report(tap, signer, other):
    now, before = SECRETS[-1], SECRETS[:-1]
    tap.check(other.seen[now, "in clear"] > 0, "a cached row is found where it is looked for",
              other.seen)
    for name, secrets in (("the secret in force", [now]), ("former secrets", before)):
        for form in FORMS:
            ours, theirs = (sum(session.seen[secret, form] for secret in secrets)
                            for session in (signer, other))
            tap.check(ours <= theirs, "%s %s: %d times, without us %d"
                      % (name, form, ours, theirs), "\n".join(
                          place for secret in secrets
                          for place in places(signer.pid, FORMS[form](secret.encode()))))


def of_dropped_key(tap, signer):
    """A signing key is kept as SHA-256's states after its pads: they go when the cache drops it."""
    key = b"AWS4" + SECRETS[-1].encode()
    for part in (TIME[:10].replace("-", ""), REGION, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    states = {pad: state_after(bytes(b ^ pad for b in key.ljust(64, b"\0"))) for pad in (0x36, 0x5c)}
    signer.must(SIGN)
    kept = {pad: count(signer.pid, state) for pad, state in states.items()}
    tap.check(all(kept.values()), "a cached signing key is found where it is looked for", kept)
    signer.must(SIGN_PAGE)
    for pad, state in states.items():
        found = list(places(signer.pid, state))
        tap.same(found, [], "a signing key that was dropped, after pad %#x" % pad)


def state_after(block):
    """The words of SHA-256 after one block, as they are in memory (FIPS 180-4 §6.2.2)."""
    def rotated(x, n):
        return x >> n | x << 32 - n & 0xffffffff

    primes = [n for n in range(2, 312) if all(n % d for d in range(2, n))]
    constants = [integer_root(p << 96, 3) & 0xffffffff for p in primes]
    first = [integer_root(p << 64, 2) & 0xffffffff for p in primes[:8]]
    w = list(struct.unpack(">16I", block))
    for t in range(16, 64):
        near, far = w[t - 15], w[t - 2]
        w.append(w[t - 16] + (rotated(near, 7) ^ rotated(near, 18) ^ near >> 3) + w[t - 7]
                 + (rotated(far, 17) ^ rotated(far, 19) ^ far >> 10) & 0xffffffff)
    a, b, c, d, e, f, g, h = first
    for constant, word in zip(constants, w):
        t1 = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + (e & f ^ ~e & g)
              + constant + word)
        t2 = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2 & 0xffffffff, a, b, c, d + t1 & 0xffffffff, e, f, g)
    return struct.pack("=8I", *(x + y & 0xffffffff
                                for x, y in zip(first, (a, b, c, d, e, f, g, h))))


def integer_root(n, degree):
    low, high = 0, 1 << n.bit_length() // degree + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle ** degree <= n else (low, middle)
    return low


def of_file(tap, admin, signer):
    """No catalog has a row of it: nothing at all may be left."""
    path = pathlib.Path(os.environ["SCRATCH"]) / "remembered"
    secret = "memory/secret+of/a-file/ABCDEFGHIJKLMNOP"
    path.write_text("[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = %s\n"
                    % secret, encoding="ascii")
    shutil.chown(path, "postgres", "postgres")
    path.chmod(0o600)
    change = "alter server kept options (%s);"
    admin.must(change % ("add credentials_file '%s'" % path))
    tap.check("AKIAFILE" in signer.ask(SIGN), "a credentials file signs")
    signer.must(SIGN_PAGE)
    admin.must(change % "add profile 'missing'")
    tap.same(signer.ask(SIGN), "42704", "a missing profile does not")
    for form, make in FORMS.items():
        found = list(places(signer.pid, make(secret.encode())))
        tap.same(found, [], "the secret of a credentials file %s" % form)


def places(pid, text):
    """Where the text is in the process's own memory."""
    with open("/proc/%d/maps" % pid, encoding="ascii") as maps, \
            open("/proc/%d/mem" % pid, "rb", buffering=0) as memory:
        for line in maps:
            start, end, rights, name = re.match(
                r"(\w+)-(\w+) (\S+) \S+ \S+ \S+ *(.*)", line).groups()
            if "w" not in rights or "s" in rights or name.startswith("[v"):
                continue
            memory.seek(int(start, 16))
            content = memory.read(int(end, 16) - int(start, 16))
            for hit in re.finditer(re.escape(text), content):
                yield "%x %s" % (int(start, 16) + hit.start(), name)


def count(pid, text):
    return len(list(places(pid, text)))
