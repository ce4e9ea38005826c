"""What was handed in, as whoever marks it or wrote it reads it: code, a list, or text."""

from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from courses import Exercise, Language
from webapp.services.practice.service import describe_choice
from webapp.services.submissions.records import Answer
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline


@dataclass(frozen=True)
class AnswerView:
    """One of three is filled. lines: what was marked, ordered or paired; name: of the whole, for a screen reader."""

    name: str
    code_html: Markup | None = None
    lines: tuple[Markup, ...] = ()
    text: str = ""


def render_answer(exercise: Exercise, answer: Answer, language: Language, *, name: str) -> Markup:
    """An answer to read. name: what a screen reader calls it, as "Respuesta del intento 2"."""
    macro = get_template_attribute("components/answer.html", "answer")
    return Markup(macro(answer_view(exercise, answer, language, name=name)))  # noqa: S704 - our own template


def answer_view(exercise: Exercise, answer: Answer, language: Language, *, name: str) -> AnswerView:
    if exercise.kind == "code":
        return AnswerView(name, code_html=highlight_python(answer.source))
    if exercise.kind in ("number", "text"):
        return AnswerView(name, text=answer.source)
    return AnswerView(name, lines=tuple(inline(line) for line in describe_choice(exercise, answer.choice, language)))
