"""What reaches another database: pg_dump, logical replication and postgres_fdw, as docs/operations.md says."""

import os
import subprocess

from session import A, ENDPOINT, Session, explicit, key_pair, literal, options, wait_for

SIGN = "select s3sign_get('media', key, 60, signed_at => '2024-02-29T12:34:56Z') from documents;"
SERVER = "create server media foreign data wrapper s3sign options (%s);" % options(
    endpoint=ENDPOINT, bucket="media")
MAPPING = "create user mapping for public server media %s;" % key_pair(A)
OTHER = "named_remote_other"


def run(tap, admin, database):
    admin.must("create role remote_dumper login; create table documents (key text primary key);"
               "insert into documents values ('pub/a.txt'); grant select on documents to remote_dumper;"
               + SERVER + MAPPING)
    admin.must("create database %s;" % OTHER)
    other = Session(OTHER)
    dumps(tap, database)
    replicates(tap, admin, other, database)
    ships(tap, admin, other, database)
    other.close()


def dumps(tap, database):
    for role, secret in (("postgres", True), ("remote_dumper", False)):
        for option in ("--schema-only", "--no-sync"):
            text = subprocess.run(["pg_dump", "-U", role, option, database], check=True,
                                  stdout=subprocess.PIPE, text=True).stdout
            tap.check((A[1] in text) == secret and "CREATE USER MAPPING FOR public SERVER media" in text,
                      "pg_dump %s of %s has the mapping, %s its secret" % (
                          option, role, "and" if secret else "without"), text)


def replicates(tap, admin, other, database):
    """Rows only: the subscriber needs extension, server and mapping of its own."""
    other.must("create table documents (key text primary key);")
    admin.must("create publication all_tables for all tables;")
    admin.must("select pg_create_logical_replication_slot('remote', 'pgoutput');")
    other.must("create subscription remote connection %s publication all_tables"
               " with (create_slot = false, slot_name = 'remote');" % literal(
                   "host=%s port=%s dbname=%s user=postgres" % (
                       os.environ["PGHOST"], os.environ["PGPORT"], database)))
    wait_for(lambda: other.must("select count(*) from documents;") == "1")
    for step, expected in (("", "42883"), ("create extension s3sign;", "42704"),
                           (SERVER, "42704"), (MAPPING, explicit(admin))):
        if step:
            other.must(step)
        tap.same(other.ask(SIGN), expected,
                 "a subscriber, after %s" % (" ".join(step.split()[:3]) or "its rows have arrived"))
    other.must("alter subscription remote disable;")
    other.must("alter subscription remote set (slot_name = none);")
    other.must("drop subscription remote;")
    wait_for(lambda: admin.must("select count(*) from pg_replication_slots where active;") == "0")
    admin.must("select pg_drop_replication_slot('remote');")


def ships(tap, admin, other, database):
    """Only immutable functions run on the remote, which needs the extension for them."""
    other.must("""
        create extension postgres_fdw;
        create server there foreign data wrapper postgres_fdw
            options (host %s, port %s, dbname %s, extensions 's3sign');
        create user mapping for postgres server there options (user 'postgres');
        drop table documents;
        create foreign table documents (key text) server there;
    """ % tuple(map(literal, (os.environ["PGHOST"], os.environ["PGPORT"], database))))
    for condition, shipped in (("s3sign_redact(key) = key", True), ("s3sign_parse(key) is null", True),
                               ("s3sign_get('media', key) <> ''", False)):
        plan = other.must("explain (verbose, costs off) select key from documents where %s;" % condition)
        remote = plan.partition("Remote SQL:")[2]
        tap.check(("s3sign_" in remote) == shipped,
                  "postgres_fdw %s %s" % ("ships" if shipped else "keeps", condition), plan)
    tap.same(other.ask(SIGN), explicit(admin), "rows of a foreign table are signed for here")
    admin.must("drop extension s3sign cascade;")
    tap.same(other.ask("select key from documents where s3sign_redact(key) = key;"), "42883",
             "what is shipped fails where the remote has no extension")
    tap.same(other.ask("select split_part(s3sign_get('media', key), '?', 1) from documents;"),
             "https://media.s3.eu-west-1.amazonaws.com/pub/a.txt", "and signing does not need it")
