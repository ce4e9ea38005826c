"""The same assignments graded by nbgrader, by Otter and here, in turns: the wait for one, a class, and peak memory."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.grading_material import Assignment, assignments
from benchmarks.grading_peers import NbgraderCourse, OtterAssignment, environment, need_peers, versions
from benchmarks.kernels import PYTHON, ROOT, fork_server
from benchmarks.measure import Comparison, Measured, interleaved, short, timed_ms
from benchmarks.peak import peak_mib
from graders.nbgrader import grade_notebook, read_document, read_source, to_report
from notebooks import ForkServer, Limits

CLASS = 10
# As installed: modules compiled once and kept, like the peers'.
OWN = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
GRADE = (sys.executable, "-m", "graders", "grade")
NBGRADER, OTTER = "nbgrader autograde", "otter run"
SITE, READY, COLD = "graders, as the site does", "graders grade --sandbox", "graders grade, from cold"
BARE = "the same cells and tests in a warm process, unprotected"
# Runs the cells that come on standard input, one JSON list a line, in a namespace of their own, and draws their figures
# as a notebook does; says how many milliseconds it took.
WARM = """
import io, json, sys, time
import matplotlib; matplotlib.use("agg")
import matplotlib.pyplot as plt, pandas
for line in sys.stdin:
    names, began_at = {"__name__": "__main__"}, time.perf_counter()
    for source in json.loads(line):
        exec(source, names)
        for number in plt.get_fignums():
            plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
        plt.close("all")
    print((time.perf_counter() - began_at) * 1000, flush=True)
