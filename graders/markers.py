"""How notebooks are marked against one source, whichever it is: a lesson, or an instructor's notebook."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import courses
from courses import Catalogue, Lesson
from graders import otter
from graders.class_run import Marked
from graders.engine import get_exercise
from graders.expected import Workbench, solution_of
from graders.keys import AnswerKeys
from graders.nbgrader import (
    Document,
    SourceRefused,
    SubmissionRefused,
    grade_notebook,
    source_in,
    submission_in,
    support_files,
    to_autograded,
    to_feedback,
    to_report,
    write_document,
)
from graders.submission import grade_submission, is_of_this_lesson
from notebooks import ForkServer, Limits, Notebook, NotebookRefused, read_work

DONE, COMPLAINTS, BAD_SOURCE, BAD_SUBMISSION, PLATFORM = 0, 1, 2, 3, 4


class Refused(Exception):
    """The command ends here, with an exit code, a code for machines, a message for people and the cell at fault."""

    def __init__(self, exit_code: int, code: str, message: str, cell: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.cell = cell


@dataclass(frozen=True)
class Marker:
    """How notebooks are marked against one source. read: raises SubmissionRefused; data_root: of a sandbox for it.

    basis: what a report depends on besides the notebook, as texts; warm_up: what all would do first, done once before
    many are marked at the same time.
    """

    read: Callable[[Path], Any]
    mark: Callable[[Any, ForkServer, AnswerKeys], Marked]
    data_root: Path | None
    basis: tuple[str, ...]
    warm_up: Callable[[ForkServer, AnswerKeys], None] = lambda sandbox, keys: None


def lesson_marker(options: Namespace, limits: Limits) -> Marker:
    catalogue, lesson = get_lesson(options.lesson)
    exercises = [get_exercise(lesson, options.exercise)] if options.exercise else list(lesson.exercises)

    def mark(work: Notebook, sandbox: ForkServer, keys: AnswerKeys) -> Marked:
        return Marked(
            grade_submission(
                lesson, exercises, work, sandbox=sandbox, keys=keys, limits=limits, language=options.language
            )
        )

    def warm_up(sandbox: ForkServer, keys: AnswerKeys) -> None:
        for one in exercises:
            if one.kind == "code":
                solution_of(lesson, one, Workbench(sandbox, keys, limits, options.language))

    return Marker(
        lambda path: _work(path, lesson),
        mark,
        data_root_of(catalogue),
        (repr(lesson), repr(exercises), repr(limits), options.language),
        warm_up,
    )


def source_marker(options: Namespace, limits: Limits) -> Marker:
    if options.source.is_dir():
        return _assignment_marker(options, limits)
    if otter.is_otters(options.source):
        return _otter_marker(options, limits)
    source, language = source_in(options.source), options.language
    files = support_files(options.files) if options.files is not None else {}

    def mark(work: Document, sandbox: ForkServer, keys: AnswerKeys) -> Marked:
        graded = grade_notebook(source, work, sandbox=sandbox, limits=limits, language=language, files=files)
        return Marked(
            to_report(graded, language),
            {
                "autograded.ipynb": lambda: write_document(to_autograded(graded, language)),
                "feedback.html": lambda: to_feedback(graded, language).encode(),
            },
        )

    return Marker(submission_in, mark, None, (repr(source), repr(files), repr(limits), language))


def _assignment_marker(options: Namespace, limits: Limits) -> Marker:
    """Of an assignment of several notebooks: each is marked against the source of its name."""
    paths = sorted(options.source.glob("*.ipynb"))
    if not paths:
        raise SourceRefused("no_source", "", f"{options.source} holds no notebook. Give an assignment's folder.")
    markers = {path.name: source_marker(Namespace(**{**vars(options), "source": path}), limits) for path in paths}

    def read(path: Path) -> tuple[Marker, Any]:
        marker = markers.get(path.name)
        if marker is None:
            raise SubmissionRefused(
                "no_source",
                f"No source is called {path.name}; there is {', '.join(markers)}. Give it the name of its source.",
            )
        return marker, marker.read(path)

    def mark(work: tuple[Marker, Any], sandbox: ForkServer, keys: AnswerKeys) -> Marked:
        marker, one = work
        return marker.mark(one, sandbox, keys)

    return Marker(read, mark, None, tuple(text for name, one in markers.items() for text in (name, *one.basis)))


def _otter_marker(options: Namespace, limits: Limits) -> Marker:
    source, language = otter.source_in(options.source), options.language
    files = support_files(options.files) if options.files is not None else {}

    def mark(work: Document, sandbox: ForkServer, keys: AnswerKeys) -> Marked:
        graded = otter.grade_notebook(source, work, sandbox=sandbox, limits=limits, language=language, files=files)
        return Marked(
            otter.to_report(graded, language),
            {
                "autograded.ipynb": lambda: write_document(otter.to_autograded(graded, language)),
                "feedback.html": lambda: otter.to_feedback(graded, language).encode(),
            },
        )

    return Marker(submission_in, mark, None, (repr(source), repr(files), repr(limits), language))


def get_lesson(path: Path) -> tuple[Catalogue, Lesson]:
    """The lesson in a folder. Raises: Refused."""
    if not path.is_dir():
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} is not a folder. Give that of a lesson.")
    catalogue = courses.load_part(path.resolve())
    lessons = [lesson for course in catalogue.courses for lesson in course.lessons]
    if len(lessons) != 1:
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} holds no lesson in order. {advice_on(path)}")
    return catalogue, lessons[0]


def _work(path: Path, lesson: Lesson) -> Notebook:
    """The learner's notebook. Raises: SubmissionRefused."""
    try:
        work = read_work(path.read_bytes())
    except OSError as reason:
        raise SubmissionRefused("unreadable", f"{path} cannot be read: {reason}.") from reason
    except NotebookRefused as reason:
        raise SubmissionRefused(reason.code, f"{path} is no notebook that can be graded: {reason}.") from reason
    if not is_of_this_lesson(lesson, work):
        raise SubmissionRefused(
            "not_this_lesson",
            f'{path} has no answer cell of the lesson "{lesson.id}". Download the lesson again and answer there.',
        )
    return work


def data_root_of(catalogue: Catalogue) -> Path:
    return catalogue.datasets[0].folder.parent if catalogue.datasets else courses.SHIPPED / "datasets"


def advice_on(path: Path) -> str:
    return f"Run `python -m courses check {path}` to see why."
