"""What an administrator may change of a server, its mappings and the rights to it."""

import dataclasses
import os
import pathlib
import re
import shutil

from session import A, B, ENDPOINT, TIME, explicit, key_pair, literal

SETUP = f"""
create role team;
create role signer login in role team;
create role boss login superuser;
create role keeper;
create role other;
create server s foreign data wrapper s3sign options (endpoint '{ENDPOINT}', bucket 'media',
	methods 'get,head', key_prefix 'pub/');
create user mapping for public server s {key_pair(A)};
grant usage on foreign server s to team;
create foreign data wrapper another;
"""

PROBE = "s3sign_get('s', 'pub/a.txt', 60, signed_at => '%s')" % TIME


FILED = (("AKIAFILEDA", "secret/of/the/file+A"), ("AKIAFILEDB", "secret/of/the/file+B"))


def credentials_file():
    """With the profiles default and second."""
    path = pathlib.Path(os.environ["SCRATCH"]) / "two-profiles"
    path.write_text("".join(
        "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n" % (profile, *pair)
        for profile, pair in zip(("default", "second"), FILED)), encoding="ascii")
    if os.geteuid() == 0:
        shutil.chown(path, "postgres", "postgres")
    path.chmod(0o600)
    return path


@dataclasses.dataclass
class Change:
    name: str
    do: str
    undo: str
    after: str
    before: str
    probe: str = PROBE
    prepare: str = ""
    clean_up: str = ""
    role: str = "signer"


def option(name, set_to, after, before, old=None, prepare=None, **more):
    """ALTER SERVER: `old` is the value that it has, `prepare` one to give it before."""
    server = "alter server s options (%s %s);"
    value = " " + literal(set_to) if set_to else ""
    if prepare:
        more["prepare"] = server % ("add", name + " " + literal(prepare))
        more["clean_up"] = server % ("drop", name)
        old = prepare
    if not set_to:
        do, undo = server % ("drop", name), server % ("add", name + " " + literal(old))
    elif old:
        do, undo = server % ("set", name + value), server % ("set", name + " " + literal(old))
    else:
        do, undo = server % ("add", name + value), server % ("drop", name)
    return Change("ALTER SERVER %s" % name, do, undo, after, before, **more)


def changes(admin):
    """A generator: files and URLs are made when their turn comes."""
    url = explicit(admin)
    yield from options_of_server(admin, url)
    yield from mappings(admin, url)
    yield from rights(url)
    yield from objects(url)


def options_of_server(admin, url):
    def get(arguments):
        return "s3sign_get('s', 'pub/a.txt', %s)" % arguments

    frankfurt = "https://s3.eu-central-1.amazonaws.com"
    yield option("endpoint", frankfurt, explicit(admin, endpoint=frankfurt), url, old=ENDPOINT)
    yield option("region", "eu-west-3", explicit(admin, more=", region => 'eu-west-3'"), url)
    yield option("addressing", "path", explicit(admin, more=", addressing => 'path'"), url)
    yield option("bucket", "second", explicit(admin, bucket="second"), url, old="media")
    yield option("public_endpoint", "https://cdn.example.com",
                 url.replace("media.s3.eu-west-1.amazonaws.com", "cdn.example.com"), url)
    yield option("methods", "head", "42501", url, old="get,head")
    yield option("key_prefix", "private/", "42501", url, old="pub/")
    yield option("default_duration", "2min", explicit(admin, duration=120),
                 explicit(admin, duration=900), probe=get("signed_at => '%s'" % TIME))
    yield option("max_duration", "59", "42501", url)
    yield option("cache_window", "1h", re.compile(".*X-Amz-Date=[0-9]{8}T[0-9]{2}0000Z&"
                                                  "X-Amz-Expires=3660&.*"),
                 re.compile(".*X-Amz-Expires=60&.*"), probe=get("60"))
    at, query = "60, signed_at => '%s'" % TIME, """, query => '{"trace": 1}'"""
    yield option("allow_query", None, "42501", explicit(admin, more=query), prepare="trace",
                 probe=get(at + query))
    headers = """, headers => '{"x-amz-acl": "private"}'"""
    yield option("allow_headers", None, "42501", explicit(admin, more=headers),
                 prepare="x-amz-acl", probe=get(at + headers))
    first, second = explicit(admin, pair=FILED[0]), explicit(admin, pair=FILED[1])
    path = str(credentials_file())
    yield option("credentials_file", path, first, url)
    yield dataclasses.replace(
        option("profile", "second", second, first),
        prepare="alter server s options (add credentials_file %s);" % literal(path),
        clean_up="alter server s options (drop credentials_file);")


