"""What becomes of particular changes to a lesson: which are one part, which are asked, and what follows from others."""

from functools import cache

import pytest
from support.content import SHIPPED

from courses.lesson_edits import read_text, remove_exercise, rename_exercise, with_sheet
from courses.merging import Merge, MergePart, compare, merge
from courses.sheet_edits import insert_item, read_sheet_value, remove_field, set_field
from courses.sources import Files

EXERCISE = "mas-nacimientos"
STARTER, WRONG = f"exercises/{EXERCISE}/starter.py", f"exercises/{EXERCISE}/wrong/cuantos.py"
NOTES = "notes.yaml"


@cache
def template() -> Files:
    folder = SHIPPED / "_template"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replaced(name: str, old: str, new: str, files: Files | None = None) -> Files:
    files = template() if files is None else files
    assert old.encode() in files[name], old
    return {**files, name: files[name].replace(old.encode(), new.encode(), 1)}


def put(path: tuple[str | int, ...], value: object) -> Files:
    return with_sheet(template(), set_field(read_text(template(), "lesson.yaml"), path, value))


def states(found: Merge) -> dict[str, str]:
    return {one.key: one.state for one in found.parts}


def the_conflict(found: Merge) -> MergePart:
    (one,) = [part for part in found.parts if part.state == "conflict"]
    assert found.files is None
    return one


def test_two_languages_of_one_block_are_two_parts() -> None:
    ours = replaced("lesson.es.md", "Un número sin su lectura", "Una cifra sin su lectura")
    theirs = replaced("lesson.en.md", "A number without its reading", "A figure without its reading")
    found = merge(template(), ours, theirs)
    assert states(found) == {"block:es:section:leer": "ours", "block:en:section:leer": "theirs"}
    assert found.files == {**ours, "lesson.en.md": theirs["lesson.en.md"]}


def test_the_same_words_changed_on_both_sides_are_asked_and_shown() -> None:
    ours = replaced("lesson.es.md", "Guarda en `anio_mayor`", "Pon en `anio_mayor`")
    theirs = replaced("lesson.es.md", "Guarda en `anio_mayor`", "Deja en `anio_mayor`")
    part = the_conflict(merge(template(), ours, theirs))
    assert part.title.es == "Ejercicio «El año con más nacimientos»: enunciado"
    assert (part.language, part.kind) == ("es", "block")
    assert "Pon en" in str(part.ours)
    assert "Deja en" in str(part.theirs)
    assert merge(template(), ours, theirs, {part.key: "theirs"}).files == theirs


def test_an_exercise_taken_away_by_one_and_changed_by_the_other_is_one_question() -> None:
    ours = remove_exercise(template(), EXERCISE)
    theirs = replaced(STARTER, "anio_mayor", "anio", put(("exercises", EXERCISE, "minutes"), 2))
    part = the_conflict(merge(template(), ours, theirs))
    assert (part.key, part.ours) == (f"whole:exercise:{EXERCISE}", None)
    assert STARTER in str(part.theirs)
    assert merge(template(), ours, theirs, {part.key: "ours"}).files == ours
    assert merge(template(), ours, theirs, {part.key: "theirs"}).files == theirs


def test_an_exercise_that_only_one_touched_goes_without_a_question() -> None:
    ours = remove_exercise(template(), EXERCISE)
    theirs = replaced("lesson.es.md", "Un número sin su lectura", "Una cifra sin su lectura")
    found = merge(template(), ours, theirs).files
    assert found == replaced("lesson.es.md", "Un número sin su lectura", "Una cifra sin su lectura", ours)


def test_a_cell_is_one_part_of_both_languages() -> None:
    ours = template()
    for language in ("es", "en"):
        ours = replaced(f"lesson.{language}.md", ".head()\n", ".tail()\n", ours)
    assert states(merge(template(), ours, template())) == {"block:code:cargar-vitales": "ours"}


def test_a_sections_title_follows_its_heading() -> None:
    ours = replaced(
        "lesson.es.md", "## Mirar los datos", "## Ver los datos", put(("sections", 0, "title", "es"), "Ver los datos")
    )
    found = merge(template(), ours, put(("minutes",), 9))
    assert set(states(found)) == {"block:es:section:mirar", "sheet:minutes"}
    assert found.files is not None
    assert read_sheet_value(read_text(found.files, "lesson.yaml"))["sections"][0]["title"]["es"] == "Ver los datos"


def test_checks_added_by_both_are_both_there_and_the_points_are_their_sum() -> None:
    sheet = read_text(template(), "lesson.yaml")

    def with_check(id: str) -> Files:
        record = {"id": id, "kind": "value", "points": 1, "title": {"es": id, "en": id}, "name": id, "type": "integer"}
        more = insert_item(sheet, ("exercises", EXERCISE, "checks"), 1, record)
        return with_sheet(template(), set_field(more, ("exercises", EXERCISE, "points"), 3))

    found = merge(template(), with_check("uno"), with_check("dos"))
    assert found.files is not None
    exercise = read_sheet_value(read_text(found.files, "lesson.yaml"))["exercises"][0]
    assert ([one["id"] for one in exercise["checks"]], exercise["points"]) == (["anio", "dos", "uno"], 4)


