"""A file's bytes as text and its text as a table, or what keeps it from being read, with the line where that is."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from graders.checks.finding import Finding, miss
from graders.evidence import Column, Table, Value

UTF8_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = {"utf-8": "utf-8", "latin-1": "cp1252"}  # what is called Latin-1 is what Windows writes
LONGEST_SEEN = 40
MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class Writing:
    """How a table is to be written. has_header: its first line gives the columns' names; without it they are 1, 2…"""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    has_header: bool = True


def read_text(data: bytes, encoding: str, has_mark: bool | None) -> str | Finding:
    """The text of a file without its byte order mark, in normal form C.

    has_mark: whether it must have one; None where either will do.
    """
    if data.startswith(WIDE_MARKS):
        return miss("file.wrong_encoding", seen="UTF-16", wanted=encoding)
    is_marked = data.startswith(UTF8_MARK)
    if has_mark is not None and is_marked is not has_mark:
        return miss("file.no_mark" if has_mark else "file.mark")
    plain = data.removeprefix(UTF8_MARK) if encoding == "utf-8" else data
    text = _decoded(plain, encoding)
    if isinstance(text, str) and "\0" in text:
        return miss("file.not_text", line=text[: text.index("\0")].count("\n") + 1)
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def read_table(text: str, writing: Writing) -> Table | Finding:
    """The text as a table: cells that are numbers, written plainly, are numbers, and empty ones are missing.

    Numbers with a 0 before other digits are codes, and so texts.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=writing.delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if row:
                rows.append((reader.line_num, row))
    except csv.Error:
        return miss("file.quotes", line=reader.line_num)
    if not rows:
        return miss("file.empty")
    width = len(rows[0][1])
    ragged = next(((line, row) for line, row in rows if len(row) != width), None)
    if ragged is not None:
        return miss("file.ragged", line=ragged[0], have=len(ragged[1]), wanted=width)
    if width * len(rows) > MOST_CELLS:
        return miss("file.too_large", size=len(text))
    return _table([row for _, row in rows], writing)


def find_other_delimiter(text: str, wanted: str) -> str | None:
    """What stands between columns in the first line, where that is not what was asked for."""
    first = text.split("\n", 1)[0]
    counts = {one: first.count(one) for one in DELIMITERS}
    most = max(counts, key=lambda one: counts[one])
    return most if most != wanted and counts[most] > counts[wanted] else None


def find_double_encoding(text: str) -> tuple[int, str] | None:
    """The first line in which letters with accents were written as UTF-8 twice, and what it looks like."""
    for at, line in enumerate(text.split("\n"), start=1):
        try:
            undone = line.encode("cp1252").decode("utf-8")
        except ValueError:
            continue
        if undone != line:
            return at, next(word for word in re.split(r"[\s,;|]+", line) if not word.isascii())[:LONGEST_SEEN]
    return None


def _decoded(data: bytes, encoding: str) -> str | Finding:
    if encoding != "utf-8" and not data.isascii() and isinstance(_decoded(data, "utf-8"), str):
        return miss("file.wrong_encoding", seen="UTF-8", wanted=encoding)
    try:
        return data.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as reason:
        line = data[: reason.start].count(b"\n") + 1
        seen = data.split(b"\n")[line - 1].decode("cp1252", "replace").strip()
        return miss("file.bad_bytes", line=line, seen=seen[:LONGEST_SEEN], wanted=encoding)


def _table(rows: Sequence[Sequence[str]], writing: Writing) -> Table:
    names = rows[0] if writing.has_header else [str(at + 1) for at in range(len(rows[0]))]
    body = rows[1:] if writing.has_header else rows
    columns = []
    for at, name in enumerate(names):
        values = tuple(_cell(row[at], writing.decimal) for row in body)
        columns.append(Column(name.strip()[:300], _word(values), values))
    return Table(tuple(columns), (), len(body), len(columns), False)


def _cell(text: str, decimal: str) -> Value:
    if not text:
        return None
    if decimal != "." and "." in text:
        return text
    plain = text.replace(decimal, ".")
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", plain):
        return int(plain)
    if re.fullmatch(r"-?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]{1,3})?|-?[1-9][0-9]*(\.0?)?[eE][-+]?[0-9]{1,3}", plain):
        return float(plain)
    return text


def _word(values: Sequence[Value]) -> str:
    kinds = {type(one) for one in values if one is not None}
    if kinds and kinds <= {int, float}:
        return "integer" if kinds == {int} else "number"
    return "text" if kinds == {str} else "mixed"
