"""What keeps a document from fitting its schema, as a miss of the check `metadata`: by the validator's keyword."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jsonschema import ValidationError

from graders.checks.finding import Finding, miss

LONGEST_SHOWN = 60
MOST_ALLOWED = 8

WORDS: Mapping[str, str] = {
    "object": "dict", "array": "list", "string": "text", "integer": "integer", "number": "number", "boolean": "boolean",
    "null": "None",
}  # fmt: skip
TYPES: Mapping[type, str] = {
    bool: "boolean", int: "integer", float: "number", str: "text", list: "list", dict: "dict",
}  # fmt: skip
CODES: Mapping[str, str] = {
    "enum": "metadata.other_value", "const": "metadata.other_value",
    "pattern": "metadata.pattern", "format": "metadata.pattern",
    "minLength": "metadata.too_short", "minItems": "metadata.too_short", "minProperties": "metadata.too_short",
    "maxLength": "metadata.too_long", "maxItems": "metadata.too_long", "maxProperties": "metadata.too_long",
    "minimum": "metadata.out_of_range", "maximum": "metadata.out_of_range", "exclusiveMinimum": "metadata.out_of_range",
    "exclusiveMaximum": "metadata.out_of_range", "uniqueItems": "metadata.repeated",
}  # fmt: skip


def breach_miss(breach: ValidationError, document: Any, is_public: bool) -> Finding:
    """What a breach comes to. is_public: the schema is a standard's, so that what it allows may be told."""
    at, keyword = way(breach.absolute_path), str(breach.validator)
    asked, found = as_any(breach.validator_value), as_any(breach.instance)
    if keyword in ("required", "dependentRequired"):
        return miss("metadata.required", at=at, key=_first_missing(breach))
    if keyword == "type":
        return _type_miss(breach, at, asked)
    if keyword in ("anyOf", "oneOf"):
        return _either_miss(breach, at)
    if keyword in ("enum", "const") and is_public:
        allowed = [str(one) for one in (asked if keyword == "enum" else [asked])][:MOST_ALLOWED]
        return miss("metadata.not_allowed", at=at, value=_shown(found), allowed=allowed)
    if keyword == "additionalProperties":
        known = as_any(breach.schema).get("properties", {})
        return miss("metadata.unknown_key", at=at, key=_shown_key(next((key for key in found if key not in known), "")))
    return miss(CODES.get(keyword, "metadata.does_not_fit"), at=at, value=_shown(found))


def _either_miss(breach: ValidationError, at: str) -> Finding:
    """Where several ways are open and none was taken: the keys of which one must be there, or the type."""
    ways = list(breach.context or ())
    if ways and all(way.validator == "required" for way in ways):
        return miss("metadata.either", at=at, keys=[_first_missing(way) for way in ways])
    types = [way for way in ways if way.validator == "type" and not way.path]
    if ways and len(types) == len(ways):
        return _type_miss(breach, at, as_any(types[0].validator_value))
    return miss("metadata.does_not_fit", at=at, value=_shown(breach.instance))


def _type_miss(breach: ValidationError, at: str, asked: str | list[str]) -> Finding:
    """A value of another type; where several would do, the first is told."""
    word = WORDS[asked if isinstance(asked, str) else asked[0]]
    return miss("metadata.type", at=at, type=json_type(breach.instance), wanted=word)


def _first_missing(breach: ValidationError) -> str:
    """The validator speaks of one key at a time and names it only in its sentence: "'es' is a required property"."""
    asked, found = as_any(breach.validator_value), as_any(breach.instance)
    keys = asked if isinstance(asked, list) else [key for keys in asked.values() for key in keys]
    named = [key for key in keys if key not in found and breach.message.startswith(repr(key))]
    return _shown_key(next(iter(named), next((key for key in keys if key not in found), "")))


def way(path: Iterable[Any]) -> str:
    """Keys and places on the way to a part, as one would write them after a name."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{_shown_key(one)}" for one in path)


def _shown_key(key: Any) -> str:
    return str(key)[:LONGEST_SHOWN]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def json_type(value: Any) -> str:
    """What a JSON value is, in a word that graders.feedback knows."""
    return TYPES.get(type(value), "None")


def as_any(value: Any) -> Any:
    """The library's types allow for fields that were never set; those of an error that it gives out are."""
    return value
