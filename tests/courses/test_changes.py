"""What the editor sends is done to the whole lesson, or refused with nothing changed; it loads all the while."""

import base64
from typing import Any

import pytest
from support.content import SHIPPED

from courses.changes import apply_change
from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_edits import read_text, read_texts
from courses.loader import load_datasets
from courses.model import LANGUAGES, CodeBlock, Lesson, LocalText, Problem
from courses.notes import with_note
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value
from courses.sources import Files, load_from_files

DATASETS = load_datasets(SHIPPED / "datasets")[0]
GROUP: Files = read_folder(SHIPPED / "analisis-con-pandas" / "agrupar", Complaints()).contents
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def load(files: Files, id: str = "agrupar") -> tuple[Lesson | None, tuple[Problem, ...]]:
    return load_from_files(files, "curso", DATASETS, lesson_id=id)


def good(files: Files) -> Lesson:
    lesson, problems = load(files)
    assert [str(one) for one in problems if one.code != "minutes"] == []
    assert lesson is not None
    return lesson


def change(files: Files, do: str, **fields: Any) -> Files:
    return apply_change(files, {"do": do, **fields}, DATASETS)


def place(files: Files, id: str, language: str = "es") -> int:
    return next(at for at, one in enumerate(read_texts(files)[language]) if one.id == id)  # type: ignore[index]


def sheet(files: Files) -> Any:
    return read_sheet_value(read_text(files, "lesson.yaml"))


def others(before: Files, after: Files) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_a_text_takes_other_words_in_one_language_alone() -> None:
    after = change(GROUP, "block.change", language="es", index=1, body="Otra entrada.")
    assert others(GROUP, after) == {"lesson.es.md"}
    assert good(after).blocks_es[0].markdown == "Otra entrada."  # type: ignore[union-attr]


def test_a_new_title_of_a_section_is_in_the_sheet_too() -> None:
    index = place(GROUP, "clave")
    body = read_texts(GROUP)["es"][index].body.replace("Agrupa por clave, no por nombre", "Por clave")
    after = change(GROUP, "block.change", language="es", index=index, body=body)
    assert [one.title.es for one in good(after).sections][2] == "Por clave"
    without = change(GROUP, "block.change", language="es", index=index, body=body.replace("(clave)=\n", ""))
    assert without == after


def test_a_section_in_one_language_alone_is_refused() -> None:
    with pytest.raises(Refused, match="one language only"):
        change(GROUP, "block.change", language="es", index=1, body="Hola.\n\n## Nueva\n\nMás.")


def test_a_new_section_needs_no_anchor_and_no_entry_by_hand() -> None:
    after = change(
        GROUP, "block.insert", language="es", index=6, kind="section", title={"es": "Mírala", "en": "Look"}, es="Ya."
    )
    lesson = good(after)
    assert "mirala" in [one.id for one in lesson.sections]
    gone = change(after, "block.delete", language="en", index=place(after, "mirala", "en"))
    assert gone == GROUP


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_comes_with_a_name_of_its_own(language: str) -> None:
    source = "por_ramo = gasto.groupby('ramo_id')['millones'].sum()\npor_ramo"
    after = change(GROUP, "block.insert", language=language, index=5, kind="code", source=source)
    lesson = good(after)
    assert [one.source for one in lesson.blocks("en") if isinstance(one, CodeBlock) and one.cell_id == "por-ramo"] == [
        source
    ]
    again = change(after, "block.insert", language=language, index=5, kind="code", source=source)
    assert {"por-ramo", "por-ramo-2"} <= {one.cell_id for one in good(again).blocks_es if isinstance(one, CodeBlock)}


def test_a_writer_who_saw_another_text_is_told() -> None:
    with pytest.raises(Refused) as told:
        change(GROUP, "block.change", language="es", index=1, body="Hola.", expect="Otra cosa.")
    assert told.value.code == "stale-block"
    seen = read_texts(GROUP)["es"][1].body
    assert change(GROUP, "block.change", language="es", index=1, body="Hola.", expect=seen)


