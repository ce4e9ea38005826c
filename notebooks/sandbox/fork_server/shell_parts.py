"""What the kernel's shell and the clean session's have in common, so that a cell means the same in both."""

import functools
import subprocess
import sys
from types import TracebackType
from typing import Any

from aula.setup import set_up_shell
from IPython.utils.text import SList
from matplotlib_inline import backend_inline

MOST_CALLS = 24
HEARD_AT_ONCE = 64 * 1024


def complete_shell(shell: Any) -> None:
    """Connect figures, shell commands and our own formats to a shell that has just been made."""
    # The backend was imported before any shell existed, so its formats and its flush after each cell are missing.
    backend_inline._enable_matplotlib_integration()
    # IPython runs commands on a pseudo-terminal, and the sandbox has none.
    shell.system = functools.partial(_run_command, shell)
    shell.getoutput = functools.partial(_get_output, shell)
    # There is no program to leave: `quit()` in a cell that was copied from a script does not cost the memory.
    shell.ask_exit = _go_on
    shell._get_exc_info = functools.partial(_get_short_exc_info, shell._get_exc_info)
    set_up_shell(shell)


def _go_on() -> None:
    """What `quit()` and `exit` do."""


def _get_short_exc_info(get_exc_info: Any, exc_tuple: Any = None) -> Any:
    """Of a recursion without end the first calls and the last: for each IPython walks through every loaded module."""
    kind, value, trace = get_exc_info(exc_tuple)
    calls, one = [], trace
    while one is not None:
        calls.append(one)
        one = one.tb_next
    if len(calls) <= MOST_CALLS:
        return kind, value, trace
    short = None
    for call in reversed([*calls[: MOST_CALLS // 2], *calls[-MOST_CALLS // 2 :]]):
        # An interrupt may find a call between two lines, where it has no number.
        short = TracebackType(short, call.tb_frame, call.tb_lasti, call.tb_lineno or call.tb_frame.f_lineno or 1)
    return kind, value, short


def _run_command(shell: Any, command: str) -> None:
    """`!command`: what it prints is the cell's output; its exit code is left in `_exit_code`."""
    process = _start(shell.var_expand(command, depth=1))
    while text := process.stdout.read1(HEARD_AT_ONCE):
        sys.stdout.write(text.decode(errors="replace"))
    sys.stdout.flush()
    shell.user_ns["_exit_code"] = process.wait()


def _get_output(shell: Any, command: str, split: bool = True, depth: int = 0) -> Any:
    """`lines = !command`."""
    output = _start(shell.var_expand(command, depth=depth + 1)).communicate()[0].decode(errors="replace")
    return SList(output.splitlines()) if split else output


def _start(command: str) -> Any:
    return subprocess.Popen(
        ["/bin/sh", "-c", command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
