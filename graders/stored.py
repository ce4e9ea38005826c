"""Reports as JSON, for as long as records are kept: with a schema version, and a way up from each older one."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from graders.errors import ReportRefused
from graders.report import EXERCISE_SCHEMA, CheckResult, CodeFault, GradeReport, Warning

# From an older schema to the next: the old JSON in, the new JSON out, with its own schema's name in it.
UPGRADES: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {}


def to_json(report: GradeReport) -> dict[str, Any]:
    """The report as plain JSON values."""
    return {"schema": EXERCISE_SCHEMA, **_plain(asdict(report))}


def from_json(stored: Mapping[str, Any]) -> GradeReport:
    """The report that was stored, whichever version wrote it. Raises: ReportRefused for a schema that is not known."""
    current = stored
    while current.get("schema") in UPGRADES:
        current = UPGRADES[current["schema"]](current)
    if current.get("schema") != EXERCISE_SCHEMA:
        raise ReportRefused(
            f"A stored report has the schema {stored.get('schema')!r} and this version reads {EXERCISE_SCHEMA!r}. "
            "Run the version that wrote it, or add its upgrade to graders/stored.py."
        )
    fields = {name: value for name, value in current.items() if name != "schema"}
    fault = fields["fault"]
    return GradeReport(
        **{
            **fields,
            "checks": tuple(CheckResult(**one) for one in fields["checks"]),
            "warnings": tuple(Warning(**one) for one in fields["warnings"]),
            "fault": CodeFault(**{**fault, "traceback": tuple(fault["traceback"])}) if fault else None,
        }
    )


def _plain(value: Any) -> Any:
    """The same with lists for tuples and dicts for mappings."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
