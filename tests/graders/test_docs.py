"""The page on kinds of check names every kind and every key, and its examples are right."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from graders.checks import Form, forms
from graders.schema import to_schema
from graders.standards import STANDARDS

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text("utf-8")
SECTIONS = {part.partition("`")[0]: part for part in PAGE.split("\n## `")[1:]}
CHECKS = Draft202012Validator({**to_schema(), "$ref": "#/$defs/check"})
FACTS = {"id": "a", "points": 1, "title": {"es": "a", "en": "a"}}


def test_each_kind_has_its_section() -> None:
    assert set(SECTIONS) == set(forms())


@pytest.mark.parametrize("kind", forms().values(), ids=lambda kind: kind.name)
def test_a_section_names_every_key(kind: Form) -> None:
    named = set(re.findall(r"`([a-z_]+)`", SECTIONS[kind.name]))
    assert set(kind.properties) - named == set()


@pytest.mark.parametrize("kind", forms())
def test_an_example_is_a_check_that_a_lesson_may_have(kind: str) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", SECTIONS[kind], re.DOTALL)
    assert len(examples) == 1
    check = {**FACTS, **YAML(typ="safe").load(examples[0])}
    assert check["kind"] == kind
    assert [error.message for error in CHECKS.iter_errors(check)] == []


def test_every_standard_is_named() -> None:
    assert [name for name in STANDARDS if f"`{name}`" not in SECTIONS["metadata"]] == []


def test_every_part_of_a_kind_is_explained() -> None:
    how = PAGE.split("## To add a kind")[1]
    missing = {"names", "look", "read", "judge", "is_same", "probes", "version", "runs_learner_code", "before_author"}
    assert {part for part in missing if part not in how} == set()
