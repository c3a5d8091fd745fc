"""Credentials files: rotation, and what is wrong with one is an error, never the old key."""

import contextlib
import os
import pathlib
import shutil

from session import A, B, ENDPOINT, TIME, Session, explicit, key_pair, literal

PROBE = "s3sign_get('filed', 'pub/a.txt', 60, signed_at => '%s')" % TIME
ONLY_SUPERUSER = "42501"
UNUSABLE = "58030"
NO_CREDENTIALS = "42704"


class Store:
    """The credentials file, owned by the server's user."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "credentials"
        folder.mkdir()
        self.own(folder)
        folder.chmod(0o755)

    @staticmethod
    def own(path):
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")

    @staticmethod
    def content(pair, profile="default"):
        return "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n" % (profile, *pair)

    def write(self, text, path=None, mode=0o600):
        """In place where the file is there."""
        path = path or self.path
        path.write_text(text, encoding="ascii")
        self.own(path)
        path.chmod(mode)

    def replace(self, text, mode=0o600):
        new = self.folder / "new"
        self.write(text, new, mode)
        new.rename(self.path)

    def remove(self):
        if self.path.is_dir():
            self.path.rmdir()
        else:
            self.path.unlink(missing_ok=True)


def run(tap, admin, database):
    store = Store(pathlib.Path(os.environ["SCRATCH"]) / "files")
    store.write(store.content(A))
    admin.must("""
        create role filer login;
        create server filed foreign data wrapper s3sign
            options (endpoint '%s', bucket 'media', credentials_file %s);
        grant usage on foreign server filed to filer;
    """ % (ENDPOINT, literal(str(store.path))))
    signer = Session(database, "filer")
    signer.must("set plan_cache_mode = force_generic_plan; prepare p as select %s;" % PROBE)
    urls = [explicit(admin, pair=pair) for pair in (A, B)]
    rotations(tap, signer, store, urls)
    faults(tap, database, signer, store, urls)
    accepted(tap, signer, store, urls)
    one_look(tap, signer, store, urls)
    profiles(tap, admin, signer, store, urls)
    rights(tap, admin, database, store, urls)
    signer.close()


def both(signer):
    """A statement and a prepared one."""
    return [signer.ask("select %s;" % PROBE), signer.ask("execute p;")]


def rotations(tap, signer, store, urls):
    a, b = urls
    tap.same(both(signer), 2 * [a], "the file's key signs")
    store.replace(store.content(B))
    tap.same(both(signer), 2 * [b], "rotation by renaming")
    store.write(store.content(A))
    tap.same(both(signer), 2 * [a], "rotation by writing in place, of the same size")
    # A file system's clock ticks every few milliseconds, a session signs more often.
    wrong = 0
    for i in range(150):
        store.path.write_text(store.content((A, B)[i % 2]), encoding="ascii")
        wrong += signer.ask("select %s;" % PROBE) != urls[i % 2]
    tap.same(wrong, 0, "150 rotations in place within the clock's ticks")
    stat = store.path.stat()
    store.write(store.content(A))
    os.utime(store.path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    tap.same(both(signer), 2 * [a], "rotation that keeps size and time of modification")


def faults(tap, database, signer, store, urls):
    for name, error, make in (
            ("readable by others (0644)", UNUSABLE, lambda: store.path.chmod(0o644)),
            ("readable by others (0604)", UNUSABLE, lambda: store.path.chmod(0o604)),
            ("writable by others (0602)", UNUSABLE, lambda: store.path.chmod(0o602)),
            ("writable by its group (0660)", UNUSABLE, lambda: store.path.chmod(0o660)),
            ("not readable by the server", UNUSABLE, lambda: hide(store)),
            ("removed", UNUSABLE, store.remove),
            ("a FIFO", UNUSABLE, lambda: special(store, os.mkfifo)),
            ("a directory", UNUSABLE, lambda: special(store, os.mkdir)),
            ("a device", UNUSABLE, lambda: link(store, "/dev/zero")),
            ("a link to nothing", UNUSABLE, lambda: link(store, str(store.folder / "nothing"))),
            ("a link to itself", UNUSABLE, lambda: link(store, str(store.path))),
            ("of 65537 bytes", UNUSABLE, lambda: padded(store, 65537)),
            ("empty", NO_CREDENTIALS, lambda: store.write("")),
            ("without its profile", NO_CREDENTIALS,
             lambda: store.write(store.content(B, "staging"))),
            ("half-written, without a secret", NO_CREDENTIALS,
             lambda: store.write(store.content(B)[:-len(B[1]) - 2])),
            ("half-written, within a name", UNUSABLE,
             lambda: store.write(store.content(B)[:-len(B[1]) - 8])),
            ("in a folder that is closed to the server", UNUSABLE, lambda: close(store))):
        one_fault(tap, database, signer, store, urls, name, error, make)


def one_fault(tap, database, signer, store, urls, name, error, make):
    before = both(signer)
    make()
    newcomer = Session(database, "filer")
    seen = both(signer)
    said = signer.errors
    seen += both(signer) + [newcomer.ask("select %s;" % PROBE)]
    said += signer.errors + newcomer.errors
    newcomer.close()
    tap.same((before, seen), (2 * urls[:1], 5 * [error]),
             "a file %s is %s in each statement and session" % (name, error))
    tap.check(not any(part in said for part in (*A, *B)), "and the error holds nothing of it", said)
    store.folder.chmod(0o755)
    store.remove()
    store.write(store.content(B))
    mended = both(signer)
    store.replace(store.content(A))
    tap.same(mended + both(signer), 2 * urls[1:] + 2 * urls[:1], "and mended it signs again")


def hide(store):
    if os.geteuid() == 0:
        os.chown(store.path, 0, 0)
    else:
        store.path.chmod(0)


def special(store, make):
    store.remove()
    make(store.path, 0o700)
    store.own(store.path)


def link(store, to):
    store.remove()
    store.path.symlink_to(to)


def close(store):
    store.folder.chmod(0)


def padded(store, size):
    text = store.content(B)
    store.write(text + "#" * (size - len(text)))


def accepted(tap, signer, store, urls):
    for name, make in (
            ("readable by its group (0640)", lambda: store.path.chmod(0o640)),
            ("not writable (0400)", lambda: store.path.chmod(0o400)),
            ("of 65536 bytes", lambda: padded(store, 65536)),
            ("with the line ends of Windows",
             lambda: store.write(store.content(B).replace("\n", "\r\n")))):
        store.write(store.content(B))
        make()
        tap.same(both(signer), 2 * urls[1:], "a file %s is good" % name)
    others = [store.folder / "first", store.folder / "second"]
    for path, pair in zip(others, (A, B)):
        store.write(store.content(pair), path)
    seen = []
    for path in others:
        link(store, path.name)
        seen += both(signer)
    tap.same(seen, 2 * urls[:1] + 2 * urls[1:], "a symbolic link is followed")
    store.remove()
    store.write(store.content(A))


def one_look(tap, signer, store, urls):
    for seconds, signed, name in (
            (0.3, urls[0], "a statement in which the file changes signs with one key"),
            (5.3, urls[1], "a statement of over five seconds signs with the new one")):
        store.replace(store.content(A))
        signer.start("select %s, pg_sleep(%s), %s;" % (PROBE, seconds, PROBE))
        with contextlib.suppress(Exception):
            signer.lines[0].get(timeout=0.15)
        store.replace(store.content(B))
        tap.same(signer.finish(), "%s||%s" % (urls[0], signed), name)
    tap.same(both(signer), 2 * urls[1:], "and the next with the new one")


def profiles(tap, admin, signer, store, urls):
    store.write(store.content(A) + "# comment\n" + store.content(B, "batch"))
    admin.must("alter server filed options (add profile 'batch');")
    tap.same(both(signer), 2 * urls[1:], "the option profile chooses a profile")
    admin.must("create user mapping for public server filed %s;"
               "create user mapping for filer server filed %s;" % (key_pair(A), key_pair(A)))
    tap.same(both(signer), 2 * urls[1:], "user mappings of its server are ignored")
    store.write(store.content(A))
    tap.same(both(signer), 2 * [NO_CREDENTIALS], "nor do they help where the profile is missing")
    admin.must("alter server filed options (drop profile);")


def rights(tap, admin, database, store, urls):
    admin.must("""
        create role builder login;
        grant usage on foreign data wrapper s3sign to builder;
        grant create on database %s to builder;
    """ % database)
    builder = Session(database, "builder")
    server = """create server %s foreign data wrapper s3sign
        options (endpoint 'http://h', bucket 'b'%s);"""
    file = ", credentials_file %s" % literal(str(store.path))
    tap.same(builder.ask(server % ("x", file)), ONLY_SUPERUSER,
             "CREATE SERVER with credentials_file, by another than a superuser")
    builder.must(server % ("x", ""))
    tap.same(builder.ask("alter server x options (add %s);" % file[2:]), ONLY_SUPERUSER,
             "ALTER SERVER ADD credentials_file, by another than a superuser")
    admin.must("alter server filed owner to builder;")
    for change in ("set credentials_file '/etc/passwd'", "add profile 'batch'",
                   "set bucket 'other'", "set endpoint 'https://attacker.example.com'",
                   "add methods 'put'"):
        tap.same(builder.ask("alter server filed options (%s);" % change), ONLY_SUPERUSER,
                 "ALTER SERVER %s, by its owner" % change)
    # What is left has no credentials_file, so the validator, which sees only that, lets it pass.
    builder.must("alter server filed options (drop credentials_file);")
    tap.same(builder.ask("alter server filed options (add %s);" % file[2:]), ONLY_SUPERUSER,
             "its owner can take credentials_file away, not put it back")
    tap.same(builder.ask("select %s;" % PROBE), urls[0], "then its user mappings count")
    builder.close()
