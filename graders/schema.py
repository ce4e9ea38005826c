"""courses/schema/checks.json, from the kinds of checks: what editors complete from and what lessons are held to."""

import json
from collections.abc import Mapping
from typing import Any

from courses import SCHEMA_FOLDER
from graders.checks import Form, forms

FILE = SCHEMA_FOLDER / "checks.json"
FACTS = ("id", "kind", "points", "title")
# What lesson.json says already of the facts of checks.
SHARED = ("id", "text", "points")
TO_RENEW = "Run `python -m graders schema` to write it anew from graders/checks/."


def to_text() -> str:
    """The schema as it stands in its file."""
    return json.dumps(to_schema(), ensure_ascii=False, indent=2) + "\n"


def to_schema() -> dict[str, Any]:
    """The schema of a check, with that of each kind among its definitions."""
    kinds = forms().values()
    lesson = json.loads((SCHEMA_FOLDER / "lesson.json").read_text(encoding="utf-8"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "checks of lesson.yaml",
        "description": f"Made by a program from the kinds of checks; do not edit it. {TO_RENEW}",
        "$defs": {
            **{name: lesson["$defs"][name] for name in SHARED},
            "kind": {
                "enum": [kind.name for kind in kinds],
                "description": " ".join(f"{kind.name}: {_first_sentence(kind.about)}" for kind in kinds),
            },
            "check": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"$ref": "#/$defs/kind"}},
                "allOf": [_only_if(kind.name) for kind in kinds],
            },
            **{f"{kind.name}_check": _check(kind) for kind in kinds},
            **_defs(),
        },
    }


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _only_if(kind: str) -> Mapping[str, Any]:
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": {"$ref": f"#/$defs/{kind}_check"},
    }


def _check(kind: Form) -> dict[str, Any]:
    known = {
        "id": {"$ref": "#/$defs/id", "description": "Names the check in reports; unique in the exercise."},
        "kind": {"$ref": "#/$defs/kind"},
        "points": {
            "$ref": "#/$defs/points",
            "description": "What the check is worth. The points of all checks add up to the exercise's.",
        },
        "title": {
            "$ref": "#/$defs/text",
            "description": "What holds when the check passes, as a sentence: «total es la suma del ramo 16».",
        },
        "message": {
            "$ref": "#/$defs/text",
            "description": "What to say when the check fails and no declared wrong answer matches. Without it the "
            "difference itself is told.",
        },
    }
    return {
        "description": kind.about,
        "type": "object",
        "additionalProperties": False,
        "required": [*FACTS, *kind.required],
        "properties": {**known, **kind.properties},
        **({"minProperties": len(FACTS) + 1} if kind.needs_any else {}),
        **kind.rules,
    }


def _defs() -> dict[str, Any]:
    """The definitions that kinds refer to. Raises: ValueError where two kinds give one name to different things."""
    found: dict[str, Any] = {}
    for kind in forms().values():
        for name, schema in kind.defs.items():
            if found.setdefault(name, schema) != schema:
                raise ValueError(f'The kind "{kind.name}" defines "{name}" otherwise than another kind. Rename one.')
    return found
