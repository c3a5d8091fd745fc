"""The option "log": a line in the server's log for each request that is signed, and for no other."""

import json
import os
import re

import traces
from session import ENDPOINT, Session, literal, options

SECRET = "audit/secret+that/nobody+sees/0123456789"
TOKEN = "audit-token-that-nobody-sees"
LINE = re.compile(rb"LOG:  s3sign: (\{.*\})\n")
ROWS = 1000000


def run(tap, admin, database):
    admin.must("""
        create role audited login; create role audit_owner;
        create server audited foreign data wrapper s3sign options (%s);
        create user mapping for public server audited options
            (access_key_id 'AKIAAUDITED', secret_access_key %s, session_token %s);
        grant usage on foreign server audited to audited, audit_owner;
        create table objects (id integer primary key, key text);
        insert into objects select i, 'k/' || i from generate_series(1, 100) as i;
        create function signed(file text) returns text language sql stable security definer
            set search_path = '' as $$ select public.s3sign_get('audited', file, 60) $$;
        alter function signed owner to audit_owner;
        create function signed_links(content text) returns text language sql stable security definer
            set search_path = '' as $$ select public.s3sign_links('audited', content, '{mine/}', 60) $$;
        alter function signed_links owner to audit_owner;
    """ % (options(endpoint=ENDPOINT, bucket="media", log="on", log_user="x-user:claim:sub",
                   methods="get,head,put,delete,list,post,multipart"),
           literal(SECRET), literal(TOKEN)))
    session = Session(database, "audited")
    session.must("""set request.jwt.claims = '{"sub": "ann"}';""")
    operations(tap, session)
    links(tap, session)
    forms(tap, admin, session)
    who(tap, admin, session)
    where(tap, admin, session)
    nothing_else(tap, admin, session)
    texts(tap, admin, database)
    encodings(tap, admin)
    session.close()
    many(tap, admin)


def lines(since):
    with open(traces.CLUSTER / "log", "rb") as file:
        file.seek(since)
        return [json.loads(found) for found in LINE.findall(file.read())]


def signing(session, call):
    """What a call gives, and the lines that it writes."""
    since = traces.log_size()
    said = session.must("select %s;" % call)
    return said, lines(since)


def operations(tap, session):
    common = {"server": "audited", "bucket": "media", "role": "audited", "caller": "audited",
              "session_user": "audited", "user": "ann", "identity": "AKIAAUDITED"}
    time = "signed_at => '2024-02-29T12:34:56Z'"
    times = {"signed_at": "2024-02-29T12:34:56Z", "expires_at": "2024-02-29T12:35:56Z"}
    for call, operation, key in (
            ("s3sign_get('audited', 'a b', 60, %s)", "get", {"key": "a b"}),
            ("s3sign_head('audited', 'a b', 60, %s)", "head", {"key": "a b"}),
            ("s3sign_put('audited', 'a', 60, %s)", "put", {"key": "a"}),
            ("s3sign_delete('audited', 'a', 60, %s)", "delete", {"key": "a"}),
            ("s3sign_list('audited', 'p/', 60, %s)", "list", {"prefix": "p/"}),
            ("s3sign_list('audited', null, 60, %s)", "list", {"prefix": ""}),
            ("s3sign_upload('audited', 'a', 60, bytes => 1, %s) ->> 'url'", "put", {"key": "a"}),
            ("s3sign_request('audited', '{\"method\": \"PUT\", \"key\": \"a\", "
             "\"expiresIn\": 60}', %s) ->> 'url'", "put", {"key": "a"}),
            ("s3sign_request('audited', '{\"method\": \"POST\", \"key\": \"a\", "
             "\"uploadId\": \"id\"}', 60, %s) ->> 'url'", "multipart_complete", {"key": "a"}),
            ("s3sign_multipart_create('audited', 'a', 60, %s)", "multipart_create", {"key": "a"}),
            ("s3sign_multipart_part('audited', 'a', 'id', 1, 60, %s)", "multipart_part",
             {"key": "a"}),
            ("s3sign_multipart_complete('audited', 'a', 'id', 60, %s)", "multipart_complete",
             {"key": "a"}),
            ("s3sign_multipart_abort('audited', 'a', 'id', 60, %s)", "multipart_abort",
             {"key": "a"}),
            ("s3sign_multipart_list('audited', 'a', 'id', 60, %s)", "multipart_list",
             {"key": "a"})):
        url, seen = signing(session, call % time)
        tap.same(seen, [{**common, **times, **key, "operation": operation,
                         "signature": url[-64:][:16]}], "the line of " + call.split("(")[0])

    said, seen = signing(session, "string_agg(url, ' ' order by part_number) from "
                                  "s3sign_multipart_parts('audited', 'a', 'id', 3)")
    tap.same([line["signature"] for line in seen], [url[-64:][:16] for url in said.split()],
             "a line for each part")
    # more than are signed at once; what has no URL has no line
    keys = ["m/%d" % (i % 17) for i in range(40)]
    said, seen = signing(session, "array_to_string(s3sign_get_many('audited', array['..', null] || "
                                  "'{%s}', skip_invalid => true), ' ')" % ",".join(keys))
    tap.same([(line["operation"], line["key"], line["user"], line["signature"]) for line in seen],
             [("get", key, "ann", url[-64:][:16])
              for key, url in zip(keys, said.split(), strict=True)], "a line for each URL of an array")
    said, seen = signing(session, "s3sign_headers('audited', 'PUT', 'a', %s)" % time)
    signature = json.loads(said)["headers"]["Authorization"].rsplit("=", 1)[1]
    tap.same(seen, [{**common, "key": "a", "operation": "put", "signed_at": times["signed_at"],
                     "signature": signature[:16]}], "the line of s3sign_headers has no end")


