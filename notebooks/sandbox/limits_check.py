"""Limits that no kernel could live within are refused before anything starts."""

from dataclasses import asdict

from notebooks.errors import SandboxUnavailable
from notebooks.sandbox.fork_server.limits import Limits

# name: what it must be at least, and why.
LEAST = {
    "memory_mib": (64, "a kernel with pandas and one chart takes about 40"),
    "cell_timeout_s": (0.1, "a cell needs some time"),
    "processes": (16, "an idle kernel has eight threads"),
    "file_mib": (1, "a cell may write a small file"),
    "home_mib": (2, "a cell may write a few files"),
    "output_bytes": (100, "an error must be told"),
    "output_lines": (1, "a line is the least"),
}


def check_limits(limits: Limits) -> None:
    """Raises SandboxUnavailable with the limit, the value seen and the least that works."""
    for name, value in asdict(limits).items():
        least, reason = LEAST[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
            raise SandboxUnavailable(f"The limit {name} is {value!r}: {reason}. Set at least {least}.")
