"""Credentials files that are written in place: what is not complete is waited for, never signed."""

import os
import pathlib
import re
import threading
import time

from files import NO_CREDENTIALS, UNUSABLE, Store
from session import A, B, ENDPOINT, TIME, Session, explicit, literal

PROBE = "s3sign_get('written', 'pub/a.txt', 60, signed_at => '%s')" % TIME
ROTATIONS = 300
PAUSE = 0.003
# a temporary pair and its token
TEMPORARY = ("ASIANAMEDKEYA", A[1], "token/A/" + "0123456789" * 30)
OTHER = ("ASIANAMEDKEYB", B[1], "token/B/" + "9876543210" * 30)


def run(tap, admin, database):
    store = Store(pathlib.Path(os.environ["SCRATCH"]) / "writing")
    store.write(store.content(A))
    admin.must("""
        create role writer login;
        create server written foreign data wrapper s3sign
            options (endpoint '%s', bucket 'media', credentials_file %s);
        grant usage on foreign server written to writer;
        grant pg_read_all_stats to writer;
    """ % (ENDPOINT, literal(str(store.path))))
    signer = Session(database, "writer")
    rotations(tap, admin, signer, store)
    broken(tap, admin, signer, store)
    without_line_end(tap, admin, signer, store)
    without_token(tap, admin, signer, store)
    interrupted(tap, admin, signer, store)
    formats(tap, admin, signer, store)
    ends(tap, signer, store)
    signer.close()


def with_token(given):
    return Store.content(given[:2]) + "aws_session_token = %s\n" % given[2]


def as_json(given):
    return ('{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s", "SessionToken": "%s"}'
            % (given[0], given[1].replace("/", "\\/"), given[2]))


def url_of(admin, given):
    more = ", session_token => %s" % literal(given[2]) if len(given) > 2 else ""
    return explicit(admin, pair=given, more=more)


class Writer(threading.Thread):
    """Rotates the file in place: truncates, writes a part, waits, writes the rest."""

    def __init__(self, path, texts, cut):
        super().__init__()
        self.path, self.texts, self.cut = path, texts, cut
        self.longest = 0

    def run(self):
        for i in range(ROTATIONS):
            text = self.texts[i % len(self.texts)]
            cut = self.cut(text, i)
            with open(self.path, "w", encoding="ascii") as file:
                begin = time.monotonic()
                file.write(text[:cut])
                file.flush()
                time.sleep(PAUSE)
                file.write(text[cut:])
                file.flush()
                self.longest = max(self.longest, time.monotonic() - begin)
            time.sleep(PAUSE)


def rotate(signer, store, texts, cut, urls):
    """How often each URL was seen, what else was, and the longest time that the file was broken."""
    store.write(texts[0])  # a statement may come before the writer
    writer = Writer(store.path, texts, cut)
    writer.start()
    seen, others = dict.fromkeys(urls, 0), []
    while writer.is_alive():
        signer.start("select %s;\n" % PROBE * 50)
        for line in signer.finish().splitlines() + signer.errors.splitlines():
            if line in seen:
                seen[line] += 1
            else:
                others.append(line)
    writer.join()
    return seen, others, writer.longest