"""


def compare(count: int = 7, class_count: int = 3) -> list[Comparison | str]:
    need_peers()
    found: list[Comparison] = []
    notes = [_told_versions(), ""]
    with tempfile.TemporaryDirectory(prefix="bw") as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(fork_server(folder / "s"))
        bare = stack.enter_context(_warm())
        for number, assignment in enumerate(assignments()):
            bench = _Bench(folder / str(number), assignment, server, bare)
            wait, of_class = bench.wait(count), bench.of_class(class_count)
            found += [wait, of_class, bench.memory()]
            notes += _verdicts(assignment, wait, of_class)
    return [*found, "\n".join(notes)]


def compare_small() -> list[Comparison | str]:
    return compare(2, 1)


class _Bench:
    """One assignment, with each tool ready to grade it."""

    def __init__(self, folder: Path, assignment: Assignment, server: ForkServer, bare: "subprocess.Popen[str]") -> None:
        self._folder, self._assignment, self._server, self._bare = folder, assignment, server, bare
        self._course = NbgraderCourse(folder / "n", assignment, ("one", *(f"c{number}" for number in range(CLASS))))
        self._otter = OtterAssignment(folder / "o", assignment)
        for place in ("source", "one", *(f"class/c{number}" for number in range(CLASS))):
            (folder / place).mkdir(parents=True)
            for name, data in assignment.sources.items():
                (folder / place / f"{name}.ipynb").write_bytes(data)

    def wait(self, count: int) -> Comparison:
        """From asking to the report, of one submission with all its notebooks."""
        ways: dict[str, Callable[[], float]] = {
            NBGRADER: lambda: timed_ms(lambda: self._by_nbgrader("one")),
            OTTER: lambda: timed_ms(self._by_otter),
            COLD: lambda: timed_ms(self._by_command),
            READY: lambda: timed_ms(lambda: self._by_command(*self._ready)),
            SITE: lambda: timed_ms(self._by_site),
            BARE: self._by_nobody,
        }
        interleaved(ways, 1)
        if not (self._course.score("one") > 0 and self._otter.score() > 0):
            sys.exit(f"{self._assignment.name}: a peer gave right answers nothing, so its times mean nothing")
        measured = interleaved(ways, count)
        return Comparison(f"grading, {self._assignment.name}: the wait for one", "ms", measured[0], measured[1:])

    def of_class(self, count: int) -> Comparison:
        """A class graded with one command, per submission."""
        ways: dict[str, Callable[[], float]] = {
            f"{NBGRADER}, of {CLASS}": lambda: timed_ms(lambda: self._by_nbgrader("c*")) / CLASS,
            f"{COLD}, of {CLASS}": lambda: timed_ms(self._class_by_command) / CLASS,
            f"{READY}, of {CLASS}": lambda: timed_ms(lambda: self._class_by_command(*self._ready)) / CLASS,
        }
        measured = interleaved(ways, count)
        subject = f"grading, {self._assignment.name}: a class, per submission"
        return Comparison(subject, "ms", measured[0], measured[1:])

    def memory(self) -> Comparison:
        """The peak of each command with all its processes; measured apart, for looking slows them down."""
        peers = environment(self._course.folder)
        otter = max(peak_mib(one, self._otter.folder, environment(self._otter.folder)) for one in self._otter.runs())
        peaks = {
            NBGRADER: peak_mib(self._course.autograde("one"), self._course.folder, peers),
            OTTER: otter,
            COLD: peak_mib(self._command(), ROOT, OWN),
            f"{NBGRADER}, of {CLASS}": peak_mib(self._course.autograde("c*"), self._course.folder, peers),
            f"{COLD}, of {CLASS}": peak_mib(self._class_command(), ROOT, OWN),
        }
        measured = tuple(Measured(name, (mib,)) for name, mib in peaks.items())
        subject = f"grading, {self._assignment.name}: peak memory of all processes"
        return Comparison(subject, "MiB", measured[0], measured[1:])

    def _by_nbgrader(self, learners: str) -> None:
        _run(self._course.autograde(learners), self._course.folder, environment(self._course.folder))

    def _by_otter(self) -> None:
        for one in self._otter.runs():
            _run(one, self._otter.folder, environment(self._otter.folder))

    def _by_command(self, *more: str) -> None:
        _run(self._command(*more), ROOT, OWN)

    def _class_by_command(self, *more: str) -> None:
        _run(self._class_command(*more), ROOT, OWN)

    @property
    def _ready(self) -> tuple[str, str]:
        return "--sandbox", str(self._server.socket_path)

    def _command(self, *more: str) -> list[str]:
        """For one submission: a notebook, or the folder of a learner's several."""
        (first, *others) = self._assignment.sources
        if others:
            return self._folders_command("one", *more)
        notebook = str(self._folder / "source" / f"{first}.ipynb")
        return [*GRADE, "--source", notebook, "--submission", notebook, *more]

    def _class_command(self, *more: str) -> list[str]:
        return self._folders_command("class", *more)

    def _folders_command(self, sent: str, *more: str) -> list[str]:
        shutil.rmtree(self._folder / "results", ignore_errors=True)
        folders = {"--source": "source", "--submissions": sent, "--out": "results"}
        return [*GRADE, *(text for name, one in folders.items() for text in (name, str(self._folder / one))), *more]

    def _by_site(self) -> None:
        """In a process that runs already, as a grader of the site, with its fork server."""
        for data in self._assignment.sources.values():
            graded = grade_notebook(
                read_source(data), read_document(data), sandbox=self._server, limits=Limits(), language="es"
            )  # fmt: skip
            to_report(graded, "es")
            wrong = [one.grade_id for one in graded.marks if one.status not in ("passed", "manual", "missing")]
            assert wrong in ([], ["sum_of_squares_application"]), wrong

    def _by_nobody(self) -> float:
        assert self._bare.stdin is not None
        assert self._bare.stdout is not None
        self._bare.stdin.write(json.dumps(self._assignment.cells) + "\n")
        self._bare.stdin.flush()
        return float(self._bare.stdout.readline())


@contextmanager
def _warm() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen([str(PYTHON), "-c", WARM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _run(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    ran = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {ran.returncode}: {ran.stderr[-2000:]}")


def _told_versions() -> str:
    found = versions("nbgrader", "otter-grader", "ipykernel", "pandas", "matplotlib")
    return f"Peers: {', '.join(f'{name} {version}' for name, version in found.items())}."


def _verdicts(assignment: Assignment, wait: Comparison, of_class: Comparison) -> list[str]:
    """What was asked of grading, and how it came out where a sandbox runs already, as on a site."""
    by_name = {one.name: one for one in (wait.baseline, *wait.ours)}
    site, bare = by_name[SITE], by_name[BARE]
    lines = [
        f"the wait is 1/{short(by_name[peer].median / site.median)} of `{peer}`'s (asked: 1/{asked})"
        for peer, asked in ((NBGRADER, 15), (OTTER, 10))
    ]
    cold, ready = (of_class.baseline.median / one.median for one in of_class.ours)
    lines.append(f"in a class 1/{short(ready)} of nbgrader's, and 1/{short(cold)} from cold (asked: 1/6)")
    spread = f"{short(min(site.values))} to {short(max(site.values))} ms"
    lines.append(f"{short(site.median - bare.median)} ms above the bare cells (asked: 150); one took {spread}.")
    return [f"- {assignment.name}: {'; '.join(lines)}"]
