"""The database's side of PostgREST: which statements a request becomes.

One transaction, READ ONLY for GET; the role, the claims and the search_path are set for it alone;
arguments are taken by name out of the JSON body (or of the query), with the types that the
function has; afterwards it looks at response.status and response.headers. As PostgREST 12 to 16 do
it; functions only, and of the filters select, order and limit.
"""

import json
import os
import re
import subprocess

SCHEMA = "api"
STATUS = {"42501": 403, "25006": 405, "23503": 409, "23505": 409, "42P01": 404, "42883": 404}
FILTERS = ("select", "order", "limit")


def literal(value):
    return "'%s'" % str(value).replace("'", "''")


def name(identifier):
    return '"%s"' % identifier.replace('"', '""')


def psql(role, sql):
    """(what psql printed, None), or (None, the error's fields)."""
    run = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-U", role],
        input=sql, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return run.stdout, None
    state, _, rest = run.stderr.split("ERROR:", 1)[1].strip().partition(": ")
    lines = rest.split("\n")
    fields = dict(re.findall(r"^(DETAIL|HINT):  (.*)$", rest, re.M))
    return None, {"code": state, "message": lines[0], "details": fields.get("DETAIL"), "hint": fields.get("HINT")}


def described(function):
    """Argument names and types of a function of the schema, and what it returns; None without one."""
    said, _ = psql(os.environ["PGUSER"], f"""
        SELECT json_build_object('set', bool_or(proretset), 'void', bool_or(prorettype = 'void'::regtype),
                'arguments', coalesce(json_object_agg(name, type) FILTER (WHERE name IS NOT NULL), '{{}}'))
        FROM pg_proc p
            LEFT JOIN LATERAL (SELECT name, format_type(type, NULL) AS type
                FROM unnest(p.proargnames[:p.pronargs], p.proargtypes::oid[]) AS a(name, type)) AS a ON true
        WHERE pronamespace = {literal(SCHEMA)}::regnamespace AND proname = {literal(function)}
        GROUP BY p.oid""")
    return json.loads(said) if said else None


def filtered(query):
    """The list of columns, and what follows the source."""
    columns = ", ".join(name(c) for c in query["select"].split(",")) if "select" in query else "*"
    rest = ""
    if "order" in query:
        column, _, direction = query["order"].partition(".")
        rest += f" ORDER BY {name(column)} {'DESC' if direction == 'desc' else 'ASC'}"
    if "limit" in query:
        rest += f" LIMIT {int(query['limit'])}"
    return columns, rest


def statement_of(function, arguments, query):
    """The statement that calls it; None where it has no such arguments."""
    found = described(function)
    if found is None or not set(arguments) <= set(found["arguments"]):
        return None
    types = found["arguments"]
    call = f"{name(SCHEMA)}.{name(function)}"
    source = ""
    if arguments:
        record = ", ".join(f"{name(a)} {types[a]}" for a in arguments)
        source = f"""(SELECT {literal(json.dumps(arguments))}::json AS json_data) pgrst_payload,
            LATERAL (SELECT * FROM json_to_record(pgrst_payload.json_data) AS _({record}) LIMIT 1) pgrst_body"""
    call += "(%s)" % ", ".join(f"{name(a)} := pgrst_body.{name(a)}" for a in arguments)
    if found["set"]:
        columns, rest = filtered(query)
        lateral = f"{source}, LATERAL {call}" if source else call
        source = f"SELECT {columns} FROM (SELECT pgrst_call.* FROM {lateral} AS pgrst_call) AS _{rest}"
        body = "coalesce(json_agg(_postgrest_t), '[]')"
    else:
        source = f"SELECT {call} AS pgrst_scalar" + (f" FROM {source}" if source else "")
        body = "json_agg(_postgrest_t.pgrst_scalar) -> 0"
    return f"""WITH pgrst_source AS ({source})
        SELECT json_build_object('body', {body}, 'void', {bool(found["void"])},
            'headers', nullif(current_setting('response.headers', true), '')::json,
            'status', nullif(current_setting('response.status', true), ''))
        FROM (SELECT * FROM pgrst_source) _postgrest_t"""


def status_of(code, anonymous):
    if re.match("PT[0-9]{3}$", code):
        return int(code[2:])
    if code == "42501" and anonymous:
        return 401
    return STATUS.get(code, 500 if code[:2] in ("53", "54", "55", "58", "F0", "HV", "XX") else 400)


def answer(method, path, query, body, claims):
    """(HTTP status, headers, JSON or None) of a request whose token was good; claims are None without one."""
    arguments = {k: v for k, v in query.items() if k not in FILTERS} if method == "GET" else body
    statement = path.startswith("/rpc/") and statement_of(path[len("/rpc/"):], arguments, query)
    if not statement:
        return 404, [], {"code": "PGRST202", "message": f"no function {path} of these arguments"}
    role = (claims or {}).get("role", "web_anon")
    said, error = psql("authenticator", f"""
        BEGIN ISOLATION LEVEL READ COMMITTED READ {'ONLY' if method == 'GET' else 'WRITE'};
        SELECT set_config('search_path', {literal(name(SCHEMA) + ', "public"')}, true),
            set_config('role', {literal(role)}, true),
            set_config('request.jwt.claims', {literal(json.dumps(claims or {'role': role}))}, true),
            set_config('request.method', {literal(method)}, true),
            set_config('request.path', {literal(path)}, true) \\g /dev/null
        {statement};
        COMMIT;""")
    if error:
        return status_of(error["code"], claims is None), [], error
    said = json.loads(said)
    headers = [pair for header in said["headers"] or [] for pair in header.items()]
    return int(said["status"] or (204 if said["void"] else 200)), headers, None if said["void"] else said["body"]
