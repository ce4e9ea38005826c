"""An exercise that comes, goes, moves or is renamed is so everywhere, and the lesson stays without complaint."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.block_edits import get_block
from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_edits import add_exercise, move_in_lesson, read_texts, remove_exercise, rename_exercise
from courses.loader import load_datasets
from courses.model import Lesson
from courses.refusals import Refused
from courses.sources import Files, load_from_files

DATASETS = load_datasets(SHIPPED / "datasets")[0]
FILES: Files = read_folder(SHIPPED / "_template", Complaints()).contents
TEMPLATE: Files = {**FILES, "lesson.yaml": FILES["lesson.yaml"].replace(b"minutes: 8", b"minutes: 12")}
STATEMENTS = {"es": "Guarda en `x` un uno.", "en": "Store a one in `x`."}
SOURCES: Files = {
    "starter.py": b"x = ...\n", "starter.en.py": b"x = ...\n", "solution.py": b"x = 1\n", "wrong/dos.py": b"x = 2\n",
    "wrong/tres.py": b"x = 3\n",
}  # fmt: skip


def a_text(text: str) -> dict[str, str]:
    return {"es": text, "en": f"{text} in English"}


def a_record(id: str = "un-uno") -> dict[str, Any]:
    return {
        "id": id, "title": a_text("Uno"), "kind": "code", "points": 1, "minutes": 1,
        "competencies": [{"id": "K4", "level": 1}],
        "checks": [
            {"id": "uno", "kind": "value", "points": 1, "title": a_text("Vale uno"), "name": "x", "type": "integer"}
        ],
        "wrong_answers": [
            {"id": one, "file": f"wrong/{one}.py", "check": "uno", "message": a_text(f"Vale {one}. Mira otra vez.")}
            for one in ("dos", "tres")
        ],
    }  # fmt: skip


def load(files: Files) -> Lesson:
    lesson, problems = load_from_files(files, "curso", DATASETS, lesson_id="mi-leccion")
    assert problems == (), [str(one) for one in problems]
    assert lesson is not None
    return lesson


def added() -> Files:
    return add_exercise(TEMPLATE, 5, a_record(), statements=STATEMENTS, sources=SOURCES)


def test_a_new_exercise_is_in_the_sheet_in_both_texts_and_has_its_files() -> None:
    lesson = load(added())
    assert [one.id for one in lesson.exercises][:2] == ["un-uno", "mas-nacimientos"]
    exercise = lesson.exercises[0]
    assert (exercise.starter.es, exercise.solutions) == ("x = ...", ("x = 1",))
    assert [one.source for one in exercise.wrong_answers] == ["x = 2", "x = 3"]


def test_an_exercise_that_is_taken_out_leaves_the_lesson_as_it_was() -> None:
    assert remove_exercise(added(), "un-uno") == TEMPLATE


def test_an_exercise_takes_its_new_name_everywhere() -> None:
    files = rename_exercise(added(), "un-uno", "primero")
    assert [one.id for one in load(files).exercises][:2] == ["primero", "mas-nacimientos"]
    assert not any(b"un-uno" in raw or "un-uno" in name for name, raw in files.items())
    assert rename_exercise(files, "primero", "un-uno") == added()


@settings(max_examples=15, deadline=None)
@given(index=st.integers(1, 11), target=st.integers(1, 10))
def test_a_moved_block_leaves_sheet_and_texts_in_the_same_order(index: int, target: int) -> None:
    block = get_block(read_texts(TEMPLATE)["es"], index)
    if block.is_section or block.kind == "code":
        # Sections stand in lesson.yaml too, and what follows a cell may need it.
        return
    files = move_in_lesson(TEMPLATE, "es", index, target)
    lesson, problems = load_from_files(files, "curso", DATASETS, lesson_id="mi-leccion")
    assert lesson is not None
    assert problems == (), [str(one) for one in problems]


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("new-exists", lambda: add_exercise(TEMPLATE, 5, a_record("al-dia"), statements=STATEMENTS, sources={})),
        (
            "new-exists",
            lambda: add_exercise(TEMPLATE, 5, a_record("cargar-vitales"), statements=STATEMENTS, sources={}),
        ),
        ("new-exists", lambda: rename_exercise(TEMPLATE, "al-dia", "mas-nacimientos")),
        ("new-name", lambda: rename_exercise(TEMPLATE, "al-dia", "Al día")),
        ("new-name", lambda: add_exercise(TEMPLATE, 5, {}, statements=STATEMENTS, sources={})),
        ("no-such-place", lambda: remove_exercise(TEMPLATE, "nada")),
        ("no-such-place", lambda: rename_exercise(TEMPLATE, "nada", "algo")),
        ("no-such-file", lambda: remove_exercise({"lesson.yaml": b"a: 1"}, "al-dia")),
        ("no-such-file", lambda: remove_exercise({**TEMPLATE, "lesson.en.md": b"\xff"}, "al-dia")),
        ("not-yaml", lambda: remove_exercise({**TEMPLATE, "lesson.yaml": b"a: ["}, "al-dia")),
        ("front-matter-first", lambda: move_in_lesson(TEMPLATE, "es", 3, 0)),
    ],
)
def test_what_cannot_be_done_whole_is_refused_and_nothing_is_done(code: str, act: Any) -> None:
    before = dict(TEMPLATE)
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert before == TEMPLATE
