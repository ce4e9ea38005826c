"""Feedback for the learner: one page of HTML with the notebook, the points and a sentence for each graded cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from courses import Language
from graders.nbgrader.grade import Graded
from graders.nbgrader.marks import Mark
from graders.nbgrader.restore import Placed
from graders.nbgrader.run import CellRun
from graders.nbgrader.words import say
from graders.nbgrader.write_back import outputs_of

TITLES: Mapping[Language, str] = {"es": "Retroalimentación", "en": "Feedback"}
POINTS: Mapping[Language, str] = {"es": "{points} de {most} puntos", "en": "{points} of {most} points"}
NOTES: Mapping[Language, str] = {"es": "Avisos", "en": "Notices"}
COLOURED = re.compile("\x1b\\[[0-9;]*m")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
pre { background: #f4f4f2; padding: .75rem; overflow-x: auto; white-space: pre-wrap; }
pre.out { background: none; border-left: .25rem solid #bbb; }
.mark { border: 1px solid #767676; padding: .5rem .75rem; }
img { max-width: 100%; }
"""


def to_feedback(graded: Graded, language: Language) -> str:
    """The page: it runs nothing, loads nothing from elsewhere, and shows neither hidden tests nor their output."""
    marks = {one.grade_id: one for one in graded.marks}
    told = [line for placed, run in _pairs(graded) for line in _cell(placed, run, marks, language)]
    absent = [_mark(one, language) for one in graded.marks if one.status == "missing"]
    notes = [say(one, language) for one in graded.warnings]
    return page(language, (graded.points, graded.max_points), notes, [*told, *absent])


def page(language: Language, points: tuple[float, float], notes: Sequence[str], body: Sequence[str]) -> str:
    """A page of feedback around its body, which is HTML already. points: earned, and at most; notes: plain text."""
    title = escape(TITLES[language])
    listed = [f"<li>{escape(one)}</li>" for one in notes]
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
            f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>",
            f"<p><strong>{_points(*points, language)}</strong></p>",
            *([f"<h2>{NOTES[language]}</h2>\n<ul>", *listed, "</ul>"] if notes else []),
            *body,
            "</body>\n</html>\n",
        ]
    )


def mark_line(name: str, points: tuple[float, float], sentence: str, language: Language) -> str:
    """What a page says of one mark, as HTML."""
    return f'<p class="mark"><strong>{escape(name)}: {_points(*points, language)}.</strong> {escape(sentence)}</p>'


def _pairs(graded: Graded) -> Iterator[tuple[Placed, CellRun]]:
    return zip(graded.restored.placed, graded.runs, strict=True)


def _cell(placed: Placed, run: CellRun, marks: Mapping[str, Mark], language: Language) -> Iterator[str]:
    marked = placed.marked
    is_locked = marked is not None and marked.marking.is_locked
    text = marked.handed_out_text if marked is not None and is_locked else placed.cell.source
    yield f"<pre>{escape(text)}</pre>"
    if marked is None or not marked.hides_tests:
        yield from (shown for output in outputs_of(run) if (shown := shown_output(output)))
    if marked is not None and marked.marking.grade_id in marks:
        yield _mark(marks[marked.marking.grade_id], language)


def _mark(mark: Mark, language: Language) -> str:
    return mark_line(mark.grade_id, (mark.points, mark.max_points), say(mark, language), language)


def _points(points: float, most: float, language: Language) -> str:
    return POINTS[language].format(points=f"{points:g}", most=f"{most:g}")


def shown_output(output: Mapping[str, Any]) -> str:
    """One output as text or picture; HTML of the learner's is left out, for a page of feedback runs nothing."""
    if output["output_type"] == "stream":
        return _out(output["text"])
    if output["output_type"] == "error":
        return _out(f"{output['ename']}: {output['evalue']}")
    picture = output["data"].get("image/png", "")
    text = output["data"].get("text/plain", "")
    if picture and BASE64.fullmatch(picture):
        return f'<p><img alt="{escape(text)}" src="data:image/png;base64,{escape("".join(picture.split()))}"></p>'
    return _out(text)


def _out(text: str) -> str:
    return f'<pre class="out">{escape(COLOURED.sub("", text))}</pre>' if text else ""
