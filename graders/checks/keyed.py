"""Tables whose rows are told apart by a key: which rows are missing, in excess or doubled, which cells differ."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.checks.alike import Closeness, folded, is_alike, shown_cell
from graders.checks.finding import Finding, miss
from graders.checks.nearly import find_column_hint
from graders.checks.rows import Row, find_bag_difference, other_rows, row_faces

MOST_ROWS_SHOWN = 5
MOST_COLUMNS_SHOWN = 10


@dataclass(frozen=True)
class Keyed:
    """What two tables have in common and what not. pairs: the learner's row and the wanted one, by the same key.

    repeated: the learner's rows that are there more than once, one of each.
    """

    missing: tuple[Row, ...]
    extra: tuple[Row, ...]
    repeated: tuple[Row, ...]
    pairs: tuple[tuple[Row, Row], ...]


@dataclass(frozen=True)
class Frame:
    """names: of the columns, in the order of the rows; key: positions of those that tell one row from another.

    is_key_open: the key's values stand in the statement, so that missing rows may be named.
    """

    names: tuple[str, ...]
    key: tuple[int, ...]
    is_key_open: bool = False


def find_keyed_difference(have: Sequence[Row], want: Sequence[Row], frame: Frame, close: Closeness) -> Finding | None:
    """None where each wanted row is there once, found by its key, and has alike values.

    Else what one would mend first, with all of the difference as its field `diff`; see `told`.
    """
    keyed = _matched(have, want, frame.key, close)
    if keyed is None:
        return find_bag_difference(have, want, frame.names, close)
    wrong = _wrong_rows(keyed.pairs, frame, close)
    finding = _first_miss(keyed, wrong, frame, (len(have), len(want)))
    if finding is None:
        return None
    return Finding(False, finding.code, {**finding.fields, "diff": told(keyed, wrong, frame)})


def told(keyed: Keyed, wrong: Mapping[int, Sequence[Row]], frame: Frame) -> dict[str, Any]:
    """The difference as plain JSON for a page. Values are the learner's own; of missing rows there is but the count.

    {"key": [column…], "matched": n, "missing": {"count": n, "keys": […] where they are open},
    "extra": {"count": n, "keys": [[value…]…]}, "repeated": likewise,
    "columns": [{"name": …, "count": n, "rows": [{"key": [value…], "value": …}…]}…]}
    """
    missing: dict[str, Any] = {"count": len(keyed.missing)}
    if frame.is_key_open:
        missing["keys"] = _keys(keyed.missing, frame)
    return {
        "key": [frame.names[at] for at in frame.key],
        "matched": len(keyed.pairs),
        "missing": missing,
        "extra": {"count": len(keyed.extra), "keys": _keys(keyed.extra, frame)},
        "repeated": {"count": len(keyed.repeated), "keys": _keys(keyed.repeated, frame)},
        "columns": [
            {
                "name": frame.names[at],
                "count": len(rows),
                "rows": [
                    {"key": _key_cells(row, frame), "value": shown_cell(row[at])} for row in rows[:MOST_ROWS_SHOWN]
                ],
            }
            for at, rows in list(wrong.items())[:MOST_COLUMNS_SHOWN]
        ],
    }


def _matched(have: Sequence[Row], want: Sequence[Row], key: Sequence[int], close: Closeness) -> Keyed | None:
    """None where the key does not tell the wanted rows apart."""
    wanted = dict(zip(_keys_of(want, key, close), want, strict=True))
    if len(wanted) < len(want):
        return None
    found: dict[Hashable, list[Row]] = defaultdict(list)
    for shows, row in zip(_keys_of(have, key, close), have, strict=True):
        found[shows].append(row)
    return Keyed(
        missing=tuple(row for one, row in wanted.items() if one not in found),
        extra=tuple(row for one, rows in found.items() if one not in wanted for row in rows),
        repeated=tuple(rows[0] for rows in found.values() if len(rows) > 1),
        pairs=tuple((found[one][0], row) for one, row in wanted.items() if one in found),
    )


def _wrong_rows(pairs: Sequence[tuple[Row, Row]], frame: Frame, close: Closeness) -> dict[int, list[Row]]:
    """The learner's rows with a value that differs, by the column's position; columns that agree are left out."""
    wrong = {
        at: [have for have, want in pairs if not is_alike(have[at], want[at], close)]
        for at in range(len(frame.names))
        if at not in frame.key
    }
    return {at: rows for at, rows in wrong.items() if rows}


def _first_miss(
    keyed: Keyed, wrong: Mapping[int, Sequence[Row]], frame: Frame, counts: tuple[int, int]
) -> Finding | None:
    """Doubled rows, then those missing or in excess, then the first column, from the left, with values that differ."""
    have, want = counts
    if keyed.repeated:
        return miss("table.repeated_rows", row=_shown_key(keyed.repeated[0], frame), have=have, wanted=want)
    if keyed.missing and keyed.extra and _are_keys_nearly_same(keyed, frame):
        return miss("table.key_nearly", row=_shown_key(keyed.extra[0], frame))
    if keyed.missing and not keyed.extra and frame.is_key_open:
        return miss("table.missing_known_rows", row=_shown_key(keyed.missing[0], frame), count=len(keyed.missing))
    if keyed.missing or keyed.extra:
        return other_rows(have, want, _shown_key(keyed.extra[0], frame) if keyed.extra else "")
    return _wrong_column(keyed.pairs, wrong, frame) if wrong else None


def _wrong_column(pairs: Sequence[tuple[Row, Row]], wrong: Mapping[int, Sequence[Row]], frame: Frame) -> Finding:
    at, rows = next(iter(wrong.items()))
    name = frame.names[at]
    hint = find_column_hint([have[at] for have, _ in pairs], [want[at] for _, want in pairs], name)
    plain = miss(
        "table.wrong_values",
        column=name,
        count=len(rows),
        row=_shown_key(rows[0], frame),
        value=shown_cell(rows[0][at]),
    )
    return hint or plain


def _are_keys_nearly_same(keyed: Keyed, frame: Frame) -> bool:
    """Whether the keys in excess are the missing ones but for capitals, accents and blanks."""

    def shapes(rows: Sequence[Row]) -> list[list[str]]:
        return sorted([folded(str(row[at])) for at in frame.key] for row in rows)

    return shapes(keyed.missing) == shapes(keyed.extra)


def _keys_of(rows: Sequence[Row], key: Sequence[int], close: Closeness) -> list[Hashable]:
    return row_faces([tuple(row[at] for at in key) for row in rows], close)


def _keys(rows: Sequence[Row], frame: Frame) -> list[list[str]]:
    return [_key_cells(row, frame) for row in rows[:MOST_ROWS_SHOWN]]


def _key_cells(row: Row, frame: Frame) -> list[str]:
    return [shown_cell(row[at]) for at in frame.key]


def _shown_key(row: Row, frame: Frame) -> str:
    return ", ".join(f"{frame.names[at]} = {shown_cell(row[at])}" for at in frame.key)
