"""The supervisor's children: started so that they die with it, started again when they die, ended together."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from webapp.jobs import die_with_parent
from webapp.settings import ROOT

log = logging.getLogger(__name__)

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
# A child that lived for so long is started again at once, and its earlier deaths are forgotten.
HEALTHY_S = 60.0
POLITE_S = 7.0
LARGEST_LOG = 20 * 2**20


@dataclass
class Child:
    """One process of the site, with everything below it. wait_s: before it is started again, longer each time."""

    name: str
    command: Sequence[str]
    log_path: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    wait_s: float = FIRST_WAIT_S
    start_after: float = 0.0

    def start(self) -> None:
        rotate(self.log_path)
        with self.log_path.open("ab") as output:
            self.process = subprocess.Popen(
                list(self.command),
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=partial(die_with_parent, os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which ends everybody in order
            )
        self.started_at = time.monotonic()

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it lives or before it was started."""
        return self.process.poll() if self.process else None

    def last_words(self, count: int = 12) -> str:
        """The end of its log."""
        if not self.log_path.exists():
            return ""
        return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-count:])

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and to whatever it started in its session."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            log.debug("%s has ended already.", self.name)


def rotate(path: Path) -> None:
    """Keep one earlier log beside one that has grown large."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))


class Family:
    """All children, in the order of their start. Their end is in the opposite order where it matters."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self.children: list[Child] = []

    def add(self, child: Child) -> Child:
        self.children.append(child)
        child.start()
        return child

    def look_after(self) -> None:
        """Start again whoever has died and whose wait is over. Call it a few times a second."""
        now = time.monotonic()
        for child in self.children:
            if child.exit_code is None:
                continue
            if child.start_after <= child.started_at:
                self._mourn(child, now)
            elif now >= child.start_after:
                child.start()

    def _mourn(self, child: Child, now: float) -> None:
        if now - child.started_at > HEALTHY_S:
            child.wait_s = FIRST_WAIT_S
        child.signal_group(signal.SIGKILL)
        child.start_after = now + child.wait_s
        self._say(f"{child.name} ended with code {child.exit_code}; starting it again in {child.wait_s:g} s.")
        child.wait_s = min(LONGEST_WAIT_S, child.wait_s * 2)

    def stop(self) -> None:
        """End everybody: politely, and after a few seconds whoever is left, at once."""
        for child in reversed(self.children):
            child.signal_group(signal.SIGTERM)
        end_at = time.monotonic() + POLITE_S
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, end_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.info("%s did not end in time.", child.name)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
