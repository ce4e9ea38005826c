"""The check `sql`: the query that a name holds gives, on copies of the data, what the solution's query gives there."""

# One sentence a line, however long.
# ruff: noqa: E501

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from courses import Check
from graders.checks import rows
from graders.checks.alike import closeness_of
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind, own_name
from graders.checks.table import compare_tables
from graders.checks.value import type_word
from graders.errors import EvidenceRefused
from graders.evidence import Absent, Column, Table, Unreadable, Value, read_holding, read_value
from graders.view import REFUSED, TOO_SLOW, View

FailureKind = Literal["error", "several", "forbidden", "too_slow", "too_large"]
FIRST_WORD = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$))*([A-Za-z]*)", re.DOTALL)
# What differs between two tables, as it is told of a copy that the learner never sees: counts, and no values.
TOLD: Mapping[str, str] = {
    "table.missing_rows": "sql.rows",
    "table.extra_rows": "sql.rows",
    "table.wrong_order": "sql.order",
    "table.mixed_rows": "sql.different",
    "table.odd_values": "sql.odd_values",
}


@dataclass(frozen=True)
class Failed:
    """A query that gave no table, and what SQLite said of an "error" or of what is "forbidden"."""

    kind: FailureKind
    text: str


@dataclass(frozen=True)
class Query:
    """text: what the name holds, or what its function gave. results: on each copy, if the text was run."""

    text: Value | Absent
    results: tuple[Table | Failed, ...] = ()


Result: TypeAlias = Table | Failed


def read(raw: Any) -> Query:
    """The raw evidence of `_look`. Raises: EvidenceRefused."""
    if not isinstance(raw, Mapping) or not set(raw) <= {"held", "ran"}:
        raise EvidenceRefused("a query is none")
    text = read_holding(raw.get("held"))
    if "ran" not in raw:
        return Query(text)
    if raw["ran"] == TOO_SLOW:
        return Query(text, (Failed("too_slow", ""),))
    if not isinstance(raw["ran"], Mapping) or not isinstance(raw["ran"].get("results"), list):
        raise EvidenceRefused("a query has no results")
    return Query(text, tuple(_result(one) for one in raw["ran"]["results"]))


def _result(raw: Any) -> Result:
    if isinstance(raw, Mapping) and "failed" in raw:
        if raw["failed"] not in get_args(FailureKind) or not isinstance(raw.get("text"), str):
            raise EvidenceRefused("a query failed in no known way")
        return Failed(raw["failed"], raw["text"][:300])
    table = read_value(raw)
    if not isinstance(table, Table):
        raise EvidenceRefused("a query gave no table")
    return table


def judge(check: Check, have: Query, want: Query) -> Finding:
    """Says first what keeps the query from being run, then what SQLite said, then what differs on the first copy."""
    name = check.params["name"]
    finding = _text_fault(have.text) or _failure(have) or _difference(check, have, want)
    return replace(finding, fields={"name": name, **finding.fields}) if not finding.is_right else finding


def is_same(check: Check, one: Query, other: Query) -> bool:
    """Whether both give the same on each copy, or end in the same way."""
    if not one.results or len(one.results) != len(other.results):
        return False
    return all(
        _compared(check, mine, theirs).is_right
        if isinstance(mine, Table) and isinstance(theirs, Table)
        else mine == theirs
        for mine, theirs in zip(one.results, other.results, strict=True)
    )


def _text_fault(text: Value | Absent) -> Finding | None:
    """What keeps a text from being run as a query; None for one statement that begins as a reading one."""
    if isinstance(text, Absent):
        return miss("sql.missing_name")
    if isinstance(text, Unreadable) and text.reason == "placeholder":
        return miss("sql.placeholder")
    if not isinstance(text, str):
        return miss("sql.not_text", type=type_word(text))
    found = FIRST_WORD.match(text)
    word = found.group(1).upper() if found else ""
    if not word and not text.strip():
        return miss("sql.empty")
    return None if word in ("SELECT", "WITH") else miss("sql.not_select", word=word or text.strip()[:20])


def _failure(have: Query) -> Finding | None:
    failed = next((one for one in have.results if isinstance(one, Failed)), None)
    if failed is None:
        return None
    if failed.kind == "too_slow":
        return Finding(False, "sql.too_slow", is_error=True)
    fields = {"error": failed.text} if failed.kind in ("error", "forbidden") else {}
    codes: Mapping[str, str] = {
        "error": "sql.error", "forbidden": "sql.forbidden", "several": "sql.several", "too_large": "sql.too_large",
    }  # fmt: skip
    return miss(codes[failed.kind], **fields)


def _difference(check: Check, have: Query, want: Query) -> Finding:
    mine, theirs = _tables(have), _tables(want)
    if not mine or len(mine) != len(theirs):
        return miss("sql.different")
    # A solution that gives the same on each copy would let its result pass for a query.
    if all(_compared(check, theirs[0], other).is_right for other in theirs[1:]):
        return miss("sql.same_everywhere")
    findings = [_compared(check, one, other) for one, other in zip(mine, theirs, strict=True)]
    wrong = next((one for one in findings if not one.is_right), None)
    if wrong is None:
        return RIGHT
    if all(_compared(check, mine[0], other).is_right for other in mine[1:]) and mine[0].row_count:
        return miss("sql.literal")
    return wrong