def links(tap, session):
    """A line for each URL that is signed: for each object once, and for no link that stays."""
    content = "![](s3://media/a%%20b) s3://media/no s3://other/c s3://media/%s s3://media/a%%20b"
    expected = {"server": "audited", "bucket": "media", "role": "audited", "caller": "audited",
                "session_user": "audited", "user": "ann", "identity": "AKIAAUDITED",
                "operation": "get", "signed_at": "2024-02-29T12:34:56Z",
                "expires_at": "2024-02-29T12:35:56Z"}
    arguments = "'{a b,m/}', 60, signed_at => '2024-02-29T12:34:56Z'"
    # more than are signed at once
    keys = ["m/%d" % i for i in range(40)]
    content %= " s3://media/".join(keys)
    for call in ("s3sign_links('audited', %s, %s)" % (literal(content), arguments),
                 "s3sign_links_jsonb('audited', jsonb_build_object('a', jsonb_build_array(%s)), %s)"
                 % (literal(content), arguments)):
        said, seen = signing(session, call)
        signatures = re.findall("X-Amz-Signature=([0-9a-f]{16})", said)
        tap.check(len(signatures) == 42 and signatures[0] == signatures[-1],
                  "42 links are signed by " + call.split("(")[0], said)
        tap.same(seen, [{**expected, "key": key, "signature": signature}
                        for key, signature in zip(["a b", *keys], signatures[:-1], strict=True)],
                 "a line for each URL of " + call.split("(")[0])
    said, seen = signing(session, "signed_links('s3://media/mine/a s3://media/b')")
    tap.same([(line["role"], line["caller"], line["session_user"], line["key"], line["signature"])
              for line in seen],
             [("audit_owner", "audited", "audited", "mine/a", said.split()[0][-64:][:16])],
             "links in a SECURITY DEFINER function: its owner signs, and the caller is told")
    for call in ("s3sign_unsign('audited', %s)", "s3sign_unsign_jsonb('audited', to_jsonb(%s::text))"):
        _, seen = signing(session, call % literal(said))
        tap.same(seen, [], call.split("(")[0] + " signs nothing")


def forms(tap, admin, session):
    admin.must("alter server audited options (drop log_user);")
    for call, signature in (
            ("s3sign_post('audited', 'a', 60)", lambda form: form["fields"]["x-amz-signature"]),
            ("s3sign_upload('audited', 'a', 60, max_bytes => 9)",
             lambda ticket: ticket["fields"]["x-amz-signature"]),
            ("s3sign_request('audited', '{\"method\": \"PUT\", \"key\": \"a\", \"maxBytes\": 9}')",
             lambda answer: answer["fields"]["x-amz-signature"])):
        said, seen = signing(session, call)
        tap.check([(line["operation"], line["key"], line["signature"], "user" in line)
                   for line in seen] == [("post", "a", signature(json.loads(said))[:16], False)],
                  "the line of a form, " + call.split("(")[0], seen)


