"""Words for every code, in both languages, whatever the fields hold."""

import ast
import re
import string
from pathlib import Path
from typing import Any

import pytest
from support.lessons import a_check, a_choice, a_wrong_answer, an_exercise

import graders
from courses import Exercise, Language
from graders import CheckResult, CodeFault, GradeReport, Warning, english, say, spanish
from graders.checks import Form, forms
from graders.compare import STOPPED
from graders.feedback import BEFORE_THE_AUTHOR, as_code, sentence

ROOM = Path(graders.__file__).parent
VERDICTS = ("passed", "partial", "failed", "error", "timeout", "out_of_memory", "manual", "missing")
REFUSING = ("value", "table")  # kinds that name a code by why a value could not be compared
EXERCISE = an_exercise(a_check(), wrong_answers=[a_wrong_answer("")])


KINDS: tuple[Form, ...] = tuple(forms().values())
SENTENCES = {
    "es": spanish.SENTENCES | {code: text for kind in KINDS for code, text in kind.spanish.items()},
    "en": english.SENTENCES | {code: text for kind in KINDS for code, text in kind.english.items()},
}
TABLES = ("SPANISH", "ENGLISH", "KIND")


def code_of(path: Path) -> str:
    """A module without the tables in which a kind of check keeps its words."""
    tree = ast.parse(path.read_text())
    tree.body = [
        node
        for node in tree.body
        if not isinstance(node, ast.Assign | ast.AnnAssign)
        or ast.unparse(node).split(":")[0].split(" ")[0] not in TABLES
    ]
    return ast.unparse(tree)


def produced_codes() -> set[str]:
    """Every code that the room's sources name, and those that they put together."""
    text = "\n".join(map(code_of, (*ROOM.glob("checks/*.py"), ROOM / "compare.py", ROOM / "engine.py")))
    firsts = "|".join([*(kind.name for kind in KINDS), "evidence", "exercise", "cell"])
    literal = set(re.findall(rf"""["']((?:{firsts})\.[a-z_]+)["']""", text))
    made = {f"{kind}.{reason}" for kind in REFUSING for reason in ("placeholder", "too_large")}
    assert "f'{kind}." not in text, "a new code is put together: list it here"
    return literal | made | set(STOPPED.values())


