"""100,000 errors of the extension's functions in one session leave nothing behind."""

from calls import prepare
from session import ENDPOINT, Session

ERRORS = [
    "s3sign_get('no such server', 'a')",
    "s3sign_get('faulty', 'private/a')",
    "s3sign_get('faulty', 'pub/../a')",
    "s3sign_get('faulty', 'pub/a', 604801)",
    "s3sign_get('faulty', 'pub/a', query => '{\"acl\": null}')",
    "s3sign_get('faulty', 'pub/a', signed_at => 'infinity')",
    "s3sign_put('faulty', 'pub/a', content_type => 'é')",
    "s3sign_pre_get('%s', 'b', 'i', '', 'f', 1)" % ENDPOINT,
    "s3sign_pre_get('ftp://x', 'b', 'i', 's', 'f', 1)",
    "s3sign_pre_get('%s', '', 'i', 's', 'f', 1)" % ENDPOINT,
    "s3sign_pre_get('x', 'b', 'i', 's', 'f', 1, headers => '{\"host\": \"x\"}')",
    "s3sign_validator('{secret_access_key=x}', 'pg_foreign_server'::regclass)",
    "s3sign_validator('{a=b}', 'pg_user_mapping'::regclass)",
]
TIMES = 100000


def run(tap, admin, database):
    prepare(tap, admin)
    session = Session(database)
    session.must("""
        create procedure pg_temp.fail(times integer) language plpgsql as $do$
        begin
            for i in 1 .. times loop
                begin
                    case i %% %d %s end case;
                    raise assert_failure;
                exception when assert_failure then raise; when others then null;
                end;
            end loop;
        end $do$;
    """ % (len(ERRORS), " ".join("when %d then perform %s;" % pair for pair in enumerate(ERRORS))))
    measure = "select faults_heap(), (select sum(total_bytes) from pg_backend_memory_contexts);"
    session.must("call pg_temp.fail(2000);")
    session.must(measure)
    before = [int(n) for n in session.must(measure).split("|")]
    session.must("call pg_temp.fail(%d);" % TIMES)
    after = [int(n) for n in session.must(measure).split("|")]
    for name, a, b in zip(("the heap", "the memory contexts"), before, after):
        tap.check(b - a < 50000, "%d errors: %s had %d bytes, and has %d" % (TIMES, name, a, b))
    session.close()
