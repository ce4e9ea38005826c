"""YAML and JSON as plain values that remember their lines. Aliases, tags and repeated keys are refused."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from courses.complaints import Complaints

Place = tuple[str | int, ...]

DEEPEST = 24
MOST_VALUES = 20_000
# What the reader of the library lets through when its input is no YAML at all, besides its own errors.
STUMBLES = (
    YAMLError,
    ValueError,
    ArithmeticError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
FLOAT = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,2})?")
WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None,
         "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A value read from a file, and the line where each part of it begins.

    lines: by place; ("exercises", 0, "points") is the points of the first exercise.
    """

    value: Any
    path: Path
    lines: Mapping[Place, int]

    def line(self, *place: str | int) -> int | None:
        """The line of a place, or of the nearest place around it; None when no lines are known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


class NotPlain(ValueError):
    """YAML that uses more than values, lists and mappings. code: the complaint; line: counted from 1."""

    def __init__(self, code: str, line: int, **fields: str) -> None:
        super().__init__(code)
        self.code, self.line, self.fields = code, line, fields


def read_yaml(text: str, path: Path, complaints: Complaints) -> Marked | None:
    """The YAML with its lines; None, with a complaint, if it cannot be read.

    Values follow the core schema of YAML 1.2: dates, "yes" and versions stay text, and so do infinity and NaN.
    """
    found = read_events(text, path, complaints)
    return found[0] if found else None


def read_events(text: str, path: Path, complaints: Complaints) -> tuple[Marked, tuple[Any, ...]] | None:
    """The YAML, and the reader's events that it was made from, which know where each thing begins and ends."""
    try:
        found, events = read_plain(text)
        return replace(found, value=deepcopy(found.value), path=path), events
    except NotPlain as error:
        complaints.add(error.code, path, error.line, **error.fields)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        complaints.add("not-yaml", path, line, reason=str(error.problem or error.context or "?"))
    except STUMBLES as error:
        complaints.add("not-yaml", path, reason=first_line(str(error)))
    return None


# A change reads the same sheet many times, a third of a second each where it has six exercises.
@lru_cache(maxsize=16)
def read_plain(text: str) -> tuple[Marked, tuple[Any, ...]]:
    """The YAML and its events, kept for whoever reads the same text next; not to be changed."""
    events: list[Any] = []
    return build(kept(YAML(typ="safe", pure=True).parse(text), events), Path()), tuple(events)


def kept(events: Iterable[Any], into: list[Any]) -> Iterator[Any]:
    """The events as they come, each put away too."""
    for event in events:
        into.append(event)
        yield event


def read_json(text: str, path: Path, complaints: Complaints) -> Marked | None:
    """The JSON, strict: no NaN, no infinity, no repeated key. Without lines; see with_lines."""
    try:
        value = json.loads(text, parse_constant=refuse_constant, object_pairs_hook=once_each)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        complaints.add("not-json", path, error.lineno, reason=error.msg)
    except (ValueError, RecursionError) as error:
        complaints.add("not-json", path, reason=first_line(str(error)))
    else:
        return Marked(value, path, {})
    return None


def with_lines(marked: Marked, text: str) -> Marked:
    """JSON that was read from `text`, with the line of each part: JSON is YAML too, only slower to read so."""
    found = read_yaml(text, marked.path, Complaints())
    return Marked(marked.value, marked.path, found.lines) if found else marked


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is there twice")
    return found


@dataclass
class Open:
    """A list or mapping that is being read. key: the mapping's key that waits for its value."""

    items: Any
    place: Place
    key: str | None = None


class Builder:
    """Values and lines from the events of a YAML reader, without recursion."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[Place, int] = {}
        self.open: list[Open] = []
        self.count = 0

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 1
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.open.pop()
        elif kind == "DocumentStartEvent" and (self.lines or event.tags):
            raise NotPlain("not-yaml", line, reason="a second document or a directive")
        elif kind in ("MappingStartEvent", "SequenceStartEvent", "ScalarEvent", "AliasEvent"):
            if kind == "AliasEvent" or event.anchor is not None or (event.tag is not None):
                raise NotPlain("not-yaml", line, reason="anchors, aliases and tags are not read here")
            self.value(event, kind, line)

    def value(self, event: Any, kind: str, line: int) -> None:
        self.count += 1
        if self.count > MOST_VALUES or len(self.open) > DEEPEST:
            raise NotPlain("not-yaml", line, reason="too deep or too many values")
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            self.new_key(top, event, kind, line)
            return
        value = scalar(event) if kind == "ScalarEvent" else ({} if kind == "MappingStartEvent" else [])
        place = self.put(top, value, line)
        if kind != "ScalarEvent":
            self.open.append(Open(value, place))

    def new_key(self, top: Open, event: Any, kind: str, line: int) -> None:
        if kind != "ScalarEvent":
            raise NotPlain("not-yaml", line, reason="a key that is not text")
        key = plain_text(event.value, line)
        if key in top.items:
            raise NotPlain("repeated-key", line, key=key)
        top.key = key
        self.lines[(*top.place, key)] = line

    def put(self, top: Open | None, value: Any, line: int) -> Place:
        """Store a value where it belongs, and give its place. A mapping's value has the line of its key."""
        if isinstance(value, str):
            plain_text(value, line)
        if top is None:
            place: Place = ()
            self.root = value
        elif isinstance(top.items, dict):
            assert top.key is not None
            top.items[top.key], place, top.key = value, (*top.place, top.key), None
        else:
            place = (*top.place, len(top.items))
            top.items.append(value)
        self.lines.setdefault(place, line)
        return place


def build(events: Iterable[Any], path: Path) -> Marked:
    builder = Builder()
    for event in events:
        builder.take(event)
    return Marked(builder.root, path, builder.lines)


def plain_text(text: str, line: int) -> str:
    """The text, if it can be written as UTF-8: an escape may spell half of a character."""
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise NotPlain("not-yaml", line, reason="half of a character (a lone surrogate)")
    return text


def scalar(event: Any) -> Any:
    """What an unquoted scalar means by the core schema of YAML 1.2; a quoted one is text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text


def first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "?"
