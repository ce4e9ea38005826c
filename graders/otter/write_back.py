"""What is written of a graded notebook besides the report: the trainer's notebook, and the learner's page."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from courses import Language
from graders.nbgrader.document import OURS, Document
from graders.nbgrader.feedback import mark_line, page, shown_output
from graders.nbgrader.write_back import outputs_of_reply
from graders.otter.grade import Graded
from graders.otter.marks import Mark
from graders.otter.words import say, say_mark


def to_autograded(graded: Graded, language: Language) -> Document:
    """The notebook for the trainer. Marks stand under "aula", by question, in the metadata of cells that check."""
    marks = {one.question: one for one in graded.marks}
    cells = []
    for placed, run in zip(graded.restored.placed, graded.runs.cells, strict=True):
        cell = placed.cell
        if cell.kind == "code":
            cell = replace(cell, outputs=outputs_of_reply(run.reply) if run.reply else (), execution_count=None)
        if placed.checks:
            told = {name: _told(marks[name], language) for name in placed.checks}
            cell = replace(cell, metadata={**cell.metadata, OURS: {"marks": told}})
        cells.append(cell)
    return graded.restored.document.with_cells(tuple(cells))


def to_feedback(graded: Graded, language: Language) -> str:
    """The page: it runs nothing, loads nothing from elsewhere, and shows no test."""
    marks = {one.question: one for one in graded.marks}
    body: list[str] = []
    for placed, run in zip(graded.restored.placed, graded.runs.cells, strict=True):
        body.append(f"<pre>{escape(placed.cell.source)}</pre>")
        outputs = outputs_of_reply(run.reply) if run.reply else ()
        body += [shown for output in outputs if (shown := shown_output(output))]
        body += [line for name in placed.checks for line in _lines(marks.pop(name), language)]
    body += [line for one in marks.values() for line in _lines(one, language)]
    notes = [say(one, language) for one in graded.warnings]
    return page(language, (graded.points, graded.max_points), notes, body)


def _lines(mark: Mark, language: Language) -> Iterator[str]:
    """The question's mark, and what its author says of cases that learners may see."""
    yield mark_line(mark.question, (mark.points, mark.max_points), say_mark(mark, language), language)
    for one in mark.cases:
        if one.status != "passed" and not one.case.is_hidden and one.case.failure_message:
            yield f"<p>{escape(say(one, language))}</p>"


def _told(mark: Mark, language: Language) -> dict[str, object]:
    return {
        "points": mark.points,
        "max_points": mark.max_points,
        "status": mark.status,
        "message": say_mark(mark, language),
    }
