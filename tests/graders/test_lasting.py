"""A sandbox that is kept ready for many commands."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.nbgrader_notebooks import answer, graded, notebook
from support.sandbox import SOMEBODY, need_root

from graders.__main__ import main

ROOT = Path(__file__).parents[2]
SOURCE = notebook(answer("f", "def f(n):\n    return n * n"), graded("t", "assert f(3) == 9"))
SENT = notebook(answer("f", "import os\ndef f(n):\n    os._exit(3)"), graded("t", "assert f(3) == 9"))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("r")
    command = [sys.executable, "-m", "graders", "sandbox", "--run-dir", str(folder / "run")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        path = Path(process.stdout.readline().strip())
        yield path
        process.terminate()
        assert process.wait() == 0
    assert not path.exists()


def grade(folder: Path, sent: bytes, *more: str) -> tuple[int, dict[str, object]]:
    (folder / "source.ipynb").write_bytes(SOURCE)
    (folder / "sent.ipynb").write_bytes(sent)
    files = ["--source", str(folder / "source.ipynb"), "--submission", str(folder / "sent.ipynb")]
    code = main(["grade", *files, "--json", str(folder / "out.json"), *more])
    return code, {**json.loads((folder / "out.json").read_text()), "seconds": None}


def test_it_grades_as_a_sandbox_of_the_command_s_own_does(ready: Path, tmp_path: Path) -> None:
    """Also after a submission that ended its process."""
    for sent in (SENT, SOURCE):
        assert grade(tmp_path, sent, "--sandbox", str(ready)) == grade(tmp_path, sent)


def test_a_sandbox_that_is_not_there_is_no_fault_of_the_learner_s(tmp_path: Path) -> None:
    code, report = grade(tmp_path, SOURCE, "--sandbox", str(tmp_path / "nowhere.sock"))
    assert (code, report["problem"]["code"]) == (4, "no_sandbox")  # type: ignore[index]  # a report is any JSON


def test_what_answers_at_somebody_else_s_socket_is_not_believed(tmp_path: Path) -> None:
    need_root()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(tmp_path / "s"))
        os.chown(tmp_path / "s", SOMEBODY, SOMEBODY)
        assert grade(tmp_path, SOURCE, "--sandbox", str(tmp_path / "s"))[0] == 4
    assert grade(tmp_path, SOURCE, "--sandbox", str(tmp_path / "source.ipynb"))[0] == 4
