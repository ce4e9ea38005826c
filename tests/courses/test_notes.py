"""Notes for whoever teaches a lesson: read beside it, changed one by one, and given to nobody else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.content import LESSON, SHIPPED, a_content_folder, write

from courses import (
    Complaints,
    LocalText,
    Refused,
    list_note_keys,
    load_catalogue,
    load_from_files,
    read_folder,
    read_yaml,
    with_note,
    without_note,
)
from graders.exchange import from_notebook, to_notebook

CELL, SECTION = "cell:cargar-vitales", "section:leer"
WRITTEN = b"""\
# Mine.
cell:cargar-vitales: {es: Mira., en: Look.}  # first

# The end.
section:leer:
  es: Lee.
  en: Read.
"""
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


def test_a_lesson_has_the_notes_of_its_file_and_another_version_with_them(root: Path) -> None:
    before = load_catalogue(root).find_lesson("curso", "mi-leccion")
    write(f"{LESSON}/notes.yaml", WRITTEN)(root)
    catalogue = load_catalogue(root)
    after = catalogue.find_lesson("curso", "mi-leccion")
    assert before is not None
    assert after is not None
    assert catalogue.problems == ()
    assert dict(before.notes) == {}
    assert dict(after.notes) == {CELL: LocalText("Mira.", "Look."), SECTION: LocalText("Lee.", "Read.")}
    assert after.version != before.version


def test_a_file_of_comments_alone_has_no_notes(root: Path) -> None:
    write(f"{LESSON}/notes.yaml", "# Still to be written.\n")(root)
    assert load_catalogue(root).problems == ()


def test_a_note_is_changed_and_every_comment_and_other_note_stays() -> None:
    changed = with_note({"notes.yaml": WRITTEN}, SECTION, LocalText("Lee otra vez.\n\n- con calma", "Read again."))
    text = changed["notes.yaml"].decode()
    assert text.startswith(WRITTEN.decode().partition("section")[0])
    found = read_yaml(text, Path("notes.yaml"), Complaints())
    assert found is not None
    assert found.value[SECTION] == {"es": "Lee otra vez.\n\n- con calma", "en": "Read again."}


def test_an_empty_text_takes_the_note_away_and_the_last_one_its_file() -> None:
    files = with_note({"notes.yaml": WRITTEN}, SECTION, LocalText("", ""))
    assert b"section:leer" not in files["notes.yaml"]
    assert without_note(files, SECTION) == files
    assert with_note(files, CELL, LocalText(" ", "")) == {}


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("cell:Leer", LocalText("a", "b"), "note-key"),
        ("leer", LocalText("a", "b"), "note-key"),
        (CELL, LocalText("a", ""), "note-length"),
        (CELL, LocalText("a" * 2_001, "b"), "note-length"),
        (CELL, LocalText("\ud800", "b"), "sheet-value"),
    ],
)
def test_what_will_not_do_is_refused(key: str, text: LocalText, code: str) -> None:
    for files in ({}, {"notes.yaml": WRITTEN}):
        with pytest.raises(Refused) as refused:
            with_note(files, key, text)
        assert refused.value.code == code


@given(es=WORDS, en=WORDS, es_too=WORDS)
def test_whatever_is_written_is_read_back(es: str, en: str, es_too: str) -> None:
    files = with_note(with_note({}, CELL, LocalText(es, en)), SECTION, LocalText(es_too, en))
    found = read_yaml(files["notes.yaml"].decode(), Path("notes.yaml"), Complaints())
    assert found is not None
    for key, text in ((CELL, es), (SECTION, es_too)):
        assert found.value[key]["es"].split() == text.split()
    assert with_note(with_note(files, SECTION, LocalText("")), CELL, LocalText("")) == {}


@pytest.mark.parametrize("lesson", ["agrupar", "primer-cuaderno"])
def test_the_shipped_notes_can_be_rewritten_one_by_one(lesson: str) -> None:
    files = dict(read_folder(SHIPPED / "analisis-con-pandas" / lesson, Complaints()).contents)
    datasets = {one.name: one for one in load_catalogue(SHIPPED).datasets}
    loaded, _ = load_from_files(files, "analisis-con-pandas", datasets, lesson_id=lesson)
    assert loaded is not None
    assert set(loaded.notes) <= set(list_note_keys(loaded))
    for key, text in loaded.notes.items():
        assert with_note(files, key, text) == files, "the same words change no byte"


@pytest.mark.parametrize("lesson", ["agrupar", "primer-cuaderno"])
def test_a_lesson_with_notes_goes_through_a_notebook_unchanged(lesson: str) -> None:
    files = dict(read_folder(SHIPPED / "analisis-con-pandas" / lesson, Complaints()).contents)
    taken = from_notebook(to_notebook(files, "es"))
    assert taken.files == files
