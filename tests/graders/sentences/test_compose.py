"""A check told as a sentence and read back is the same check, whatever its kind's schema allows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.content import SHIPPED

import courses
from courses import LANGUAGES, Complaints, LocalText
from graders.checks import Kind, forms
from graders.schema import to_schema
from graders.sentences import Field, SentenceRefused, compose, list_sentences, read, say_check, tell
from graders.sentences.slots import slots_of
from graders.sentences.words import LABELS, OPTIONS

FACTS = ("id", "kind", "points", "title", "message")
SCHEMA = to_schema()
KINDS = [name for name, form in forms().items() if isinstance(form, Kind)]
# What can stand in a YAML text of the lessons and come back as it was.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
NUMBER = st.one_of(st.integers(0, 10_000), st.integers(1, 99).map(lambda one: one / 100))


def shipped() -> list[tuple[str, Mapping[str, Any]]]:
    found = []
    for path in sorted(SHIPPED.glob("*/*/lesson.yaml")):
        sheet = courses.read_yaml(path.read_text("utf-8"), path, Complaints())
        assert sheet is not None
        for exercise in sheet.value["exercises"]:
            for check in exercise.get("checks", ()):
                found.append((check["kind"], {key: one for key, one in check.items() if key not in FACTS}))
    return found


def values(kind: str, params: Mapping[str, Any]) -> dict[str, str]:
    return {field.name: field.value for field in tell(kind, params).fields}


def anything(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a schema, as far as checks use the language of schemas."""
    if "$ref" in schema:
        return anything(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema.get("type", ["string", "integer"])
    return st.one_of([of_type(one, schema) for one in ([types] if isinstance(types, str) else types)])


def of_type(name: str, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if name == "boolean":
        return st.booleans()
    if name == "integer":
        return st.integers(-5, 10_000)
    if name == "number":
        return NUMBER
    if name == "null":
        return st.none()
    if name == "string":
        return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else TEXT
    if name == "array":
        return st.lists(anything(schema.get("items", {})), min_size=schema.get("minItems", 0), max_size=4)
    required = {
        key: anything(one) for key, one in schema.get("properties", {}).items() if key in schema.get("required", ())
    }
    optional = {key: anything(one) for key, one in schema.get("properties", {}).items() if key not in required}
    if "properties" in schema:
        return st.fixed_dictionaries(required, optional=optional)
    keys = anything({"type": "string", **schema.get("propertyNames", {})})
    return st.dictionaries(keys, anything(schema.get("additionalProperties", {})), min_size=1, max_size=3)


@st.composite
def checks(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(KINDS))
    schema = SCHEMA["$defs"][f"{kind}_check"]
    own = {key: one for key, one in schema["properties"].items() if key not in FACTS}
    picked = draw(st.sets(st.sampled_from(list(own)))) | set(forms()[kind].required)
    params = {key: draw(anything(own[key])) for key in own if key in picked}
    whole = {"id": "x", "kind": kind, "points": 1, "title": {"es": "x", "en": "x"}, **params}
    assume(Draft202012Validator({"$ref": f"#/$defs/{kind}_check", **SCHEMA}).is_valid(whole))
    return kind, params


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(checks())
def test_a_check_told_and_read_back_is_the_same(check: tuple[str, dict[str, Any]]) -> None:
    kind, params = check
    assert read(kind, values(kind, params)) == params
    for language in LANGUAGES:
        assert "\n" not in say_check(kind, params, language)


@pytest.mark.parametrize(("kind", "params"), shipped())
def test_every_shipped_check_is_told_and_read_back(kind: str, params: Mapping[str, Any]) -> None:
    assert read(kind, values(kind, params)) == params


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from([*KINDS, "nada", ""]),
    filled=st.dictionaries(st.sampled_from(sorted({*LABELS, "otra"})), st.text(max_size=30), max_size=8),
)
def test_whatever_is_filled_in_is_read_or_refused(kind: str, filled: dict[str, str]) -> None:
    try:
        params = read(kind, filled)
    except SentenceRefused:
        return
    assert read(kind, values(kind, params)) == params


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(forms())),
    params=st.dictionaries(
        st.sampled_from(sorted(LABELS)),
        st.recursive(
            st.none() | st.booleans() | NUMBER | TEXT,
            lambda one: st.lists(one) | st.dictionaries(TEXT, one),
            max_leaves=6,
        ),
        max_size=5,
    ),
)
def test_a_draft_of_any_shape_is_shown(kind: str, params: dict[str, Any]) -> None:
    assert tell(kind, params).kind == kind
    assert say_check(kind, params, "es")


