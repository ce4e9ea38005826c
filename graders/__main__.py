"""`grade` marks a notebook, `release` makes the learner's version of one, `prove` runs a lesson's answers."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import courses
from courses import LANGUAGES, Catalogue
from graders import otter, schema
from graders.class_run import PLATFORM as NOT_GRADED
from graders.class_run import ClassRun, basis_of, write_summary
from graders.errors import ReportRefused, UngradableExercise
from graders.exchange.commands import add_commands
from graders.keys import AnswerKeys
from graders.lasting import find_ready, keep_ready
from graders.markers import (
    BAD_SOURCE,
    BAD_SUBMISSION,
    COMPLAINTS,
    DONE,
    PLATFORM,
    Marker,
    Refused,
    advice_on,
    data_root_of,
    lesson_marker,
    source_marker,
)
from graders.nbgrader import SourceRefused, SubmissionRefused, release, source_in, write_document
from graders.proving import Place, Proof, list_changes, proofs_to_json, prove_folders, read_proofs, tell, tell_all
from graders.report import SCHEMA
from notebooks import ForkServer, KernelUnavailable, Limits, SandboxConfig, SandboxUnavailable

PYTHON = Path(__file__).resolve().parents[1] / ".venv-kernel" / "bin" / "python"
INTERRUPTED = 130
SESSIONS_EACH = 2  # the learner's and the examiner's


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
        help="mark a notebook, or all notebooks in a folder",
        description="Mark a notebook against a lesson or an instructor's notebook, in the sandbox, with no site and no "
        "database. Exit 0: graded; 2: the lesson or source cannot be used; 3: the notebook cannot; 4: this machine "
        "cannot run it. Of a folder each notebook has its own exit in summary.csv, and the exit is 0 or 4; begun "
        "again, it goes on where it ended.",
    )
    _add_grade(one)
    _add_release(orders)
    add_commands(orders)
    all_of = orders.add_parser(
        "prove",
        help="find out all that can be known of a lesson without a person",
        description="Every cell must run, each solution pass in full, no starter may, each wrong answer get its own "
        "message, in both languages; right answers in unusual forms must pass, and mistakes that are made in "
        "solutions should be caught. Exit 0: all green; 1: some are red; 2: no lesson is there; 4: not here.",
    )
    all_of.add_argument("path", nargs="?", type=Path, help="of a lesson or a course; else all content")
    all_of.add_argument("--json", action="store_true", help="print the proofs as JSON")
    all_of.add_argument("--record", type=Path, metavar="FILE", help="write the proofs as JSON to this file besides")
    all_of.add_argument("--since", type=Path, metavar="FILE", help="show what changed since this file of --json")
    all_of.add_argument("--jobs", type=_positive(int), help="how many pieces of work at once; else two for each core")
    all_of.set_defaults(order=prove)
    forms = orders.add_parser("schema", help="write courses/schema/checks.json anew from the kinds of checks")
    forms.set_defaults(order=write_schema)
    for order in (one, all_of, _add_sandbox(orders)):
        order.add_argument("--python", type=Path, default=PYTHON, help="of the environment that learners import from")
    for order in (one, all_of):
        order.add_argument("--sandbox", type=Path, metavar="SOCKET", help="use the one that is kept ready there")
        order.add_argument("--language", choices=LANGUAGES, default="es", help="of the messages")
        order.add_argument("--keys", type=Path, help="a private folder that keeps what solutions do for the next time")
    return parser.parse_args(arguments)


def _add_release(orders: Any) -> None:
    learners = orders.add_parser(
        "release",
        help="make the learner's version of an instructor's notebook",
        description="Solutions, hidden tests, mark schemes and outputs go; locks come, as in nbgrader and in Otter. "
        "Exit 0: written; 2: the source cannot be used.",
    )
    learners.add_argument("--source", type=Path, required=True, help="instructor version, nbgrader's or Otter's")
    learners.add_argument("--out", type=Path, required=True, help="write the learner's version to this file")
    learners.set_defaults(order=make_release)


def _add_sandbox(orders: Any) -> Any:
    ready = orders.add_parser(
        "sandbox",
        help="keep a sandbox ready, so that `grade --sandbox SOCKET` need not start one",
        description="Prints the path of its socket, and stays until it is interrupted. Only its owner may use it.",
    )
    ready.add_argument("--run-dir", type=Path, required=True, metavar="FOLDER", help="private, with a short path")
    ready.set_defaults(order=keep_sandbox)
    return ready


def _add_grade(one: argparse.ArgumentParser) -> None:
    source = one.add_mutually_exclusive_group(required=True)
    source.add_argument("--lesson", type=Path, help="folder of the lesson")
    source.add_argument("--source", type=Path, help="instructor version, nbgrader's or Otter's, or a folder of several")
    work = one.add_mutually_exclusive_group(required=True)
    work.add_argument("--submission", type=Path, help="the learner's .ipynb")
    work.add_argument("--submissions", type=Path, metavar="FOLDER", help="grade all notebooks below it, side by side")
    one.add_argument("--out", type=Path, metavar="FOLDER", help="with --submissions: where results go")
    one.add_argument("--jobs", type=_positive(int), help="with --submissions: how many at once; else one for each core")
    one.add_argument("--files", type=Path, metavar="FOLDER", help="with --source: files that its cells read")
    one.add_argument("--exercise", help="mark this one of the lesson only")
    one.add_argument("--json", type=Path, metavar="OUT", help="write the report to this file")
    one.add_argument("--autograded", type=Path, metavar="OUT", help="with --source: write the notebook as it ran")
    one.add_argument("--feedback", type=Path, metavar="OUT", help="with --source: write the learner's page in HTML")
    one.add_argument("--cell-timeout-s", type=_positive(float), default=Limits().cell_timeout_s, help="for each cell")
    one.add_argument("--memory-mib", type=_positive(int), default=Limits().memory_mib, help="of the learner's process")
    one.set_defaults(order=grade)


def grade(options: argparse.Namespace) -> int:
    """Mark one notebook, or a folder of them."""
    limits = Limits(memory_mib=options.memory_mib, cell_timeout_s=options.cell_timeout_s)
    marker = source_marker(options, limits) if options.source is not None else lesson_marker(options, limits)
    if options.submissions is not None:
        return _grade_class(options, marker, limits)
    work = marker.read(options.submission)
    with _sandbox(options, marker.data_root, limits) as (sandbox, folder):
        marked = marker.mark(work, sandbox, AnswerKeys(options.keys or folder / "keys"))
    for path, kind in ((options.autograded, "autograded.ipynb"), (options.feedback, "feedback.html")):
        if path is not None and kind in marked.files:
            path.write_bytes(marked.files[kind]())
    if options.json is not None:
        _write_json(options.json, dict(marked.report))
    print(_as_text(dict(marked.report)))
    return DONE


def _grade_class(options: argparse.Namespace, marker: Marker, limits: Limits) -> int:
    """Mark all notebooks below a folder."""
    if options.out is None or not options.submissions.is_dir():
        seen = "there is no --out" if options.out is None else f"{options.submissions} is no folder"
        raise Refused(BAD_SUBMISSION, "no_folder", f"A class needs --submissions FOLDER --out FOLDER, and {seen}.")
    found = []
    with _sandbox(options, marker.data_root, limits) as (sandbox, folder):
        keys = AnswerKeys(options.keys or folder / "keys")
        marker.warm_up(sandbox, keys)
        most = _most_at_once(sandbox, limits)
        run = ClassRun(
            options.submissions,
            options.out,
            lambda path: marker.mark(marker.read(path), sandbox, keys),
            basis=basis_of(*marker.basis),
        )
        jobs = min(options.jobs or len(os.sched_getaffinity(0)), most)
        try:
            for outcome in run.grade(jobs=jobs, most=most):
                found.append(outcome)
                print(f"{outcome.name}: {outcome.text}", flush=True)
        except KeyboardInterrupt as reason:
            text = "Interrupted. What is graded stays: begin it again, and it goes on from there."
            raise Refused(INTERRUPTED, "interrupted", text) from reason
        finally:
            print(f"{len(found)} of {len(run.paths())} submissions: {write_summary(options.out, found)}")
    return PLATFORM if any(one.state == NOT_GRADED for one in found) else DONE


def _most_at_once(sandbox: ForkServer, limits: Limits) -> int:
    """How many submissions have room, should each of their processes take all that it may; one at least."""
    status = sandbox.status()
    room = (status.available_mib - status.reserve_mib) * 2**20
    return max(1, room // (SESSIONS_EACH * limits.group_bytes))


def make_release(options: argparse.Namespace) -> int:
    """Write the learner's version of an instructor's notebook."""
    if not otter.is_otters(options.source):
        options.out.write_bytes(write_document(release(source_in(options.source))))
        return DONE
    made = otter.release(otter.source_in(options.source), options.out.name)
    options.out.write_bytes(write_document(made.document))
    for name, text in made.files.items():
        (options.out.parent / "tests").mkdir(exist_ok=True)
        (options.out.parent / "tests" / name).write_text(text, encoding="utf-8")
    return DONE


def keep_sandbox(options: argparse.Namespace) -> int:
    """Hold a sandbox for those who come."""
    keep_ready(SandboxConfig(options.python.absolute(), options.run_dir, courses.SHIPPED / "datasets"))
    return DONE


def write_schema(options: argparse.Namespace) -> int:
    """Write the schema of the checks in lessons, for editors and for the reader of lessons."""
    schema.FILE.write_text(schema.to_text(), encoding="utf-8")
    print(schema.FILE)
    return DONE


def prove(options: argparse.Namespace) -> int:
    """Prove every lesson at a path."""
    path: Path = (options.path or courses.SHIPPED).resolve()
    folders = _lesson_folders(path)
    earlier = _earlier_proofs(options.since) if options.since else ()
    catalogue = courses.load_catalogue(courses.find_root(path))
    proofs = []
    with _bench(options, catalogue, Limits()) as (sandbox, keys):
        place = Place(sandbox, keys, jobs=options.jobs or 0)
        for proof in prove_folders(folders, catalogue, place=place, proved_at=datetime.now(UTC)):
            proofs.append(proof)
            if not options.json:
                print("\n".join(tell(proof, options.language)), flush=True)
    changes = list_changes(earlier, proofs) if options.since else None
    record = json.dumps(proofs_to_json(proofs, changes or ()), ensure_ascii=False, indent=2)
    if options.record is not None:
        options.record.write_text(record, encoding="utf-8")
    print(record if options.json else "\n".join(tell_all(proofs, changes, options.language)))
    around = [one for one in courses.load_part(path).problems if not any(one.path.is_relative_to(at) for at in folders)]
    for problem in around:
        print(problem, file=sys.stderr)
    return DONE if not around and all(one.is_green for one in proofs) else COMPLAINTS


def _lesson_folders(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} is not a folder. Give that of a lesson or a course.")
    folders = courses.list_lesson_folders(path)
    if not folders:
        raise Refused(BAD_SOURCE, "no_lesson", f"{path} has no lesson. {advice_on(path)}")
    return folders


def _earlier_proofs(path: Path) -> tuple[Proof, ...]:
    try:
        return read_proofs(path)
    except ReportRefused as reason:
        raise Refused(BAD_SOURCE, "no_proofs", str(reason)) from reason


@contextmanager
def _bench(
    options: argparse.Namespace, catalogue: Catalogue, limits: Limits
) -> Iterator[tuple[ForkServer, AnswerKeys]]:
    """A sandbox of our own with the datasets of the content, and a place for keys."""
    with _sandbox(options, data_root_of(catalogue), limits) as (server, folder):
        yield server, AnswerKeys(options.keys or folder / "keys")


@contextmanager
def _sandbox(options: argparse.Namespace, data_root: Path | None, limits: Limits) -> Iterator[tuple[ForkServer, Path]]:
    """A fork server of our own or the one that is kept ready, and a folder that goes with the command."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        if options.sandbox is not None:
            yield find_ready(options.sandbox), Path(folder)
            return
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
