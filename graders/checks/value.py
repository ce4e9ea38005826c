"""The check `value`: one variable holds the value that the solution's does."""

# One sentence a line, however long.
# ruff: noqa: E501

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from courses import Check
from graders.checks.alike import (
    Closeness,
    are_same_bag,
    closeness_of,
    folded,
    has_time_zone,
    is_alike,
    is_missing,
    is_number,
    is_time_zone_amiss,
    shown,
)
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind, look_at_name, own_name
from graders.checks.nearly import find_number_hint
from graders.evidence import Absent, Items, Narrow, Pairs, Table, Unreadable, Value, read_holding

NEARLY = 0.01  # of the wanted number: so near that rounding may be all
LONGEST_BAG = 500
HINTS: Mapping[str, str] = {
    "times_larger": "value.times_larger",
    "times_smaller": "value.times_smaller",
    "percent": "value.percent",
    "share": "value.share",
    "other_sign": "value.other_sign",
}


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps the value from being looked at, then how it differs."""
    name, close = check.params["name"], closeness_of(check.params)
    if isinstance(have, Absent):
        return miss("value.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        return miss(f"value.{have.reason}", name=name)
    if not _is_of_type(have, check.params["type"]) and not (is_missing(have) and is_missing(want)):
        return _wrong_type(check.params["type"], have, name)
    if not isinstance(want, Absent) and is_alike(have, want, close):
        return RIGHT
    finding = _difference(have, want, close)
    return replace(finding, fields={"name": name, "value": shown(have), **finding.fields})


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether the check sees the same in both."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return False
    return is_alike(one, other, closeness_of(check.params))


def type_word(value: Value) -> str:
    """What a value is, in a word that graders.feedback knows, or as the name of its class."""
    words: Mapping[type, str] = {
        bool: "boolean", int: "number", float: "number", Narrow: "number", str: "text", Pairs: "dict", type(None): "None",
        timedelta: "duration",
    }  # fmt: skip
    if isinstance(value, Items):
        return value.kind
    if isinstance(value, Table):
        return "Series" if value.is_series else "DataFrame"
    if isinstance(value, Unreadable):
        return value.type_name
    return "date" if isinstance(value, date) else words[type(value)]


def _is_of_type(value: Value, wanted: str) -> bool:
    if wanted in ("number", "integer"):
        return is_number(value)
    if wanted == "list":
        return isinstance(value, Items) and value.kind in ("list", "tuple")
    kinds: Mapping[str, type] = {"text": str, "boolean": bool, "date": date}
    return isinstance(value, kinds[wanted])


def _wrong_type(wanted: str, have: Value, name: str) -> Finding:
    found = type_word(have)
    if wanted == "list" and found in ("Series", "index", "array", "set", "range"):
        return miss("value.not_yet_list", name=name, type=found)
    if wanted in ("number", "integer", "text") and found in ("Series", "DataFrame", "array", "index"):
        return miss("value.many", name=name, wanted=wanted, type=found)
    return miss("value.wrong_type", name=name, wanted=wanted, type=found)


def _difference(have: Value, want: Value | Absent, close: Closeness) -> Finding:
    if isinstance(want, Absent):
        return miss("value.different")
    if is_number(have) and is_number(want):
        return _number_difference(float(have), float(want))  # type: ignore[arg-type]  # just found to be numbers
    if is_time_zone_amiss(have, want):
        return miss("value.time_zone" if has_time_zone(have) else "value.no_time_zone")
    if isinstance(have, str) and isinstance(want, str) and folded(have) == folded(want):
        return miss("value.text_nearly")
    if isinstance(have, Items) and isinstance(want, Items):
        return _list_difference(have.values, want.values, close)
    return miss("value.different")


def _number_difference(have: float, want: float) -> Finding:
    hint = find_number_hint(have, want)
    if hint is not None:
        return _hinted(*hint)
    if want and math.isfinite(have) and abs(have - want) <= NEARLY * abs(want):
        return miss("value.nearly")
    return miss("value.different")


def _hinted(word: str, factor: int) -> Finding:
    return miss(HINTS[word], **({"factor": factor} if word.startswith("times") else {}))


def _list_difference(have: tuple[Any, ...], want: tuple[Any, ...], close: Closeness) -> Finding:
    if len(have) != len(want):
        return miss("value.list_length", have=len(have), wanted=len(want))
    if len(have) <= LONGEST_BAG and are_same_bag(have, want, close):
        return miss("value.list_order")
    places = [at for at, (one, other) in enumerate(zip(have, want, strict=True)) if not is_alike(one, other, close)]
    return miss("value.list_item", place=places[0] + 1, item=shown(have[places[0]]))


SPANISH: Mapping[str, str] = {
    "value.missing_name": "No encontramos {name}. Guarda tu resultado con ese nombre exacto.",
    "value.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu cálculo.",
    "value.too_large": "{name} es demasiado grande para revisarlo. Deja ahí sólo el resultado que se pide.",
    "value.wrong_type": "{name} es {type:type} y esperábamos {wanted:type}. Revisa qué guardaste ahí.",
    "value.many": "{name} es {type:type}, con muchos valores, y esperábamos {wanted:type}. Falta quedarte con uno solo.",
    "value.not_yet_list": "{name} es {type:type}. Conviértelo en lista, por ejemplo con `.tolist()`.",
    "value.different": "{name} vale {value} y esperábamos otro resultado. Revisa qué columna usas, qué filas entran y qué operación haces.",
    "value.times_larger": "{name} vale {value}, que es {factor} veces el resultado. Revisa las unidades.",
    "value.times_smaller": "{name} vale {value}, y el resultado es {factor} veces mayor. Revisa las unidades.",
    "value.other_sign": "{name} vale {value}. El tamaño está bien y el signo al revés; revisa el orden de la resta.",
    "value.nearly": "{name} vale {value}, ya muy cerca. Revisa si redondeaste antes de tiempo o si falta o sobra alguna fila.",
    "value.text_nearly": "{name} dice {value}. Sólo cambian mayúsculas, acentos o espacios; escríbelo como está en los datos.",
    "value.list_length": "{name} tiene {have:item} y esperábamos {wanted}. Revisa qué entra en la lista.",
    "value.list_order": "{name} tiene los elementos correctos en otro orden. Ordénalos como pide el enunciado.",
    "value.list_item": "En {name}, el elemento número {place} es {item} y esperábamos otro. Revisa cómo armaste la lista.",
    "value.percent": "{name} vale {value}, que parece un porcentaje (0 a 100), y esperábamos una proporción (0 a 1). Falta dividir entre 100.",
    "value.share": "{name} vale {value}, que parece una proporción (0 a 1), y esperábamos un porcentaje (0 a 100). Falta multiplicar por 100.",
    "value.time_zone": "{name} es {value}, con zona horaria, y esperábamos una fecha sin ella. Quítala, por ejemplo con `.tz_localize(None)`.",
    "value.no_time_zone": "{name} es {value}, sin zona horaria, y esperábamos una fecha que la diga. Ponla, por ejemplo con `.tz_localize(...)`.",
}
ENGLISH: Mapping[str, str] = {
    "value.missing_name": "We did not find {name}. Keep your result under exactly that name.",
    "value.placeholder": "{name} is still `...`. Put your own calculation in place of the three dots.",
    "value.too_large": "{name} is too large to look at. Leave only the result that is asked for.",
    "value.wrong_type": "{name} is {type:type} and we expected {wanted:type}. Check what you put there.",
    "value.many": "{name} is {type:type}, with many values, and we expected {wanted:type}. You still have to take one.",
    "value.not_yet_list": "{name} is {type:type}. Turn it into a list, for example with `.tolist()`.",
    "value.different": "{name} is {value} and we expected another result. Check which column, which rows and which operation you use.",
    "value.times_larger": "{name} is {value}, which is {factor} times the result. Check the units.",
    "value.times_smaller": "{name} is {value}, and the result is {factor} times larger. Check the units.",
    "value.other_sign": "{name} is {value}. The size is right and the sign is not; check the order of the subtraction.",
    "value.nearly": "{name} is {value}, very near already. Check whether you rounded too early, or a row is missing or extra.",
    "value.text_nearly": "{name} says {value}. Only capitals, accents or spaces differ; write it as it is in the data.",
    "value.list_length": "{name} has {have:item} and we expected {wanted}. Check what goes into the list.",
    "value.list_order": "{name} has the right items in another order. Put them in the order that the text asks for.",
    "value.list_item": "In {name}, item number {place} is {item} and we expected another. Check how you built the list.",
    "value.percent": "{name} is {value}, which looks like a percentage (0 to 100), and we expected a share (0 to 1). Divide it by 100.",
    "value.share": "{name} is {value}, which looks like a share (0 to 1), and we expected a percentage (0 to 100). Multiply it by 100.",
    "value.time_zone": "{name} is {value}, with a time zone, and we expected a date without one. Take it off, for example with `.tz_localize(None)`.",
    "value.no_time_zone": "{name} is {value}, without a time zone, and we expected a date that says it. Set it, for example with `.tz_localize(...)`.",
}

KIND = Kind(
    name="value",
    about="One value in a variable, compared with the solution's.",
    properties={
        "name": NAME,
        "type": {
            "enum": ["number", "integer", "text", "boolean", "list", "date"],
            "description": "What the value must be. list: the same items in the same order.",
        },
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
        "ignore_case": {"type": "boolean", "description": "For text: capital letters make no difference."},
    },
    required=(
        "name",
        "type",
    ),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "value.many",
            "value.missing_name",
            "value.not_yet_list",
            "value.placeholder",
            "value.too_large",
            "value.wrong_type",
        }
    ),
    look=look_at_name,
    read=read_holding,
    judge=judge,
    is_same=is_same,
    names=own_name,
)
