"""The slots of a kind of check, from its JSON Schema: where each value belongs and how it is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.checks import Form
from graders.sentences.records import FieldType

Schema = Mapping[str, Any]

LONG_TEXT = 2_000
SCALARS = frozenset({"string", "integer", "number"})


@dataclass(frozen=True)
class Slot:
    """path: the keys under which its value stands in a check's parameters; schema: what the value must be.

    is_presence: no value of its own, but whether the mapping at `path` is there at all.
    """

    name: str
    path: tuple[str, ...]
    type: FieldType
    schema: Schema
    is_required: bool = False
    is_presence: bool = False


def slots_of(form: Form) -> tuple[Slot, ...]:
    """A slot for everything that a kind's schema allows, in the order of the schema."""
    return tuple(slot for key, schema in form.properties.items() for slot in _slots_for(form, key, schema))


def _slots_for(form: Form, key: str, schema: Schema) -> Iterator[Slot]:
    found = _resolved(form, schema)
    is_required = key in form.required
    inner: Mapping[str, Schema] = found.get("properties", {})
    simple = {name: _resolved(form, one) for name, one in inner.items()}
    if found.get("type") != "object" or not simple or any(_type_of(one) == "yaml" for one in simple.values()):
        yield Slot(key, (key,), _type_of(found), found, is_required)
        return
    needed: Sequence[str] = found.get("required", ())
    if len(simple) == 1 and list(needed) == list(simple):
        name, only = next(iter(simple.items()))
        yield Slot(key, (key, name), _type_of(only), only, is_required)
        return
    if not needed and "oneOf" not in found and "anyOf" not in found:
        yield Slot(key, (key,), "yes", found, is_required, is_presence=True)
    for name, one in simple.items():
        yield Slot(f"{key}.{name}", (key, name), _type_of(one), one, name in needed and is_required)


def _resolved(form: Form, schema: Schema) -> Schema:
    """The schema that is meant, with the description of the place that refers to it."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return {**form.defs[name], **{key: value for key, value in schema.items() if key != "$ref"}} if name else schema


def _type_of(schema: Schema) -> FieldType:
    if "enum" in schema and all(isinstance(one, str) for one in schema["enum"]):
        return "choice"
    match schema.get("type"):
        case "boolean":
            return "yes"
        case "integer" | "number":
            return "number"
        case "string":
            return "code" if schema.get("maxLength", 0) > LONG_TEXT else "text"
        case "array" if _is_of_scalars(schema.get("items", {})):
            return "names"
    return "yaml"


def _is_of_scalars(items: Schema) -> bool:
    types = items.get("type", "string" if "enum" in items else None)
    return bool(types) and set([types] if isinstance(types, str) else types) <= SCALARS - {"number"}
