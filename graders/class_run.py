"""All notebooks below a folder graded side by side, a file of results for each, and a summary of the class."""

import csv
import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graders.expected import image_version
from graders.nbgrader import SubmissionRefused
from graders.report import SCHEMA
from notebooks import KernelUnavailable

PATIENCE_S = 20.0
LOOK_EACH_S = 1.0
SUMMARY = "summary.csv"
GRADED, REFUSED, PLATFORM = "graded", "refused", "not_graded"
EXIT = {GRADED: 0, REFUSED: 3, PLATFORM: 4}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # by these a spreadsheet takes a text for a formula


@dataclass(frozen=True)
class Marked:
    """What grading gave. report: as `python -m graders grade` writes it; files: what makes each, by kind as "txt"."""

    report: Mapping[str, Any]
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of one submission. state: graded, refused (it cannot be graded), not_graded (this machine could not).

    report: what stands in its file; a refused one holds its problem. was_kept: it is from an earlier run.
    """

    name: str
    state: str
    report: Mapping[str, Any]
    was_kept: bool = False

    @property
    def text(self) -> str:
        if self.state == GRADED:
            return f"{self.report['points']:g} / {self.report['max_points']:g}"
        return str(self.report["problem"]["message"])


@dataclass(frozen=True)
class ClassRun:
    """A folder of submissions, and how one of them is marked.

    mark: raises SubmissionRefused for a notebook that cannot be graded, KernelUnavailable where this machine cannot;
    it is called from several threads. basis: changes when anything does, besides a submission, that results depend on.
    """

    submissions: Path
    out: Path
    mark: Callable[[Path], Marked]
    basis: str

    def grade(self, *, jobs: int, most: int, patience_s: float = PATIENCE_S) -> Iterator[Outcome]:
        """Each submission's outcome, as it comes. What has results of this basis already is not graded again.

        jobs: how many at once; most: with those that take longer than patience_s, which give their places to others.
        """
        waiting = []
        for path in self.paths():
            kept = self._kept(path)
            if kept is not None:
                yield kept
            else:
                waiting.append(path)
        pool = ThreadPoolExecutor(most, thread_name_prefix="grade")
        try:
            yield from self._all(waiting, pool, jobs, most, patience_s)
        finally:
            # Whoever stops early ends the sandbox next, and with it what the threads wait for.
            pool.shutdown(wait=False, cancel_futures=True)

    def paths(self) -> tuple[Path, ...]:
        """The notebooks, in order. Hidden folders, as Jupyter's checkpoints, and our own results are left out."""
        found = {path: path.relative_to(self.submissions) for path in sorted(self.submissions.rglob("*.ipynb"))}
        own, theirs = self.out.resolve(), self.submissions.resolve()
        return tuple(
            path
            for path, name in found.items()
            if not any(part.startswith(".") for part in name.parts) and own not in (theirs / name).parents
        )

    def result_of(self, path: Path, kind: str = "json") -> Path:
        """Where a submission's result of a kind goes."""
        return self.out / path.relative_to(self.submissions).with_suffix(f".{kind}")

    def _all(
        self, waiting: list[Path], pool: ThreadPoolExecutor, jobs: int, most: int, patience_s: float
    ) -> Iterator[Outcome]:
        running: dict[Future[Outcome], float] = {}
        line = iter(waiting)
        upcoming = next(line, None)
        while running or upcoming is not None:
            quick = sum(time.monotonic() - began_at < patience_s for began_at in running.values())
            if upcoming is not None and quick < jobs and len(running) < most:
                running[pool.submit(self._one, upcoming)] = time.monotonic()
                upcoming = next(line, None)
                continue
            for done in wait(running, timeout=min(LOOK_EACH_S, patience_s), return_when=FIRST_COMPLETED).done:
                del running[done]
                yield done.result()

    def _one(self, path: Path) -> Outcome:
        try:
            _check_plain(path)
            marked = self.mark(path)
        except SubmissionRefused as reason:
            return self._refusal(path, REFUSED, reason.code, str(reason))
        except (KernelUnavailable, OSError, MemoryError) as reason:
            return self._refusal(path, PLATFORM, "system", f"This machine could not: {reason}. Run it again.")
        except Exception as reason:  # whatever one notebook brings about, the next one is graded
            text = f"Grading it failed: {type(reason).__name__}: {reason}. Tell us, with the notebook."
            return self._refusal(path, PLATFORM, "internal", text)
        for kind, data in marked.files.items():
            _write(self.result_of(path, kind), data())
        return self._keep(path, Outcome(_name(self.submissions, path), GRADED, marked.report))

    def _refusal(self, path: Path, state: str, code: str, message: str) -> Outcome:
        # It may quote what cannot be written down.
        plain = message.encode(errors="backslashreplace").decode()
        problem = {"schema": SCHEMA, "problem": {"code": code, "message": plain}}
        return self._keep(path, Outcome(_name(self.submissions, path), state, problem))

    def _keep(self, path: Path, outcome: Outcome) -> Outcome:
        """Its report written last, so that where one is all is there."""
        told = {**outcome.report, "state": outcome.state, "basis": self._basis_of(path)}
        _write(self.result_of(path), (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(errors="replace"))
        return outcome

    def _kept(self, path: Path) -> Outcome | None:
        """The outcome of an earlier run of this basis; what this machine could not grade is not one."""
        try:
            told = json.loads(self.result_of(path).read_bytes())
            is_same = told["state"] in (GRADED, REFUSED) and told["basis"] == self._basis_of(path)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Outcome(_name(self.submissions, path), told["state"], told, was_kept=True) if is_same else None

    def _basis_of(self, path: Path) -> str:
        digest = hashlib.sha256(self.basis.encode())
        try:
            _check_plain(path)
            with path.open("rb") as file:
                while piece := file.read(2**20):
                    digest.update(piece)
        except (OSError, SubmissionRefused) as reason:
            digest.update(type(reason).__name__.encode())
        return digest.hexdigest()


def write_summary(out: Path, outcomes: Sequence[Outcome]) -> Path:
    """A table for a spreadsheet: a row for each submission, a column of points for each exercise.

    Points that a person gives are left empty.
    """
    exercises = list(dict.fromkeys(one["id"] for outcome in outcomes for one in outcome.report.get("exercises", ())))
    path = out / SUMMARY
    out.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["submission", "state", "exit", "points", "max_points", "message", *map(_cell, exercises)])
        for outcome in sorted(outcomes, key=lambda one: one.name):
            table.writerow(_row(outcome, exercises))
    return path


