"""`grade` marks a notebook, `release` makes the learner's version of one, `prove` runs a lesson's answers."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from courses import LANGUAGES, SHIPPED, Catalogue, Exercise, Lesson, load_part
from graders.engine import get_exercise
from graders.errors import UngradableExercise
from graders.keys import AnswerKeys
from graders.nbgrader import (
    SourceRefused,
    SubmissionRefused,
    grade_notebook,
    release,
    source_in,
    submission_in,
    support_files,
    to_report,
    write_document,
    write_results,
)
from graders.proof import prove_exercise
from graders.report import SCHEMA
from graders.submission import grade_submission, is_of_this_lesson
from notebooks import (
    ForkServer,
    KernelUnavailable,
    Limits,
    Notebook,
    NotebookRefused,
    SandboxConfig,
    SandboxUnavailable,
    read_notebook,
)

PYTHON = Path(__file__).resolve().parents[1] / ".venv-kernel" / "bin" / "python"
DONE, COMPLAINTS, BAD_SOURCE, BAD_SUBMISSION, PLATFORM = 0, 1, 2, 3, 4


class Refused(Exception):
    """The command ends here, with an exit code, a code for machines, a message for people and the cell at fault."""

    def __init__(self, exit_code: int, code: str, message: str, cell: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.cell = cell


def main(arguments: Sequence[str]) -> int:
    options = read_arguments(arguments)
    try:
        return int(options.order(options))
    except Refused as reason:
        refusal = reason
    except UngradableExercise as reason:
        refusal = Refused(BAD_SOURCE, reason.code, str(reason))
    except SourceRefused as reason:
        refusal = Refused(BAD_SOURCE, reason.code, str(reason), reason.cell)
    except SubmissionRefused as reason:
        refusal = Refused(BAD_SUBMISSION, reason.code, str(reason))
    except (SandboxUnavailable, KernelUnavailable) as reason:
        refusal = Refused(PLATFORM, "no_sandbox", f"Learner code cannot run here. {reason}")
    except (OSError, MemoryError) as reason:
        refusal = Refused(PLATFORM, "system", f"The system refused: {reason or type(reason).__name__}. Try again.")
    print(refusal, file=sys.stderr)
    if options.order is grade and options.json is not None:
        cell = {"cell": refusal.cell} if refusal.cell else {}
        _write_json(
            options.json, {"schema": SCHEMA, "problem": {"code": refusal.code, "message": str(refusal), **cell}}
        )
    return refusal.exit_code


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m graders", description=__doc__)
    orders = parser.add_subparsers(required=True, metavar="COMMAND")
    one = orders.add_parser(
        "grade",
        help="mark a notebook",
        description="Mark a notebook against a lesson or an instructor's notebook, in the sandbox, with no site and no "
        "database. Exit 0: graded; 2: the lesson or source cannot be used; 3: the notebook cannot; 4: this machine "
        "cannot run it.",
    )
    _add_grade(one)
    learners = orders.add_parser(
        "release",
        help="make the learner's version of an instructor's notebook",
        description="Solutions, hidden tests, mark schemes and outputs go; locks and checksums come, as in nbgrader. "
        "Exit 0: written; 2: the source cannot be used.",
    )
    learners.add_argument("--source", type=Path, required=True, help="instructor version in nbgrader's format")
    learners.add_argument("--out", type=Path, required=True, help="write the learner's version to this file")
    learners.set_defaults(order=make_release)
    all_of = orders.add_parser(
        "prove",
        help="run every solution, starter and wrong answer",
        description="Each solution must pass in full, no starter may, each wrong answer must get its own message, in "
        "both languages. Exit 0: so it is; 1: there are complaints; 2: there is no lesson; 4: this machine cannot.",
    )
    all_of.add_argument("path", nargs="?", type=Path, default=SHIPPED, help="of a lesson, a course or all content")
    all_of.add_argument("--json", action="store_true", help="print the complaints as JSON")
    all_of.set_defaults(order=prove)
    for order in (one, all_of):
        order.add_argument("--language", choices=LANGUAGES, default="es", help="of the messages")
        order.add_argument("--keys", type=Path, help="a private folder that keeps what solutions do for the next time")
        order.add_argument("--python", type=Path, default=PYTHON, help="of the environment that learners import from")
    return parser.parse_args(arguments)


def _add_grade(one: argparse.ArgumentParser) -> None:
    source = one.add_mutually_exclusive_group(required=True)
    source.add_argument("--lesson", type=Path, help="folder of the lesson")
    source.add_argument("--source", type=Path, help="instructor version in nbgrader's format")
    one.add_argument("--submission", type=Path, required=True, help="the learner's .ipynb")
    one.add_argument("--files", type=Path, metavar="FOLDER", help="with --source: files that its cells read")
    one.add_argument("--exercise", help="mark this one of the lesson only")
    one.add_argument("--json", type=Path, metavar="OUT", help="write the report to this file")
    one.add_argument("--autograded", type=Path, metavar="OUT", help="with --source: write the notebook as it ran")
    one.add_argument("--feedback", type=Path, metavar="OUT", help="with --source: write the learner's page in HTML")
    one.add_argument("--cell-timeout-s", type=_positive(float), default=Limits().cell_timeout_s, help="for each cell")
    one.add_argument("--memory-mib", type=_positive(int), default=Limits().memory_mib, help="of the learner's process")
    one.set_defaults(order=grade)


def grade(options: argparse.Namespace) -> int:
    """Mark one notebook."""
    limits = Limits(memory_mib=options.memory_mib, cell_timeout_s=options.cell_timeout_s)
    report = _grade_source(options, limits) if options.source is not None else _grade_lesson(options, limits)
    if options.json is not None:
        _write_json(options.json, report)
    print(_as_text(report))
    return DONE


def make_release(options: argparse.Namespace) -> int:
    """Write the learner's version of an instructor's notebook."""
    options.out.write_bytes(write_document(release(source_in(options.source))))
    return DONE


def _grade_lesson(options: argparse.Namespace, limits: Limits) -> dict[str, Any]:
    catalogue, lesson = _lesson(options.lesson)
    exercises = [get_exercise(lesson, options.exercise)] if options.exercise else list(lesson.exercises)
    work = _work(options.submission, lesson)
    with _bench(options, catalogue, limits) as (sandbox, keys):
        return grade_submission(
            lesson, exercises, work, sandbox=sandbox, keys=keys, limits=limits, language=options.language
        )


def _grade_source(options: argparse.Namespace, limits: Limits) -> dict[str, Any]:
    source = source_in(options.source)
    work = submission_in(options.submission)
    files = support_files(options.files) if options.files is not None else {}
    with _sandbox(options, None, limits) as (sandbox, _folder):
        graded = grade_notebook(source, work, sandbox=sandbox, limits=limits, language=options.language, files=files)
    write_results(graded, autograded=options.autograded, feedback=options.feedback, language=options.language)
    return to_report(graded, options.language)


def prove(options: argparse.Namespace) -> int:
    """Prove every lesson at a path."""
    if not options.path.is_dir():
        raise Refused(BAD_SOURCE, "no_lesson", f"{options.path} is not a folder. Give that of a lesson or a course.")
    catalogue = load_part(options.path.resolve())
    lessons = [lesson for course in catalogue.courses for lesson in course.lessons]
    if not lessons:
        raise Refused(BAD_SOURCE, "no_lesson", f"{options.path} has no lesson in order. {_advice(options.path)}")
    found = []
    with _bench(options, catalogue, Limits()) as (sandbox, keys):
        for lesson, exercise in ((one, exercise) for one in lessons for exercise in one.exercises):
            complaints = prove_exercise(lesson, exercise, sandbox=sandbox, keys=keys)
            found += [(lesson, complaint) for complaint in complaints]
            if not options.json:
                print(_proof_line(lesson, exercise, len(complaints)), flush=True)
                for one in complaints:
                    print(f"    {one.language}: {one.message.for_language(options.language)} [{one.code}]", flush=True)
    if options.json:
        print(json.dumps({"lessons": [f"{one.course_id}/{one.id}" for one in lessons], "complaints": [
            {"lesson": f"{lesson.course_id}/{lesson.id}", "exercise": one.exercise_id, "language": one.language,
             "code": one.code, "es": one.message.es, "en": one.message.en}
            for lesson, one in found
        ]}, ensure_ascii=False, indent=2))  # fmt: skip
    if catalogue.problems:
        print(f"The content has {len(catalogue.problems)} complaints. {_advice(options.path)}", file=sys.stderr)
    return COMPLAINTS if found or catalogue.problems else DONE


def _proof_line(lesson: Lesson, exercise: Exercise, complaints: int) -> str:
    counts = (
        f"{len(exercise.options)} options"
        if exercise.kind == "choice"
        else f"{len(exercise.solutions)} solutions, {len(exercise.wrong_answers)} wrong answers"
    )
    return f"{'ok' if not complaints else '--'}  {lesson.course_id}/{lesson.id}/{exercise.id}: {counts}"


def _lesson(path: Path) -> tuple[Catalogue, Lesson]:
    """The lesson in a folder. Raises: Refused."""
    if not path.is_dir():
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} is not a folder. Give that of a lesson.")
    catalogue = load_part(path.resolve())
    lessons = [lesson for course in catalogue.courses for lesson in course.lessons]
    if len(lessons) != 1:
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} holds no lesson in order. {_advice(path)}")
    return catalogue, lessons[0]


def _work(path: Path, lesson: Lesson) -> Notebook:
    """The learner's notebook. Raises: Refused."""
    try:
        work = read_notebook(path.read_bytes())
    except OSError as reason:
        raise Refused(BAD_SUBMISSION, "unreadable", f"{path} cannot be read: {reason}.") from reason
    except NotebookRefused as reason:
        raise Refused(BAD_SUBMISSION, reason.code, f"{path} is no notebook that can be graded: {reason}.") from reason
    if not is_of_this_lesson(lesson, work):
        raise Refused(
            BAD_SUBMISSION,
            "not_this_lesson",
            f'{path} has no answer cell of the lesson "{lesson.id}". Download the lesson again and answer there.',
        )
    return work


