"""Values as they are typed into a slot, and back; what cannot be read says why."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import courses
from courses import Complaints, LocalText
from graders.sentences.records import SentenceRefused
from graders.sentences.slots import Slot

YES = frozenset({"yes", "true", "on", "1"})
NO = frozenset({"no", "false", "off", "0"})
INTEGER = re.compile(r"[-+]?\d{1,18}")
NAME = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,"]*[^,"\s]))\s*(?:,|$)', re.DOTALL)
KEY = "valor"  # under which a value that is YAML is read


def to_text(slot: Slot, value: Any) -> str:
    """A value as it is typed; empty for none. What a draft has of another type is shown as YAML."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if slot.type == "names" and isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(_name_to_text(one, may_be_number=_may_be_number(slot)) for one in value)
    if slot.type != "yaml" and isinstance(value, str | int | float):
        return str(value)
    return courses.write_yaml(value)


def _may_be_number(slot: Slot) -> bool:
    return "integer" in slot.schema.get("items", {}).get("type", "")


def _name_to_text(name: Any, *, may_be_number: bool) -> str:
    """A name of a list; in quotes where it would be taken for something else."""
    if not isinstance(name, str):
        return str(name)
    is_plain = name == name.strip() and name and not re.search(r'[,"\n]', name)
    return name if is_plain and not (may_be_number and INTEGER.fullmatch(name)) else '"' + name.replace('"', '""') + '"'


def from_text(slot: Slot, text: str) -> Any:
    """The value that was typed; None for nothing. Raises: SentenceRefused if it is of another type."""
    if slot.type in ("text", "choice", "code"):
        # A form sends the line ends of its own.
        return text.replace("\r\n", "\n") or None
    if not text.strip():
        return None
    match slot.type:
        case "yes":
            return _read_yes(slot, text.strip().lower())
        case "number":
            return _read_number(slot, text.strip())
        case "names":
            return list(_read_names(slot, text))
    return _read_yaml(slot, text)


def _read_yes(slot: Slot, text: str) -> bool:
    if text not in YES | NO:
        raise SentenceRefused(
            slot.name,
            LocalText(f"Aquí va sí o no. Se escribió «{text}».", f"This takes yes or no. It says “{text}”."),
        )
    return text in YES


def _read_number(slot: Slot, text: str) -> int | float:
    """A number with a point or a comma before its decimals."""
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if INTEGER.fullmatch(plain):
        return int(plain)
    try:
        number = float(plain) if re.fullmatch(r"[-+.\deE]{1,40}", plain) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise SentenceRefused(
            slot.name,
            LocalText(
                f"Aquí va un número. Se escribió «{text}»; escribe sólo cifras, por ejemplo 0.5.",
                f"This takes a number. It says “{text}”; write digits only, for example 0.5.",
            ),
        )
    return int(number) if slot.schema.get("type") == "integer" and number.is_integer() else number


def _read_names(slot: Slot, text: str) -> Iterator[str | int]:
    """The names between commas; those in quotes are taken as they are."""
    may_be_number, place = _may_be_number(slot), 0
    while place < len(text.rstrip()):
        found = NAME.match(text, place)
        if found is None:
            raise SentenceRefused(
                slot.name,
                LocalText(
                    f"La lista no se entiende desde «{text[place : place + 30].strip()}». Separa los nombres con "
                    "una coma.",
                    f"The list makes no sense from “{text[place : place + 30].strip()}” on. Put a comma between names.",
                ),
            )
        quoted, plain = found[1], found[2]
        if quoted is not None:
            yield quoted.replace('""', '"')
        else:
            yield int(plain) if may_be_number and INTEGER.fullmatch(plain.strip()) else plain.strip()
        place = found.end()


def _read_yaml(slot: Slot, text: str) -> Any:
    complaints = Complaints()
    indented = "\n".join(f"  {line}" for line in text.replace("\r\n", "\n").split("\n"))
    found = courses.read_yaml(f"{KEY}:\n{indented}\n", Path(slot.name), complaints)
    if found is None:
        problem = complaints.problems[0]
        raise SentenceRefused(slot.name, problem.message)
    return found.value[KEY]
