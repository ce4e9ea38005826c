"""The sandbox's test of itself: it passes inside, and the same attempts succeed where there is no sandbox."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from notebooks import ForkServer, run_self_test
from notebooks.sandbox import self_test
from notebooks.sandbox.self_test import FEWEST_ATTEMPTS, OWN_VARIABLES, PROBE, _read_findings

OUTSIDE = f"""
import json, sys
exec(compile(open({str(PROBE)!r}).read(), "escapes", "exec"))
print(json.dumps(find_escapes({{}}, json.loads(sys.argv[1]))))
"""


def test_inside_every_attempt_fails(fork_server: ForkServer) -> None:
    test = run_self_test(fork_server)
    assert (test.passed, test.failures, test.grade) == (True, (), fork_server.grade)


def test_outside_the_same_attempts_succeed(tmp_path: Path) -> None:
    """Read, write, connect, signal, look around and reach system calls: any of these inside would be noticed."""
    (tmp_path / "secret").write_text("bait")
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_UNIX) as local:
        local.bind(str(tmp_path / "s"))
        local.listen()
        bait = {
            "files": [str(tmp_path / "secret")], "folders": [str(tmp_path)], "sockets": [str(tmp_path / "s")],
            "port": listener.getsockname()[1], "pids": [os.getpid()], "names": ["AULA_SECRET_KEY"],
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", OUTSIDE, json.dumps(bait)],
            cwd=tmp_path, env={**os.environ, "AULA_SECRET_KEY": "x"}, capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout)
    expected = {
        f"it can read {tmp_path}/secret", f"it can read {tmp_path}/secret through a link",
        f"it can write in {tmp_path}", f"it can connect to {tmp_path}/s", "it can connect to the loopback",
        "it can make a socket of family inet", "it can make a socket of family unix",
        f"it can signal process {os.getpid()}", "programs with a set-uid bit work", "no filter of system calls is on",
        "the site's environment is there", "RLIMIT_CPU is not bounded", "the system call ptrace is let through",
        "the system call mount is let through", "the system call keyctl is let through",
        "the system call io_uring_setup is let through", "the system call memfd_create is let through",
    }  # fmt: skip
    if os.geteuid() == 0:
        expected |= {"it is root", "it can become root", "it has capabilities"}
    assert expected - set(found["escaped"]) == set()
    assert found["tried"] >= FEWEST_ATTEMPTS


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (None, "no findings"),
        ({"tried": 100}, "no findings"),
        ({"tried": 3, "escaped": []}, "only 3 attempts"),
        ({"tried": "many", "escaped": []}, "only many attempts"),
        ({"tried": 100, "escaped": ["it can read /etc/shadow"]}, "it can read /etc/shadow"),
    ],
)
def test_what_was_not_tried_is_not_passed(found: object, says: str) -> None:
    assert says in " ".join(_read_findings(found))


def test_a_sandbox_that_lets_something_through_does_not_pass(
    fork_server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """USER is no secret, but if it were the site's it would have got in."""
    monkeypatch.setattr(self_test, "OWN_VARIABLES", OWN_VARIABLES - {"USER"})
    monkeypatch.setenv("USER", "somebody")
    test = run_self_test(fork_server)
    assert (test.passed, test.failures) == (False, ("the site's environment is there",))


def test_a_session_that_cannot_be_had_does_not_pass(tmp_path: Path) -> None:
    test = run_self_test(ForkServer.attach(tmp_path / "nobody.sock"))
    assert not test.passed
    assert "no session could be tried" in test.failures[0]