def _tables(query: Query) -> list[Table]:
    return [one for one in query.results if isinstance(one, Table)]


def _compared(check: Check, have: Table, want: Table) -> Finding:
    """How two results of one copy compare; of a difference no more than which column and how many rows."""
    paired = _paired(check.params.get("columns"), have, want)
    if isinstance(paired, Finding):
        return paired
    mine, theirs = paired
    params = {name: check.params[name] for name in ("tolerance", "relative") if name in check.params}
    found = compare_tables({**params, "columns": [column.name for column in theirs.columns]}, mine, theirs)
    if found.is_right:
        return _order(check, mine, theirs, [column.name.casefold() for column in want.columns])
    kept = {field: found.fields[field] for field in ("have", "wanted", "count", "column") if field in found.fields}
    return miss(TOLD.get(found.code, "sql.values"), **kept)


def _paired(asked: Sequence[str] | None, have: Table, want: Table) -> tuple[Table, Table] | Finding:
    """Both with the same columns: those asked for, whatever their capitals; else all, by place and not by name."""
    if asked is None:
        if have.width != want.width:
            return miss("sql.columns", have=have.width, wanted=want.width)
        counts = Counter(column.name for column in have.columns)
        names = [
            column.name if counts[column.name] == 1 else f"{column.name} ({at})"
            for at, column in enumerate(have.columns, start=1)
        ]
        return _with_columns(have, have.columns, names), _with_columns(want, want.columns, names)
    found = [{column.name.casefold(): column for column in table.columns} for table in (have, want)]
    missing = [name for name in asked if name.casefold() not in found[0]]
    if missing or any(name.casefold() not in found[1] for name in asked):
        return miss("sql.missing_columns", columns=missing[:5], have=[one.name[:24] for one in have.columns[:5]])
    mine, theirs = (
        _with_columns(table, [known[name.casefold()] for name in asked], asked)
        for table, known in zip((have, want), found, strict=True)
    )
    return mine, theirs


def _with_columns(table: Table, columns: Sequence[Column], names: Sequence[str]) -> Table:
    told = tuple(replace(column, name=name) for column, name in zip(columns, names, strict=True))
    return replace(table, columns=told, width=len(told))


def _order(check: Check, have: Table, want: Table, names: Sequence[str]) -> Finding:
    """Whether the columns by which one sorts go the same way; rows that are equal there may come in any order.

    names: of the solution's columns, in small letters, by place.
    """
    by = [name.casefold() for name in check.params.get("order_by", ())]
    asked = [name.casefold() for name in check.params.get("columns", names)]
    places = [asked.index(name) for name in by if name in asked]
    if len(places) < len(by):
        return miss("sql.different")
    sides = [[table.columns[at].values or () for at in places] for table in (have, want)]
    mine, theirs = (list(zip(*side, strict=True)) for side in sides)
    return RIGHT if rows.are_in_order(mine, theirs, closeness_of(check.params)) else miss("sql.order")


def _look(view: View) -> Any:
    """What the name holds, and the query's results on the copies where that is one statement that reads."""
    held = view.hold(view.check.params["name"])
    text = _told_text(held)
    if isinstance(text, Unreadable) and text.type_name in ("function", "method"):
        asked = {"name": view.check.params["name"], "cases": [{}], "also": []}
        held = _given(view.ask("answers", "call", asked, timeout_s=view.limits.cell_timeout_s))
        text = _told_text(held)
    if not isinstance(text, str) or _text_fault(text) is not None:
        return {"held": held}
    wanted = {"query": text, "tables": dict(view.check.params["tables"]), "seed": view.check.params.get("seed", 1)}
    with view.clean_session() as clean:
        return {"held": held, "ran": clean.ask("queries", "run", wanted, timeout_s=view.limits.cell_timeout_s)}


def _told_text(held: Any) -> Value | Absent:
    try:
        return read_holding(held)
    except EvidenceRefused:
        return None


def _given(called: Any) -> Any:
    """What a function without arguments gave, as what a name holds."""
    if isinstance(called, Mapping) and isinstance(called.get("outcomes"), list) and len(called["outcomes"]) == 1:
        outcome = called["outcomes"][0]
        if isinstance(outcome, Mapping) and "gave" in outcome:
            return {"holds": outcome["gave"]}
    return REFUSED