def who(tap, admin, session):
    def roles(call):
        _, seen = signing(session, call)
        return [(line["role"], line["caller"], line["session_user"]) for line in seen]

    tap.same(roles("signed('a')"), [("audit_owner", "audited", "audited")],
             "a SECURITY DEFINER function: its owner signs, and the caller is told")
    admin.must("grant audit_owner to audited;")
    session.must("set role audit_owner;")
    tap.same(roles("s3sign_get('audited', 'a')"), [("audit_owner", "audit_owner", "audited")],
             "SET ROLE")
    session.must("reset role;")
    admin.must("revoke audit_owner from audited;")


def where(tap, admin, session):
    session.must("begin read only;")
    _, seen = signing(session, "s3sign_get('audited', 'a')")
    session.must("rollback;")
    tap.check(len(seen) == 1, "a read-only transaction that is rolled back", seen)
    session.must("set client_min_messages = debug5;")
    signing(session, "s3sign_get('audited', 'a')")
    tap.check("s3sign:" not in session.errors, "the client sees no line", session.errors)
    session.must("reset client_min_messages;")
    tap.same(session.ask("set log_min_messages = 'fatal';"), "42501", "a role can't drop its lines")
    admin.must("set request.jwt.claims = '{\"sub\": \"root\"}'; set log_min_messages = 'fatal';")
    _, dropped = signing(admin, "s3sign_get('audited', 'a')")
    admin.must("set log_min_messages = 'log';")
    _, seen = signing(admin, "s3sign_get('audited', 'a')")
    admin.must("reset log_min_messages; reset request.jwt.claims;")
    tap.same((len(dropped), len(seen)), (0, 1), "a superuser can, by a level above LOG")
    session.must("prepare more(text) as select s3sign_get('audited', $1); set plan_cache_mode = "
                 "force_generic_plan;")
    since = traces.log_size()
    session.must("execute more('a'); execute more('a'); deallocate more;")
    tap.check(len(lines(since)) == 2, "each EXECUTE of a plan", lines(since))


def nothing_else(tap, admin, session):
    since = traces.log_size()
    for call in ("s3sign_get('audited', '')", "s3sign_get('audited', '../a')",
                 "s3sign_get('audited', 'a', 604801)", "s3sign_get('audited', null)",
                 "s3sign_get('audited', 'a', query => '{\"acl\": \"\"}')"):
        session.run("select %s;" % call)
    session.run("select s3sign_verify('https://x/', 'audited');")
    tap.same(lines(since), [], "what is refused writes no line")
    # as much as PostgreSQL can tell
    admin.must("alter role audited set log_min_error_statement = 'debug5';"
               "alter role audited set log_error_verbosity = 'default';")
    loud = Session(session_database(admin), "audited")
    since = traces.log_size()
    loud.must("do $do$ begin perform s3sign_get('audited', 'a'); end $do$;")
    with open(traces.CLUSTER / "log", "rb") as file:
        file.seek(since)
        said = file.read()
    tap.check(said.count(b"\n") == 1 and LINE.search(said), "neither statement nor context", said)
    loud.close()
    admin.must("alter server audited options (set log 'off');")
    _, seen = signing(session, "s3sign_get('audited', 'a')")
    tap.same(seen, [], "no line once it is off")
    admin.must("alter server audited options (set log 'on');")
    tap.check(not any(traces.in_log(text) for text in (TOKEN, SECRET, "X-Amz-Signature="))
              and full_signatures() == 0, "no token, URL or whole signature")


def session_database(admin):
    return admin.must("select current_database();")


def full_signatures():
    with open(traces.CLUSTER / "log", "rb") as file:
        return len(re.findall(rb'"signature": "[0-9a-f]{17}', file.read()))


def texts(tap, admin, database):
    """Keys, roles and values of all characters."""
    hard = "\"\\/\x01\n\r\t\x7f\x85é€\u202eback\u2066\ufeff\U0001f600{}</script>%"
    since = traces.log_size()
    admin.must("select s3sign_get('audited', %s);" % escaped(hard))
    tap.same([line["key"] for line in lines(since)], [hard], "a key of hard characters")
    with open(traces.CLUSTER / "log", "rb") as file:
        file.seek(since)
        raw = LINE.findall(file.read())
    tap.check(len(raw) == 1 and all(0x20 <= byte < 0x7f for byte in raw[0]), "the line is ASCII",
              raw)
    role = "o'\"\\\u202er\u00f6le\n2"
    if int(admin.must("show server_version_num;")) >= 190000:
        role = role.replace("\n", "\t")  # it refuses line ends in a role's name
    admin.must("create role %s login; grant usage on foreign server audited to %s;" % (
        (identifier(role),) * 2))
    since = traces.log_size()
    admin.must("set session authorization %s; select s3sign_get('audited', 'a');"
               "reset session authorization;" % identifier(role))
    tap.same([(line["role"], line["session_user"]) for line in lines(since)], [(role, role)],
             "a role's name of hard characters")
    admin.must("drop owned by %s; drop role %s;" % ((identifier(role),) * 2))


