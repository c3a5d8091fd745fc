"""What each argument is while another one grows, and the shapes in which it grows itself.

A new function needs nothing here if its arguments have names that others have too, and these
values fit. A new argument needs an entry in VALUES, and in SHAPES if it is more than a plain text.
"""

SIGNED_AT = "signed_at => '2026-01-02T03:04:05Z'"
# costs.py calls it once, and sets SIGNED_URL to the result
SIGN_URL = ("s3sign_pre_get('https://s3.example.com', 'media', 'AKID', 'SECRET', 'file', 60, "
              f"query => '{{\"a\": \"b\"}}', {SIGNED_AT})")
SIGNED_URL = ''
PLAIN_URL = 'https://s3.example.com/media/file?a=b'
ERROR = '<Error><Code>SignatureDoesNotMatch</Code></Error>'
SERVER = """CREATE SERVER costs FOREIGN DATA WRAPPER s3sign OPTIONS (endpoint 'https://s3.example.com',
    bucket 'media', methods 'get,head,put,delete,list,post,multipart,version', allow_query 'a', allow_headers 'a');
CREATE USER MAPPING FOR PUBLIC SERVER costs OPTIONS (access_key_id 'AKID', secret_access_key 'SECRET');"""

# an SQL expression; None: not given
VALUES = {
    'addressing': None, 'allowed': "'{*}'", 'at': None, 'bucket': "'media'", 'bytes': None,
    'catalog': "'pg_foreign_server'::regclass", 'checksum_sha256': None, 'conditions': None,
    'content': "'text'", 'content_type': None, 'continuation_token': None, 'delimiter': None,
    'document': "'{}'", 'download_as': None, 'duration': '60', 'error_xml': f"'{ERROR}'",
    'fields': None, 'file': "'file'", 'files': "'{file}'", 'headers': None, 'identity': "'AKID'",
    'max_bytes': None, 'max_keys': None, 'message': "'message'", 'method': "'GET'", 'min_bytes': None,
    'options': "'{endpoint=https://s3.example.com}'", 'overwrite': None, 'part_number': '1',
    'parts': '1', 'payload': None, 'payload_sha256': None, 'prefix': None, 'query': None,
    'region': "'us-east-1'", 'request': """'{"method": "PUT", "key": "file"}'""",
    'secret': "'SECRET'", 'server': "'costs'", 'service': "'s3'", 'session_token': None,
    'signed_at': None, 'skip_invalid': None, 'start_after': None, 'upload_id': "'id'",
    'url': None, 'version_id': None,
}
CHECKS = 's3sign_verify', 's3sign_explain', 's3sign_diagnose'


def value(function, argument, grown):
    """The SQL of an argument while the arguments `grown` are other ones."""
    if function.startswith('s3sign_pre_'):
        if argument == 'server':
            return "'https://s3.example.com'"
        if argument == 'url':
            return f"'{PLAIN_URL}'"
    if argument == 'url':
        return f"'{SIGNED_URL}'"
    # these take a server or a secret
    if function in CHECKS and (argument == 'server' or argument == 'secret' and 'server' in grown):
        return None
    if function == 's3sign_post' and argument == 'max_bytes':
        return '1000'
    return VALUES[argument]


# --- shapes: (name, {argument: SQL}) of about `size` bytes ---------------------------------------

def literal(text):
    for raw, escaped in ('\\', '\\\\'), ("'", "\\'"), ('\n', '\\n'), ('\t', '\\t'):
        text = text.replace(raw, escaped)
    return f"E'{text}'"


def repeated(piece, size):
    return f'repeat({literal(piece)}, {size // len(piece.encode())})'


def inserted(text, place, sql):
    """The text with another one after the place."""
    before, after = text.split(place, 1)
    return f'{literal(before + place)} || {sql} || {literal(after)}'


def numbered(call, count):
    """An aggregate's result over i = 1000000, ..."""
    return f'(SELECT {call} FROM generate_series(1000000, {1000000 + count}) AS i)'


def plain(argument, size, **_):
    for piece in 'a', '%', 'é', '/':
        yield piece, {argument: repeated(piece, size)}


def message(argument, size, **_):
    for piece in ('a', '%', '%2525', '%41', '/', '&', 'a=b&', '=', ';', ',', '"', '\\', '\\"', '<', '<a>', '&amp;',
                  '😀', ' ', '\t', '\n', '{', '[', '](', "''", 'X-Amz-Date=1&', 'value=%22', 'policy:\n',
                  'secret_access_key', 'aws_secret_access_key=', '"secret": ', '<Key>token</Key>',
                  'authorization:\nAWS4-', 'X-Amz-Signature=ab&', 's3://media/a ', 'https://s3.example.com/media/a '):
        yield piece, {argument: repeated(piece, size)}


