"""What happens while a cell runs, as values that can be stored and read again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Literal

CellStatus = Literal["ok", "error", "interrupted", "timeout", "memory", "lost", "output_limit"]


class RunEvent:
    """Any event of a run. `from_json(event.to_json()) == event`."""

    kind: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """The event as a JSON object; `kind` tells its class."""
        return {"kind": self.kind, **asdict(self)}  # type: ignore[call-overload]  # each subclass is a dataclass

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "RunEvent":
        """The event that `to_json` wrote; other keys are passed over. Raises KeyError for a kind that does
        not exist."""
        event = KINDS[data["kind"]]
        values = {one.name: data[one.name] for one in fields(event) if one.name in data}  # type: ignore[arg-type]  # each is a dataclass
        if event is Fault:
            values["traceback"] = tuple(values.get("traceback", ()))
        return event(**values)


@dataclass(frozen=True)
class Started(RunEvent):
    """The kernel took up the cell. Written once per run: what a second runner decides depends on it."""

    kind: ClassVar[str] = "started"


@dataclass(frozen=True)
class Stream(RunEvent):
    """Text that the cell printed. `name` is "stdout" or "stderr".

    Escape sequences are never cut in two; ansi_before: the colours in force where the text begins, such as
    "1;31".
    """

    name: str
    text: str
    ansi_before: str = ""
    kind: ClassVar[str] = "stream"


@dataclass(frozen=True)
class Display(RunEvent):
    """A picture, table or other thing shown; an update replaces what the same display_id showed before."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    display_id: str | None = None
    is_update: bool = False
    kind: ClassVar[str] = "display"


@dataclass(frozen=True)
class Result(RunEvent):
    """The value of the cell's last expression, by media type."""

    data: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    execution_count: int | None = None
    kind: ClassVar[str] = "result"


@dataclass(frozen=True)
class Fault(RunEvent):
    """An exception that ended the cell. line: where in the cell, counted from 1; None where it cannot be
    told."""

    name: str
    value: str
    traceback: tuple[str, ...] = ()
    line: int | None = None
    kind: ClassVar[str] = "fault"


@dataclass(frozen=True)
class Clear(RunEvent):
    """All output so far goes: at once, or when the next output comes if `wait`."""

    wait: bool = False
    kind: ClassVar[str] = "clear"


@dataclass(frozen=True)
class Tick(RunEvent):
    """Nothing happened: a moment to renew a lease and to write what was held back. Never stored."""

    kind: ClassVar[str] = "tick"


@dataclass(frozen=True)
class CellDone(RunEvent):
    """The cell's end, always the last event of a run. seconds: from the kernel's taking it up.

    is_kernel_gone: the memory of the cells above is gone with the kernel.
    """

    status: CellStatus
    seconds: float
    execution_count: int | None = None
    is_kernel_gone: bool = False
    kind: ClassVar[str] = "cell_done"


KINDS: dict[str, type[RunEvent]] = {
    event.kind: event for event in (Started, Stream, Display, Result, Fault, Clear, Tick, CellDone)
}
