"""An exercise in the preview: its statement and starter, and folded below them what learners do not see at first."""

from collections.abc import Iterator, Sequence
from html import escape

from courses.colours import highlight_python
from courses.model import Exercise, Language
from courses.preview.words import KINDS, WORDS


def render_exercise(exercise: Exercise, statement: str, language: Language) -> str:
    """HTML of an exercise. statement: its safe HTML."""
    facts = [
        KINDS[exercise.kind].for_language(language),
        WORDS["points"].for_language(language).format(count=f"{exercise.points:g}"),
        WORDS["minutes"].for_language(language).format(count=exercise.minutes),
    ]
    head = f'<p class="kind">{word("exercise", language)} · {escape(" · ".join(facts))}</p>'
    title = f"<h3>{escape(exercise.title.for_language(language))}</h3>"
    starter = exercise.starter.for_language(language)
    shown = f'<p class="kind">{word("starter", language)}</p>{code(starter)}' if starter.strip() else ""
    folded = "".join(fold(name, parts, language) for name, parts in folded_parts(exercise, language) if parts)
    return f'<section class="exercise" id="{escape(exercise.id)}">{head}{title}{statement}{shown}{folded}</section>'


def folded_parts(exercise: Exercise, language: Language) -> Iterator[tuple[str, Sequence[str]]]:
    """What stands behind each fold, as HTML."""
    yield "answer", list_answers(exercise, language)
    yield "solution", [code(one) for one in exercise.solutions]
    yield (
        "checks",
        [
            said(
                one.title.for_language(language),
                f"{one.points:g}",
                one.message.for_language(language) if one.message else "",
            )
            for one in exercise.checks
        ],
    )
    yield (
        "wrong_answers",
        [
            f"<p><code>{escape(one.id)}</code> → <code>{escape(one.check_id)}</code></p>{code(one.source)}"
            f"<p>{escape(one.message.for_language(language))}</p>"
            for one in exercise.wrong_answers
        ],
    )
    yield "hints", [f"<p>{escape(one.for_language(language))}</p>" for one in exercise.hints]
    yield (
        "rubric",
        [
            said(one.title.for_language(language), f"{level.points:g}", level.text.for_language(language))
            for one in exercise.rubric
            for level in one.levels
        ],
    )


def list_answers(exercise: Exercise, language: Language) -> list[str]:
    """What is right in an exercise without code, and what is said of each option or pair."""
    found = [
        said(
            f"{'✓' if one.is_correct else '✗'} {one.text.for_language(language)}",
            "",
            one.message.for_language(language),
        )
        for one in exercise.options
    ]
    found += [said(one.text.for_language(language), f"{one.place + 1}", "") for one in exercise.order_items]
    answers = {one.id: one.text.for_language(language) for one in exercise.match_answers}
    found += [
        said(f"{one.text.for_language(language)} → {answers.get(one.answer_id, one.answer_id)}", "",
             one.message.for_language(language))
        for one in exercise.match_items
    ]  # fmt: skip
    if exercise.number is not None:
        unit = exercise.number.units[0].name if exercise.number.units else ""
        found.append(said(f"{exercise.number.value:g} {unit}".strip(), "", ""))
    return found


def said(text: str, points: str, message: str) -> str:
    """One line with its points, and what is said in smaller letters below it."""
    mark = f' <span class="mark">{escape(points)}</span>' if points else ""
    below = f'<p class="message">{escape(message)}</p>' if message else ""
    return f"<p>{escape(text)}{mark}</p>{below}"


def fold(name: str, parts: Sequence[str], language: Language) -> str:
    inside = "".join(f"<li>{one}</li>" for one in parts)
    return f"<details><summary>{word(name, language)} ({len(parts)})</summary><ul>{inside}</ul></details>"


def code(source: str) -> str:
    return f'<pre tabindex="0"><code>{highlight_python(source)}</code></pre>'


def word(name: str, language: Language) -> str:
    return escape(WORDS[name].for_language(language))
