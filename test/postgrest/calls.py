"""The database's side of PostgREST: which statements a request becomes.

One transaction, READ ONLY for GET; the role, the claims and the search_path are set for it alone;
arguments are taken by name out of the JSON body (or of the query), with the types that the
function has. As PostgREST 12 does it; of its filters only select, order and limit.
"""

import json
import os
import subprocess

SCHEMA = "api"
STATUS = {"42501": 403, "25006": 405, "23505": 409, "42P01": 404, "42883": 404}


def literal(value):
    return "'%s'" % str(value).replace("'", "''")


def name(identifier):
    return '"%s"' % identifier.replace('"', '""')


def psql(role, sql):
    """(what psql printed, None), or (None, (SQLSTATE, message))."""
    run = subprocess.run(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-U", role],
        input=sql, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return run.stdout, None
    state, _, message = run.stderr.split("ERROR:", 1)[1].strip().partition(": ")
    return None, (state, message.split("\n")[0])


def arguments_of(function):
    """Names and types of a function of the schema; None where there is none."""
    said, _ = psql(os.environ["PGUSER"], f"""
        SELECT coalesce(json_object_agg(name, type), '{{}}') FROM pg_proc p
            LEFT JOIN LATERAL (SELECT name, format_type(type, NULL) AS type
                FROM unnest(p.proargnames, p.proargtypes::oid[]) AS a(name, type)) AS a ON name IS NOT NULL
        WHERE pronamespace = {literal(SCHEMA)}::regnamespace AND proname = {literal(function)}
        GROUP BY p.oid""")
    return json.loads(said) if said else None


def function_call(function, body):
    types = arguments_of(function)
    if types is None or not set(body) <= set(types):
        return None
    call = f"{name(SCHEMA)}.{name(function)}"
    if not body:
        source = f"SELECT {call}() AS pgrst_scalar"
    else:
        by_name = ", ".join(f"{name(a)} := pgrst_body.{name(a)}" for a in body)
        record = ", ".join(f"{name(a)} {types[a]}" for a in body)
        source = f"""SELECT {call}({by_name}) AS pgrst_scalar
            FROM (SELECT {literal(json.dumps(body))}::json AS json_data) pgrst_payload,
            LATERAL (SELECT * FROM json_to_record(pgrst_payload.json_data) AS _({record}) LIMIT 1) pgrst_body"""
    return f"""WITH pgrst_source AS ({source})
        SELECT coalesce(json_agg(_postgrest_t.pgrst_scalar) -> 0, 'null') FROM pgrst_source _postgrest_t"""


def table_read(table, query):
    columns = ", ".join(name(c) for c in query["select"].split(",")) if "select" in query else "*"
    source = f"SELECT {columns} FROM {name(SCHEMA)}.{name(table)}"
    if "order" in query:
        column, _, direction = query["order"].partition(".")
        source += f" ORDER BY {name(column)} {'DESC' if direction == 'desc' else 'ASC'}"
    if "limit" in query:
        source += f" LIMIT {int(query['limit'])}"
    return f"""WITH pgrst_source AS ({source})
        SELECT coalesce(json_agg(_postgrest_t), '[]') FROM pgrst_source _postgrest_t"""


def answer(method, path, query, body, claims):
    """(HTTP status, JSON) of a request whose token was good; claims are None without one."""
    if path.startswith("/rpc/"):
        statement = function_call(path[len("/rpc/"):], query if method == "GET" else body)
    else:
        statement = table_read(path[1:], query)
    if statement is None:
        return 404, {"code": "PGRST202", "message": f"no function {path} of these arguments"}
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
        status = STATUS.get(error[0], 400)
        if status == 403 and claims is None:
            status = 401
        return status, {"code": error[0], "message": error[1]}
    return 200, json.loads(said)
