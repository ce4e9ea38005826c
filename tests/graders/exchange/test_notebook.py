"""A lesson as a notebook and back: nothing is lost, and what is changed in Jupyter is the same change of the lesson."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.nbgrader_notebooks import graded_by_nbgrader

from courses import LANGUAGES, SHIPPED, Language, load_from_files
from graders.exchange import NotTaken, Taken, from_notebook, to_notebook
from graders.exchange.kept import CELL
from graders.nbgrader import read_source, release, source_in, write_document

FOLDERS = sorted(path.parent for path in SHIPPED.glob("*/*/lesson.yaml")) + [SHIPPED / "_template"]
NAMES = [path.name for path in FOLDERS]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


TEMPLATE = files_in(SHIPPED / "_template")


def raw_of(files: Mapping[str, bytes], language: Language = "es") -> dict[str, Any]:
    """The notebook with each cell's text in one piece."""
    raw: dict[str, Any] = json.loads(to_notebook(files, language))
    for cell in raw["cells"]:
        cell["source"] = "".join(cell["source"])
    return raw


def edited(change: Callable[[list[dict[str, Any]]], object], language: Language = "es", **more: Any) -> Taken:
    """The template's lesson, after a change of its notebook's cells."""
    raw = raw_of(TEMPLATE, language)
    change(raw["cells"])
    return from_notebook(json.dumps(raw).encode(), **more)


def cell_of(cells: list[dict[str, Any]], cell_id: str) -> dict[str, Any]:
    return next(cell for cell in cells if cell["id"] == cell_id)


def place_of(cells: list[dict[str, Any]], cell_id: str) -> int:
    return cells.index(cell_of(cells, cell_id))


def changed(files: Mapping[str, bytes], before: Mapping[str, bytes] = TEMPLATE) -> set[str]:
    return {name for name in {*files, *before} if files.get(name) != before.get(name)}


def codes(taken: Taken) -> list[str]:
    return [one.code for one in taken.remarks]


def new_cell(kind: str, source: str) -> dict[str, Any]:
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": "0f3c-new", "metadata": {}, "source": source, **more}