def test_a_wrong_answer_and_its_code_are_one_part() -> None:
    sheet = remove_field(read_text(template(), "lesson.yaml"), ("exercises", EXERCISE, "wrong_answers", "cuantos"))
    ours = {name: raw for name, raw in with_sheet(template(), sheet).items() if name != WRONG}
    theirs = {**template(), WRONG: b"anio_mayor = 1\n"}
    part = the_conflict(merge(template(), ours, theirs))
    assert part.title.es == "Ejercicio «El año con más nacimientos»: respuesta equivocada «cuantos»"
    assert merge(template(), ours, theirs, {part.key: "ours"}).files == ours
    assert merge(template(), ours, theirs, {part.key: "theirs"}).files == theirs


def test_an_exercise_with_another_name_takes_everything_along() -> None:
    ours = rename_exercise(template(), EXERCISE, "el-anio")
    theirs = put(("minutes",), 9)
    found = merge(template(), ours, theirs).files
    assert found is not None
    assert "exercises/el-anio/starter.py" in found
    assert STARTER not in found


def test_comments_of_the_sheet_stay_whoever_wrote_them() -> None:
    theirs = replaced("lesson.yaml", "minutes: 8", "minutes: 9  # medido en clase")
    ours = put(("exercises", EXERCISE, "minutes"), 2)
    for found in (merge(template(), ours, theirs), merge(template(), theirs, ours)):
        assert found.files is not None
        assert b"minutes: 9  # medido en clase" in found.files["lesson.yaml"]
        assert read_sheet_value(read_text(found.files, "lesson.yaml"))["exercises"][0]["minutes"] == 2


def test_pictures_and_notes_are_parts_of_their_own() -> None:
    base = {**template(), "img/a.png": b"\x89PNG\x00uno"}
    ours = {**base, "img/a.png": b"\x89PNG\x00dos", NOTES: b"section:mirar: {es: Despacio., en: Slowly.}\n"}
    theirs = {**base, NOTES: b"cell:cargar-vitales: {es: Corre., en: Run it.}\n"}
    found = merge(base, ours, theirs)
    assert states(found) == {
        "image:img/a.png": "ours",
        "note:section:mirar": "ours",
        "note:cell:cargar-vitales": "theirs",
    }
    assert found.files is not None
    assert set(read_sheet_value(found.files[NOTES].decode())) == {"section:mirar", "cell:cargar-vitales"}


@pytest.mark.parametrize("broken", [b"exercises: [\n", b"\xff\xfe", b"- a\n"])
def test_a_lesson_that_cannot_be_read_is_merged_file_by_file(broken: bytes) -> None:
    ours = {**template(), "lesson.yaml": broken}
    theirs = {**template(), STARTER: b"# otro\n"}
    found = merge(template(), ours, theirs)
    assert states(found) == {"file:lesson.yaml": "ours", f"file:{STARTER}": "theirs"}
    assert found.files == {**ours, STARTER: b"# otro\n"}


def test_code_that_is_not_closed_swallows_nothing_of_the_other_side() -> None:
    ours = {**template(), "lesson.es.md": template()["lesson.es.md"] + b"\n```python\nsin cerrar\n"}
    theirs = replaced("lesson.es.md", "Un número sin su lectura", "Una cifra sin su lectura")
    found = merge(template(), ours, theirs)
    assert found.files is not None
    text = found.files["lesson.es.md"].decode()
    assert text.endswith("```python\nsin cerrar\n")
    assert "Una cifra sin su lectura" in text


def test_line_ends_of_windows_stay_ours() -> None:
    ours = {**template(), "lesson.es.md": template()["lesson.es.md"].replace(b"\n", b"\r\n")}
    ours = replaced("lesson.es.md", "Guarda en", "Pon en", ours)
    theirs = replaced("lesson.es.md", "Un número sin su lectura", "Una cifra sin su lectura")
    found = merge(template(), ours, theirs)
    assert set(states(found)) == {f"block:es:exercise:{EXERCISE}", "block:es:section:leer"}
    assert found.files is not None
    assert b"\n" not in found.files["lesson.es.md"].replace(b"\r\n", b"")


def test_a_comparison_names_what_is_only_on_one_side() -> None:
    after = {**remove_exercise(template(), "al-dia"), "img/b.png": b"\x89PNG\x00"}
    found = {one.key: one for one in compare(template(), after)}
    assert found["whole:exercise:al-dia"].after is None
    assert found["image:img/b.png"].before is None
    assert compare(after, after) == ()
