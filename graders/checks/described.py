"""A file of columns against what metadata say of it: the columns, their types, its size and its checksum."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from graders.checks.finding import Finding, miss
from graders.files import File

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf8",
    "latin-1",
    "latin1",
    "iso-8859-1",
    "cp1252",
    "windows-1252",
    "utf-16",
    "ascii",
)
MOST_ROWS = 50_000
MOST_NAMED = 5
LONGEST_NAME = 40


@dataclass(frozen=True)
class Resource:
    """What metadata say of one file. place: the way to it in the document."""

    place: str
    facts: Mapping[str, Any]

    @property
    def fields(self) -> Sequence[Any]:
        schema = self.facts.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        return fields if isinstance(fields, list) else ()


def find_resource(document: Any, file_name: str) -> Resource:
    """The part of a document that is about a file: the resource with its path, else the only or first one.

    A document without resources is taken for the description of one, or for a bare table schema.
    """
    if not isinstance(document, dict):
        return Resource("", {})
    resources = document.get("resources")
    if not isinstance(resources, list):
        return Resource("", {"schema": document, **document} if "fields" in document else document)
    known = [(at, one) for at, one in enumerate(resources) if isinstance(one, dict)]
    name = PurePosixPath(file_name).name
    named = [(at, one) for at, one in known if PurePosixPath(str(one.get("path"))).name == name]
    at, facts = next(iter(named or known), (0, {}))
    return Resource(f".resources[{at}]", facts)


def find_disagreement(document: Any, file: File, file_name: str) -> Finding | None:
    """Where the document and the file differ, as a miss of the check `metadata`; None where they agree."""
    resource = find_resource(document, file_name)
    told = {"at": resource.place, "file": file_name}
    rows = _rows(resource.facts, file)
    if rows is None:
        return miss(
            "metadata.other_encoding", **told, stated=str(resource.facts.get("encoding", "utf-8"))[:LONGEST_NAME]
        )
    names = [str(one.get("name")) for one in resource.fields if isinstance(one, dict)]
    if not names:
        return miss("metadata.no_fields", **told)
    return (
        _columns_miss(names, rows[0] if rows else [], told)
        or _types_miss(resource, rows[1:], told)
        or _bytes_miss(resource.facts, file, told)
    )


def _rows(facts: Mapping[str, Any], file: File) -> list[list[str]] | None:
    """The rows of the file, its header first, in the encoding and with the delimiter that are stated; None: it is not.

    Of a file that is told in part, the last row is left out.
    """
    encoding = str(facts.get("encoding", "utf-8")).lower()
    dialect = facts.get("dialect")
    delimiter = str(dialect.get("delimiter", ",")) if isinstance(dialect, dict) else ","
    whole = file.data if file.is_whole else file.data[: file.data.rfind(b"\n") + 1]
    try:
        text = whole.decode(
            "utf-8-sig" if encoding in ("utf-8", "utf8") else encoding if encoding in ENCODINGS else "ascii"
        )
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter if len(delimiter) == 1 else ",")
        return [row for row, _ in zip(reader, range(MOST_ROWS + 1), strict=False) if row]
    except (UnicodeDecodeError, csv.Error, TypeError, ValueError):
        return None


def _columns_miss(names: Sequence[str], header: Sequence[str], told: Mapping[str, Any]) -> Finding | None:
    here = [one.strip() for one in header]
    stated = [one.strip() for one in names]
    undescribed = [one for one in here if one not in stated]
    if undescribed:
        return miss("metadata.undescribed", **told, columns=_few(undescribed), count=len(undescribed))
    invented = [one for one in stated if one not in here]
    if invented:
        return miss("metadata.no_such_column", **told, columns=_few(invented), count=len(invented))
    return miss("metadata.column_order", **told) if here != stated else None


def _types_miss(resource: Resource, rows: Sequence[Sequence[str]], told: Mapping[str, Any]) -> Finding | None:
    """The first column with a value that is not of its stated type. Texts may be anything."""
    schema = resource.facts["schema"]
    missing = schema.get("missingValues", [""])
    absent = {one for one in missing if isinstance(one, str)} if isinstance(missing, list) else {""}
    described = [(at, one) for at, one in enumerate(resource.fields) if isinstance(one, dict)]
    for column, (at, field) in enumerate(described):
        fits = TYPES.get(str(field.get("type", "string")))
        for number, row in enumerate(rows if fits else (), 2):
            cell = row[column].strip() if column < len(row) else ""
            if fits is not None and cell not in absent and not fits(cell, field):
                place = f"{told['at']}.schema.fields[{at}].type"
                return miss(
                    "metadata.column_type", **{**told, "at": place}, column=_few([str(field.get("name"))])[0],
                    stated=str(field["type"]), value=cell[:LONGEST_NAME], line=number,
                )  # fmt: skip
    return None


def _bytes_miss(facts: Mapping[str, Any], file: File, told: Mapping[str, Any]) -> Finding | None:
    if isinstance(facts.get("bytes"), int) and facts["bytes"] != file.size:
        return miss("metadata.other_size", **told, stated=facts["bytes"], have=file.size)
    kind, _, digits = str(facts.get("hash", "")).rpartition(":")
    algorithm = kind.lower() or "md5"
    if digits and file.is_whole and algorithm in ("md5", "sha1", "sha256", "sha512"):
        real = hashlib.new(algorithm, file.data, usedforsecurity=False).hexdigest()
        if digits.lower() != real:
            return miss("metadata.other_hash", **told, stated=digits[:12])
    return None


def _few(names: Sequence[str]) -> list[str]:
    short = [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in names[:MOST_NAMED]]
    return [*short, "…"] if len(names) > MOST_NAMED else short


def _is_date(cell: str, field: Mapping[str, Any]) -> bool:
    return field.get("format", "default") != "default" or (len(cell) == 10 and _parses(date.fromisoformat, cell))


def _is_datetime(cell: str, field: Mapping[str, Any]) -> bool:
    return field.get("format", "default") != "default" or _parses(datetime.fromisoformat, cell.replace("Z", "+00:00"))


def _parses(parse: Callable[[str], object], cell: str) -> bool:
    try:
        parse(cell)
    except ValueError:
        return False
    return True


def _is_number(cell: str, field: Mapping[str, Any]) -> bool:
    if field.get("bareNumber") is False:
        cell = cell.strip("$€£% ")
    plain = cell.replace(str(field.get("groupChar") or "\0"), "").replace(str(field.get("decimalChar") or "."), ".")
    return re.fullmatch(r"[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?|NaN|-?INF", plain) is not None


def _is_integer(cell: str, field: Mapping[str, Any]) -> bool:
    plain = cell.replace(str(field.get("groupChar") or "\0"), "")
    return re.fullmatch(r"[-+]?[0-9]+", plain.strip("$€£% ") if field.get("bareNumber") is False else plain) is not None


def _is_boolean(cell: str, field: Mapping[str, Any]) -> bool:
    true, false = field.get("trueValues", BOOLEANS[0]), field.get("falseValues", BOOLEANS[1])
    return cell in [*(true if isinstance(true, list) else ()), *(false if isinstance(false, list) else ())]


BOOLEANS = (["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"])
TYPES: Mapping[str, Callable[[str, Mapping[str, Any]], bool]] = {
    "integer": _is_integer,
    "number": _is_number,
    "boolean": _is_boolean,
    "date": _is_date,
    "datetime": _is_datetime,
    "year": lambda cell, field: re.fullmatch(r"-?[0-9]{4}", cell) is not None,
    "yearmonth": lambda cell, field: re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", cell) is not None,
    "time": lambda cell, field: re.fullmatch(r"[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?", cell) is not None,
}