def is_good(files: Mapping[str, bytes]) -> bool:
    """Whether a lesson may be served, by every rule but those on data."""
    datasets = {}
    problems = load_from_files(files, "un-curso", datasets, lesson_id="mi-leccion")[1]
    return {one.code for one in problems if not one.is_advice} <= {"no-dataset", "dataset-version", "no-resource"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_shipped_lesson_comes_back_byte_for_byte_and_so_does_its_notebook(folder: Path, language: Language) -> None:
    files = files_in(folder)
    data = to_notebook(files, language)
    taken = from_notebook(data, files)
    assert (taken.files, taken.remarks, taken.language) == (files, (), language)
    assert to_notebook(taken.files, language) == data


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_the_notebook_is_valid_to_nbformat_and_to_nbgrader(folder: Path) -> None:
    from nbgrader.nbgraderformat import MetadataValidator  # noqa: PLC0415  # it warns while it is imported

    notebook = nbformat.reads(to_notebook(files_in(folder), "es").decode(), 4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    ids = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_nbgraders_points_are_the_lessons(folder: Path) -> None:
    lesson, _ = load_from_files(files_in(folder), folder.parent.name, {}, lesson_id=folder.name)
    assert lesson is None or read_source(to_notebook(files_in(folder), "en")).max_points == lesson.points


def test_learners_copies_hold_no_solution_no_wrong_answer_and_nothing_kept(tmp_path: Path) -> None:
    folder = SHIPPED / "analisis-con-pandas" / "agrupar"
    files, path = files_in(folder), tmp_path / "agrupar.ipynb"
    path.write_bytes(to_notebook(files, "es"))
    theirs, _ = graded_by_nbgrader(tmp_path / "curso", {"agrupar": path.read_bytes()}, {})
    for copy in (write_document(release(source_in(path))), theirs["agrupar"]):
        cells = json.loads(copy)["cells"]
        assert "NotImplementedError" in copy.decode()
        assert not any("# eJ" in "".join(cell["source"]) or len("".join(cell["source"])) > 9000 for cell in cells)
        text = "\n".join("".join(cell["source"]) for cell in cells) + json.dumps([cell["metadata"] for cell in cells])
        for name in files:
            if "/wrong/" in name or "/solution" in name:
                assert max(files[name].decode().splitlines(), key=len) not in text, name
        with pytest.raises(NotTaken, match="aula-lesson"):
            from_notebook(copy)


def test_a_changed_text_changes_its_block_and_nothing_else() -> None:
    taken = edited(lambda cells: cell_of(cells, "section-leer").update(source="## Leer el resultado\n\nOtra cosa."))
    before = TEMPLATE["lesson.es.md"].decode()
    after = before.replace("Un número sin su lectura es media respuesta.", "Otra cosa.")
    assert (changed(taken.files), taken.files["lesson.es.md"].decode()) == ({"lesson.es.md"}, after)
    assert codes(taken) == ["translate"]


def test_a_cell_that_is_the_same_in_both_languages_changes_in_both() -> None:
    taken = edited(lambda cells: cell_of(cells, "cargar-vitales").update(source="import aula\nvitales = 1"))
    assert changed(taken.files) == {"lesson.es.md", "lesson.en.md"}
    assert all(b"\nimport aula\nvitales = 1\n```" in taken.files[f"lesson.{one}.md"] for one in LANGUAGES)


def test_a_cell_that_is_unlocked_in_nbgraders_toolbar_is_no_longer_locked() -> None:
    taken = edited(lambda cells: cell_of(cells, "cargar-vitales")["metadata"].pop("nbgrader"))
    assert changed(taken.files) == {"lesson.es.md", "lesson.en.md"}
    assert b":tags:" not in taken.files["lesson.es.md"] + taken.files["lesson.en.md"]


def test_a_statement_changes_in_its_language() -> None:
    taken = edited(lambda cells: cell_of(cells, "al-dia-statement").update(source="¿Cuántos?"), "es")
    assert changed(taken.files) == {"lesson.es.md"}
    assert b":label: al-dia\n\xc2\xbfCu\xc3\xa1ntos?\n:::" in taken.files["lesson.es.md"]


def test_an_answer_changes_solution_and_what_the_starter_has_in_common_with_it() -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cell = cell_of(cells, "mas-nacimientos")
        assert "### BEGIN SOLUTION" in cell["source"]
        cell["source"] = cell["source"].replace("iloc[0]", "iat[0]").replace("END SOLUTION\nanio", "END SOLUTION\nX")

    taken = edited(change)
    stem = "exercises/mas-nacimientos"
    assert changed(taken.files) == {f"{stem}/solution.py", f"{stem}/starter.py"}
    assert taken.files[f"{stem}/starter.py"] == "# El año con más nacimientos.\nanio_mayor = ...\nX_mayor\n".encode()
    assert taken.files[f"{stem}/solution.py"].endswith(b"iat[0]\nX_mayor\n")


def test_deleted_cells_of_an_exercise_take_it_out_of_the_text_the_sheet_and_the_folder() -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cells[:] = [cell for cell in cells if not cell["id"].startswith("mas-nacimientos")]

    taken = edited(change)
    assert not any("mas-nacimientos" in name for name in taken.files)
    assert b"mas-nacimientos" not in b"".join(taken.files.values())
    assert b"# Copy this folder" in taken.files["lesson.yaml"]
    assert (taken.remarks, is_good(taken.files)) == ((), True)


def test_half_of_an_exercise_that_is_deleted_leaves_it_and_is_told() -> None:
    taken = edited(lambda cells: cells.remove(cell_of(cells, "mas-nacimientos")))
    assert (changed(taken.files), codes(taken)) == (set(), ["cell-missing"])


def test_a_moved_exercise_moves_in_both_texts_and_in_the_sheet() -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        moved = [cell for cell in cells if cell["id"].startswith("al-dia")]
        rest = [cell for cell in cells if not cell["id"].startswith("al-dia")]
        cells[:] = [*rest[:2], *moved, *rest[2:]]

    taken = edited(change)
    for name in ("lesson.es.md", "lesson.en.md", "lesson.yaml"):
        text = taken.files[name].decode()
        assert text.index("al-dia") < text.index("mas-nacimientos")
        assert len(text) >= len(TEMPLATE[name].decode()) - 2
    assert (taken.remarks, is_good(taken.files)) == ((), True)


def test_cells_without_any_mark_come_along() -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cells.insert(2, new_cell("code", "vitales.describe()"))
        cells.insert(3, {**new_cell("markdown", "Fíjate en la **media**."), "id": "a1"})
        cells.insert(4, new_cell("code", "  \n"))

    taken = edited(change)
    assert changed(taken.files) == {"lesson.es.md", "lesson.en.md"}
    assert b"vitales.describe()" in taken.files["lesson.en.md"]
    assert "```\n\nFíjate en la **media**.".encode() in taken.files["lesson.es.md"]
    assert (codes(taken), is_good(taken.files)) == (["translate"], True)


def test_a_new_section_has_an_anchor_in_both_texts_and_its_title_in_the_sheet() -> None:
    taken = edited(lambda cells: cells.insert(-1, new_cell("markdown", "## Más años\n\nHay más.")))
    assert b"(mas-anos)=\n## M\xc3\xa1s a\xc3\xb1os" in taken.files["lesson.en.md"]
    assert is_good(taken.files)
    lesson, _ = load_from_files(taken.files, "un-curso", {}, lesson_id="mi-leccion")
    assert lesson is None or [one.id for one in lesson.sections] == ["mirar", "leer", "mas-anos"]


def test_a_copied_cell_is_a_new_one_and_is_told() -> None:
    taken = edited(lambda cells: cells.insert(-1, {**cell_of(cells, "cargar-vitales"), "id": "copia"}))
    assert (codes(taken), is_good(taken.files)) == (["cell-copied"], True)
    assert taken.files["lesson.es.md"].count(b"vitales = aula.datos") == 2


def test_outputs_and_settings_of_cells_are_no_part_of_a_lesson() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "hola"}

    def change(cells: list[dict[str, Any]]) -> None:
        cell_of(cells, "cargar-vitales").update(outputs=[output], execution_count=7)
        cell_of(cells, "cargar-vitales")["metadata"]["collapsed"] = True

    taken = edited(change)
    assert (taken.files, taken.remarks) == (TEMPLATE, ())


@pytest.mark.parametrize(
    ("cell_id", "source", "code"),
    [
        ("mas-nacimientos", "anio_mayor = 1", "no-region"),
        ("que-significa", "### BEGIN SOLUTION\nOtra.\n### END SOLUTION", "derived"),
        ("al-dia-words", "**Otro título**", "derived"),
        ("section-leer", "Sin título.", "no-heading"),
        ("section-leer", "## Leer el resultado\n\n```python\nx = 1", "cell-leaks"),
        ("section-leer", "## Leer el resultado\n\n:::{note}\nabierto", "cell-leaks"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell_and_nothing_is_lost(cell_id: str, source: str, code: str) -> None:
    taken = edited(lambda cells: cell_of(cells, cell_id).update(source=source))
    assert [(one.code, one.cell) for one in taken.remarks] == [(code, cell_id)]
    assert taken.files == TEMPLATE
    assert all(cell_id in text for text in (taken.remarks[0].message.es, taken.remarks[0].message.en))


def test_changed_points_are_told() -> None:
    taken = edited(lambda cells: cell_of(cells, "al-dia")["metadata"]["nbgrader"].update(points=9))
    assert ([(one.code, one.cell) for one in taken.remarks], taken.files) == ([("points", "al-dia")], TEMPLATE)


def test_a_notebook_without_what_it_does_not_show_needs_the_lesson_beside_it() -> None:
    def change(cells: list[dict[str, Any]]) -> None:
        cells.remove(cell_of(cells, CELL))
        cell_of(cells, "al-dia-statement").update(source="How many?")

    with pytest.raises(NotTaken) as refused:
        edited(change, "en")
    assert refused.value.remark.code == "no-lesson"
    taken = edited(change, "en", files_before=TEMPLATE)
    assert (taken.language, changed(taken.files)) == ("en", {"lesson.en.md"})


def test_a_lesson_that_changed_meanwhile_is_told() -> None:
    taken = edited(lambda cells: None, files_before={**TEMPLATE, "lesson.en.md": b"Other.\n"})
    assert ([one.code for one in taken.remarks], taken.remarks[0].fields) == (
        ["changed-meanwhile"], {"found": "lesson.en.md"},
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "# %%%", "# eJwDAAAAAAE=", "# " + "eJ" * 40])
def test_a_damaged_keeping_cell_is_refused(text: str) -> None:
    source = f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS"
    with pytest.raises(NotTaken) as refused:
        edited(lambda cells: cell_of(cells, CELL).update(source=source))
    assert refused.value.remark.code == "damaged"


WORDS = st.text("abc ñ\"'\\$.\n", min_size=1, max_size=30)
LINES = st.sampled_from(
    ["texto", "", "## Sección", "(a)=", "(b)=\n## Otra", "- uno", "> cita", "    sangría", "```\nx\n```", "~~~",
     "| a | b |",
     ":::{note}\nhola\n:::", "```{code-cell} python\n:label: a\nx = 1\n```", ":::{exercise}\n:label: b\nHaz.\n:::",
     "```{code-cell} python\n:label: a\n:tags: [locked]\n\n### END SOLUTION\n```", "<!-- x", "$$", "\ufeff",
     "\tx", "***"]
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r"])
TEXTS = st.lists(st.tuples(st.one_of(LINES, WORDS), ENDS), max_size=14).map(lambda all: "".join(a + b for a, b in all))


@example(es="## Sección\n(b)=\n## Otra\n", en="(b)=\n## Otra\n## Sección\n", sheet=TEMPLATE["lesson.yaml"], other=b"")
@given(es=TEXTS, en=TEXTS, sheet=st.one_of(st.just(TEMPLATE["lesson.yaml"]), st.binary(max_size=60)), other=st.binary())
@settings(max_examples=40, deadline=None)
def test_any_files_come_back_byte_for_byte(es: str, en: str, sheet: bytes, other: bytes) -> None:
    files = {"lesson.es.md": es.encode(), "lesson.en.md": en.encode(), "lesson.yaml": sheet, "img/x.png": other}
    for language in LANGUAGES:
        data = to_notebook(files, language)
        taken = from_notebook(data)
        assert (taken.files, taken.remarks) == (files, ())
        assert to_notebook(taken.files, language) == data


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_moves_and_deletions_leave_a_lesson_whose_notebook_is_the_changed_one(data: st.DataObject) -> None:
    raw = raw_of(TEMPLATE)
    groups: dict[str, list[dict[str, Any]]] = {}
    for cell in raw["cells"][:-1]:
        stem = cell["id"].removesuffix("-statement").removesuffix("-words")
        groups.setdefault(stem, []).append(cell)
    kept = data.draw(st.lists(st.sampled_from(sorted(groups)), unique=True, min_size=2))
    raw["cells"] = [*(cell for name in kept for cell in groups[name]), raw["cells"][-1]]
    taken = from_notebook(json.dumps(raw).encode())
    again = raw_of(taken.files)["cells"][:-1]
    shown = "\n\n".join(cell["source"] for cell in again)
    assert shown == "\n\n".join(cell["source"] for cell in raw["cells"][:-1])


@given(
    source=st.one_of(TEXTS, WORDS),
    cell_id=st.sampled_from(["section-leer", "text-1", "cargar-vitales", "al-dia-statement"]),
)
@settings(max_examples=40, deadline=None)
def test_any_edit_is_taken_or_told_and_changes_no_other_cell(source: str, cell_id: str) -> None:
    before = raw_of(TEMPLATE)["cells"][:-1]
    taken = edited(lambda cells: cell_of(cells, cell_id).update(source=source))
    after = [cell["source"] for cell in raw_of(taken.files)["cells"][:-1]]
    others = [cell["source"] for cell in before if cell["id"] != cell_id]
    assert [one for one in after if one in others] == others
    assert taken.remarks or source.strip() == "" or taken.files != TEMPLATE
