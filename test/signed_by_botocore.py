"""botocore as the second signer: with none of the caller's settings, at the time that a case says."""

import datetime
import json
import os
import sys
import types

# before botocore is loaded: none of the caller's settings, nor the checksums that later releases
# sign unasked
for setting in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[setting]
os.environ.update(AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null",
                  AWS_REQUEST_CHECKSUM_CALCULATION="when_required",
                  AWS_RESPONSE_CHECKSUM_VALIDATION="when_required")

try:
    import botocore
    import botocore.auth
    import botocore.awsrequest
    import botocore.config
    import botocore.credentials
    import botocore.session
    import botocore.signers
except ImportError:
    sys.exit("differential: no botocore: apt-get install python3-botocore")

VERSION = botocore.__version__


class Clock(datetime.datetime):
    """datetime as botocore's signers know it, at the time that a case says."""

    time = None

    @classmethod
    def utcnow(cls):
        return cls.time


for module in (botocore.auth, botocore.signers):
    module.datetime = types.SimpleNamespace(datetime=Clock, timedelta=datetime.timedelta)
    # and those of later releases
    module.get_current_datetime = lambda remove_tzinfo=True: Clock.time

# boto3 presigns for the global endpoint of AWS where its own requests go to the region's: when,
# differs between its releases, and SQL is given the endpoint
botocore.signers._should_use_global_endpoint = lambda client: False

session = botocore.session.get_session()
session.set_credentials("identity", "secret")
credentials = session.get_credentials()
clients = {}


def set_clock(signed_at):
    Clock.time = signed_at.astimezone(datetime.timezone.utc).replace(tzinfo=None)


def client_of(region, endpoint, settings, style):
    name = (region, endpoint, settings, style)
    if name not in clients:
        config = {"signature_version": "s3v4", **json.loads(settings)}
        config["s3"] = {"addressing_style": style, **config.get("s3", {})}
        clients[name] = session.create_client("s3", region_name=region, endpoint_url=endpoint,
                                              config=botocore.config.Config(**config))
    return clients[name]


def client_for(case):
    """The client of a case, at its time and with its credentials."""
    set_clock(case.signed_at)
    credentials.access_key, credentials.secret_key = case.identity, case.secret
    credentials.token = case.session_token
    return client_of(*case.client)


def by_client(case, operation):
    return client_for(case).generate_presigned_url(operation, case.arguments, case.duration)


def put_by_client(case):
    """The URL of put_object, and the headers that it signs, with those of the case that no argument
    of put_object sets (of this release)."""
    client, sent = client_for(case), {}

    def before_sign(request, **_):
        # this release writes a boolean as Python does, where S3's API and later ones have `true`
        written = {name: value.lower() for name, value in request.headers.items()
                   if value in ("True", "False")}
        for name, value in (written | case.headers).items():
            del request.headers[name]
            request.headers[name] = value
        sent.update({name.lower(): " ".join(value.split())
                     for name, value in request.headers.items()})

    client.meta.events.register_last("before-sign.s3.PutObject", before_sign)
    url = by_client(case, "put_object")
    client.meta.events.unregister("before-sign.s3.PutObject", before_sign)
    return url, sent


def headers_of_model(operation):
    """The headers that S3's API model has for an operation, in lower case."""
    members = client_of("us-east-1", None, "{}", "auto").meta.service_model.operation_model(
        operation).input_shape.members.values()
    return {shape.serialization["name"].lower() for shape in members
            if shape.serialization.get("location") == "header"}


def form_by_client(case):
    return client_for(case).generate_presigned_post(**case.arguments, ExpiresIn=case.duration)


def policy_signature(case, policy):
    """What botocore signs a policy with, whatever is in it."""
    signer = botocore.auth.S3SigV4PostAuth(None, "s3", case.sign_region)
    signer.credentials = botocore.credentials.Credentials(case.identity, case.secret)
    request = types.SimpleNamespace(context={"timestamp": Clock.time.strftime("%Y%m%dT%H%M%SZ")})
    return signer.signature(policy, request)


def payload_is(signer, payload):
    """The signer, for a body that has the hash."""
    if payload is not None:
        signer.payload = lambda request: payload
    return signer


def new_request(case, params):
    request = botocore.awsrequest.AWSRequest(case.method.upper(), case.url, params=params)
    for name, value in case.fields:
        request.headers.add_header(name, value)
    return request


def by_signer(case, service="s3", payload=None):
    """The URL that botocore's signer of queries makes of a case."""
    set_clock(case.signed_at)
    signer = botocore.auth.S3SigV4QueryAuth if service == "s3" else botocore.auth.SigV4QueryAuth
    keys = botocore.credentials.Credentials(case.identity, case.secret, case.session_token)
    # the signer takes one of equal names in a URL, but all of a list; empty lists spoil the query
    request = new_request(case, {name: values for name, values in case.parameters.items() if values})
    payload_is(signer(keys, service, case.sign_region, case.duration), payload).add_auth(request)
    return request.url


def headers_by_signer(case, service, payload):
    """The headers that botocore's signer of headers sends, in lower case."""
    set_clock(case.signed_at)
    signer = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    keys = botocore.credentials.Credentials(case.identity, case.secret, case.session_token)
    request = new_request(case, [(name, value) for name, values in case.parameters.items()
                                 for value in values])
    payload_is(signer(keys, service, case.sign_region), payload).add_auth(request)
    return {name.lower(): value for name, value in request.headers.items()}
