"""Reports as JSON: the same after storing, and a clear refusal of what this version cannot read."""

import json

import pytest

from graders import CheckResult, CodeFault, GradeReport, ReportRefused, Warning, from_json, stored, to_json

REPORT = GradeReport(
    exercise_id="suma",
    verdict="error",
    points=0.5,
    max_points=2.0,
    checks=(CheckResult("a", "failed", 0.5, 2.0, "table.missing_rows", {"have": 1, "columns": ["x"]}, "mal"),),
    seconds=0.25,
    lesson_version="v1",
    fault=CodeFault("suma", "KeyError", "'x'", 3, ("uno", "dos")),
    warnings=(Warning("cell_restored", "antes", {}),),
)


def test_a_report_is_the_same_after_storing() -> None:
    assert from_json(json.loads(json.dumps(to_json(REPORT), allow_nan=False))) == REPORT


def test_a_report_without_a_fault_is_too() -> None:
    plain = GradeReport("suma", "passed", 2.0, 2.0, (), 0.1, "v1")
    assert from_json(json.loads(json.dumps(to_json(plain)))) == plain


def test_a_stored_report_names_its_schema() -> None:
    assert to_json(REPORT)["schema"] == "aula-exercise-report/1"


@pytest.mark.parametrize("schema", ["aula-exercise-report/2", "aula-report/1", None, 3])
def test_a_schema_that_is_not_known_is_refused(schema: object) -> None:
    with pytest.raises(ReportRefused, match="aula-exercise-report/1"):
        from_json({**to_json(REPORT), "schema": schema})


def test_an_older_report_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    old = {**to_json(REPORT), "schema": "aula-exercise-report/0"}
    old["seconds_taken"] = old.pop("seconds")

    def rename(report: dict[str, object]) -> dict[str, object]:
        rest = {name: value for name, value in report.items() if name != "seconds_taken"}
        return {**rest, "seconds": report["seconds_taken"], "schema": "aula-exercise-report/1"}

    monkeypatch.setattr(stored, "UPGRADES", {"aula-exercise-report/0": rename})
    assert from_json(old) == REPORT
