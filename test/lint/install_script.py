"""The statements of an extension's install script, by default ours."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r"^default_version = '(.*)'$", (ROOT / "s3sign.control").read_text(), re.M)[1]
PATH = ROOT / "sql" / f"s3sign--{VERSION}.sql"

TOKEN = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"|\$(\w*)\$.*?\$\1\$|;|\\[^\n]*|[^-/'\"$;\\]+|.", re.S
)


def statements(path=PATH):
    """Comments and psql's \\ lines dropped, white space made one blank."""
    statement = ""
    for token in TOKEN.finditer(path.read_text()):
        text = token[0]
        if text.startswith(("--", "/*", "\\")):
            continue
        if text == ";":
            yield " ".join(statement.split())
            statement = ""
        else:
            statement += text
    if statement.strip():
        raise SystemExit(f"not ok - the install script ends within a statement: {statement.strip()}")


CREATED = re.compile(r"CREATE (FUNCTION|FOREIGN DATA WRAPPER|TYPE|VIEW|OPERATOR|CAST|DOMAIN) (\w+)")


def created(path=PATH):
    """(kind, name, statement) of each object."""
    for statement in statements(path):
        if match := CREATED.match(statement):
            yield match[1], match[2], statement


def symbol_of(name, statement):
    """The library's function behind an SQL function in C; None for one in another language."""
    if re.search(r"LANGUAGE c\b", statement, re.I):
        match = re.search(r" AS 'MODULE_PATHNAME'(?: ?, ?'(\w+)')?", statement)
        return match and match[1] or name
    return None
