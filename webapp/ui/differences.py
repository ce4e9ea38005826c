"""The difference of two tables as a report shows it: what is missing, in excess or doubled, and which values differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext


@dataclass(frozen=True)
class ColumnDifference:
    """A column with other values than were wanted. rows: some of the learner's, the key's cells first."""

    name: str
    words: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Difference:
    """key: names of the columns that tell rows apart; notes: a sentence for each kind of row that is not as wanted."""

    key: tuple[str, ...]
    notes: tuple[str, ...]
    columns: tuple[ColumnDifference, ...]


def difference_of(fields: Mapping[str, Any]) -> Difference | None:
    """What the check of a table kept in its field `diff`; see graders.checks.keyed. None where it kept nothing."""
    diff = fields.get("diff")
    if not isinstance(diff, Mapping):
        return None
    columns = tuple(
        ColumnDifference(
            name=str(one["name"]),
            words=ngettext("%(num)s fila con otro valor", "%(num)s filas con otro valor", one["count"]),
            rows=tuple((*map(str, row["key"]), str(row["value"])) for row in one["rows"]),
        )
        for one in diff["columns"]
    )
    return Difference(tuple(map(str, diff["key"])), tuple(_notes(diff)), columns)


def _notes(diff: Mapping[str, Any]) -> Iterator[str]:
    counts = {name: diff[name]["count"] for name in ("missing", "extra", "repeated")}
    if counts["missing"]:
        yield _with_keys(ngettext("Falta %(num)s fila", "Faltan %(num)s filas", counts["missing"]), diff["missing"])
    if counts["extra"]:
        yield _with_keys(ngettext("Sobra %(num)s fila", "Sobran %(num)s filas", counts["extra"]), diff["extra"])
    if counts["repeated"]:
        words = ngettext("%(num)s fila está repetida", "%(num)s filas están repetidas", counts["repeated"])
        yield _with_keys(words, diff["repeated"])


def _with_keys(words: str, told: Mapping[str, Any]) -> str:
    """The words with the keys that may be named, and dots where there are more."""
    keys = [", ".join(map(str, key)) for key in told.get("keys", ())]
    if not keys:
        return f"{words}."
    named = "; ".join(keys)
    return (
        _("%(words)s: %(keys)s y más.", words=words, keys=named) if told["count"] > len(keys) else f"{words}: {named}."
    )