def escaped(text):
    return "U&'%s'" % "".join("\\+%06x" % ord(c) for c in text)


def identifier(text):
    return 'U&"%s"' % "".join("\\+%06x" % ord(c) for c in text)


def encodings(tap, admin):
    """Databases of other encodings; a role that was made in one has bytes that are no text here."""
    for encoding, key, name, seen_key, seen_role in (
            ("LATIN1", r"E'\xe9'", r"\351", "\u00e9", "\u00e9"),
            ("EUC_JP", r"E'\xc6\xfc'", r"\306\374", "\u65e5", "\u65e5"),
            ("SQL_ASCII", r"E'\xc3\xa9'", r"\377\303\251", "\u00e9", "\ufffd\u00e9")):
        database = "audit_" + encoding.lower()
        admin.must("create database %s encoding '%s' template template0 locale 'C';" % (
            database, encoding))
        other = Session(database)
        other.must("set client_encoding = 'sql_ascii'; create extension s3sign;"
                   "create server audited foreign data wrapper s3sign options (%s);"
                   "create user mapping for public server audited options "
                   "(access_key_id 'AKIA', secret_access_key 'x');" % options(
                       endpoint=ENDPOINT, bucket="media", log="on"))
        # psql's script is UTF-8: bytes are made by the server
        other.must("do $do$ begin execute format('create role %%I superuser', "
                   "convert_from(%s::bytea, '%s')); end $do$;" % (literal(name), encoding))
        since = traces.log_size()
        other.must("do $do$ begin execute format('set session authorization %%I', "
                   "convert_from(%s::bytea, '%s')); perform s3sign_get('audited', %s); end $do$;"
                   "reset session authorization;" % (literal(name), encoding, key))
        tap.same([(line["key"], line["role"]) for line in lines(since)], [(seen_key, seen_role)],
                 "key and role of a database in " + encoding)
        other.close()
        # the same role here, in UTF-8
        since = traces.log_size()
        admin.must("do $do$ declare r name; begin select rolname into r from pg_roles "
                   "order by oid desc limit 1; perform set_config("
                   "'session_authorization', r, true); perform s3sign_get('audited', 'a'); end $do$;")
        tap.check(len(lines(since)) == 1 and "\ufffd" in lines(since)[0]["role"],
                  "that role's line in a database in UTF-8", lines(since))
        admin.must("do $do$ declare r name; begin select rolname into r from pg_roles "
                   "order by oid desc limit 1; execute format('drop role %I', r); end $do$;")


def many(tap, admin):
    """Rows that parallel workers sign: the log is complete, line by line."""
    admin.must("""
        create table many as select i as id, 'k/' || i as key from generate_series(1, %d) as i;
        alter table many set (parallel_workers = 4); analyze many;
        set max_parallel_workers_per_gather = 4; set parallel_setup_cost = 0;
        set parallel_tuple_cost = 0; set min_parallel_table_scan_size = 0;
    """ % ROWS)
    query = "select s3sign_get('audited', key, signed_at => '2024-02-29T12:34:56Z') as url from many"
    plan = admin.must("explain (verbose, costs off) %s;" % query)
    tap.check("s3sign_get" in plan.partition("Parallel Seq Scan")[2], "the workers sign", plan)
    since = traces.log_size()
    admin.must("create table signed_urls as %s;" % query)
    keys, signatures, broken = set(), set(), 0
    with open(traces.CLUSTER / "log", "rb") as file:
        file.seek(since)
        for line in file:
            found = LINE.search(line)
            if not found:
                broken += 1
                continue
            entry = json.loads(found[1])
            keys.add(entry["key"])
            signatures.add(entry["signature"])
    os.truncate(traces.CLUSTER / "log", since)
    tap.check(broken == 0 and len(keys) == len(signatures) == ROWS,
              "%d rows by parallel workers: as many lines, each of it JSON" % ROWS,
              "%d keys, %d signatures, %d other lines" % (len(keys), len(signatures), broken))
    missing = admin.must("select count(*), count(distinct left(right(url, 64), 16)) from signed_urls;")
    tap.same(missing, "%d|%d" % (ROWS, ROWS), "and as many URLs")
    admin.must("drop table many, signed_urls;")
