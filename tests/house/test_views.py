"""Every view says who may see it, and the list of all addresses is read whenever it changes."""

import ast
import os
import re
from pathlib import Path

from support.bare import bare_app
from support.sources import ROOT, site_trees
from werkzeug.routing import Rule

from webapp.access import TABLE, Permission
from webapp.ui.doors import door_of

LEDGER = Path(__file__).parent / "routes.txt"
AUDIENCES = ("learn", "teach", "manage", "account", "api")
WRITES = {"add", "add_all", "delete", "execute", "flush", "get", "get_one", "merge", "query", "scalar", "scalars"}


def rules() -> list[Rule]:
    return sorted(bare_app().url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def door_name(endpoint: str) -> str:
    found = door_of(bare_app(), endpoint)
    return found.value if isinstance(found, Permission) else str(found)


def test_every_view_has_a_door() -> None:
    assert [rule.endpoint for rule in rules() if door_of(bare_app(), rule.endpoint) is None] == []


def test_every_permission_is_in_the_table_and_is_asked_for_by_a_view_or_a_template() -> None:
    assert set(TABLE) == set(Permission)
    asked = {door_name(rule.endpoint) for rule in rules()}
    templates = "".join(path.read_text() for path in (ROOT / "webapp" / "templates").rglob("*.html"))
    asked |= set(re.findall(r'may\("(\w+)"', templates))
    code = "".join(ast.unparse(tree) for path, tree in site_trees() if not path.startswith("webapp/access/"))
    asked |= {one.value for one in Permission if f"may(person, Permission.{one.name})" in code}
    assert {one.value for one in Permission} - asked == set()


def test_templates_ask_for_permissions_that_there_are() -> None:
    templates = "".join(path.read_text() for path in (ROOT / "webapp" / "templates").rglob("*.html"))
    assert set(re.findall(r'may\("(\w+)"', templates)) <= {one.value for one in Permission}


def test_the_ledger_of_addresses_is_up_to_date() -> None:
    """A new address, or another door, shows in the diff. Write it anew with `RENEW=1 make check`."""
    lines = [
        f"{'|'.join(sorted(set(rule.methods or ()) - {'HEAD', 'OPTIONS'})):<9} {rule.rule}  "
        f"{rule.endpoint}  {door_name(rule.endpoint)}"
        for rule in rules()
    ]
    if os.environ.get("RENEW") == "1":
        LEDGER.write_text("\n".join(lines) + "\n")
    assert LEDGER.read_text().splitlines() == lines


def test_a_view_is_named_for_its_thing_and_what_it_does() -> None:
    named = re.compile(rf"({'|'.join(AUDIENCES)})\.[a-z]+(_[a-z]+)+")
    plain = {"account.sign_in", "account.sign_out", "account.sign_up", "static"}
    assert [one.endpoint for one in rules() if one.endpoint not in plain and not named.fullmatch(one.endpoint)] == []


def test_no_view_asks_the_database_itself() -> None:
    """Views hand `g.db` to services; they call nothing on it."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in site_trees()
        if path.split("/")[1] in AUDIENCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in WRITES and ast.unparse(node.value) in ("g.db", "session")
    ]
    assert found == []