def mappings(admin, url):
    mapping = "user mapping for %s server s "
    of_b = explicit(admin, pair=B)
    yield Change("ALTER USER MAPPING", "alter " + mapping % "public" + key_pair(B, "set ") + ";",
                 "alter " + mapping % "public" + key_pair(A, "set ") + ";", of_b, url)
    yield Change("ALTER USER MAPPING session_token",
                 "alter " + mapping % "public" + "options (add session_token 'of/an+hour');",
                 "alter " + mapping % "public" + "options (drop session_token);",
                 explicit(admin, more=", session_token => 'of/an+hour'"), url)
    yield Change("DROP USER MAPPING", "drop " + mapping % "public" + ";",
                 "create " + mapping % "public" + key_pair(A) + ";", "42704", url)
    yield Change("CREATE USER MAPPING before PUBLIC's",
                 "create " + mapping % "signer" + key_pair(B) + ";",
                 "drop " + mapping % "signer" + ";", of_b, url)
    yield Change("CREATE USER MAPPING, empty, before PUBLIC's",
                 "create " + mapping % "signer" + ";", "drop " + mapping % "signer" + ";",
                 "42704", url)


def rights(url):
    yield Change("REVOKE USAGE", "revoke usage on foreign server s from team;",
                 "grant usage on foreign server s to team;", "42501", url)
    yield Change("DROP OWNED", "drop owned by team;", "grant usage on foreign server s to team;",
                 "42501", url)
    yield Change("REVOKE of the role that has USAGE", "revoke team from signer;",
                 "grant team to signer;", "42501", url)
    yield Change("REVOKE USAGE of PUBLIC", "revoke usage on foreign server s from public;",
                 "grant usage on foreign server s to public;", "42501", url,
                 prepare="""grant usage on foreign server s to public;
                     revoke usage on foreign server s from team;""",
                 clean_up="""revoke usage on foreign server s from public;
                     grant usage on foreign server s to team;""")
    yield Change("ALTER ROLE NOINHERIT", "alter role signer noinherit; revoke team from signer;"
                 "grant team to signer;",
                 "alter role signer inherit; revoke team from signer; grant team to signer;",
                 "42501", url)
    yield Change("ALTER ROLE NOSUPERUSER", "alter role boss nosuperuser;",
                 "alter role boss superuser;", "42501", url, role="boss")
    yield Change("ALTER SERVER OWNER", "alter server s owner to other;",
                 "alter server s owner to keeper;", "42501", url,
                 prepare="""grant usage on foreign data wrapper s3sign to keeper, other;
                     grant keeper to signer; alter server s owner to keeper;
                     revoke usage on foreign server s from team;""",
                 clean_up="""alter server s owner to postgres; revoke keeper from signer;
                     grant usage on foreign server s to team;""")
    yield Change("ALTER DATABASE OWNER", "alter database named_fresh owner to other;",
                 "alter database named_fresh owner to signer;", "42501", url,
                 prepare="""alter database named_fresh owner to signer;
                     grant usage on foreign server s to pg_database_owner;
                     revoke usage on foreign server s from team;""",
                 clean_up="""alter database named_fresh owner to postgres;
                     revoke usage on foreign server s from pg_database_owner;
                     grant usage on foreign server s to team;""")


def objects(url):
    yield Change("ALTER SERVER RENAME", "alter server s rename to t;",
                 "alter server t rename to s;", "42704", url)
    yield Change("ALTER FOREIGN DATA WRAPPER RENAME",
                 "alter foreign data wrapper s3sign rename to renamed;",
                 "alter foreign data wrapper renamed rename to s3sign;", "42704", url)
    drop = "drop server s cascade;"
    create = SETUP[SETUP.index("create server"):SETUP.index("create foreign data")]
    yield Change("DROP SERVER", drop, create, "42704", url)
    yield Change("a server of another wrapper takes the name",
                 drop + create.replace("wrapper s3sign", "wrapper another"), drop + create,
                 "42704", url)