IN_URL = {
    'https://': ('a', 'a.'),
    '/file': ('a', '%41', '/', './', '../', '+', '%2F'),
    'a=b': ('&', '=', '&a', 'a&', 'a=b&', '%41', '+', ';', '&x-amz-date=1', '&x-amz-meta-a', 'é'),
}
IN_SIGNED_URL = {place: ('a', ';', 'a;', '%3B', '%2F', '%22')
                 for place in ('SignedHeaders=host', 'Credential=', 'Expires=', 'Signature=')}


def url(argument, size, function, **_):
    for piece in 'a', '/', '&', '%', 'https://':
        yield piece, {argument: repeated(piece, size)}
    signs = function.startswith('s3sign_pre_')
    text = PLAIN_URL if signs else SIGNED_URL
    for place, pieces in (IN_URL if signs else IN_URL | IN_SIGNED_URL).items():
        for piece in pieces:
            yield f'{place} and {piece}', {argument: inserted(text, place, repeated(piece, size))}
    names = numbered("string_agg('&n' || i, '')", size // 9)
    yield 'names of parameters', {argument: inserted(text, 'a=b', names)}
    if signs:
        return
    # sorted, as they have to be
    names = numbered("string_agg('%3Bx' || i, '' ORDER BY i)", size // 11)
    signed = {argument: inserted(text, 'SignedHeaders=host', names)}
    yield 'names of headers', signed
    if function in CHECKS:
        headers = numbered("jsonb_object_agg('x' || i, 'b')", size // 11)
        yield 'names of headers, and headers', signed | {'headers': headers}


IN_ERROR = ('a', '%', 'é', '\n', '/', '&', '&lt;', '&#38;', '61 ', 'a:b\n', 'host;', 'a=b&amp;')


def error_xml(argument, size, **_):
    for piece in 'a', '<', '<a>', '</a>', '&', '&amp;', '<!--', '<Code>', '<![CDATA[', 'é':
        yield piece, {argument: repeated(piece, size)}
    for name in ('Code', 'Message', 'CanonicalRequest', 'StringToSign', 'StringToSignBytes',
                 'CanonicalRequestBytes'):
        body = ERROR.replace('</Error>', f'<{name}></{name}></Error>')
        for piece in IN_ERROR:
            yield f'{name} {piece}', {argument: inserted(body, f'<{name}>', repeated(piece, size))}
    body = ERROR.replace('</Error>', '<CanonicalRequest>GET\n/media/file\n</CanonicalRequest></Error>')
    yield 'CanonicalRequest b/, and a URL', {
        argument: inserted(body, '/media/file', repeated('b/', size)),
        'url': inserted(SIGNED_URL, '/file', repeated('a/', size))}


def documents(argument, size, **_):
    """For jsonb, where an element has 4 bytes beside its text."""
    for piece, bytes_ in ('1e131071', 16), ('"a"', 8), ('[]', 8), ('{}', 8), ('null', 4):
        array = f"'[' || repeat('{piece},', {size // bytes_}) || '{piece}]'"
        yield f'array of {piece}', {argument: f'({array})::jsonb'}
        yield f'member with an array of {piece}', {
            argument: f"""('{{"a": ' || {array} || '}}')::jsonb"""}
    for value_ in 'b', '':
        yield f'members {value_}', {
            argument: numbered(f"jsonb_object_agg('a' || i, '{value_}')", size // 16)}
    yield 'long name', {argument: f"jsonb_build_object(repeat('a', {size}), 'b')"}
    yield 'long value', {argument: f"jsonb_build_object('a', repeat('%', {size}))"}
    depth = min(size // 16, 5000)
    deep = f"repeat('[', {depth}) || repeat(']', {depth})"
    yield 'depth', {argument: f"""('{{"a": ' || {deep} || '}}')::jsonb"""}


def conditions(argument, size, **_):
    yield from documents(argument, size)
    for one in "jsonb_build_array('eq', '$x-amz-meta-' || i, 'b')", "jsonb_build_object('x-amz-meta-' || i, 'b')":
        yield one.split('(')[0], {argument: numbered(f'jsonb_agg({one})', size // 48)}


def fields(argument, size, **_):
    yield from documents(argument, size)
    yield 'fields', {argument: numbered("jsonb_object_agg('x-amz-meta-' || i, 'b')", size // 32)}


def arrays(argument, size, **_):
    """For text[]."""
    for element in '', 'a', 'a=b', 'endpoint=a':
        yield f'elements {element}', {argument: f"array_fill('{element}'::text, ARRAY[{size // 16}])"}
    yield 'a long element', {argument: f"ARRAY[repeat('a', {size})]"}
    yield 'a long value', {argument: f"ARRAY['endpoint=' || repeat('a', {size})]"}
    yield 'different elements', {argument: numbered("array_agg('a' || i)", size // 16)}


def octets(argument, size, **_):
    yield 'bytes', {argument: f"decode(repeat('61', {size}), 'hex')"}


SHAPES = {'conditions': conditions, 'content': message, 'error_xml': error_xml, 'fields': fields,
          'message': message, 'url': url}
# of the others, by type; an argument of another type does not grow
OF_TYPE = {'text': plain, 'jsonb': documents, 'text[]': arrays, 'bytea': octets}
