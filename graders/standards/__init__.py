"""Schemas of metadata that the grader brings along, and documents held to them or to an author's own."""

import functools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, SchemaError, ValidationError
from jsonschema.exceptions import best_match
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import EMPTY_REGISTRY

from graders.errors import UngradableExercise
from graders.patterns import matches

STANDARDS = ("datapackage-1", "datapackage-2", "dcat-ap", "dcat-us")
FOLDER = Path(__file__).parent
# Nothing is fetched: a schema refers to its own parts only.
NOTHING_ELSE: Registry[Any] = EMPTY_REGISTRY


@functools.cache
def get_standard(name: str) -> Mapping[str, Any]:
    """The schema of one of STANDARDS."""
    schema: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def find_breach(schema: Any, document: Any) -> tuple[ValidationError | None, int]:
    """What to mend first for a document to fit a schema, and how many such things there are.

    Raises: UngradableExercise for a schema that is none, or that asks for what is not done here.
    """
    try:
        breaches = list(_validator(json.dumps(schema)).iter_errors(document))
    except Unresolvable as reason:
        raise UngradableExercise(
            "bad_schema", f"The schema of a check refers to what is not in it: {reason}. Put it under $defs."
        ) from reason
    return best_match(iter(breaches), key=_weight), len(breaches)


@functools.lru_cache(maxsize=100)
def _validator(text: str) -> Any:
    """The validator of a schema, which is itself looked at but once: that takes longer than most documents do."""
    schema = json.loads(text)
    try:
        Validator.check_schema(schema)
    except SchemaError as reason:
        raise UngradableExercise("bad_schema", f"The schema of a check is none: {reason.message}. Mend it.") from reason
    if '"patternProperties"' in text:
        raise UngradableExercise("bad_schema", "The schema of a check has patternProperties. Name the properties.")
    return Validator(schema, registry=NOTHING_ELSE)


def _weight(breach: ValidationError) -> tuple[int, bool]:
    """The greatest is told: what is nearest to the root, and what is missing before what is amiss."""
    return -len(breach.path), breach.validator == "required"


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """As the library's, in a time that no pattern and no text can draw out."""
    if validator.is_type(instance, "string") and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # the library's
