"""Words that are wrong are found, and those of the field, of code, of names and of quotes are left alone."""

from pathlib import Path

import pytest
from support.content import LESSON, SHIPPED, a_content_folder

from courses.complaints import Complaints
from courses.lessons import LessonSource, read_lesson
from courses.model import CourseId, Language
from courses.readable import Passage, list_passages
from courses.spelling import OWN, find_misspelt, is_word, read_own_words


def misspelt(text: str, language: Language = "es", *known: str) -> list[str]:
    passage = Passage(text, language, Path("lesson.es.md"), 10, "cargar")
    return [one.word for one in find_misspelt([passage], known)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Suma la tabal por año.", "es", ["tabal"]),
        ("El analisis de los datos.", "es", ["analisis"]),
        ("Add up the colums of the table.", "en", ["colums"]),
        ("The programme has a catalogue.", "en", []),
        ("Córrela, únela y veámosla; guárdaselo a quien lo pida.", "es", []),
        ("Se llama Sembrando Vida y lo publica el INEGI en https://exampel.org/datoz.", "es", []),
        ("Python dice «The truth value is ambiguous».", "es", []),
        ("The word “desastre” stands in the data.", "en", []),
        ("Guarda el archivo salida_final.csv en la carpeta.", "es", []),
        ("The ministry’s budget isn't small.", "en", []),
    ],
)
def test_a_wrong_word_is_found_and_a_right_one_is_not(text: str, language: Language, found: list[str]) -> None:
    assert misspelt(text, language) == found


def test_words_of_the_field_and_of_the_lesson_are_known_in_any_case() -> None:
    assert misspelt("Deflactar las seriez.", "es") == ["Deflactar", "seriez"]
    assert misspelt("Deflactar las seriez.", "es", "deflactar") == ["seriez"]


def test_a_word_is_told_once_with_where_it_stands_first_how_often_and_what_was_meant() -> None:
    passage = Passage("Una tabla.\nOtra tabal y\nuna tabal más.", "es", Path("lesson.es.md"), 10, "cargar")
    (found,) = find_misspelt([passage], ())
    assert (found.word, found.line, found.count) == ("tabal", 11, 2)
    assert "tabla" in found.suggestions
    assert len(found.suggestions) <= 3


def test_only_so_many_words_get_suggestions() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    passage = Passage(" ".join(f"zqx{one}kw" for one in letters), "es", Path("x"), 1, "")
    found = find_misspelt([passage], ())
    assert len(found) == len(letters)
    assert found[-1].suggestions == ()


def test_accents_of_stress_may_come_with_a_pronoun_but_not_alone() -> None:
    assert is_word("córrela", "es")
    assert not is_word("córre", "es")


def test_a_content_folder_has_words_of_its_own(tmp_path: Path) -> None:
    assert read_own_words(tmp_path) == frozenset()
    (tmp_path / OWN).mkdir()
    (tmp_path / OWN / "es.txt").write_text("# nota\ndeflactar\n\nkernel\n", "utf-8")
    assert read_own_words(tmp_path) == {"deflactar", "kernel"}


def source_of(root: Path) -> LessonSource:
    source = read_lesson(root / LESSON, CourseId("curso"), Complaints())
    assert source is not None
    return source


def test_code_formulas_and_addresses_are_no_prose(tmp_path: Path) -> None:
    root = a_content_folder(tmp_path / "content")
    text = root / LESSON / "lesson.es.md"
    text.write_text(
        text.read_text("utf-8") + "\nVe `kodigo`, $formulla$ y [la fuente](https://exampel.org/paginna).\n", "utf-8"
    )
    words = " ".join(one.text for one in list_passages(source_of(root)))
    assert "la fuente" in words
    assert not any(one in words for one in ("kodigo", "formulla", "exampel", "paginna"))


def test_a_passage_says_its_file_line_and_exercise(tmp_path: Path) -> None:
    root = a_content_folder(tmp_path / "content")
    lines = (root / LESSON / "lesson.es.md").read_text("utf-8").split("\n")
    passages = list(list_passages(source_of(root)))
    for one in (one for one in passages if one.path.name == "lesson.es.md" and one.line):
        first = one.text.split("\n")[0].split(" ¤ ")[0].strip(" “")
        assert first[:20] in lines[(one.line or 0) - 1], one
    assert {"mas-nacimientos"} <= {one.block for one in passages if one.path.name == "lesson.yaml"}


def test_the_shipped_lists_are_sorted_and_hold_no_word_that_the_dictionary_has() -> None:
    for language in ("es", "en"):
        lines = (SHIPPED / OWN / f"{language}.txt").read_text("utf-8").splitlines()
        words = [one for one in lines if not one.startswith("#")]
        assert words == sorted(set(words))
        assert [one for one in words if is_word(one, language)] == []
