"""The outputs of cells as HTML, made when they are read, in the language of whoever reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from notebooks import CellDone, Clear, Display, Fault, Result, RunEvent, Stream
from webapp.ui.outputs import ansi, parts, tables
from webapp.ui.outputs.parts import Reader
from webapp.ui.outputs.pictures import MEDIA_TYPES, ImageUrl
from webapp.ui.outputs.words import Language, count_text, say

# Shown as the time of any cell that took less: "in 0.0 s" would sound as if it had not run.
SHORTEST_S = 0.1


class Around(TypedDict, total=False):
    """What stands around an output. cell_label: as in "la celda 4"; columns: of the learner's tables."""

    cell_label: str
    source: str
    names: Sequence[str]
    columns: Sequence[str]
    image_url: ImageUrl | None


def render_event(event: RunEvent, *, language: Language, **around: Unpack[Around]) -> str:
    """The event as safe HTML to be put at the end of its cell's output; empty where it shows nothing.

    Where `needs_replace` says so, put `render_events` of all events so far in place of the output instead.
    """
    reader = _reader(language, around)
    match event:
        case Stream():
            return parts.text_block(event, reader)
        case Display() | Result():
            return parts.bundle_block(event.data, event.metadata, reader)
        case Fault():
            return parts.fault_block(event, reader)
        case CellDone():
            return parts.end_note(event, language)
    return ""


def render_events(events: Iterable[RunEvent], *, language: Language, **around: Unpack[Around]) -> str:
    """The whole output of a cell, with clearings and updates carried out and printed text joined."""
    return "".join(render_event(event, language=language, **around) for event in settle(events))


def settle(events: Iterable[RunEvent]) -> list[RunEvent]:
    """The events that are still to be seen at the end: as if the cell had shown nothing else."""
    seen: list[RunEvent] = []
    clears_next = False
    for event in events:
        if isinstance(event, Clear):
            clears_next = event.wait
            seen = seen if event.wait else []
        elif isinstance(event, Stream | Display | Result | Fault):
            seen, clears_next = ([] if clears_next else seen), False
            _put(seen, event)
        elif isinstance(event, CellDone):
            seen.append(event)
    return seen


def needs_replace(event: RunEvent, earlier: Sequence[RunEvent]) -> bool:
    """Whether the event changes what is already on the page: then adding it at the end would show something
    else."""
    match event:
        case Clear(wait=wait):
            return not wait
        case Display(is_update=True):
            return True
        case Stream() | Display() | Result() | Fault():
            pass
        case _:
            return False
    before = next(
        (one for one in reversed(earlier) if isinstance(one, Stream | Display | Result | Fault | Clear)), None
    )
    if isinstance(before, Clear):
        return before.wait
    if not isinstance(event, Stream) or not isinstance(before, Stream) or event.name != before.name:
        return False
    return bool(ansi.MOVES.search(event.text.replace("\r\n", "\n"))) or not before.text.endswith("\n")


def describe_end(done: CellDone, language: Language, fault: Fault | None = None) -> str:
    """How a cell ended, in a few words: "lista en 0.4 s", "se detuvo en la línea 2"."""
    if done.status == "error" and fault is not None and fault.line:
        return say(language, "done_error_line", line=fault.line)
    return say(language, f"done_{done.status}", seconds=f"{max(SHORTEST_S, done.seconds):.1f}")


def summarise(events: Iterable[RunEvent], *, language: Language) -> str:
    """What a screen reader is told after a run: how it ended and what is there now, in a few words."""
    seen = settle(events)
    shown = [text for text in (_in_a_word(event, language) for event in seen) if text]
    done = next((event for event in seen if isinstance(event, CellDone)), None)
    fault = next((event for event in seen if isinstance(event, Fault)), None)
    ending = [describe_end(done, language, fault)] if done else []
    return ", ".join([*ending, *(shown or [say(language, "sum_nothing")])])


def _put(seen: list[RunEvent], event: RunEvent) -> None:
    """Add an output, or let it take the place of what it continues or updates."""
    last = seen[-1] if seen else None
    if isinstance(event, Stream) and isinstance(last, Stream) and event.name == last.name:
        seen[-1] = replace(last, text=last.text + event.text)
    elif isinstance(event, Display) and event.is_update and event.display_id:
        for place, one in enumerate(seen):
            if isinstance(one, Display) and one.display_id == event.display_id:
                seen[place] = replace(event, is_update=False)
    else:
        seen.append(event)


def _in_a_word(event: RunEvent, language: Language) -> str:
    match event:
        case Fault():
            return say(language, "sum_error", name=event.name)
        case Stream():
            return _lines_in_words(ansi.to_text(event.text).strip("\n").count("\n") + 1, language)
        case Display() | Result():
            table = tables.to_table(event.data.get(tables.MEDIA_TYPE))
            if table:
                word = "sum_table_one" if table.row_count == 1 else "sum_table"
                return say(language, word, count=count_text(table.row_count))
            return say(language, "sum_figure" if any(one in event.data for one in MEDIA_TYPES) else "sum_text")
    return ""


def _lines_in_words(count: int, language: Language) -> str:
    return say(language, "sum_text_one" if count == 1 else "sum_text_many", count=count_text(count))


def _reader(language: Language, around: Around) -> Reader:
    return Reader(
        language=language,
        cell_label=around.get("cell_label", ""),
        source=around.get("source", ""),
        names=tuple(around.get("names", ())),
        columns=tuple(around.get("columns", ())),
        image_url=around.get("image_url"),
    )
