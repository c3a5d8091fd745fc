"""Temporary credentials: the session token belongs to them."""


def run(server, tap):
    sts = server.botocore("sts")
    given = sts.assume_role(RoleArn=server.role, RoleSessionName="check")["Credentials"]
    token = given["SessionToken"]
    ours = {"identity": given["AccessKeyId"], "secret": given["SecretAccessKey"]}
    said = server.ask("PUT", "temporary", b"temporary", session_token=token, **ours)
    tap.check(said.status == 200 and server.read("temporary") == b"temporary",
              "PUT with a session token", said)
    said = server.ask("GET", "temporary", session_token=token, **ours)
    tap.check(said.status == 200 and said.body == b"temporary", "GET with a session token", said)
    other = token[:-8] + ("A" if token[-8] != "A" else "B") + token[-7:]
    for what, arguments in (("without the token", {}),
                            ("with another token", {"session_token": other})):
        said = server.ask("GET", "temporary", **ours, **arguments)
        tap.check(400 <= said.status <= 403, "GET " + what, said)
