"""The check `collection`: a list, tuple, set, array, Series or dictionary holds the items that the solution's does."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from courses import Check
from graders.checks.alike import Closeness, closeness_of, face, folded, is_alike, shown
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind, look_at_name, own_name
from graders.checks.rows import leftovers
from graders.checks.value import type_word
from graders.evidence import Absent, Items, Pairs, Table, Unreadable, Value, read_holding

Entries: TypeAlias = tuple[tuple[Value, Value], ...]


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps it from being looked at, then what is missing, extra, repeated or out of place."""
    name = check.params["name"]
    if isinstance(have, Absent):
        return miss("collection.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        code = "collection.placeholder" if have.reason == "placeholder" else "collection.too_large"
        return miss(code, name=name)
    finding = _compare(check.params, have, want)
    return finding if finding.is_right else replace(finding, fields={"name": name, **finding.fields})


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether the check sees the same in both, items that it does not expect included."""
    if isinstance(one, Absent | Unreadable) or isinstance(other, Absent | Unreadable):
        return False
    params = {name: value for name, value in check.params.items() if name != "unique"}
    return is_alike(one, other, closeness_of(params)) or _compare(params, one, other).is_right


def _compare(params: Mapping[str, Any], have: Value, want: Value | Absent) -> Finding:
    if isinstance(want, Pairs):
        entries = _entries(have)
        if entries is None:
            return miss("collection.not_mapping", type=type_word(have))
        return _compare_mappings(params, entries, want.values)
    values, wanted = _values(have), None if isinstance(want, Absent) else _values(want)
    if values is None or wanted is None:
        return miss("collection.wrong_type", type=type_word(have))
    if params.get("ordered") is True and isinstance(have, Items) and have.kind == "set":
        return miss("collection.no_order")
    return _compare_items(params, values, wanted)


def _values(value: Value) -> tuple[Value, ...] | None:
    """The items of a collection; those of a Series without its labels; None for what is none."""
    if isinstance(value, Items):
        return value.values
    if isinstance(value, Table) and value.is_series and value.columns:
        return value.columns[0].values
    return None


def _entries(value: Value) -> Entries | None:
    """Keys and values of a mapping, for which a labelled Series will do."""
    if isinstance(value, Pairs):
        return value.values
    if isinstance(value, Table) and value.is_series and len(value.index) == 1 and value.columns:
        labels, values = value.index[0].values, value.columns[0].values
        return None if labels is None or values is None else tuple(zip(labels, values, strict=True))
    return None


def _compare_items(params: Mapping[str, Any], have: Sequence[Value], want: Sequence[Value]) -> Finding:
    close = closeness_of(params)
    if params.get("unique") is True:
        repeated = _repeated(have, close)
        if repeated:
            return miss("collection.repeated", item=shown(repeated[0]), count=len(repeated))
    if params.get("as_set") is True:
        have, want = _once(have, close), _once(want, close)
    extra, missing = _differences(have, want, close)
    is_ordered = params.get("ordered") is True
    if not extra and not missing:
        place = _misplaced(have, want, close) if is_ordered else None
        return RIGHT if place is None else miss("collection.order", place=place + 1, item=shown(have[place]))
    if is_ordered and len(have) == len(want) and len(extra) == len(missing) > 0:
        place = _misplaced(have, want, close) or 0
        return miss("collection.item", place=place + 1, item=shown(have[place]), count=len(extra))
    return _count_miss(extra, missing, have, want)


def _count_miss(
    extra: Sequence[Value], missing: Sequence[Value], have: Sequence[Value], want: Sequence[Value]
) -> Finding:
    if not extra:
        return miss("collection.missing", have=len(have), wanted=len(want), count=len(missing))
    if not missing:
        return miss("collection.extra", count=len(extra), item=shown(extra[0]))
    texts = [[folded(one) for one in side if isinstance(one, str)] for side in (extra, missing)]
    if len(texts[0]) == len(extra) and sorted(texts[0]) == sorted(texts[1]):
        return miss("collection.nearly", count=len(extra), item=shown(extra[0]))
    return miss("collection.differs", count=len(extra), item=shown(extra[0]), missing=len(missing))


def _compare_mappings(params: Mapping[str, Any], have: Entries, want: Entries) -> Finding:
    close = closeness_of(params)
    extra, missing = _differences([key for key, _ in have], [key for key, _ in want], close)
    if missing and not extra:
        return miss("collection.missing_keys", have=len(have), wanted=len(want), count=len(missing))
    if extra:
        code = "collection.differing_keys" if missing else "collection.extra_keys"
        return miss(code, count=len(extra), key=shown(extra[0]), missing=len(missing))
    if params.get("keys") is not True:
        wrong = _differences(have, want, close, is_pair=True)[0]
        if wrong:
            return miss("collection.value", count=len(wrong), key=shown(wrong[0][0]), value=shown(wrong[0][1]))
    if params.get("ordered") is True:
        place = _misplaced([key for key, _ in have], [key for key, _ in want], close)
        if place is not None:
            return miss("collection.order", place=place + 1, item=shown(have[place][0]))
    return RIGHT


def _differences(
    have: Sequence[Any], want: Sequence[Any], close: Closeness, *, is_pair: bool = False
) -> tuple[list[Any], list[Any]]:
    """What is only in one, in the order in which each has it, and what only in the other; like ones go in pairs."""
    rows = [tuple(one) if is_pair else (one,) for one in have], [tuple(one) if is_pair else (one,) for one in want]
    over = leftovers(*rows, close)
    return tuple([row if is_pair else row[0] for row in side] for side in over)  # type: ignore[return-value]  # two


def _misplaced(have: Sequence[Value], want: Sequence[Value], close: Closeness) -> int | None:
    """The first place at which both differ."""
    pairs = zip(have, want, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if not is_alike(one, other, close)), None)


def _once(values: Sequence[Value], close: Closeness) -> list[Value]:
    """The values without what repeats an earlier one."""
    return list({face(one, close): one for one in reversed(values)}.values())[::-1]


def _repeated(values: Sequence[Value], close: Closeness) -> list[Value]:
    """Those that are equal to an earlier one."""
    known, repeated = set(), []
    for one in values:
        shows = face(one, close)
        if shows in known:
            repeated.append(one)
        known.add(shows)
    return repeated


SPANISH: Mapping[str, str] = {
    "collection.missing_name": "No encontramos {name}. Guarda tu resultado con ese nombre exacto.",
    "collection.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu cálculo.",
    "collection.too_large": "{name} es demasiado grande para revisarla. Deja ahí sólo lo que se pide.",
    "collection.wrong_type": "{name} es {type:type} y esperábamos una colección, como una lista. Revisa qué guardaste ahí.",
    "collection.not_mapping": "{name} es {type:type} y esperábamos un diccionario, con claves y valores. Revisa qué guardaste ahí.",
    "collection.no_order": "{name} es un conjunto, que no guarda orden, y aquí el orden cuenta. Guárdalo como lista.",
    "collection.repeated": "{name} repite {count:item}, por ejemplo {item}. Cada cosa debe estar una sola vez.",
    "collection.order": "{name} tiene los elementos correctos en otro orden: {item} no va en el lugar {place}. Ordénalos como se pide.",
    "collection.item": "En {name}, el elemento número {place} es {item} y esperábamos otro. Pasa en {count:item}. Revisa cómo la armaste.",
    "collection.missing": "{name} tiene {have:item} y esperábamos {wanted}. Revisa qué se quedó fuera.",
    "collection.extra": "{name} tiene {count:item} de más, por ejemplo {item}. Revisa qué entra.",
    "collection.nearly": "En {name}, {item} sólo difiere en mayúsculas, acentos o espacios. Pasa en {count:item}; escríbelo como en los datos.",
    "collection.differs": "{name} tiene {count:item} que no esperábamos, por ejemplo {item}; de los esperados no están {missing}. Revisa qué entra.",
    "collection.missing_keys": "{name} tiene {have:key} y esperábamos {wanted}. Revisa cuáles se quedaron fuera.",
    "collection.extra_keys": "{name} tiene {count:key} de más, por ejemplo {key}. Revisa qué entra.",
    "collection.differing_keys": "{name} tiene {count:key} que no esperábamos, por ejemplo {key}; de las esperadas no están {missing}.",
    "collection.value": "En {name}, {key} lleva a {value} y esperábamos otra cosa. Pasa con {count:key}. Revisa cómo sale ese valor.",
}
ENGLISH: Mapping[str, str] = {
    "collection.missing_name": "We did not find {name}. Keep your result under exactly that name.",
    "collection.placeholder": "{name} is still `...`. Put your own calculation in place of the three dots.",
    "collection.too_large": "{name} is too large to look at. Leave only what is asked for.",
    "collection.wrong_type": "{name} is {type:type} and we expected a collection, such as a list. Check what you put there.",
    "collection.not_mapping": "{name} is {type:type} and we expected a dictionary, with keys and values. Check what you put there.",
    "collection.no_order": "{name} is a set, which keeps no order, and here the order counts. Make it a list.",
    "collection.repeated": "{name} repeats {count:item}, for example {item}. Each thing must be there just once.",
    "collection.order": "{name} has the right items in another order: {item} does not go in place {place}. Order them as asked.",
    "collection.item": "In {name}, item number {place} is {item} and we expected another. This is so in {count:item}. Check how you built it.",
    "collection.missing": "{name} has {have:item} and we expected {wanted}. Check what was left out.",
    "collection.extra": "{name} has {count:item} too many, for example {item}. Check what goes in.",
    "collection.nearly": "In {name}, only capitals, accents or spaces differ in {item}. This is so in {count:item}; write it as in the data.",
    "collection.differs": "{name} has {count:item} that we did not expect, for example {item}; of those expected {missing} are not there. Check what goes in.",
    "collection.missing_keys": "{name} has {have:key} and we expected {wanted}. Check which were left out.",
    "collection.extra_keys": "{name} has {count:key} too many, for example {key}. Check what goes in.",
    "collection.differing_keys": "{name} has {count:key} that we did not expect, for example {key}; of those expected {missing} are not there.",
    "collection.value": "In {name}, {key} leads to {value} and we expected something else. This is so for {count:key}. Check how that value comes about.",
}

KIND = Kind(
    name="collection",
    about="The items of a list, tuple, set, array or Series, or the entries of a dictionary, compared with the solution's. Their order makes no difference unless asked.",
    properties={
        "name": NAME,
        "ordered": {"type": "boolean", "description": "true: the order of the items, or of the keys, matters."},
        "unique": {"type": "boolean", "description": "true: no item may be there twice."},
        "as_set": {"type": "boolean", "description": "true: how often an item is there makes no difference."},
        "keys": {"type": "boolean", "description": "true: of a dictionary only the keys are compared."},
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
        "ignore_case": {"type": "boolean", "description": "For texts: capital letters make no difference."},
    },
    required=("name",),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "collection.missing_name",
            "collection.placeholder",
            "collection.too_large",
            "collection.wrong_type",
            "collection.not_mapping",
        }
    ),
    look=look_at_name,
    read=read_holding,
    judge=judge,
    is_same=is_same,
    names=own_name,
)
