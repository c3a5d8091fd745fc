"""A hot standby, by streaming replication, signs as its primary does."""

import csv
import json
import os
import pathlib
import subprocess

from session import A, B, ENDPOINT, TIME, Session, explicit, key_pair, literal, options, wait_for

SCRATCH = pathlib.Path(os.environ["SCRATCH"])
DATA = SCRATCH / "standby" / "data"
# the extensions are the server's
LOGS = {name: DATA / "log" / ("server." + name) for name in ("csv", "json")}
KEY = 'pub/"a", \\ \u20ac'
CREDENTIALS = SCRATCH / "standby" / "credentials"
# one and the same socket directory
PORT = str(int(os.environ["PGPORT"]) + 1)
PROBE = "select s3sign_get('%s', 'pub/a.txt', 60, signed_at => '" + TIME + "');"
MEDIA, FILED = PROBE % "media", PROBE % "filed"


def run(tap, admin, database):
    admin.must("""
        create role replicated login;
        create server media foreign data wrapper s3sign options (%s);
        create user mapping for public server media %s;
        create server filed foreign data wrapper s3sign options (%s);
        grant usage on foreign server media, filed to replicated;
    """ % (options(endpoint=ENDPOINT, bucket="media"), key_pair(A),
           options(endpoint=ENDPOINT, bucket="media", credentials_file=str(CREDENTIALS))))
    start()
    try:
        checks(tap, admin, database)
    finally:
        as_server("pg_ctl", "-s", "-m", "fast", "stop")


def as_server(*command):
    """As the user who owns the cluster; PostgreSQL refuses to run as root."""
    become = []
    if os.geteuid() == 0:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    subprocess.run([*become, *command], check=True, cwd="/",
                   env={**os.environ, "PGDATA": str(DATA)},
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def start():
    DATA.parent.mkdir()
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres:", DATA.parent], check=True)
    as_server("pg_basebackup", "-D", str(DATA), "-R", "-c", "fast", "--no-sync")
    with open(DATA / "postgresql.auto.conf", "a", encoding="ascii") as file:
        file.write("port = %s\nlogging_collector = on\nlog_filename = 'server.log'\n"
                   "log_destination = 'csvlog,jsonlog'\n" % PORT)
    as_server("pg_ctl", "-s", "-w", "-l", str(DATA.parent / "log"), "start")


def checks(tap, admin, database):
    standby, superuser = Session(database, "replicated", PORT), Session(database, port=PORT)
    tap.same(superuser.must("select pg_is_in_recovery(), count(*) from pg_stat_wal_receiver"
                            " where status = 'streaming';"), "t|1", "it streams")
    url_a, url_b = explicit(admin, pair=A), explicit(admin, pair=B)
    tap.same((standby.ask(MEDIA), admin.ask(MEDIA)), (url_a, url_a), "it signs the primary's URL")

    def replayed():
        end = admin.must("select pg_current_wal_lsn();")
        wait_for(lambda: superuser.must("select pg_last_wal_replay_lsn() >= '%s';" % end) == "t")

    logged(tap, admin, standby, replayed)
    for name, change, expected in (
            ("a new key", "alter user mapping for public server media %s;" % key_pair(B, "set "),
             url_b),
            ("a new bucket", "alter server media options (set bucket 'second');",
             explicit(admin, pair=B, bucket="second")),
            ("a revoked right", "revoke usage on foreign server media from replicated;", "42501"),
            ("a right that is granted again", "grant usage on foreign server media to replicated;",
             explicit(admin, pair=B, bucket="second")),
            ("a dropped mapping", "drop user mapping for public server media;", "42704")):
        before = standby.ask(MEDIA)
        standby.must("begin; set local lock_timeout = '5s';")
        admin.must(change)
        replayed()
        seen = standby.ask(MEDIA)
        standby.must("rollback;")
        tap.check(seen == expected != before, "%s is seen as soon as it is replayed" % name, seen)
    tap.same(standby.ask(FILED), "58030", "a credentials file that the standby does not have")
    for pair, url in ((A, url_a), (B, url_b)):
        write(pair)
        tap.same(standby.ask(FILED), url, "the standby's own credentials file signs")
    standby.close()
    superuser.close()


def logged(tap, admin, standby, replayed):
    """Signing writes its line there, where nothing else can be written; as one field."""
    admin.must("alter server media options (add log 'on');")
    replayed()
    url = standby.must("select s3sign_get('media', %s);" % literal(KEY))
    for name in LOGS:
        # the server's collector writes them
        wait_for(lambda: lines(name))
        tap.same([(line["server"], line["key"], line["signature"]) for line in lines(name)],
                 [("media", KEY, url[-64:][:16])], "it logs what it signs, in %slog" % name)
    admin.must("alter server media options (drop log);")
    replayed()


def lines(name):
    """The messages are the 14th of csvlog's columns, and jsonlog's member of that name."""
    text = LOGS[name].read_text(encoding="utf-8")
    whole = text[:text.rfind("\n") + 1].splitlines(keepends=True)
    messages = ([row[13] for row in csv.reader(whole)] if name == "csv" else
                [json.loads(line).get("message", "") for line in whole])
    return [json.loads(message.removeprefix("s3sign: "))
            for message in messages if message.startswith("s3sign: ")]


def write(pair):
    new = CREDENTIALS.with_suffix(".new")
    new.write_text("[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n" % pair,
                   encoding="ascii")
    new.chmod(0o600)
    if os.geteuid() == 0:
        subprocess.run(["chown", "postgres:", new], check=True)
    new.rename(CREDENTIALS)
