"""While a key pair changes again and again, each URL is of the one pair or of the other."""

import os
import pathlib
import shutil

from session import A, B, ENDPOINT, TIME, Session, explicit, key_pair, options

ROUNDS = 200
PROBE = "s3sign_get('%s', 'pub/a.txt', 60, signed_at => '" + TIME + "')"


def run(tap, admin, database):
    path = pathlib.Path(os.environ["SCRATCH"]) / "racing"
    admin.must("""
        create role racer login;
        create server mapped foreign data wrapper s3sign options (%s);
        create user mapping for public server mapped %s;
        create server filed foreign data wrapper s3sign options (%s);
        grant usage on foreign server mapped, filed to racer;
    """ % (options(endpoint=ENDPOINT, bucket="media"), key_pair(A),
           options(endpoint=ENDPOINT, bucket="media", credentials_file=str(path))))
    for pair in (A, B):
        write(path, pair)
    urls = [explicit(admin, pair=pair) for pair in (A, B)]
    flip = "alter user mapping for public server mapped %s;\nselect pg_sleep(0.002);\n"
    flips = "".join(flip % key_pair((B, A)[i % 2], "set ") for i in range(ROUNDS))
    ways = {
        "statements": lambda probe: "select %s;\n" % probe * 50,
        "a prepared statement": lambda probe: "execute %s;\n" % probe.split("'")[1] * 50,
        "a loop": lambda probe: "select looped('%s');" % probe.split("'")[1],
    }
    for way, command in ways.items():
        admin.start(flips)
        check(tap, database, urls, command(PROBE % "mapped"),
              lambda: admin.pipe.poll() is None and not done(admin),
              "while the mapping changes %d times, %s" % (ROUNDS, way))
        admin.finish()
    rounds = iter(range(ROUNDS))

    def one_more():
        i = next(rounds, None)
        if i is not None:
            write(path, (A, B)[i % 2])
        return i is not None

    check(tap, database, urls, "select %s;\n" % (PROBE % "filed") * 5, one_more,
          "while the credentials file is renamed over %d times" % ROUNDS)
    together(tap, admin, database)


def together(tap, admin, database):
    """Where a transaction changes server and mapping, no URL is of the one's old and the other's new."""
    admin.must("""
        create server paired foreign data wrapper s3sign options (%s);
        create user mapping for public server paired %s;
        grant usage on foreign server paired to racer;
    """ % (options(endpoint=ENDPOINT, bucket="media", methods="get,put"), key_pair(A)))
    signer = Session(database, "racer")
    signer.must("""
        create function pg_temp.puts() returns setof text language plpgsql as
            $$ begin for i in 1..2000 loop
                begin
                    return next split_part(split_part(s3sign_put('paired', 'a'), 'Credential=', 2), '%', 1);
                exception when insufficient_privilege then return next 'refused';
                end;
            end loop; end $$;
    """)
    flip = ("alter server paired options (set methods '%s');"
            "alter user mapping for public server paired %s; commit;")
    admin.start("do $do$ begin for i in 1..%d loop %s %s end loop; end $do$;" % (
        10 * ROUNDS, flip % ("get", key_pair(B, "set ")), flip % ("get,put", key_pair(A, "set "))))
    seen = {}
    while admin.pipe.poll() is None and not done(admin):
        for line in signer.ask("select count(*), puts from pg_temp.puts() group by 2;").splitlines():
            count, what = line.split("|")
            seen[what] = seen.get(what, 0) + int(count)
    admin.finish()
    signer.close()
    tap.check(set(seen) == {A[0], "refused"}, "no upload by the key of a server that only reads: %s"
              % seen, seen)


def done(session):
    return any("mark-" in line for line in list(session.lines[0].queue))


def check(tap, database, urls, command, more, name):
    signers = [Session(database, "racer") for _ in range(2)]
    for signer in signers:
        signer.must("""
            prepare mapped as select %s;
            create function pg_temp.looped(server text) returns setof text language plpgsql as
                $$ begin for i in 1..20 loop
                    return next %s; perform pg_sleep(0.001);
                end loop; end $$;
        """ % (PROBE % "mapped", (PROBE % "mapped").replace("'mapped'", "server")))
    seen = {url: 0 for url in urls}
    other = []
    while more():
        for signer in signers:
            signer.start(command.replace("looped", "pg_temp.looped"))
        for signer in signers:
            for line in signer.finish().splitlines() + signer.errors.splitlines():
                if line in seen:
                    seen[line] += 1
                else:
                    other.append(line)
    tap.check(not other and min(seen.values()) > 20,
              "%s: %d URLs by one key, %d by the other, nothing else"
              % (name, *seen.values()), "%s\n%s" % (seen.values(), "\n".join(other[:5])))
    for signer in signers:
        signer.close()


def write(path, pair):
    new = path.with_suffix(".new")
    new.write_text("[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n" % pair,
                   encoding="ascii")
    new.chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(new, "postgres", "postgres")
    new.rename(path)
