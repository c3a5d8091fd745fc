"""Each function of the extension, called so that it goes through all that it has."""

import sys

from session import A, ENDPOINT, key_pair, options

SETUP = """
create function faults_arm(integer, integer) returns boolean language c volatile
    as '$libdir/s3sign', 's3sign_faults_arm';
create function faults_disarm() returns boolean language c volatile
    as '$libdir/s3sign', 's3sign_faults_disarm';
create function faults_heap() returns bigint language c volatile
    as '$libdir/s3sign', 's3sign_faults_heap';
create server faulty foreign data wrapper s3sign options (%s);
create user mapping for public server faulty %s;
""" % (options(endpoint=ENDPOINT, bucket="media", key_prefix="pub/", default_duration="15min",
               methods="get,head,put,delete,list,post,multipart,version", allow_query="trace",
               allow_headers="x-amz-acl", public_endpoint="https://cdn.example.com"), key_pair(A))

PRE = """('https://s3.eu-west-1.amazonaws.com', 'media', 'AKIA', 'a/secret+of/forty/characters/0123456789ab',
    'pub/Ü %%.txt', 60, session_token => 'a/token', query => '{"trace": [1, true, null], "é": "x y"}',
    headers => '{"X-Amz-Meta-A": ["1", 2]}', signed_at => '%(at)s')"""
OBJECT = """('faulty', 'pub/Ü %%.txt', query => '{"trace": 1}', headers => '{"x-amz-acl": "private"}',
    signed_at => '%(at)s'%(more)s)"""
UPLOAD = "('faulty', 'pub/Ü.txt', 'an-upload'%s, signed_at => '%%(at)s')"
URL = "'https://media.s3.eu-west-1.amazonaws.com/pub/%%C3%%9C?trace=1&a=%%2f'"
SIGNED = ("s3sign_pre_get('s3.amazonaws.com', 'media', 'AKIA', 'secret', 'a b', 60,"
          " signed_at => '%(at)s')")
ERROR = """'<Error><Code>SignatureDoesNotMatch</Code><StringToSign>AWS4-HMAC-SHA256
x</StringToSign><CanonicalRequest>GET
/</CanonicalRequest></Error>'"""


def of_object(more=""):
    return OBJECT.replace("%(more)s", more)


# %(at)s: the time of signing. Functions that are not installed are left out.
CALLS = {
    "s3sign_version": "()",
    "s3sign_pre_get": PRE, "s3sign_pre_put": PRE, "s3sign_pre_head": PRE, "s3sign_pre_delete": PRE,
    "s3sign_get": of_object(", download_as => 'Ü.txt', version_id => 'v 1'"),
    "s3sign_get_many": """('faulty', ARRAY['pub/Ü.txt', NULL, '..', 'pub/a', 'pub/b'], query => '{"trace": 1}',
        signed_at => '%(at)s', skip_invalid => true)""",
    "s3sign_links": """('faulty', 's3://media/pub/Ü.txt (s3://media/pub/a) s3://media/..', '{pub/a,pub/}',
        query => '{"response-cache-control": "no-cache"}', signed_at => '%(at)s')""",
    "s3sign_links_jsonb": """('faulty', '{"a": ["s3://media/pub/Ü", 1]}', '{*}', signed_at => '%(at)s')""",
    "s3sign_unsign": "('faulty', 's3://media/pub/Ü.txt (s3://media/pub/a)')",
    "s3sign_unsign_jsonb": """('faulty', '{"a": ["s3://media/pub/Ü", 1]}')""",
    "s3sign_head": of_object(", version_id => 'v 1'"),
    "s3sign_put": of_object(", content_type => 'text/plain'").replace("query => '{\"trace\": 1}', ", ""),
    "s3sign_delete": of_object(", version_id => 'v 1'"),
    "s3sign_list": "('faulty', prefix => 'pub/x', delimiter => '/', max_keys => 7, signed_at => '%(at)s')",
    "s3sign_multipart_create": "('faulty', 'pub/Ü.txt', content_type => 'a/b', signed_at => '%(at)s')",
    "s3sign_multipart_part": UPLOAD % ", 1",
    "s3sign_multipart_parts": UPLOAD % ", 3",
    "s3sign_multipart_complete": UPLOAD % "", "s3sign_multipart_abort": UPLOAD % "",
    "s3sign_multipart_list": UPLOAD % "",
    "s3sign_post": """('faulty', 'pub/Ü.txt', max_bytes => 1000, content_type => 'image/*',
        fields => '{"x-amz-meta-a": "ü"}', conditions => '[["starts-with", "$x-amz-meta-b", ""]]',
        signed_at => '%(at)s')""",
    "s3sign_upload": "('faulty', 'pub/Ü.txt', content_type => 'a/b', max_bytes => 10, signed_at => '%(at)s')",
    "s3sign_request": """('faulty', '{"method": "PUT", "key": "pub/Ü.txt", "bytes": 3, "contentType": "a/b",
        "checksum": {"sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
        "headers": {"x-amz-meta-a": "b"}, "expiresIn": 60}', signed_at => '%(at)s')""",
    "s3sign_pre_url": "('GET', " + URL + ", 'AKIA', 'secret', 60, headers => '{\"range\": \"bytes=0-1\"}',"
                      " signed_at => '%(at)s')",
    "s3sign_pre_headers": "('PUT', " + URL + ", 'AKIA', 'secret', headers => '{\"range\": \"x\"}',"
                          " payload => 'abc', signed_at => '%(at)s')",
    "s3sign_headers": "('faulty', 'PUT', 'pub/Ü.txt', payload => 'abc', signed_at => '%(at)s')",
    "s3sign_validator": "('{\"endpoint=https://example.com\", \"methods=get, put\", \"allow_query=a,b\"}',"
                        " 'pg_foreign_server'::regclass)",
    "s3sign_parse": "(" + SIGNED + ")",
    "s3sign_verify": "(" + SIGNED + ", secret => 'secret', at => '%(at)s')",
    "s3sign_explain": "(" + SIGNED + ", secret => 'secret')",
    "s3sign_diagnose": "(" + SIGNED + ", " + ERROR + ", secret => 'secret')",
    "s3sign_redact": "('GET ' || " + SIGNED + " || ' and more')",
}


def prepare(tap, admin):
    """The calls of the functions that are installed; each has to have one."""
    admin.must(SETUP)
    there = admin.must("select proname from pg_proc where proname like 's3sign%' order by 1;").split()
    tap.same([name for name in there if name not in CALLS], [], "each function has a call")
    return {name: CALLS[name] for name in there if name in CALLS}


def call(name, arguments, at="2024-02-29T12:34:56Z"):
    try:
        return name + arguments % {"at": at}
    except (ValueError, TypeError, KeyError):
        sys.exit("calls.py: " + name)
