"""The statements of the extension's install script."""

import importlib.machinery
import importlib.util
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = re.search(r"^default_version = '(.*)'$", (ROOT / "s3sign.control").read_text(), re.M)[1]
PATH = ROOT / "sql" / f"s3sign--{VERSION}.sql"

# the parser of the framework, a program without a suffix
LOADER = importlib.machinery.SourceFileLoader("check_signatures", str(ROOT / "src/pg/check_signatures"))
check_signatures = importlib.util.module_from_spec(
    importlib.util.spec_from_loader(LOADER.name, LOADER))
LOADER.exec_module(check_signatures)
symbol_of = check_signatures.symbol_of

CREATED = re.compile(r"CREATE (FUNCTION|FOREIGN DATA WRAPPER|TYPE|VIEW|OPERATOR|CAST|DOMAIN) (\w+)")


def statements():
    return check_signatures.statements(PATH)


def created():
    """(kind, name, statement) of each object."""
    for statement in statements():
        if match := CREATED.match(statement):
            yield match[1], match[2], statement
