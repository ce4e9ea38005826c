"""nbgrader and Otter as their users run them: their own commands, in a stock environment of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.grading_material import Assignment
from benchmarks.kernels import ROOT

PEERS = ROOT / ".venv-peers"
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "c"
c.CourseDirectory.root = {root!r}
c.ExecutePreprocessor.timeout = 60
"""
VERSIONS = (
    "import json, importlib.metadata as m, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}"
    ' | {"Python": sys.version.split()[0]}))'
)


def need_peers() -> None:
    if not (PEERS / "bin" / "nbgrader").exists():
        sys.exit(f"The graders to measure against are not in {PEERS}. Run: make bench")


def versions(*names: str) -> Mapping[str, str]:
    """What is installed beside the peers, by name."""
    found = _run([str(PEERS / "bin" / "python"), "-c", VERSIONS, *names], PEERS)
    known: Mapping[str, str] = json.loads(found)
    return known


def command(*arguments: str) -> list[str]:
    """A command of the peers' environment."""
    return [str(PEERS / "bin" / arguments[0]), *arguments[1:]]


def environment(home: Path) -> dict[str, str]:
    """Nothing of ours, and a home of its own: the kernelspec `python3` is the peers' Python."""
    return {
        "PATH": f"{PEERS / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


class NbgraderCourse:
    """A course folder with one assignment, its gradebook, and a submission of each learner."""

    def __init__(self, folder: Path, assignment: Assignment, learners: tuple[str, ...]) -> None:
        self.folder = folder
        for name, data in assignment.sources.items():
            for place in (folder / "source" / "a", *(folder / "submitted" / one / "a" for one in learners)):
                place.mkdir(parents=True, exist_ok=True)
                (place / f"{name}.ipynb").write_bytes(data)
        (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)))
        _run(command("nbgrader", "generate_assignment", "a"), folder)

    def autograde(self, learners: str) -> list[str]:
        """The command that grades these learners, a name or a pattern, anew."""
        return command("nbgrader", "autograde", "a", "--student", learners, "--force")

    def score(self, learner: str) -> float:
        """What the gradebook has for a learner, by machine: a check that the peer did its work."""
        asked = (
            "import sys\nfrom nbgrader.api import Gradebook\n"
            "with Gradebook('sqlite:///gradebook.db') as book:\n"
            "    found = book.find_submission('a', sys.argv[1])\n"
            "    print(sum(g.auto_score or 0 for n in found.notebooks for g in n.grades))"
        )
        return float(_run([str(PEERS / "bin" / "python"), "-c", asked, learner], self.folder))


class OtterAssignment:
    """What `otter assign` makes of an assignment's notebooks, and the solved notebook of each as a submission."""

    def __init__(self, folder: Path, assignment: Assignment) -> None:
        self.folder = folder
        self._made: list[tuple[Path, Path]] = []
        for name, data in assignment.for_otter.items():
            place = folder / name
            place.mkdir(parents=True)
            (place / "master.ipynb").write_bytes(data)
            _run(command("otter", "assign", "master.ipynb", "dist"), place)
            (archive,) = (place / "dist" / "autograder").glob("*.zip")
            self._made.append((archive, place / "dist" / "autograder" / "master.ipynb"))

    def runs(self) -> list[list[str]]:
        """The commands that grade the submission, one for each notebook."""
        out = self.folder / "out"
        out.mkdir(exist_ok=True)
        return [
            command("otter", "run", "-a", str(archive), "-o", str(out), "--no-logo", str(notebook))
            for archive, notebook in self._made
        ]

    def score(self) -> float:
        """The share of all tests of the latest run that passed: a check that the peer did its work."""
        found = json.loads((self.folder / "out" / "results.json").read_text())["tests"]
        earned = sum(one.get("score") or 0 for one in found)
        return float(earned / sum(one.get("max_score") or 0 for one in found))


def _run(arguments: list[str], folder: Path) -> str:
    ran = subprocess.run(
        arguments, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
    )  # fmt: skip
    if ran.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {ran.returncode}: {ran.stderr[-2000:]}")
    return ran.stdout