def basis_of(*parts: str) -> str:
    """A text that differs where any part does, or what marks: our own code, and what learners import."""
    own = [path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))]
    digests = (hashlib.sha256(one).hexdigest() for one in (*own, *(part.encode() for part in parts)))
    return hashlib.sha256("".join((image_version(), *digests)).encode()).hexdigest()


def _row(outcome: Outcome, exercises: Sequence[str]) -> list[Any]:
    exercises_of = outcome.report.get("exercises", ())
    earned = {one["id"]: "" if one["status"] == "manual" else one["points"] for one in exercises_of}
    message = "" if outcome.state == GRADED else _cell(outcome.text)
    totals = [outcome.report.get("points", ""), outcome.report.get("max_points", "")]
    points = [earned.get(one, "") for one in exercises]
    return [_cell(outcome.name), outcome.state, EXIT[outcome.state], *totals, message, *points]


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _name(folder: Path, path: Path) -> str:
    """The submission's name within the folder, of characters that can be written down."""
    return os.fsencode(path.relative_to(folder)).decode(errors="backslashreplace")


def _check_plain(path: Path) -> None:
    """Raises: SubmissionRefused for a link, which may lead to another learner's work, and for what is no file."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise SubmissionRefused("not_a_file", f"{path.name} is a link or no plain file. Put the notebook itself there.")


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