@pytest.mark.parametrize("kind", ["code", "choice", "order", "match", "number", "text"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_exercise_loads_at_once(kind: str, language: str) -> None:
    after = change(GROUP, "block.insert", language=language, index=8, kind="exercise", exercise_kind=kind)
    lesson = good(after)
    assert len(lesson.exercises) == 6
    new = next(one for one in lesson.exercises if one.id not in {old["id"] for old in sheet(GROUP)["exercises"]})
    assert new.kind == kind
    gone = change(after, "block.delete", language="es", index=place(after, new.id))
    assert {**gone, "lesson.yaml": GROUP["lesson.yaml"]} == GROUP


def test_a_new_exercise_asks_about_the_table_above() -> None:
    after = change(GROUP, "block.insert", language="es", index=8, kind="exercise", title={"es": "Cuéntalas"})
    new = good(after).find_exercise("cuentalas")
    assert new is not None
    assert new.solutions == ("filas = len(gasto)\nfilas",)
    assert (new.title.es, new.title.en) == ("Cuéntalas", "Cuéntalas")


def test_a_copy_of_an_exercise_has_its_own_files() -> None:
    after = change(GROUP, "block.copy", language="en", index=place(GROUP, "gasto-por-ramo", "en"))
    lesson = good(after)
    assert [one.id for one in lesson.exercises][1:3] == ["gasto-por-ramo", "gasto-por-ramo-2"]
    assert "exercises/gasto-por-ramo-2/wrong/cuenta.py" in after


@pytest.mark.parametrize("index", range(1, 36))
def test_any_block_can_be_copied_and_the_copy_deleted(index: int) -> None:
    after = change(GROUP, "block.copy", language="es", index=index)
    good(after)


def test_an_exercise_takes_its_note_along() -> None:
    files = with_note(GROUP, "exercise:gasto-por-ramo", LocalText("Ojo.", "Mind."))
    after = change(files, "exercise.rename", id="gasto-por-ramo", to="ramos")
    assert b"exercise:ramos" in after["notes.yaml"]
    good(after)
    index = place(after, "ramos")
    assert b"exercise:ramos" not in change(after, "block.delete", language="es", index=index).get("notes.yaml", b"")


def test_points_of_an_exercise_follow_its_checks() -> None:
    after = change(GROUP, "sheet.set", path=["exercises", "gasto-por-ramo", "checks", "ramos", "points"], value=4)
    assert good(after).find_exercise("gasto-por-ramo").points == 7  # type: ignore[union-attr]
    after = change(GROUP, "sheet.set", path=["exercises", "total-de-un-ramo", "points"], value=5)
    assert good(after).find_exercise("total-de-un-ramo").checks[0].points == 5  # type: ignore[union-attr]


def test_a_check_takes_its_hints_and_wrong_answers_along() -> None:
    path = ["exercises", "cinco-ramos", "checks", "datos"]
    renamed = good(change(GROUP, "sheet.set", path=[*path, "id"], value="alturas")).find_exercise("cinco-ramos")
    assert renamed is not None
    assert [one.check_id for one in renamed.wrong_answers] == ["alturas", "alturas", "barras", "rotulos"]
    assert [one.check_id for one in renamed.hints] == ["", "alturas", ""]
    without = good(change(GROUP, "sheet.remove", path=path)).find_exercise("cinco-ramos")
    assert without is not None
    assert [one.check_id for one in without.wrong_answers] == ["barras", "barras", "barras", "rotulos"]
    assert without.points == 3


def test_a_wrong_answer_goes_with_its_file() -> None:
    after = change(GROUP, "sheet.remove", path=["exercises", "cinco-ramos", "wrong_answers", "verticales"])
    assert others(GROUP, after) == {"lesson.yaml", "exercises/cinco-ramos/wrong/verticales.py"}
    good(after)


def test_several_changes_are_all_made_or_none() -> None:
    record = {"id": "otro", "file": "wrong/otro.py", "check": "datos", "message": {"es": "Mira.", "en": "Look."}}
    changes = [
        {"do": "file.write", "name": "exercises/cinco-ramos/wrong/otro.py", "text": "x = 1"},
        {"do": "sheet.insert", "path": ["exercises", "cinco-ramos", "wrong_answers"], "value": record},
    ]
    good(change(GROUP, "together", changes=changes))
    with pytest.raises(Refused):
        change(GROUP, "together", changes=[*changes, {"do": "file.remove", "name": "lesson.yaml"}])


def test_an_english_starter_follows_while_it_is_the_same() -> None:
    name = "exercises/total-de-un-ramo/starter"
    after = change(GROUP, "file.write", name=f"{name}.py", text="x = ...\r\nx")
    assert after[f"{name}.py"] == b"x = ...\nx\n"
    assert others(GROUP, after) == {f"{name}.py"}
    same = {**GROUP, f"{name}.en.py": GROUP[f"{name}.py"]}
    assert others(same, change(same, "file.write", name=f"{name}.py", text="x = ...")) == {
        f"{name}.py",
        f"{name}.en.py",
    }


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dataset_is_pinned_cited_and_opened(name: str, language: str) -> None:
    after = change(GROUP, "block.insert", language=language, index=4, kind="dataset", name=name)
    lesson = good(after)
    assert name in [one.name for one in lesson.datasets]
    assert any(isinstance(one, CodeBlock) and name in one.source and one.is_locked for one in lesson.blocks_en)
    assert DATASETS[name].licences[0].path in read_text(after, "lesson.en.md")


def test_a_picture_is_shown_in_both_languages_with_its_words() -> None:
    alt = {"es": "Barras de [cinco] ramos", "en": "Bars of *five* ramos"}
    content = base64.b64encode(PNG).decode()
    after = change(
        GROUP, "image.add", name="C:\\Fotos\\Mi Gráfica.PNG", content_base64=content, language="es", index=4, alt=alt
    )
    assert after["img/mi-grafica.png"] == PNG
    lesson = good(after)
    assert 'alt="Barras de [cinco] ramos"' in "".join(getattr(one, "html", "") for one in lesson.blocks_es)
    assert 'alt="Bars of *five* ramos"' in "".join(getattr(one, "html", "") for one in lesson.blocks_en)
    other = change(after, "image.alt", name="img/mi-grafica.png", alt={"es": "Cinco barras de colores"})
    assert 'alt="Cinco barras de colores"' in "".join(getattr(one, "html", "") for one in good(other).blocks_es)
    assert other["lesson.en.md"] == after["lesson.en.md"]
