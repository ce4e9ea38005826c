"""What a check may look at once an answer has run. What comes of it is raw: nothing of it is believed yet."""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses import Check
from notebooks import KernelLost, Limits, ProbeRefused, Session

PROBES = Path(__file__).parent / "probes"
ASK_S = 10.0
LARGEST_ANSWER = 32 * 2**20  # what a probe may tell has fewer bytes, however it is written
LARGEST_FILE = 4 * 2**20
REFUSED: Mapping[str, Any] = {"refused": True}
TOO_SLOW: Mapping[str, Any] = {"too_slow": True}

Bundle = Mapping[str, str]  # something shown, as texts by media type


@functools.cache
def probe_source(name: str) -> str:
    """The text of a probe, for instance of "answers"."""
    return (PROBES / f"{name}.py").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Scene:
    """An answer that ran to its end, in the session where it did.

    source: the answer's text; shown: what it displayed, in order, its last expression last.
    open_clean: opens a second session, with the same data sets and limits, in which no learner code ever ran.
    """

    session: Session
    source: str
    shown: tuple[Bundle, ...]
    limits: Limits
    open_clean: Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True)
class Witness:
    """A session that is asked by probes, and by none but those named: evidence depends on their text."""

    session: Session
    probes: tuple[str, ...]

    def ask(self, probe: str, function: str, arguments: Mapping[str, Any], *, timeout_s: float = ASK_S) -> Any:
        """What the probe's function says; REFUSED or TOO_SLOW where it says nothing of use.

        Raises: KernelLost where the process ended itself or ran out of memory meanwhile; KernelUnavailable;
        ValueError for a probe that the kind of check did not name.
        """
        if probe not in self.probes:
            raise ValueError(
                f'This kind of check asks the probe "{probe}" and names {self.probes}. Add it to `probes`.'
            )
        try:
            return self.session.ask(
                probe_source(probe), function, arguments, timeout_s=timeout_s, most_bytes=LARGEST_ANSWER
            )
        except ProbeRefused as reason:
            return TOO_SLOW if reason.is_timeout else REFUSED
        except KernelLost as reason:
            # A probe before this one took so long that the session had to be ended.
            if reason.reason == "stopped":
                return TOO_SLOW
            raise


@dataclass(frozen=True)
class View:
    """What one check may look at. held: what the names hold that the checks of the exercise asked for."""

    check: Check
    scene: Scene
    witness: Witness
    held: Mapping[str, Any]

    @property
    def source(self) -> str:
        """The answer's text, as it was sent in."""
        return self.scene.source

    @property
    def shown(self) -> tuple[Bundle, ...]:
        """What the answer displayed, in order; the value of its last expression comes last."""
        return self.scene.shown

    @property
    def limits(self) -> Limits:
        return self.scene.limits

    def hold(self, name: str) -> Any:
        """What a name holds, which the kind said in `names` that it looks at. The reader is `read_holding`."""
        return self.held.get(name, REFUSED)

    def ask(self, probe: str, function: str, arguments: Mapping[str, Any], *, timeout_s: float = ASK_S) -> Any:
        """As `Witness.ask`, of the answer's own session."""
        return self.witness.ask(probe, function, arguments, timeout_s=timeout_s)

    def file(self, name: str, *, most_bytes: int = LARGEST_FILE) -> Any:
        """The first bytes of a file in the session's home. The reader is `read_file`; needs the probe "files"."""
        return self.ask("files", "read", {"name": name, "most_bytes": most_bytes})

    @contextmanager
    def clean_session(self) -> Iterator[Witness]:
        """A second session without the learner's code, for what must run beside hidden data."""
        with self.scene.open_clean() as session:
            yield Witness(session, self.witness.probes)
