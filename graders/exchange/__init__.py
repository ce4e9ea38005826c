"""A lesson as a notebook and back, a lesson from a plain notebook, and courses of nbgrader's. Pure: nothing runs."""

from graders.exchange.course import CourseTaken, import_course
from graders.exchange.export import to_notebook
from graders.exchange.fresh import slug_of
from graders.exchange.intake import Taken, from_notebook
from graders.exchange.plain import Built, Choices, Guess, Suggestion, build, guess_at, make_guess, suggest
from graders.exchange.recognise import NotebookKind, read_cells, recognise
from graders.exchange.told import NotTaken, Remark

__all__ = [
    "Built",
    "Choices",
    "CourseTaken",
    "Guess",
    "NotTaken",
    "NotebookKind",
    "Remark",
    "Suggestion",
    "Taken",
    "build",
    "from_notebook",
    "guess_at",
    "import_course",
    "make_guess",
    "read_cells",
    "recognise",
    "slug_of",
    "suggest",
    "to_notebook",
]
