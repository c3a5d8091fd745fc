"""A foreign server of SQL. Who signs with it has USAGE and can't read its key."""

import json

from client import call, curl, sql

ROLE = "signer"
METHODS = {"list": "GET", "multipart_create": "POST", "multipart_part": "PUT",
           "multipart_complete": "POST", "multipart_abort": "DELETE", "multipart_list": "GET"}


class Named:
    def __init__(self, server, name, credentials=None, session_token=None, expires_at=None,
                 **options):
        self.server = server
        self.name = "%s, %s" % (server.name, name)
        options = {"endpoint": server.endpoint, "bucket": server.bucket, **server.region,
                   "methods": "get,head,put,delete,list,post,multipart,version", **options}
        mapping = dict(zip(("access_key_id", "secret_access_key"),
                           (credentials or server.credentials).values()))
        if session_token:
            mapping["session_token"] = session_token
        if expires_at:
            mapping["expires_at"] = expires_at
        self.bucket = options["bucket"]
        for command, pairs in (
                ('create server :"name" foreign data wrapper s3sign', options),
                ('create user mapping for public server :"name"', mapping)):
            listed = ", ".join("%s :'%s'" % (key, key) for key in pairs)
            sql("%s options (%s)" % (command, listed), name=self.name, **pairs)
        sql('grant usage on foreign server :"name" to :"who"', name=self.name, who=ROLE)

    def text(self, function, **arguments):
        return call("s3sign_" + function, role=ROLE, server=self.name, **arguments)

    def json(self, function, **arguments):
        return json.loads(self.text(function, **arguments))

    def rows(self, function, **arguments):
        """What a function that returns a set gives."""
        return json.loads(call("s3sign_" + function, "select json_agg(rows) from %s as rows",
                               role=ROLE, server=self.name, **arguments))

    def ask(self, function, file=None, body=None, send=None, options=(), **arguments):
        """Sign and ask at once. send: the headers, where they are not the ones that were signed."""
        if file is not None:
            arguments["file"] = file
        url = self.text(function, **arguments)
        headers = arguments.get("headers", {}) if send is None else send
        return curl(METHODS.get(function, function.upper()), url, body, headers, options)
