"""A proof is green or red, can be kept as JSON, and two of them tell what changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courses import LocalText
from graders.errors import ReportRefused
from graders.proving import (
    ExerciseStrength,
    Proof,
    ProofFinding,
    Survivor,
    list_changes,
    proof_from_json,
    proof_to_json,
    proofs_to_json,
    read_proofs,
    table_of,
    tell,
    tell_changes,
)

WORDS = LocalText("Algo falta. Agrégalo.", "Something is missing. Add it.")
ERROR = ProofFinding("cell_error", "error", WORDS, "es", "suma", "suma", "lesson.yaml", 12)
WARNING = replace(ERROR, code="misspelt", severity="warning", language=None)
SURVIVOR = Survivor("no_sort", LocalText("sin ordenar", "not sorted"), 2, "t = d.sort_values()", "t = d")
STRENGTH = ExerciseStrength("suma", 4, 3, (SURVIVOR,))
GREEN = Proof("curso", "uno", "v1", datetime(2026, 1, 2, tzinfo=UTC), "abc", ("datos=1.0.0",), (WARNING,), (STRENGTH,))
RED = replace(GREEN, findings=(ERROR, WARNING))


def kinds(before: list[Proof], after: list[Proof]) -> list[tuple[str, str]]:
    return [(one.kind, one.lesson) for one in list_changes(before, after)]


def test_an_error_makes_it_red_and_a_warning_does_not() -> None:
    assert GREEN.is_green
    assert not RED.is_green
    assert (GREEN.made, GREEN.caught, GREEN.strength_share) == (4, 3, 0.75)
    assert replace(GREEN, strengths=()).strength_share == 1.0


def test_it_comes_back_from_json_as_it_was() -> None:
    stored = json.loads(json.dumps(proof_to_json(RED)))
    assert (stored["schema"], stored["is_green"], stored["made"]) == ("aula.proof/1", False, 4)
    assert proof_from_json(stored) == RED


@pytest.mark.parametrize("spoilt", [{"schema": "aula.proof/99"}, {"findings": [{}]}, {"proved_at": "ayer"}])
def test_what_is_no_proof_is_refused(spoilt: dict[str, object]) -> None:
    with pytest.raises(ReportRefused, match="Prove the lesson again"):
        proof_from_json({**proof_to_json(RED), **spoilt})


def test_a_file_of_proofs_is_read_again_and_any_other_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    path.write_text(json.dumps(proofs_to_json([GREEN, RED])), "utf-8")
    assert read_proofs(path) == (GREEN, RED)
    for text in ("", "[]", "{}", '{"schema": "aula.proofs/1", "proofs": 3}'):
        path.write_text(text, "utf-8")
        with pytest.raises(ReportRefused, match="holds no proofs"):
            read_proofs(path)


def test_what_did_not_change_is_not_told() -> None:
    moved = replace(ERROR, line=99, message=LocalText("Otras palabras."))
    assert kinds([RED], [replace(RED, findings=(moved, WARNING))]) == []
    assert kinds([GREEN], [replace(GREEN, findings=())]) == []


def test_a_change_of_colour_is_told() -> None:
    assert kinds([GREEN], [RED]) == [("newly_red", "curso/uno")]
    assert kinds([RED], [GREEN]) == [("newly_green", "curso/uno")]
    other = replace(ERROR, code="starter_passes")
    changes = list_changes([RED], [replace(RED, findings=(ERROR, other))])
    assert [(one.kind, one.new) for one in changes] == [("still_red", (other,))]


def test_strength_that_moved_is_told() -> None:
    strong = replace(GREEN, strengths=(replace(STRENGTH, caught=4, survivors=()),))
    assert [(one.kind, one.before, one.after) for one in list_changes([GREEN], [strong])] == [
        ("stronger", (3, 4), (4, 4))
    ]
    assert kinds([strong], [GREEN]) == [("weaker", "curso/uno")]


def test_lessons_that_came_and_went_are_told() -> None:
    other = replace(GREEN, lesson_id="dos")
    assert kinds([GREEN], [other]) == [("added", "curso/dos"), ("removed", "curso/uno")]


def test_it_is_told_with_places_and_survivors_as_code() -> None:
    lines = list(tell(RED, "en"))
    assert lines == [
        "--  curso/uno: red, 1 + 1, 3/4 mistakes caught",
        "  -- lesson.yaml:12 suma (es): Something is missing. Add it. [cell_error]",
        "   ! lesson.yaml:12 suma: Something is missing. Add it. [misspelt]",
        "     suma, not sorted: t = d.sort_values()  →  t = d",
    ]
    assert list(tell_changes(list_changes([GREEN], [RED]), "en")) == [
        "curso/uno: turned red",
        "  -- lesson.yaml:12 suma (es): Something is missing. Add it. [cell_error]",
    ]


def test_the_table_adds_up() -> None:
    assert table_of([GREEN, replace(GREEN, lesson_id="dos")]).splitlines()[2:] == [
        "| curso/dos | 4 | 3 | 1 |",
        "| curso/uno | 4 | 3 | 1 |",
        "| all | 8 | 6 | 2 |",
    ]
