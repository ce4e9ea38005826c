"""The forms that editors complete from, the words of complaints, and the guide agree with the code."""

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from courses.rules import RULES

ROOT = Path(__file__).parents[2]
SCHEMAS = sorted((ROOT / "courses" / "schema").glob("*.json"))


def properties(schema: Any) -> list[tuple[str, Any]]:
    """Every property that a schema describes, with its own schema."""
    found: list[tuple[str, Any]] = []
    for key, value in (
        schema.items() if isinstance(schema, dict) else enumerate(schema if isinstance(schema, list) else ())
    ):
        if key == "properties":
            found += value.items()
            # A key may itself be called "properties".
            found += [one for part in value.values() for one in properties(part)]
        # A condition only narrows keys that are described where they belong.
        elif key not in ("if", "then"):
            found += properties(value)
    return found


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_a_schema_is_itself_right(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def references(schema: Any) -> set[str]:
    """What a schema refers to, each as it is written."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = {schema["$ref"]} if isinstance(schema, dict) and isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(references, parts))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_a_schema_refers_to_what_stands_beside_it(path: Path) -> None:
    """Editors find other files by their names relative to the schema's own."""
    for reference in references(json.loads(path.read_text("utf-8"))):
        name, _, place = reference.partition("#/$defs/")
        beside = json.loads((path.parent / (name or path.name)).read_text("utf-8"))
        assert place in beside["$defs"], reference


@pytest.mark.parametrize("name", ["course", "lesson", "checks"])
def test_every_key_explains_itself(name: str) -> None:
    schema = json.loads((ROOT / "courses" / "schema" / f"{name}.json").read_text("utf-8"))
    known = schema["$defs"]
    silent = [
        key
        for key, value in properties(schema)
        if isinstance(value, dict) and "const" not in value and "description" not in value
        and "description" not in known.get(str(value.get("$ref", "")).rpartition("/")[2], {})
    ]  # fmt: skip
    assert silent == []


@pytest.mark.parametrize("code", RULES)
def test_a_complaint_has_the_same_fields_in_both_languages(code: str) -> None:
    holes = [
        {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for text in (RULES[code].es, RULES[code].en)
    ]
    assert holes[0] == holes[1]


@pytest.mark.parametrize("code", RULES)
def test_a_complaint_has_three_parts(code: str) -> None:
    for text in (RULES[code].es, RULES[code].en):
        assert len(re.findall(r"[.;}](?= |$)", text)) >= 2, text


def test_the_guide_names_every_code_where_it_belongs() -> None:
    guide = (ROOT / "courses" / "README.md").read_text("utf-8")
    grave, others = guide.split("**Left out until mended.**")[1].split("**Served, and listed.**")
    found = {name for name in re.findall(r"`([a-z0-9-]+)`", grave) if name in RULES}
    assert found == {code for code, rule in RULES.items() if rule.is_grave}
    rest = set(re.findall(r"`([a-z0-9-]+)`", others.split("## A new dataset")[0]))
    assert rest == {code for code, rule in RULES.items() if not rule.is_grave}