@contextmanager
def _bench(
    options: argparse.Namespace, catalogue: Catalogue, limits: Limits
) -> Iterator[tuple[ForkServer, AnswerKeys]]:
    """A sandbox of our own with the datasets of the content, and a place for keys."""
    data_root = catalogue.datasets[0].folder.parent if catalogue.datasets else SHIPPED / "datasets"
    with _sandbox(options, data_root, limits) as (server, folder):
        yield server, AnswerKeys(options.keys or folder / "keys")


@contextmanager
def _sandbox(options: argparse.Namespace, data_root: Path | None, limits: Limits) -> Iterator[tuple[ForkServer, Path]]:
    """A fork server of our own, and a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        config = SandboxConfig(
            python=options.python.absolute(), run_dir=Path(folder) / "run", data_root=data_root, limits=limits
        )
        server = ForkServer.start(config)
        try:
            yield server, Path(folder)
        finally:
            server.stop()


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _as_text(report: dict[str, Any]) -> str:
    lines = [f"{report['points']:g} / {report['max_points']:g}"]
    for exercise in report["exercises"]:
        lines.append(f"{exercise['id']}: {exercise['status']}, {exercise['points']:g} / {exercise['max_points']:g}")
        lines += [f"    {one['id']}: {one['message']}" for one in exercise["checks"] if one["status"] != "passed"]
    return "\n".join([*lines, *(one["message"] for one in report["warnings"])])


def _advice(path: Path) -> str:
    return f"Run `python -m courses check {path}` to see why."


def _positive(kind: type) -> Any:
    def number(text: str) -> Any:
        value = kind(text)
        if not 0 < value < 10**6:
            raise ValueError(text)
        return value

    number.__name__ = f"positive {kind.__name__}"
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
