#!/usr/bin/python3
"""run.py - s3sign_links and s3sign_unsign against a second reading of their grammar

    run.py                              hard cases, and random documents of a fixed and a random seed
    run.py --seed N [--case I]          documents of that seed, or one of them

Hard cases are read by Python's html.parser too. botocore signs; s3sign_verify reads each URL that is
signed. 5,000 random documents a seed, each as text and as strings of jsonb: the result has to be
the second reading's, byte for byte, and the two laws have to hold. Needs python3-botocore, psql and,
by PGHOST and so on, a server that has the extension.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import grammar  # noqa: E402
import hard_cases  # noqa: E402
import random_text  # noqa: E402
from places import DURATION, SERVERS, SIGNED_AT  # noqa: E402
from sql_text import copied  # noqa: E402

FIXED_SEED = 20250304
CASES = 5000
DATABASE = "s3sign_links"

# all that SQL makes of a document, in hexadecimal: psql leaves out characters that it takes for
# invalid
RESULTS = f"""
create extension s3sign;
set test.person = 'ann';
create table document (id int, server text, content text, allowed text[]);
create function results(server text, content text, allowed text[]) returns jsonb language sql as $$
    select jsonb_build_object('links', signed, 'every', every, 'unsign', unsigned,
        'unsign_links', s3sign_unsign(server, signed), 'links_unsign', s3sign_links(server, unsigned, '{{*}}', {DURATION}, signed_at => '{SIGNED_AT.isoformat()}'),
        'jsonb', s3sign_links_jsonb(server, document, allowed, {DURATION}, signed_at => '{SIGNED_AT.isoformat()}'),
        'unsign_jsonb', s3sign_unsign_jsonb(server, document))
    from (select s3sign_links(server, content, allowed, {DURATION}, signed_at => '{SIGNED_AT.isoformat()}') as signed,
        s3sign_links(server, content, '{{*}}', {DURATION}, signed_at => '{SIGNED_AT.isoformat()}') as every,
        s3sign_unsign(server, content) as unsigned,
        jsonb_build_object('s3://media/a', content, 'b', array[content, '', content]) as document) as s
$$;
"""


def psql(script, database=DATABASE):
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database], check=False,
                          input=script.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, "PGCLIENTENCODING": "UTF8",
                               "PGOPTIONS": "-c client_min_messages=warning"})
    if done.returncode != 0:
        sys.exit("links: " + done.stderr.decode())
    return done.stdout.decode()


def by_sql(documents):
    """The results of (server, content, allowed)."""
    rows = "".join("\t".join([str(i), server.name, copied(content), copied(array(allowed))]) + "\n"
                   for i, (server, content, allowed) in enumerate(documents))
    psql(f"drop database if exists {DATABASE};\n"
         f"create database {DATABASE} encoding utf8 template template0;\n", "postgres")
    lines = psql(RESULTS + "".join(server.statements() for server in SERVERS)
                 + f"copy document from stdin;\n{rows}\\.\n"
                 "select encode(convert_to(results(server, content, allowed)::text, 'UTF8'), 'hex') "
                 "from document order by id;")
    return [json.loads(bytes.fromhex(line)) for line in lines.splitlines()]


def verified(urls):
    """How many of (server, URL) s3sign_verify accepts."""
    rows = "".join(f"{server}\t{copied(url)}\n" for server, url in urls)
    return int(psql(f"create table url (server text, url text);\ncopy url from stdin;\n{rows}\\.\n"
                    "select count(*) from url where (s3sign_verify(url, server, "
                    f"at => '{SIGNED_AT.isoformat()}')).valid;"))


def array(elements):
    quoted = ('"' + e.replace("\\", "\\\\").replace('"', '\\"') + '"' for e in elements)
    return "{" + ",".join(quoted) + "}"


def by_grammar(server, content, allowed):
    """The same results, by the second reading."""
    urls = {}

    def url_of(key):
        if key not in urls:
            urls[key] = server.url_of(key)
        return urls[key]

    def allowed_url_of(key):
        return url_of(key) if grammar.is_allowed(key, allowed) else None

    def unsign(text):
        return grammar.replaced(text, server.place,
                                lambda key: grammar.object_link(key, server.place))

    def document(text):
        return {"s3://media/a": text, "b": [text, "", text]}

    signed = grammar.replaced(content, server.place, allowed_url_of)
    unsigned = unsign(content)
    every = grammar.replaced(content, server.place, url_of)
    return {"links": signed, "every": every, "unsign": unsigned, "unsign_links": unsigned,
            "links_unsign": grammar.replaced(unsigned, server.place, url_of),
            "jsonb": document(signed), "unsign_jsonb": document(unsigned)}, urls.values()


def difference(ours, theirs):
    for name, value in theirs.items():
        if ours[name] != value:
            return f"{name}: {ours[name]!r}, the second reading has {value!r}"
    # &amp; is what s3:// can't remember
    if ours["links_unsign"].replace("&amp;", "&") != ours["every"].replace("&amp;", "&"):
        return "links(unsign(x)) is not links(x)"
    return None


def compare(what, documents, hint):
    """Prints the result; whether all are as expected."""
    found = 0
    signed = 0
    all_urls = set()
    for i, ((server, content, allowed), ours) in enumerate(zip(documents, by_sql(documents),
                                                               strict=True)):
        signed += ours["links"] != content
        theirs, urls = by_grammar(server, content, allowed)
        all_urls.update((server.name, url) for url in urls)
        fault = difference(ours, theirs)
        found += fault is not None
        if fault is not None and found <= 5:
            print(f"# {hint(i)}: {server.name}, allowed {allowed}\n#   {content!r}\n#   {fault}")
    print(f"{'not ok' if found else 'ok'} - {what}: {len(documents)} documents, {signed} with links "
          f"that were signed, {found or 'no'} difference{'s' if found > 1 else ''}", flush=True)
    valid = verified(all_urls)
    print(f"{'ok' if valid == len(all_urls) > 0 else 'not ok'} - {what}: s3sign_verify accepts "
          f"{valid} of {len(all_urls)} URLs", flush=True)
    psql(f"drop database {DATABASE};\n", "postgres")
    return not found and valid == len(all_urls) > 0


def make_case(seed, index):
    r = random.Random(f"{seed}/{index}")
    server = r.choice(SERVERS)
    return server, random_text.document(r, [server, server, r.choice(SERVERS)]), random_text.allowed(r)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int)
    parser.add_argument("--case", type=int)
    options = parser.parse_args()
    if options.case is not None and options.seed is None:
        parser.error("--case needs --seed")
    seeds = [options.seed]
    good = True
    if options.seed is None:
        seeds = [FIXED_SEED, random.SystemRandom().randrange(10**8)]
        good = hard_cases.check()
        documents = [(SERVERS[0], case.text, ["*"]) for case in hard_cases.CASES]
        good &= compare("hard cases", documents, lambda i: hard_cases.CASES[i].name)
    for seed in seeds:
        indices = range(CASES) if options.case is None else [options.case]
        good &= compare(f"seed {seed}", [make_case(seed, i) for i in indices],
                        lambda i: f"--seed {seed} --case {indices[i]}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
