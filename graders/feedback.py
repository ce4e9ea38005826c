"""Codes into words, in the reader's language, also for reports that an older version wrote.

A hole in a sentence names a field. What learners or data made is shown as inline code; {have:row} counts ("3 filas"),
{type:type}, {type:dtype}, {have:mark} and {axis:axis} name things, {case:case} is a case's label, {words:any} a choice,
{items:texts} are the lesson's own texts.
"""

import re
import string
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from courses import Exercise, Language
from graders import english, spanish
from graders.checks import forms
from graders.questions import with_texts
from graders.report import CheckResult, GradeReport, Warning

LONGEST_CODE = 120
# Codes of our own that say why a check could not be looked at, which its author's message cannot know.
BEFORE_THE_AUTHOR = frozenset({
    "cell.stopped", "cell.too_slow", "cell.out_of_memory", "cell.died", "evidence.unreadable", "exercise.missing",
})  # fmt: skip


def say(told: GradeReport | CheckResult | Warning, exercise: Exercise, language: Language) -> str:
    """One or two sentences of inline Markdown for the learner. Empty for a check of code that passed."""
    if isinstance(told, GradeReport):
        return _say_report(told, language)
    if isinstance(told, Warning):
        return sentence(f"warning.{told.code}", {**told.fields, "cell": told.cell_id}, language)
    return _say_check(told, exercise, language)


def sentence(code: str, fields: Mapping[str, Any], language: Language) -> str:
    """The sentence of a code with its holes filled; a general one where the code or a field is not known any more."""
    words = english if language == "en" else spanish
    try:
        return _Filler(words, language).vformat(_sentences(code, language)[code], (), fields)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return str(words.SENTENCES["unknown"])


def _sentences(code: str, language: Language) -> Mapping[str, str]:
    """Those among which a code's is: of the kind of check that its first word names, or our own."""
    form = forms().get(code.partition(".")[0])
    if form is None:
        return english.SENTENCES if language == "en" else spanish.SENTENCES
    return form.english if language == "en" else form.spanish


def _comes_before_author(code: str) -> bool:
    form = forms().get(code.partition(".")[0])
    return code in (BEFORE_THE_AUTHOR if form is None else form.before_author)


def as_code(text: str) -> str:
    """The text as inline code on one line, cut where it is long; it cannot end the code early."""
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", " ", text).split()) or "—"
    short = plain if len(plain) <= LONGEST_CODE else plain[: LONGEST_CODE - 1] + "…"
    longest = max((len(run) for run in re.findall("`+", short)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{short}{pad}{fence}"


def _say_check(result: CheckResult, exercise: Exercise, language: Language) -> str:
    if result.code.startswith("choice."):
        return _say_choice(result, exercise, language)
    if result.status == "passed":
        return _say_right(result, exercise, language)
    wrong = next((one for one in exercise.wrong_answers if one.id == result.wrong_answer_id), None)
    if wrong is not None:
        return wrong.message.for_language(language)
    if result.code.startswith(("order.", "match.")):
        return _say_arranged(result, exercise, language)
    check = next((one for one in exercise.checks if one.id == result.check_id), None)
    if check is not None and check.message is not None and not _comes_before_author(result.code):
        return check.message.for_language(language)
    return sentence(result.code, result.fields, language)


def _say_choice(result: CheckResult, exercise: Exercise, language: Language) -> str:
    """The author's words on the first option that matters; those on what was marked rightly only when all is right."""
    asked = result.fields.get("options", ())
    options = [one for one in exercise.options if one.id in asked]
    if result.code == "choice.incomplete" or not options:
        return sentence(result.code, {}, language)
    told = [one.message.for_language(language) for one in options]
    return next((one for one in told if one), sentence(result.code, {}, language))


def _say_right(result: CheckResult, exercise: Exercise, language: Language) -> str:
    """What to notice about the right answer to a question, or that it is one."""
    if exercise.kind == "code":
        return ""
    note = exercise.solution_note
    return note.for_language(language) if note else sentence(result.code, {}, language)


def _say_arranged(result: CheckResult, exercise: Exercise, language: Language) -> str:
    """What is right already of an order or of pairs, and then the author's words on the rest."""
    check = next((one for one in exercise.checks if one.id == result.check_id), None)
    wrong = result.fields.get("wrong", ())
    told = [item.message for item in exercise.match_items if item.id in wrong]
    told += [check.message] if check and check.message and not _comes_before_author(result.code) else []
    advice = told[0].for_language(language) if told else ""
    if advice and result.code == "order.wrong":
        return advice
    said = sentence(result.code, with_texts(exercise, result.fields, language), language)
    return f"{said} {advice}".rstrip()


def _say_report(report: GradeReport, language: Language) -> str:
    fields = {"points": report.points, "max_points": report.max_points}
    fault = report.fault
    if report.verdict != "error":
        return sentence(f"verdict.{report.verdict}", fields, language)
    if fault is None or not fault.name:
        return sentence("verdict.died", fields, language)
    said = {"error": f"{fault.name}: {fault.value}" if fault.value else fault.name, "line": fault.line}
    words = sentence("verdict.error" if fault.line else "verdict.error_somewhere", said, language)
    earlier = next((one.cell_id for one in report.warnings if one.code == "earlier_cell_failed"), None)
    if earlier is not None and fault.name == "NameError":
        words += " " + sentence("note.earlier_cell", {"cell": earlier}, language)
    return words


class _Filler(string.Formatter):
    """Fills holes with fields; it looks up plain names only, never an attribute or an item."""

    def __init__(self, words: ModuleType, language: Language) -> None:
        self._words = words
        self._language = language

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        words = self._words
        named: Mapping[str, Mapping[str, str]] = {
            "type": words.TYPES, "dtype": words.DTYPES, "mark": words.MARKS, "axis": words.AXES,
        }  # fmt: skip
        special: Mapping[str, Callable[[Any], str]] = {
            "texts": lambda texts: ", ".join(words.QUOTED.format(one) for one in texts),
            "any": lambda texts: words.OR.join(as_code(str(one)) for one in texts[:3]),
            "case": lambda label: str(label.get(self._language) or label["es"]),
        }
        if format_spec in words.COUNTED:
            one, many = words.COUNTED[format_spec]
            return f"{_number(value)} {one if value == 1 else many}"
        if format_spec in named:
            return named[format_spec].get(value) or as_code(str(value))
        return special[format_spec](value) if format_spec else _shown(value)


def _shown(value: Any) -> str:
    """Numbers as they are read, texts as code, lists as texts with commas."""
    if isinstance(value, list | tuple):
        return ", ".join(as_code(str(one)) for one in value)
    if isinstance(value, int | float):
        return _number(value)
    return as_code(str(value))


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) and abs(value) >= 10_000 else f"{value:.10g}"
