"""The schema of checks, made from their kinds."""

from typing import Any

import pytest

from graders import schema
from graders.checks import Form, forms


def test_the_schema_in_its_file_is_that_of_the_kinds() -> None:
    assert schema.FILE.read_text("utf-8") == schema.to_text(), schema.TO_RENEW


def test_each_kind_has_its_own_definition() -> None:
    known = schema.to_schema()["$defs"]
    for kind in forms().values():
        assert set(kind.properties) <= set(known[f"{kind.name}_check"]["properties"])


@pytest.mark.parametrize("kind", forms().values(), ids=lambda kind: kind.name)
def test_the_schemas_of_a_kind_refer_to_what_there_is(kind: Form) -> None:
    known = schema.to_schema()["$defs"]
    assert {ref.removeprefix("#/$defs/") for ref in references((kind.properties, kind.defs))} <= set(known)


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list | tuple) else set()
