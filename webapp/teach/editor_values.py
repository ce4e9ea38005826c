"""Form fields as values of lesson.yaml. A field's name says where its value goes and of what type it is.

`v:text.es` is the Spanish of text; `v:points#number` a number; `v:units#names?` a list that is left out where empty.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from courses import Complaints, Language, LocalText, read_yaml

PREFIX = "v:"
MISSING = object()


class FormRefused(ValueError):
    """A field that cannot be what it should be. detail: a sentence for its writer; field: its name."""

    code = "bad_field"

    def __init__(self, field: str, detail: Any) -> None:
        super().__init__(field)
        self.field, self.detail = field, detail

    def detail_for(self, language: Language) -> str:
        return self.detail.for_language(language) if isinstance(self.detail, LocalText) else str(self.detail)


@dataclass(frozen=True)
class Target:
    """Where a field's value goes. is_optional: an empty one is left out."""

    path: tuple[str, ...]
    type: str
    is_optional: bool


def read_target(name: str) -> Target:
    """`v:title.en#text?` without its first two letters."""
    plain = name.removesuffix("?")
    path, _hash, type_ = plain.partition("#")
    return Target(tuple(path.split(".")), type_ or "text", name.endswith("?"))


def read_record(fields: Mapping[str, str], old: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping that a form's fields make, over what was there: what the form has no field for stays."""
    record = dict(old)
    for name, raw in valued(fields):
        target = read_target(name.removeprefix(PREFIX))
        value = read_value(raw, target.type, name)
        put(record, target.path, MISSING if target.is_optional and is_nothing(value) else value)
    return {key: value for key, value in record.items() if value is not MISSING and value != {}}


def is_nothing(value: Any) -> bool:
    return value is False or value is None or value in ("", [])


def valued(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The form's own fields. A box that is not ticked is not sent, so the form names all of its boxes in `boxes`."""
    for name in fields.get("boxes", "").split():
        if name not in fields:
            yield name, ""
    for name, raw in fields.items():
        if name.startswith(PREFIX):
            yield name, raw


def put(record: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    first, rest = path[0], path[1:]
    if not rest:
        if value is MISSING:
            record.pop(first, None)
        else:
            record[first] = value
        return
    inside = record.get(first)
    inside = dict(inside) if isinstance(inside, dict) else {}
    put(inside, rest, value)
    record[first] = inside


def read_value(raw: str, type_: str, field: str) -> Any:
    """Raises: FormRefused."""
    text = raw.replace("\r\n", "\n").strip()
    match type_:
        case "number":
            return read_number(text, field)
        case "yes":
            return bool(text)
        case "names":
            return [one.strip() for one in text.split(",") if one.strip()]
        case "lines":
            return [one.strip() for one in text.split("\n") if one.strip()]
        case "yaml":
            return read_plain(text, field)
        case _:
            return text


def read_number(text: str, field: str) -> float | int | str:
    if not text:
        return ""
    plain = text.replace(" ", "").replace(",", ".")
    try:
        return int(plain) if plain.lstrip("+-").isdecimal() else float(plain)
    except ValueError as error:
        raise FormRefused(
            field, _l("«%(text)s» no es un número. Escríbelo con cifras, por ejemplo 2 o 0.5.", text=text)
        ) from error


def read_plain(text: str, field: str) -> Any:
    complaints = Complaints()
    found = read_yaml(text, Path(field), complaints) if text else None
    if complaints.problems:
        raise FormRefused(field, complaints.problems[0].message)
    return found.value if found else ""


def read_path(fields: Mapping[str, str], name: str = "path") -> list[str | int]:
    """A place of lesson.yaml as a form carries it. Raises: FormRefused where somebody wrote the form anew."""
    try:
        path = json.loads(fields.get(name, ""))
    except ValueError:
        path = None
    if not isinstance(path, list) or not all(isinstance(one, str | int) for one in path):
        raise FormRefused(name, _l("La página está incompleta. Recárgala e inténtalo de nuevo."))
    return path


def read_whole(fields: Mapping[str, str], name: str) -> int:
    raw = fields.get(name, "")
    if not raw.isdecimal() or len(raw) > 6:
        raise FormRefused(name, _l("La página está incompleta. Recárgala e inténtalo de nuevo."))
    return int(raw)