def rotations(tap, admin, signer, store):
    temporary = [with_token(TEMPORARY), with_token(OTHER)]
    for name, texts, given, cut in (
            ("half of it", [store.content(A), store.content(B)], (A, B), lambda text, i: len(text) // 2),
            ("nothing", [store.content(A), store.content(B)], (A, B), lambda text, i: 0),
            ("all but the token", temporary, (TEMPORARY, OTHER),
             lambda text, i: text.index("aws_session_token")),
            ("any part of JSON", [as_json(TEMPORARY), as_json(OTHER)], (TEMPORARY, OTHER),
             lambda text, i: i * 7 % len(text))):
        urls = [url_of(admin, pair) for pair in given]
        # Where the machine lets the writer wait for longer than a reader does, errors are right.
        for _ in range(5):
            seen, others, longest = rotate(signer, store, texts, cut, urls)
            if not others or longest < 0.15:
                break
        tap.check(not others and min(seen.values()) > 20,
                  "%d rotations in place, %s first: %d URLs by one key, %d by the other, no error"
                  % (ROTATIONS, name, *seen.values()), "%s\n%s" % (seen.values(), others[:5]))


def timed(signer, call=PROBE):
    begin = time.monotonic()
    return signer.ask("select %s;" % call), time.monotonic() - begin


def at_best(signer):
    """The quickest of three: the machine may be busy."""
    return min((timed(signer) for _ in range(3)), key=lambda seen: seen[1])


def aged(store, seconds):
    now = time.time()
    os.utime(store.path, (now - seconds, now - seconds))


def broken(tap, admin, signer, store):
    """A file that stays broken is an error: after 200 ms while it is young."""
    whole = store.content(B)
    for name, text, error in (("empty", "", NO_CREDENTIALS), ("a blank line", "\n", NO_CREDENTIALS),
                              ("without the profile", "[other]\n", NO_CREDENTIALS),
                              ("half a pair", whole[:whole.index("aws_secret")], NO_CREDENTIALS),
                              ("half a name", whole[:whole.index("secret_acc")], UNUSABLE),
                              ("no profile yet", "[defa", UNUSABLE),
                              ("JSON that is cut off", as_json(OTHER)[:-1], UNUSABLE)):
        store.write(store.content(A))
        signer.must("select %s;" % PROBE)
        store.write(text)
        young, waited = timed(signer)
        said = signer.errors
        aged(store, 3)
        old, at_once = at_best(signer)
        aged(store, -3600)
        future, as_well = at_best(signer)
        said += signer.errors
        tap.check([young, old, future] == 3 * [error] and waited > 0.2 > max(at_once, as_well),
                  "%s is %s: after 200 ms where it is young, else at once" % (name, error),
                  (young, old, future, waited, at_once, as_well))
        tap.check(not any(part in said for part in (*A, *OTHER, *B)),
                  "and the error holds nothing of it", said)
    store.remove()
    gone, at_once = at_best(signer)
    tap.check(gone == UNUSABLE and at_once < 0.2, "a file that is removed is 58030 at once",
              (gone, at_once))
    for name, text, given in (("old", with_token(TEMPORARY), TEMPORARY),
                              ("old without a token", store.content(TEMPORARY[:2]), TEMPORARY[:2])):
        store.write(text)
        aged(store, 3)
        url, seconds = at_best(signer)
        tap.check(url == url_of(admin, given) and seconds < 0.2, "a file that is %s is not waited for"
                  % name, (url, seconds))


def without_line_end(tap, admin, signer, store):
    store.write(store.content(B)[:-1])
    url, seconds = timed(signer)
    tap.check(url == url_of(admin, B) and 0.02 < seconds < 0.2,
              "a young file without its last line end is taken after 20 ms", (url, seconds))


def without_token(tap, admin, signer, store):
    """A key that is not cached is derived in a second reading, which does not wait again."""
    for name, ask in (
            ("signs", lambda url: "%s = %s" % (PROBE, literal(url))),
            ("verifies", lambda url: "(s3sign_verify(%s, 'written', at => '%s')).valid"
             % (literal(url), TIME))):
        seen = []
        for i in range(3):  # the machine may be busy
            given = (TEMPORARY[0], "%s/%s/%d" % (TEMPORARY[1], name, i))
            store.write(store.content(given))
            seen.append(timed(signer, ask(url_of(admin, given))))
        tap.check(all(good == "t" for good, _ in seen)
                  and 0.2 < min(seconds for _, seconds in seen) < 0.35,
                  "a young file of temporary credentials without a token %s after 200 ms" % name,
                  seen)


def interrupted(tap, admin, signer, store):
    store.write("")
    signer.must("set statement_timeout = 60;")
    seen, seconds = timed(signer)
    tap.check(seen == "57014" and seconds < 0.2, "the wait can be cancelled", (seen, seconds))
    signer.must("set statement_timeout = 0;")
    signer.must("create function pg_temp.waiting() returns text language plpgsql as $$"
                " begin return %s; exception when others then return sqlstate; end $$;" % PROBE)
    before = int(signer.must("select sum(total_bytes) from pg_backend_memory_contexts;"))
    for _ in range(10):
        aged(store, 0)
        signer.ask("select pg_temp.waiting();")
    after = int(signer.must("select sum(total_bytes) from pg_backend_memory_contexts;"))
    tap.check(after - before < 100000, "and leaves no memory behind", (before, after))
    store.write(store.content(A))
    tap.same(signer.ask("select pg_temp.waiting();"), url_of(admin, A), "then the file signs again")


def formats(tap, admin, signer, store):
    given = TEMPORARY
    names = dict(zip(("id", "secret", "token"), given))
    for name, text in (
            ("credential_process", as_json(given)),
            ("IMDS", '{"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "%(id)s", '
             '"SecretAccessKey": "%(secret)s", "Token": "%(token)s"}' % names),
            ("STS", '\n{"Credentials": {"AccessKeyId": "%(id)s", "SecretAccessKey": "%(secret)s", '
             '"SessionToken": "%(token)s"}}\n' % names),
            ("SSO", '{"roleCredentials": {"accessKeyId": "%(id)s", "secretAccessKey": "%(secret)s", '
             '"sessionToken": "%(token)s", "expiration": 4070908800000}}' % names),
            ("INI of older tools", "[default]\nAWS_ACCESS_KEY_ID : %(id)s\n"
             "aws_secret_access_key=%(secret)s\naws_security_token=%(token)s\n" % names)):
        store.replace(text)
        tap.same(signer.ask("select %s;" % PROBE), url_of(admin, given), "the form of " + name)
    store.replace("[default]\nrole_arn = arn:aws:iam::1:role/SECRET\nsource_profile = base\n")
    aged(store, 3)
    tap.check(signer.ask("select %s;" % PROBE) == NO_CREDENTIALS and "role_arn" in signer.errors
              and "docs/credentials.md" in signer.errors and "SECRET" not in signer.errors,
              "a profile that needs the network is named by its key", signer.errors)
    store.replace(as_json(given))
    admin.must("alter server written options (add profile 'batch');")
    aged(store, 3)
    tap.same(signer.ask("select %s;" % PROBE), NO_CREDENTIALS, "JSON has no other profile")
    admin.must("alter server written options (drop profile);")


def ends(tap, signer, store):
    """The expiry in a file, remembered with the server."""
    url = "s3sign_get('written', 'pub/a.txt', 3600)"
    whole = with_token(TEMPORARY)
    store.write(whole)
    signed, at_once = timed(signer, url)
    store.write(whole + "aws_expiration = %d\n" % (time.time() + 600))
    tap.check("X-Amz-Expires=3600&" in signed and at_once < 0.2
              and "X-Amz-Expires=3600&" not in signer.must("select %s;" % url),
              "an end that is written last is not waited for, and counts once it is there",
              (signed, at_once))
    for name, text in (
            ("INI", lambda end: with_token(TEMPORARY) + "x_security_token_expires = %s\n" % end),
            ("JSON", lambda end: as_json(TEMPORARY)[:-1] + ', "Expiration": "%s"}' % end)):
        begin = int(time.time())
        at = lambda seconds: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begin + seconds))
        store.replace(text(at(600)))
        left = [int(re.search("X-Amz-Expires=([0-9]+)", signer.must("select %s;" % url))[1])
                for _ in range(2)]
        tap.check(all(600 - (time.time() - begin) - 1 <= n <= 600 for n in left),
                  "%s: the URL ends with the credentials" % name, left)
        store.replace(text(at(7200)))
        tap.check("X-Amz-Expires=3600&" in signer.must("select %s;" % url),
                  "%s: with new ones it lives as long as asked" % name)
        store.replace(text(at(2)))
        first = signer.ask("select %s;" % url)
        time.sleep(2)
        seen = [signer.ask("select %s;" % url) for _ in range(2)]
        said = signer.errors
        store.replace(text(at(7200)))
        tap.check(first.startswith("https:") and seen == 2 * ["55000"] and at(2) in said
                  and "docs/credentials.md" in said
                  and "X-Amz-Expires=3600&" in signer.must("select %s;" % url),
                  "%s: ended they are 55000, with the time, until the file has new ones" % name,
                  (first, seen, said))