def holes(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_has_words_in_both_languages() -> None:
    codes = produced_codes()
    assert len(codes) > 50
    for sentences in SENTENCES.values():
        assert codes - set(sentences) == set()
        assert {f"verdict.{one}" for one in VERDICTS} - set(sentences) == set()


def test_no_words_are_left_over() -> None:
    told = {one for one in SENTENCES["es"] if not one.startswith(("verdict.", "warning.", "note.", "unknown"))}
    assert told - produced_codes() == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_keeps_to_its_own_codes_and_both_languages(kind: Form) -> None:
    assert set(kind.spanish) == set(kind.english)
    assert [code for code in kind.spanish if not code.startswith(f"{kind.name}.")] == []
    assert kind.before_author <= set(kind.spanish)


def test_both_languages_have_the_same_codes_and_the_same_holes() -> None:
    assert set(SENTENCES["es"]) == set(SENTENCES["en"])
    for code, text in SENTENCES["es"].items():
        assert holes(text) == holes(SENTENCES["en"][code]), code
    for table in ("TYPES", "DTYPES", "MARKS", "AXES", "COUNTED"):
        assert set(getattr(spanish, table)) == set(getattr(english, table))


def test_every_hole_is_of_a_known_kind() -> None:
    known = {"", "any", "texts", "case", "type", "dtype", "mark", "axis", *spanish.COUNTED}
    for code, text in SENTENCES["es"].items():
        assert {spec for _, spec in holes(text)} <= known, code


def test_a_message_has_at_most_two_lines() -> None:
    for sentences in SENTENCES.values():
        assert [code for code, text in sentences.items() if len(text) > 170 or "\n" in text] == []


def test_what_keeps_the_author_from_speaking_is_a_code() -> None:
    assert set(spanish.SENTENCES) >= BEFORE_THE_AUTHOR


def result(code: str = "value.different", wrong: str | None = None, **fields: Any) -> CheckResult:
    return CheckResult("value", "failed", 0.0, 2.0, code, fields, wrong)


def test_a_recognised_wrong_answer_is_told_in_its_own_words() -> None:
    assert say(result(wrong="mal", name="total", value="1"), EXERCISE, "es") == "Así no: mal."
    assert say(result(wrong="mal", name="total", value="1"), EXERCISE, "en") == "Not so: mal."


def test_the_author_speaks_where_there_is_something_to_judge() -> None:
    exercise = an_exercise(a_check(message="Revisa la suma."))
    assert say(result(name="total", value="1"), exercise, "es") == "Revisa la suma."
    assert say(result(name="total", value="1"), exercise, "en") == "Revisa la suma. (en)"
    assert "No encontramos `total`" in say(result("value.missing_name", name="total"), exercise, "es")


def test_a_check_that_passed_needs_no_words() -> None:
    assert say(CheckResult("value", "passed", 2.0, 2.0, "right"), EXERCISE, "es") == ""


@pytest.mark.parametrize(
    ("code", "options", "said"),
    [
        ("choice.right", ["b"], "Sobre b."),
        ("choice.wrong", ["a", "c"], "Sobre a."),
        ("choice.incomplete", ["b"], SENTENCES["es"]["choice.incomplete"]),
        ("choice.none", [], SENTENCES["es"]["choice.none"]),
        ("choice.wrong", ["gone"], SENTENCES["es"]["choice.wrong"]),
    ],
)
def test_a_choice_is_answered_in_the_words_of_its_options(code: str, options: list[str], said: str) -> None:
    told = CheckResult(
        "eleccion", "passed" if code == "choice.right" else "failed", 0.0, 2.0, code, {"options": options}
    )
    assert say(told, a_choice("b"), "es") == said


def test_numbers_are_counted_with_the_right_word() -> None:
    assert "tiene 118 filas y esperábamos 120." in sentence(
        "table.missing_rows", {"name": "t", "have": 118, "wanted": 120}, "es"
    )
    assert "has 1 row and we expected 2." in sentence("table.missing_rows", {"name": "t", "have": 1, "wanted": 2}, "en")


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("value.gone_since", {}),
        ("value.different", {}),
        ("value.wrong_type", {"name": "x", "type": ["list"], "wanted": None}),
        ("function.case_differs", {"name": "f", "case": {}, "value": "1"}),
        ("chart.other_label", {"axis": "x", "label": "", "words": None}),
        ("table.missing_rows", {"name": {"a": 1}, "have": None, "wanted": "x"}),
    ],
)
def test_reports_of_other_versions_never_break_a_page(code: str, fields: Any, language: Language) -> None:
    assert sentence(code, fields, language)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("total", "`total`"),
        ("a`b", "`` a`b ``"),
        ("a``b`", "``` a``b` ```"),
        ("a\nb\tc", "`a b c`"),
        ("", "`—`"),
        ("x" * 200, "`" + "x" * 119 + "…`"),
        ("a\u202eb", "`a b`"),
    ],
)
def test_what_learners_made_stays_inside_its_code(text: str, code: str) -> None:
    assert as_code(text) == code


def test_a_field_cannot_reach_into_our_objects() -> None:
    assert sentence("value.different", {"name": "{value.__class__}", "value": "{0}"}, "es").startswith(
        "`{value.__class__}` vale `{0}`"
    )


def report(verdict: Any, fault: CodeFault | None = None, *warnings: Warning) -> GradeReport:
    return GradeReport("suma", verdict, 1.0, 2.0, (), 0.1, "v1", fault, warnings)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_words(verdict: str, language: Language) -> None:
    words = english if language == "en" else spanish
    assert say(report(verdict), EXERCISE, language) not in ("", words.SENTENCES["unknown"])


def test_an_error_is_told_with_its_line() -> None:
    fault = CodeFault("suma", "NameError", "name 'x' is not defined", 3)
    assert say(report("error", fault), EXERCISE, "es").startswith(
        "En la línea 3, Python dice `NameError: name 'x' is not defined`."
    )
    nowhere = CodeFault("suma", "KeyError", "", None)
    assert say(report("error", nowhere), EXERCISE, "en").startswith("Python says `KeyError`.")


def test_a_name_that_an_earlier_cell_should_have_made_points_there() -> None:
    fault = CodeFault("suma", "NameError", "name 'x' is not defined", 3)
    told = say(report("error", fault, Warning("earlier_cell_failed", "antes", {"name": "KeyError"})), EXERCISE, "es")
    assert told.endswith("Antes se detuvo la celda `antes`; empieza por ahí.")


def test_a_process_that_ended_itself_is_told_as_such() -> None:
    told: dict[Language, str] = {"es": "cerró el entorno", "en": "closed its own environment"}
    for language, words in told.items():
        assert words in say(report("error", CodeFault("suma", "", "", None)), EXERCISE, language)


@pytest.mark.parametrize(
    "warning",
    [Warning("cell_restored", "c"), Warning("cell_left_out", "c"), Warning("earlier_cell_failed", "c", {"name": "E"})],
)
def test_warnings_are_told_too(warning: Warning) -> None:
    exercise: Exercise = EXERCISE
    assert "`c`" in say(warning, exercise, "es")
    assert "`c`" in say(warning, exercise, "en")
