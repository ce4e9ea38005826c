"""Checking a file's shape against courses/schema/*.json, with complaints at the line where the shape breaks."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from courses.complaints import Complaints, Field
from courses.marked import Marked, Place
from courses.model import LocalText

FOLDER = Path(__file__).parent / "schema"
SchemaName = Literal["course", "lesson", "notes", "checks", "change", "datapackage"]
Complaint = tuple[str, Place, Mapping[str, Field]]

TYPES: Mapping[str, LocalText] = {
    "object": LocalText("un conjunto de claves y valores", "a set of keys and values"),
    "array": LocalText("una lista", "a list"),
    "string": LocalText("un texto", "a text"),
    "integer": LocalText("un número entero", "a whole number"),
    "number": LocalText("un número", "a number"),
    "boolean": LocalText("true o false", "true or false"),
    "null": LocalText("nada", "nothing"),
}
ROOT = LocalText("el archivo", "the file")


@cache
def validator(name: SchemaName) -> Draft202012Validator:
    checks: Resource[Any] = DRAFT202012.create_resource(read_schema("checks"))
    return Draft202012Validator(read_schema(name), registry=Registry().with_resource("checks.json", checks))


@cache
def check_kinds() -> tuple[str, ...]:
    """The kinds of checks that a lesson may have, by name."""
    return tuple(read_schema("checks")["$defs"]["kind"]["enum"])


def read_schema(name: SchemaName) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def fits(marked: Marked, name: SchemaName, complaints: Complaints) -> bool:
    """Whether a file has the shape of its schema; each breach earns a complaint."""
    breaches = list(validator(name).iter_errors(marked.value))
    for error in sorted(breaches, key=lambda one: marked.line(*one.absolute_path) or 0):
        for code, place, fields in explain(error):
            # A key that does not belong is itself the place to look at.
            line = marked.line(*place, str(fields["key"])) if code == "unknown-key" else marked.line(*place)
            complaints.add(code, marked.path, line, place=place_name(marked.value, place), **fields)
    return not breaches


def explain(error: ValidationError) -> Iterator[Complaint]:
    """The complaints that an error of the validator comes to: one, or one for each key that does not belong."""
    keyword, asked, found = str(error.validator), as_any(error.validator_value), as_any(error.instance)
    place: Place = tuple(error.absolute_path)
    if keyword == "additionalProperties":
        known = as_any(error.schema).get("properties", {})
        for key in found:
            if key not in known:
                yield "unknown-key", place, {"key": key, "known": ", ".join(known)}
    elif keyword == "required":
        # The validator speaks of one key at a time and names it only in its sentence: "'es' is a required property".
        yield "missing-key", place, {"key": error.message.rpartition(" is a required")[0].strip("'\"")}
    elif keyword == "type":
        yield "wrong-type", place, {"expected": type_names(asked), "found": shown(found)}
    elif keyword in ("enum", "const"):
        allowed = ", ".join(map(str, asked if keyword == "enum" else [asked]))
        yield "not-allowed", place, {"found": shown(found), "allowed": allowed}
    elif keyword in COUNTS:
        yield COUNTS[keyword], place, {"found": len(found), "limit": str(asked)}
    else:
        # Each message takes of these what it needs.
        yield (
            OTHERS.get(keyword, "does-not-fit"),
            place,
            {"found": shown(found), "pattern": str(asked), "limit": str(asked)},
        )


COUNTS: Mapping[str, str] = {
    "minItems": "too-few", "minLength": "too-few", "minProperties": "too-few",
    "maxItems": "too-many", "maxLength": "too-many", "maxProperties": "too-many",
}  # fmt: skip
OTHERS: Mapping[str, str] = {
    "pattern": "bad-form", "minimum": "out-of-range", "maximum": "out-of-range", "exclusiveMinimum": "out-of-range",
    "uniqueItems": "repeated",
}  # fmt: skip


def as_any(value: Any) -> Any:
    """The library's types allow for fields that were never set; those of an error that it gives out are."""
    return value


def type_names(asked: str | list[str]) -> LocalText:
    names = [TYPES[one] for one in ([asked] if isinstance(asked, str) else asked)]
    return LocalText(" o ".join(one.es for one in names), " or ".join(one.en for one in names))


def place_name(value: Any, place: Place) -> LocalText:
    """A place as an author knows it: exercises › total-de-un-ramo › points, or exercises › 2 › points."""
    if not place:
        return ROOT
    names = []
    for key in place:
        value = value[key]
        own = value.get("id") if isinstance(value, Mapping) else None
        names.append(key if isinstance(key, str) else own if isinstance(own, str) else str(key + 1))
    text = " › ".join(names)
    return LocalText(text, text)


def shown(value: Any) -> LocalText:
    """A value as an author would write it, in the quotes of each language; only the outline of a large one."""
    return LocalText(written(value, "«{}»"), written(value, "“{}”"))


def written(value: Any, quotes: str) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(map(str, list(value)[:4])) + "}"
    if isinstance(value, list):
        return "[" + ", ".join("[…]" if isinstance(one, list) else written(one, quotes) for one in value[:4]) + "]"
    return quotes.format(value) if isinstance(value, str) else json.dumps(value)