SPANISH: Mapping[str, str] = {
    "sql.missing_name": "No encontramos {name}. Guarda el texto de tu consulta con ese nombre exacto.",
    "sql.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu consulta.",
    "sql.not_text": "{name} es {type:type} y esperábamos el texto de una consulta, no su resultado.",
    "sql.empty": "{name} está vacía. Escribe ahí tu consulta.",
    "sql.not_select": "{name} empieza con {word} y esperábamos una consulta que lea: con `SELECT` o `WITH`.",
    "sql.several": "{name} tiene más de una instrucción. Deja una sola consulta.",
    "sql.forbidden": "SQLite no puede correr {name} aquí: {error}. Una consulta sólo lee las tablas del enunciado.",
    "sql.error": "SQLite no entiende {name}: {error}. Revisa nombres de tablas y columnas, comas y paréntesis.",
    "sql.too_slow": "{name} pide demasiado trabajo. ¿Falta la condición que une dos tablas, o no termina una recursión?",
    "sql.too_large": "{name} da demasiadas filas o textos demasiado largos. ¿Falta la condición que une dos tablas?",
    "sql.columns": "{name} da {have:column} y esperábamos {wanted}. Revisa lo que va después de `SELECT`.",
    "sql.missing_columns": "A lo que da {name} le falta {columns}. Sus columnas son {have}. Dales nombre con `AS`.",
    "sql.rows": "En una copia con otras filas, {name} da {have:row} y esperábamos {wanted}. Revisa `WHERE`, `GROUP BY` y cómo unes tablas.",
    "sql.values": "En una copia con otras filas, {name} da otros valores en la columna {column}. Revisa cómo sale.",
    "sql.odd_values": "{name} da en {column} valores binarios, y esperábamos números o textos.",
    "sql.order": "{name} da las filas correctas en otro orden. Revisa `ORDER BY` y en qué sentido.",
    "sql.literal": "{name} da lo mismo aunque cambien los datos. Calcula el resultado a partir de las tablas.",
    "sql.different": "En una copia con otras filas, {name} da otro resultado. Revisa qué filas entran y cómo se agrupan.",
    "sql.same_everywhere": "No pudimos comparar lo que da {name}. Avisa a tu docente: el resultado no cambia con los datos.",
}
ENGLISH: Mapping[str, str] = {
    "sql.missing_name": "We did not find {name}. Keep the text of your query under exactly that name.",
    "sql.placeholder": "{name} is still `...`. Put your own query in place of the three dots.",
    "sql.not_text": "{name} is {type:type} and we expected the text of a query, not its result.",
    "sql.empty": "{name} is empty. Write your query there.",
    "sql.not_select": "{name} begins with {word} and we expected a query that reads: with `SELECT` or `WITH`.",
    "sql.several": "{name} holds more than one statement. Leave a single query.",
    "sql.forbidden": "SQLite cannot run {name} here: {error}. A query only reads the tables of the text.",
    "sql.error": "SQLite does not understand {name}: {error}. Check names of tables and columns, commas and brackets.",
    "sql.too_slow": "{name} asks for too much work. Is the condition missing that joins two tables, or does a recursion never end?",
    "sql.too_large": "{name} gives too many rows, or texts too long. Is the condition missing that joins two tables?",
    "sql.columns": "{name} gives {have:column} and we expected {wanted}. Check what comes after `SELECT`.",
    "sql.missing_columns": "What {name} gives lacks {columns}. Its columns are {have}. Name them with `AS`.",
    "sql.rows": "On a copy with other rows, {name} gives {have:row} and we expected {wanted}. Check `WHERE`, `GROUP BY` and how you join tables.",
    "sql.values": "On a copy with other rows, {name} gives other values in the column {column}. Check how you get it.",
    "sql.odd_values": "{name} gives binary values in {column}, and we expected numbers or texts.",
    "sql.order": "{name} gives the right rows in another order. Check `ORDER BY`, and which way.",
    "sql.literal": "{name} gives the same though the data change. Work the result out from the tables.",
    "sql.different": "On a copy with other rows, {name} gives another result. Check which rows come in and how they are grouped.",
    "sql.same_everywhere": "We could not compare what {name} gives. Tell your trainer: the result does not change with the data.",
}

KIND = Kind(
    name="sql",
    about="The text of an SQLite query, or a function that returns it. It runs on copies of the data that keep some of the rows, in another order, and so does the solution's.",
    properties={
        "name": {**NAME, "description": "The variable with the query's text, or the function that gives it."},
        "tables": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 10,
            "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]{0,59}$"},
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "required": ["dataset"],
                "properties": {
                    "dataset": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 60,
                        "description": "A dataset of the lesson.",
                    },
                    "resource": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 100,
                        "description": "One of its tables, where it has several.",
                    },
                },
            },
            "description": "The tables that the query may read, each from a dataset of the lesson: {sismos: {dataset: mx-sismos-cdmx}}.",
        },
        "columns": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 100},
            "description": "Names that the result's columns must have, where the statement gives them. Without it columns are compared by place.",
        },
        "order_by": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 100},
            "description": "Columns of the solution's result by which the statement asks to sort. Without it the order means nothing.",
        },
        "seed": {"type": "integer", "minimum": 0, "description": "Decides which rows the copies keep; 1 without it."},
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
    },
    required=("name", "tables"),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "sql.missing_name", "sql.placeholder", "sql.not_text", "sql.empty", "sql.not_select", "sql.several",
            "sql.forbidden", "sql.error", "sql.too_slow", "sql.too_large", "sql.same_everywhere",
        }
    ),
    look=_look,
    read=read,
    judge=judge,
    is_same=is_same,
    names=own_name,
    probes=("answers", "queries"),
    runs_learner_code=True,
)  # fmt: skip
