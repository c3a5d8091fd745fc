"""pgaudit beside the option "log": both logs are whole, and a mapping that is made as
docs/credentials.md says leaves no secret."""

import pathlib
import re

import traces
from audit import lines
from session import A, ENDPOINT, Session, key_pair, literal, options

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "credentials.md"
SILENT = "SET LOCAL pgaudit.log = 'none';\n"
KEYS = ["k/1", "k/\"2\"\n", "k/\u20ac"]


def run(tap, admin, database):
    if "pgaudit" not in admin.must("show shared_preload_libraries;"):
        tap.skip("beside pgaudit", "PostgreSQL's pgaudit is missing")
        return
    admin.must("""
        create extension pgaudit;
        create role auditor; create role audited_too login; create role definer;
        create table documents (id serial, key text);
        insert into documents (key) values %s;
        create server media foreign data wrapper s3sign options (%s);
        create user mapping for public server media %s;
        grant usage on foreign server media to audited_too, definer;
        grant select on documents to auditor, audited_too, definer;
        create function download(wanted integer) returns text language plpgsql stable
            security definer set search_path = '' as $$ begin
                return (select public.s3sign_get('media', d.key) from public.documents as d
                        where d.id = wanted); end $$;
        alter function download owner to definer;
        alter role audited_too set pgaudit.log = 'all';
        alter role audited_too set pgaudit.log_parameter = on;
        alter role audited_too set pgaudit.role = 'auditor';
    """ % (", ".join("(%s)" % literal(key) for key in KEYS),
           options(endpoint=ENDPOINT, bucket="media", log="on"), key_pair(A)))
    session = Session(database, "audited_too")
    both(tap, session)
    session.close()
    mappings(tap, database)


def both(tap, session):
    session.must("prepare one(integer) as select s3sign_get('media', key) from documents"
                 " where id = $1;")
    for name, query, keys in (
            ("a table", "select s3sign_get('media', key)\n  from documents order by id;", KEYS),
            ("a function", "select download(id) from documents order by id;", KEYS),
            ("an array", "select unnest(s3sign_get_many('media', array_agg(key order by id)))"
             " from documents;", KEYS),
            ("a prepared statement", "execute one(1); execute one(3);", [KEYS[0], KEYS[2]])):
        since = traces.log_size()
        urls = session.must(query).splitlines()
        seen = lines(since)
        with open(traces.CLUSTER / "log", "rb") as file:
            file.seek(since)
            log = file.read()
        tap.same([(line["key"], line["signature"]) for line in seen],
                 [(key, url[-64:][:16]) for key, url in zip(keys, urls, strict=True)],
                 "the lines of %s with pgaudit" % name)
        tap.check(log.count(b"s3sign: {") == len(keys)
                  and re.search(rb"AUDIT: SESSION,.*,READ,SELECT,", log)
                  and re.search(rb"AUDIT: OBJECT,.*,READ,SELECT,TABLE,public.documents,", log),
                  "beside pgaudit's own, of sessions and of objects", log)
        tap.check(not any(key in line for line in log.decode().splitlines()
                          if "AUDIT:" in line for key in ("k/1", "k/\u20ac")),
                  "which have no key", log)
    session.must("deallocate one;")


def mappings(tap, database):
    """The block of docs/credentials.md, with as much logged as can be."""
    block = next(text for text in re.findall(r"^```sql\n(.*?)^```\n", PAGE.read_text(encoding="utf-8"),
                                             re.MULTILINE | re.DOTALL) if SILENT in text)
    values = re.findall(r"^ +(?:OPTIONS \()?(?:secret_access_key|session_token) '(.*)'", block,
                        re.MULTILINE)
    superuser = Session(database)
    superuser.must("set log_statement = 'all'; set log_min_duration_statement = 0;"
                   "set pgaudit.log = 'all'; set pgaudit.log_parameter = on;")
    for name, text, leaks in (("as printed", block, []),
                              ("without pgaudit.log", block.replace(SILENT, ""), values)):
        marked = [value + name.replace(" ", "+") for value in values]
        for value, mark in zip(values, marked):
            text = text.replace(value, mark)
        superuser.must(text)
        tap.same([value for value, mark in zip(values, marked) if traces.in_log(mark)], leaks,
                 "secret and token of a new mapping in the log, %s: %d" % (name, len(leaks)))
    tap.check(len(values) == 2 and superuser.must("select s3sign_get('media', 'a');"),
              "the mapping signs", values)
    superuser.close()
