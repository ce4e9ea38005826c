"""A start that cannot come to good stops, and says what happened, what was seen and what to do."""

from dataclasses import replace
from pathlib import Path

import pytest
from support.sandbox import PYTHON

from notebooks import ForkServer, Limits, NoRoom, SandboxConfig, SandboxUnavailable

THREADED = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"


@pytest.fixture
def config(tmp_path: Path) -> SandboxConfig:
    return SandboxConfig(python=PYTHON, run_dir=tmp_path / "run")


def with_module(tmp_path: Path, name: str, source: str) -> Path:
    """The kernels' Python with one module more."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / f"{name}.py").write_text(source)
    path = tmp_path / "python"
    path.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{tmp_path}/more" exec {PYTHON} "$@"\n')
    path.chmod(0o755)
    return path


def refusal(config: SandboxConfig) -> str:
    with pytest.raises(SandboxUnavailable) as said:
        ForkServer.start(config)
    assert not (config.run_dir / "fork-server.sock").exists()
    return str(said.value)


@pytest.mark.parametrize(
    ("limits", "name"),
    [(Limits(memory_mib=8), "memory_mib"), (Limits(processes=3), "processes"), (Limits(home_mib=0), "home_mib"),
     (Limits(memory_mib="2G"), "memory_mib"), (Limits(cell_timeout_s=float("nan")), "cell_timeout_s")],  # type: ignore[arg-type]  # wrong on purpose
)  # fmt: skip
def test_limits_that_no_kernel_could_live_within(config: SandboxConfig, limits: Limits, name: str) -> None:
    said = refusal(replace(config, limits=limits))
    assert f"The limit {name} is {getattr(limits, name)!r}" in said
    assert "Set at least" in said


def test_a_library_that_starts_threads_is_named(config: SandboxConfig, tmp_path: Path) -> None:
    said = refusal(replace(config, python=with_module(tmp_path, "hilos", THREADED), preload=("hilos",)))
    assert "After hilos was loaded, the fork server has 2 threads" in said
    assert "Take it off the list" in said


def test_a_library_that_is_not_there_is_named(config: SandboxConfig) -> None:
    said = refusal(replace(config, preload=("nohay",)))
    assert "The library nohay cannot be imported before the fork: ModuleNotFoundError" in said
    assert "make setup" in said


def test_a_library_more_is_there_before_the_first_cell(config: SandboxConfig, tmp_path: Path) -> None:
    python = with_module(tmp_path, "otra", "valor = 42\n")
    server = ForkServer.start(replace(config, python=python, preload=("otra",)))
    try:
        with server.open_session() as session:
            reply = session.run("import sys\n'otra' in sys.modules, __import__('otra').valor")
            assert reply.result == {"text/plain": "(True, 42)"}
    finally:
        server.stop()


def test_where_memory_is_short_nothing_is_born_and_the_numbers_are_told(config: SandboxConfig) -> None:
    server = ForkServer.start(replace(config, reserve_mib=2**30))
    try:
        with pytest.raises(NoRoom, match=r"^no room: \d+ MiB of memory are left and 1073741824 MiB stay free"):
            server.open_session().__enter__()
        assert server.status().kernels == 0
        assert server.status().available_mib < server.status().reserve_mib
    finally:
        server.stop()
