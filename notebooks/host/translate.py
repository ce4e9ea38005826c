"""From messages of a kernel to events of a run. Every message is learner's code speaking: shapes are never
trusted."""

import re
from collections.abc import Mapping
from typing import Any

from notebooks.document import is_within_depth
from notebooks.host.ansi import ansi_after, cut_unfinished
from notebooks.host.events import Clear, Display, Fault, Result, RunEvent, Stream
from notebooks.host.wire import Message

DEEPEST = 30
LONGEST_TRACEBACK = 60
LONGEST_LINE = 2_000
ESCAPES = re.compile("\x1b\\[[0-9;:?]*[A-Za-z]")
CELL_LINE = re.compile(r"Cell In\[(\d+)\], line (\d+)")


class Translator:
    """Turns the messages of one run into events; remembers colours and half escape sequences between them."""

    def __init__(self) -> None:
        self.execution_count: int | None = None
        self._colours: dict[str, str] = {}
        self._unfinished: dict[str, str] = {}

    def translate(self, message: Message) -> RunEvent | None:
        """The event that a message stands for; None where a reader would see nothing."""
        content = message.content
        match message.kind:
            case "stream":
                return self._stream(content)
            case "display_data" | "update_display_data":
                return self._display(content, is_update=message.kind == "update_display_data")
            case "execute_result":
                return Result(_bundle(content.get("data")), _bundle(content.get("metadata")), self.execution_count)
            case "error":
                return self._fault(content)
            case "clear_output":
                return Clear(wait=content.get("wait") is True)
            case "execute_input":
                self.count(content)
            case "execute_reply":
                return _help_page(content)
        return None

    def count(self, content: Mapping[str, Any]) -> None:
        """Remember the number that the kernel gave this run."""
        count = content.get("execution_count")
        if isinstance(count, int) and 0 <= count < 2**31:
            self.execution_count = count

    def _stream(self, content: Mapping[str, Any]) -> Stream | None:
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        text = content.get("text")
        if not isinstance(text, str):
            return None
        whole, self._unfinished[name] = cut_unfinished(self._unfinished.get(name, "") + text)
        if not whole:
            return None
        before = self._colours.get(name, "")
        self._colours[name] = ansi_after(before, whole)
        return Stream(name, whole, before)

    def _display(self, content: Mapping[str, Any], *, is_update: bool) -> Display | None:
        transient = content.get("transient")
        display_id = transient.get("display_id") if isinstance(transient, dict) else None
        data = _bundle(content.get("data"))
        if not data:
            return None
        return Display(
            data,
            _bundle(content.get("metadata")),
            display_id if isinstance(display_id, str) else None,
            is_update,
        )

    def _fault(self, content: Mapping[str, Any]) -> Fault:
        lines = content.get("traceback")
        traceback = [line for line in lines if isinstance(line, str)] if isinstance(lines, list) else []
        if len(traceback) > LONGEST_TRACEBACK:
            half = LONGEST_TRACEBACK // 2
            traceback = [*traceback[:half], "…", *traceback[-half:]]
        return Fault(
            name=_short(content.get("ename")),
            value=_short(content.get("evalue")),
            traceback=tuple(line[: 4 * LONGEST_LINE] for line in traceback),
            line=self._line(traceback),
        )

    def _line(self, traceback: list[str]) -> int | None:
        """The last line of this very cell that the traceback names: in a call, where the learner called."""
        places = CELL_LINE.findall(ESCAPES.sub("", "\n".join(traceback)))
        ours = [int(line) for count, line in places if count == str(self.execution_count) and len(line) < 7]
        return ours[-1] if ours else None


def has_asked_to_exit(reply: Mapping[str, Any]) -> bool:
    """Whether a cell called `quit()` or the like, so that its kernel ends right after it."""
    return any(one.get("source") == "ask_exit" and one.get("keepkernel") is not True for one in _payloads(reply))


def _help_page(reply: Mapping[str, Any]) -> Display | None:
    """What `len?` asks a reader's program to show beside the cell; here it is shown below."""
    pages = [one for one in _payloads(reply) if one.get("source") == "page"]
    data = _bundle(pages[-1].get("data")) if pages else {}
    return Display(data) if data else None


def _payloads(reply: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The requests to a reader's program that came with a reply."""
    payloads = reply.get("payload")
    return [one for one in payloads if isinstance(one, dict)] if isinstance(payloads, list) else []


def _bundle(data: Any) -> dict[str, Any]:
    """A mapping of media types (or of metadata) without values nested too deep to be written again."""
    if not isinstance(data, dict):
        return {}
    return {key: _joined(value) for key, value in data.items() if is_within_depth(value, DEEPEST)}


def _joined(value: Any) -> Any:
    """nbformat's lists of lines are one text."""
    is_lines = isinstance(value, list) and value and all(isinstance(line, str) for line in value)
    return "".join(value) if is_lines else value


def _short(value: Any) -> str:
    return value[:LONGEST_LINE] if isinstance(value, str) else ""
