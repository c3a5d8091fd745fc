"""Expiry and scope: when, and where, a URL is good."""

import datetime
import time

from client import curl


def run(server, tap):
    server.put("timed", b"timed")
    now = datetime.datetime.now(datetime.timezone.utc)
    for what, age, duration, wanted in (
            ("signed 50 s ago for 60 s", 50, 60, "200"),
            ("signed 61 s ago for 60 s", 61, 60, "403 AccessDenied"),
            ("signed now for a week", 0, 604800, "200"),
            ("signed a week but a minute ago for a week", 604740, 604800, "200"),
            ("signed a week and a minute ago for a week", 604860, 604800, "403 AccessDenied"),
            ("signed in 2013 for a week", 4e8, 604800, "403 AccessDenied")):
        signed_at = (now - datetime.timedelta(seconds=age)).isoformat()
        said = server.ask("GET", "timed", duration=duration, signed_at=signed_at)
        tap.check(str(said) == wanted, "GET with a URL " + what, said)

    url = server.url("GET", "timed", duration=3)
    first = curl("GET", url)
    time.sleep(4.1)
    then = curl("GET", url)
    tap.check((str(first), str(then)) == ("200", "403 AccessDenied"),
              "GET with a URL for 3 s, at once and 4 s later", "%s, %s" % (first, then))

    said = server.ask("GET", "timed", region=server.settings["S3_REGION"])
    tap.check(said.status == 200, "GET signed for the server's region", said)
    # radosgw accepts any
    if server.name == "swift":
        for region in ("us-east-1", "eu-central-2"):
            said = server.ask("GET", "timed", region=region)
            tap.check(str(said) == "400 AuthorizationQueryParametersError",
                      "GET signed for the region " + region, said)
