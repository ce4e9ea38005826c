"""IPython's shell without the Jupyter protocol: what a cell prints, shows and raises is collected instead of sent."""

from collections.abc import Callable
from json.encoder import JSONEncoder, encode_basestring_ascii
from typing import Any

from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell

# Taken before any learner code runs, so that a cell cannot replace it by accident.
_to_json = JSONEncoder(allow_nan=False, separators=(",", ":")).encode
MOST_DISPLAYS = 100
DISPLAY_BYTES = 8 * 2**20
MOST_LINES_OF_TRACEBACK = 200
LONGEST_TEXT = 20_000
LONGEST_TRACEBACK = 100_000


class Collected:
    """What the running cell has shown so far; emptied before each cell."""

    def __init__(self) -> None:
        self.forget_texts: Callable[[], None] = lambda: None
        self.clear()

    def clear(self) -> None:
        self.displays: list[tuple[str | None, dict[str, str]]] = []
        self.result: dict[str, str] | None = None
        self.error: tuple[type[BaseException], BaseException, list[str]] | None = None
        self._room = DISPLAY_BYTES
        self._clears_at_next = False

    def show(self, bundle: dict[str, Any], display_id: str | None) -> None:
        self.clear_if_due()
        kept = self._keep(bundle)
        if kept is not None and len(self.displays) < MOST_DISPLAYS:
            self.displays.append((display_id, kept))

    def update(self, bundle: dict[str, Any], display_id: str | None) -> None:
        kept = self._keep(bundle)
        if kept is not None:
            self.displays = [(one, kept if one == display_id else old) for one, old in self.displays]

    def set_result(self, bundle: dict[str, Any]) -> None:
        self.result = self._keep(bundle)

    def clear_output(self, waits: bool) -> None:
        """What `clear_output()` asks for: at once, or when the next output comes."""
        self._clears_at_next = True
        if not waits:
            self.clear_if_due()

    def clear_if_due(self) -> None:
        """Called before anything is shown or printed."""
        if self._clears_at_next:
            self._clears_at_next = False
            self.displays = []
            self.forget_texts()

    def _keep(self, bundle: dict[str, Any]) -> dict[str, str] | None:
        """The texts of a bundle; binary data is base64 already. None beyond the room."""
        texts = ((str(kind), _as_text(str(kind), value)) for kind, value in bundle.items())
        kept = {kind: text for kind, text in texts if text is not None}
        self._room -= sum(len(encode_basestring_ascii(value)) for value in kept.values())
        return kept if self._room >= 0 else None


def _as_text(kind: str, value: Any) -> str | None:
    """A chart's specification, which a kernel sends as an object, is a text here; None for all other objects."""
    if isinstance(value, str):
        return value
    try:
        return _to_json(value) if kind.startswith("application/vnd.vega") else None
    except (TypeError, ValueError, RecursionError):
        return None


class CollectingPublisher(DisplayPublisher):  # type: ignore[misc]  # IPython is untyped for us
    """`display(…)` in a cell."""

    collected: Collected

    def publish(
        self, data: dict[str, Any], metadata: Any = None, source: Any = None, *, transient: Any = None,
        update: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        display_id = (transient or {}).get("display_id")
        if update:
            self.collected.update(data, display_id)
        else:
            self.collected.show(data, display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.collected.clear_output(wait)


class CollectingHook(DisplayHook):  # type: ignore[misc]  # IPython is untyped for us
    """The value of a cell's last expression."""

    collected: Collected

    def write_output_prompt(self) -> None:
        """Prompts are the page's business."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.collected.set_result(format_dict)

    def finish_displayhook(self) -> None:
        """Nothing was written, so nothing is flushed."""


class SessionShell(InteractiveShell):  # type: ignore[misc]  # IPython is untyped for us
    """The shell of a clean session; `collected` holds what the last cell gave."""

    def init_display_pub(self) -> None:
        self.collected = Collected()
        self.display_pub = CollectingPublisher(parent=self, shell=self)
        self.display_pub.collected = self.collected

    def init_displayhook(self) -> None:
        super().init_displayhook()
        self.displayhook.collected = self.collected

    def init_virtualenv(self) -> None:
        """There is no other environment to look for."""

    def enable_gui(self, gui: str | None = None) -> None:
        """`%matplotlib` asks for it; figures are collected, so no loop is needed."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        lines, room = [], LONGEST_TRACEBACK
        for line in stb[:MOST_LINES_OF_TRACEBACK]:
            lines.append(str(line)[: min(room, LONGEST_TEXT)])
            room -= len(lines[-1])
        self.collected.error = (etype, evalue, lines)


SessionShell.displayhook_class = CollectingHook
SessionShell.compiler_class = XCachingCompiler  # names of cells, and so tracebacks, are a kernel's


def show_no_page(shell: Any, data: Any, start: int = 0, screen_lines: int = 0) -> None:
    """`len?` opens a page beside the cell, which is none of its output."""


def refuse_input(prompt: str = "") -> str:
    """As in the learner's kernel, where nobody can be asked."""
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