def test_the_sentence_of_a_table_reads_as_one_would_say_it() -> None:
    params = {"name": "por_ramo", "ordered": True, "columns": ["ramo_id", "millones"], "relative": 0.001}
    assert say_check("table", params, "es") == (
        "por_ramo coincide con la solución en el mismo orden en las columnas ramo_id, millones; "
        "Diferencia que se acepta, como parte del valor: 0.001"
    )
    assert say_check("table", {"name": "t"}, "en") == "t matches the solution in any order"
    name, words, order, *_ = tell("table", params).parts
    assert isinstance(name, Field)
    assert isinstance(order, Field)
    assert (name.value, words, order.value) == (
        "por_ramo",
        LocalText("coincide con la solución", "matches the solution"),
        "yes",
    )
    assert [key for key, _ in order.options] == ["", "yes"]


def test_what_is_not_filled_in_is_left_out_of_what_is_said() -> None:
    assert say_check("code", {"forbids": ["for"]}, "es") == "La celda se resuelve sin for"
    assert (
        say_check("code", {"uses": ["merge"], "forbids": ["for"]}, "en") == "The cell is solved with merge without for"
    )


def test_cases_are_told_by_their_labels() -> None:
    cases = [{"label": {"es": "dos", "en": "two"}, "args": [2]}, {"label": {"es": "tres", "en": "three"}}]
    assert say_check("function", {"name": "f", "cases": cases}, "es").endswith("en estos casos: dos, tres")


def test_names_may_hold_commas_quotes_and_digits() -> None:
    names = ["a, b", 'dice "sí"', "2024", 2024, " x", ""]
    assert (
        values("table", {"name": "t", "columns": names})["columns"] == '"a, b", "dice ""sí""", "2024", 2024, " x", ""'
    )
    assert read("table", {"name": "t", "columns": ' ramo , 2024,"2024" ,x'}) == {
        "name": "t",
        "columns": ["ramo", 2024, "2024", "x"],
    }


def test_a_number_may_have_a_comma_before_its_decimals() -> None:
    assert read("value", {"name": "t", "type": "number", "tolerance": "0,5"})["tolerance"] == 0.5


@pytest.mark.parametrize(
    ("kind", "filled", "field"),
    [
        ("value", {"type": "number"}, "name"),
        ("value", {"name": "dos palabras", "type": "number"}, "name"),
        ("value", {"name": "t", "type": "cosa"}, "type"),
        ("value", {"name": "t", "type": "number", "relative": "2"}, "relative"),
        ("value", {"name": "t", "type": "number", "tolerance": "mucho"}, "tolerance"),
        ("value", {"name": "t", "type": "number", "ignore_case": "quizá"}, "ignore_case"),
        ("table", {"name": "t", "columns": 'a, "b'}, "columns"),
        ("table", {"name": "t", "columns": "a, a"}, "columns"),
        ("table", {"name": "t", "dtypes": "anio: [1"}, "dtypes"),
        ("table", {"name": "t", "dtypes": "anio: palabra"}, "dtypes"),
        ("table", {"name": "t", "dtypes": "&a [*a]"}, "dtypes"),
        ("chart", {}, ""),
        ("metadata", {"name": "t", "file": "x.json", "standard": "dcat-us"}, ""),
        ("function", {"name": "f", "cases": "- args: [1]"}, "cases"),
        ("nada", {}, "kind"),
    ],
)
def test_what_will_not_do_is_refused_at_its_slot(kind: str, filled: dict[str, str], field: str) -> None:
    with pytest.raises(SentenceRefused) as refused:
        read(kind, filled)
    assert refused.value.field == field
    assert refused.value.message.es.endswith(".")


def test_every_kind_of_code_can_be_chosen_and_python_comes_last() -> None:
    kinds = [one.kind for one in list_sentences()]
    assert sorted(kinds) == sorted(KINDS)
    assert (kinds[0], kinds[-1]) == ("value", "tests")
    assert all(not field.value for one in list_sentences() for field in one.fields)


@pytest.mark.parametrize("kind", KINDS)
def test_every_slot_has_words_of_its_own(kind: str) -> None:
    for slot in slots_of(forms()[kind]):
        assert f"{kind}.{slot.name}" in LABELS or slot.name in LABELS
        if slot.type == "choice":
            words = OPTIONS.get(f"{kind}.{slot.name}", OPTIONS.get(slot.name, {}))
            assert set(slot.schema["enum"]) <= set(words), slot.name


def test_a_kind_without_words_speaks_by_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a kind does that is added as a file alone."""
    table = forms()["table"]
    assert isinstance(table, Kind)
    properties = {**table.properties, "depth": {"type": "integer", "description": "How deep. No deeper."}}
    later = replace(table, name="tree", about="A tree in a variable. More of it.", properties=properties)
    monkeypatch.setattr(compose, "forms", lambda: {**forms(), "tree": later})
    sentence = tell("tree", {"name": "t", "depth": 3})
    assert sentence.parts[0] == LocalText("A tree in a variable, name:", "A tree in a variable, name:")
    assert next(one for one in sentence.more if one.name == "depth").label.en == "depth: How deep"
    assert list_sentences()[-2].kind == "tree"
    assert say_check("tree", {"name": "t", "depth": 3}, "en") == "A tree in a variable, name: t; depth: How deep: 3"
