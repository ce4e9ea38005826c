"""A JSON document that an answer holds or wrote, read with distrust."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, TypeAlias

from graders.errors import EvidenceRefused
from graders.evidence import Absent
from graders.files import NotAFile, read_file

LONGEST_WORD = 100
DEEPEST = 60


@dataclass(frozen=True)
class Document:
    """value: plain JSON."""

    value: Any


@dataclass(frozen=True)
class Faulty:
    """No document, and why. line, column: where a text ceases to be JSON; at, type_name: of a part that is none."""

    reason: Literal["placeholder", "too_large", "not_json", "not_utf8", "odd", "not_a_file"]
    line: int = 0
    column: int = 0
    at: tuple[str | int, ...] = field(default=())
    type_name: str = ""


Held: TypeAlias = Document | Faulty | Absent


def read_document(raw: Any) -> Held:
    """What a name holds, as the probe "documents" told it. Raises: EvidenceRefused."""
    if type(raw) is not dict or len(raw) != 1:
        raise EvidenceRefused("a document is none")
    (word, value), *_ = raw.items()
    if word == "document":
        return Document(_clean(value, 0))
    if word == "text" and type(value) is str:
        return _parsed(value)
    if word == "odd":
        return _odd(value)
    if value is not True or word not in ("missing", "placeholder", "too_large"):
        raise EvidenceRefused("a document is none")
    return Absent() if word == "missing" else Faulty("placeholder" if word == "placeholder" else "too_large")


def read_document_file(raw: Any) -> Held:
    """The document in a file, as `View.file` gave it. Raises: EvidenceRefused."""
    file = read_file(raw)
    if isinstance(file, Absent):
        return file
    if isinstance(file, NotAFile):
        return Faulty("not_a_file")
    if not file.is_whole:
        return Faulty("too_large")
    try:
        return _parsed(file.data.decode("utf-8-sig"))
    except UnicodeDecodeError as reason:
        return Faulty("not_utf8", line=file.data.count(b"\n", 0, reason.start) + 1)


def _parsed(text: str) -> Held:
    try:
        return Document(_clean(json.loads(text, parse_constant=_refuse), 0))
    except json.JSONDecodeError as reason:
        return Faulty("not_json", line=reason.lineno, column=reason.colno)
    except (ValueError, RecursionError):  # NaN, an endless number, brackets without end
        return Faulty("not_json", line=1, column=1)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _odd(raw: Any) -> Faulty:
    if type(raw) is not dict or set(raw) != {"at", "type"} or type(raw["at"]) is not list or len(raw["at"]) > DEEPEST:
        raise EvidenceRefused("the place of an odd part is none")
    at = tuple(one if type(one) is int else _word(one) for one in raw["at"])
    return Faulty("odd", at=at, type_name=_word(raw["type"]))


def _word(raw: Any) -> str:
    if type(raw) is not str or len(raw) > LONGEST_WORD:
        raise EvidenceRefused("a word is missing or too long")
    return _storable(raw)


def _clean(value: Any, depth: int) -> Any:
    """The same with texts of which every character can be stored. Raises: EvidenceRefused where it is too deep."""
    if depth > DEEPEST:
        raise EvidenceRefused("a document is nested too deeply")
    if type(value) is dict:
        return {_storable(key): _clean(one, depth + 1) for key, one in value.items()}
    if type(value) is list:
        return [_clean(one, depth + 1) for one in value]
    return _storable(value) if type(value) is str else value


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
