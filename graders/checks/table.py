"""The check `table`: a DataFrame or Series has the columns, rows and values of the solution's."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from courses import Check
from graders.checks import rows
from graders.checks.alike import closeness_of, is_alike, is_missing
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.keyed import Frame, find_keyed_difference
from graders.checks.kind import NAME, RELATIVE, TOLERANCE, Kind, look_at_name
from graders.checks.value import type_word
from graders.evidence import Absent, Column, Table, Unreadable, Value, read_holding

MOST_NAMED = 5  # columns named in one message
LONGEST_NAME = 24  # of a column, where several are named
# A type that is asked for, and others that do as well: a category of texts has all that texts have.
AS_GOOD: Mapping[str, tuple[str, ...]] = {"number": ("integer",), "text": ("category",)}
# Values of one family are never alike to those of another.
FAMILIES: Mapping[str, str] = {
    "integer": "number", "number": "number", "text": "text", "boolean": "boolean", "datetime": "moment",
    "date": "moment", "duration": "duration",
}  # fmt: skip


@dataclass(frozen=True)
class _Pair:
    """Two tables to compare, by the columns that matter, in the same order."""

    names: tuple[str, ...]
    have: tuple[Column, ...]
    want: tuple[Column, ...]


def judge(check: Check, have: Value | Absent, want: Value | Absent) -> Finding:
    """Says first what keeps the table from being looked at, then columns, types, rows, values and order."""
    name = check.params["name"]
    if isinstance(have, Absent):
        return miss("table.missing_name", name=name)
    if isinstance(have, Unreadable) and have.reason != "other":
        return miss(f"table.{have.reason}", name=name)
    if not isinstance(have, Table):
        return miss("table.wrong_type", name=name, type=type_word(have))
    if not isinstance(want, Table):
        return miss("table.different", name=name)
    finding = compare_tables(check.params, have, want)
    return replace(finding, fields={"name": name, **finding.fields}) if not finding.is_right else finding


def is_same(check: Check, one: Value | Absent, other: Value | Absent) -> bool:
    """Whether the check sees the same in both; where the columns that it asks for are missing, all the others count."""
    if isinstance(one, Absent) or isinstance(other, Absent):
        return False
    if not isinstance(one, Table) or not isinstance(other, Table):
        return is_alike(one, other, closeness_of(check.params))
    params = check.params
    asked = set(params.get("columns", ())) | set(params.get("key", ()))
    if asked - {column.name for column in other.columns}:
        if sorted(column.name for column in one.columns) != sorted(column.name for column in other.columns):
            return False
        params = {name: value for name, value in params.items() if name not in ("columns", "key", "dtypes")}
    dtypes = {column.name: column.dtype for column in other.columns if column.name in params.get("dtypes", {})}
    return compare_tables({**params, "dtypes": dtypes}, one, other).is_right


def compare_tables(params: Mapping[str, Any], have: Table, want: Table) -> Finding:
    """What differs first between two tables, as the parameters of a check ask."""
    pair = _paired(params, have, want)
    if isinstance(pair, Finding):
        return pair
    for column in pair.have:
        wanted = params.get("dtypes", {}).get(column.name)
        if wanted is not None and column.dtype != wanted and column.dtype not in AS_GOOD.get(wanted, ()):
            return miss("table.wrong_dtype", column=column.name, wanted=wanted, type=column.dtype)
        if any(isinstance(cell, Unreadable) for cell in column.values or ()):
            return _unreadable(column)
    return _compare_rows(params, pair, have.row_count, want.row_count)


def _unreadable(column: Column) -> Finding:
    """A column with values that cannot be compared, most often the starter's three dots."""
    odd = next(cell for cell in column.values or () if isinstance(cell, Unreadable))
    if odd.reason == "placeholder":
        return miss("table.column_placeholder", column=column.name)
    return miss("table.odd_values", column=column.name, type=odd.type_name)


def _compare_rows(params: Mapping[str, Any], pair: _Pair, have_count: int, want_count: int) -> Finding:
    close = closeness_of(params)
    have, want = _rows(pair.have, have_count), _rows(pair.want, want_count)
    if rows.are_in_order(have, want, close):
        return RIGHT
    key = tuple(pair.names.index(name) for name in params.get("key", ()) if name in pair.names)
    if key:
        frame = Frame(pair.names, key, params.get("open_key") is True)
        difference = find_keyed_difference(have, want, frame, close)
    else:
        difference = rows.find_bag_difference(have, want, pair.names, close)
    if difference is None:
        return RIGHT if _are_sorted_as_asked(params, pair.names, have, want) else miss("table.wrong_order")
    return (_other_family(pair) or difference) if have_count == want_count else difference


def _are_sorted_as_asked(
    params: Mapping[str, Any], names: Sequence[str], have: Sequence[rows.Row], want: Sequence[rows.Row]
) -> bool:
    """Of rows that are alike in some order, but not one by one. With `order_by`, ties may come in any order."""
    if params.get("ordered") is True:
        return False
    places = [names.index(name) for name in params.get("order_by", ()) if name in names]
    mine, theirs = ([tuple(row[at] for at in places) for row in side] for side in (have, want))
    return rows.are_in_order(mine, theirs, closeness_of(params))


def _other_family(pair: _Pair) -> Finding | None:
    """A column of numbers where texts are wanted, and the like: each of its values is wrong for that reason."""
    for have, want in zip(pair.have, pair.want, strict=True):
        families = FAMILIES.get(have.dtype), FAMILIES.get(want.dtype)
        has_values = all(any(not is_missing(cell) for cell in column.values or ()) for column in (have, want))
        if None not in families and families[0] != families[1] and has_values:
            return miss("table.wrong_dtype", column=have.name, wanted=want.dtype, type=have.dtype)
    return None


def _rows(columns: Sequence[Column], count: int) -> list[rows.Row]:
    if not columns:
        return [()] * count
    return list(zip(*(column.values or () for column in columns), strict=True))


def _paired(params: Mapping[str, Any], have: Table, want: Table) -> _Pair | Finding:
    """The columns to compare, index levels first; or what keeps them from being compared."""
    index = _paired_index(have, want) if params.get("index") is True else _Pair((), (), ())
    if isinstance(index, Finding):
        return index
    columns = _paired_series(have, want) if want.is_series else _paired_columns(params, have, want)
    if isinstance(columns, Finding):
        return columns
    pair = _Pair(index.names + columns.names, index.have + columns.have, index.want + columns.want)
    if any(column.values is None for column in (*pair.have, *pair.want)):
        return miss("table.too_large")
    return pair


def _paired_index(have: Table, want: Table) -> _Pair | Finding:
    """Levels are compared by place: their names are often none. A plain count is one level."""
    one, other = _levels(have), _levels(want)
    if len(one) != len(other):
        return miss("table.index_levels", have=len(one), wanted=len(other))
    return _Pair(tuple(column.name or "index" for column in other), one, other)


def _levels(table: Table) -> tuple[Column, ...]:
    return table.index or (Column("", "integer", tuple(range(min(table.row_count, 10**6)))),)


def _paired_series(have: Table, want: Table) -> _Pair | Finding:
    """A series has one column, whose name means nothing."""
    if have.width != 1:
        return miss("table.not_series", columns=have.width)
    return _Pair((want.columns[0].name or "valor",), have.columns[:1], want.columns[:1])


def _paired_columns(params: Mapping[str, Any], have: Table, want: Table) -> _Pair | Finding:
    names = _names_that_matter(params, want)
    here = [column.name for column in have.columns]
    missing = [name for name in names if name not in here]
    if missing:
        return _missing_columns(missing, here, have)
    repeated = next((name for name in names if here.count(name) > 1), None)
    if repeated is not None:
        return miss("table.repeated_column", column=repeated)
    if "columns" not in params and have.width > want.width:
        extra = [name for name in here if name not in names]
        return miss("table.extra_columns", columns=_few(extra), count=have.width - want.width)
    found = {column.name: column for column in have.columns}
    wanted = {column.name: column for column in want.columns}
    return _Pair(tuple(names), tuple(found[name] for name in names), tuple(wanted[name] for name in names))


def _names_that_matter(params: Mapping[str, Any], want: Table) -> list[str]:
    """Those asked for, the key first; else all of the wanted table."""
    here = [column.name for column in want.columns]
    asked = [*params.get("key", ()), *params.get("columns", here), *params.get("order_by", ())]
    return [name for name in dict.fromkeys(asked) if name in here]


def _missing_columns(missing: Sequence[str], here: Sequence[str], have: Table) -> Finding:
    levels = [level.name for level in have.index]
    in_index = next((name for name in missing if name in levels), None)
    if in_index is not None:
        return miss("table.column_in_index", column=in_index)
    return miss("table.missing_columns", columns=_few(missing), have=_few(here))


def _few(names: Sequence[str]) -> list[str]:
    short = [name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…" for name in names[:MOST_NAMED]]
    return [*short, "…"] if len(names) > MOST_NAMED else short


def _names(check: Check) -> Mapping[str, Sequence[str]]:
    params = check.params
    sorts = params.get("order_by", ()) if "columns" in params else ()
    return {params["name"]: [*params.get("key", ()), *params.get("columns", ()), *sorts]}


SPANISH: Mapping[str, str] = {
    "table.missing_name": "No encontramos {name}. Guarda tu tabla con ese nombre exacto.",
    "table.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tu cálculo.",
    "table.too_large": "{name} es demasiado grande para revisarla. Deja sólo las filas y columnas que se piden.",
    "table.wrong_type": "{name} es {type:type} y esperábamos una tabla. Revisa qué guardaste ahí.",
    "table.different": "{name} no es la tabla que esperábamos. Vuelve a leer el enunciado y revisa paso por paso.",
    "table.missing_columns": "A {name} le falta {columns}. Sus columnas son {have}. Revisa los nombres.",
    "table.column_in_index": "En {name}, {column} quedó como etiqueta de las filas. Hazla columna con `reset_index()`.",
    "table.repeated_column": "En {name}, la columna {column} está repetida. Deja sólo una con ese nombre.",
    "table.extra_columns": "{name} tiene {count:column} de más: {columns}. Deja sólo las que se piden.",
    "table.column_placeholder": "En {name}, la columna {column} todavía vale `...`. Cambia los tres puntos por tu cálculo.",
    "table.odd_values": "En {name}, la columna {column} guarda objetos de tipo {type}, y esperábamos valores sueltos.",
    "table.wrong_dtype": "En {name}, {column} es de tipo {type:dtype} y esperábamos {wanted:dtype}. Falta convertirla.",
    "table.index_levels": "Las filas de {name} llevan {have:label} y esperábamos {wanted}. Revisa por qué columnas agrupaste.",
    "table.not_series": "{name} tiene {columns:column} y esperábamos una sola, con sus etiquetas. Quédate con esa.",
    "table.missing_rows": "{name} tiene {have:row} y esperábamos {wanted}. ¿Se perdieron al filtrar, al agrupar o al unir?",
    "table.extra_rows": "{name} tiene {have:row} y esperábamos {wanted}. ¿Falta un filtro, o algo se repitió al unir?",
    "table.other_rows": "{name} tiene el número correcto de filas, pero sobra la de {row} y falta otra. Revisa el filtro.",
    "table.repeated_rows": "En {name} se repite la fila de {row}. Tiene {have:row} y esperábamos {wanted}.",
    "table.other_values": "En {name}, la columna {column} tiene {count:value} que no esperábamos, por ejemplo {value}. Revisa cómo sale.",
    "table.mixed_rows": "{name} tiene todos los valores, pero en {count:row} quedaron combinados de otra manera. Revisa cómo los juntas.",
    "table.wrong_values": "En {name}, {column} vale {value} donde {row}, y esperábamos otra cosa. Pasa en {count:row}.",
    "table.wrong_order": "{name} tiene las filas correctas en otro orden. Revisa por qué columna ordenas y en qué sentido.",
    "table.missing_known_rows": "A {name} le falta {count:row}, por ejemplo la de {row}. ¿Se perdió al filtrar, agrupar o unir?",
    "table.key_nearly": "En {name}, la fila con {row} cambia en mayúsculas, acentos o espacios. Escríbela como está en los datos.",
    "table.text_nearly": "En {name}, la columna {column} dice {value}. Sólo cambian mayúsculas, acentos o espacios; escríbelo como se pide.",
    "table.time_zone": "En {name}, las fechas de {column} tienen zona horaria y esperábamos fechas sin ella. Quítala con `.dt.tz_localize(None)`.",
    "table.no_time_zone": "En {name}, las fechas de {column} no dicen su zona horaria y deben decirla. Ponla con `.dt.tz_localize(...)`.",
    "table.times_larger": "En {name}, los valores de {column} son {factor} veces los que esperábamos. Revisa las unidades.",
    "table.times_smaller": "En {name}, los valores que esperábamos en {column} son {factor} veces mayores. Revisa las unidades.",
    "table.percent": "En {name}, {column} parece un porcentaje (0 a 100) y esperábamos una proporción (0 a 1). Falta dividir entre 100.",
    "table.share": "En {name}, {column} parece una proporción (0 a 1) y esperábamos un porcentaje (0 a 100). Falta multiplicar por 100.",
    "table.other_sign": "En {name}, los valores de {column} tienen el signo al revés. Revisa el orden de la resta.",
}
ENGLISH: Mapping[str, str] = {
    "table.missing_name": "We did not find {name}. Keep your table under exactly that name.",
    "table.placeholder": "{name} is still `...`. Put your own calculation in place of the three dots.",
    "table.too_large": "{name} is too large to look at. Leave only the rows and columns that are asked for.",
    "table.wrong_type": "{name} is {type:type} and we expected a table. Check what you put there.",
    "table.different": "{name} is not the table that we expected. Read the text again and go step by step.",
    "table.missing_columns": "{name} lacks {columns}. Its columns are {have}. Check the names.",
    "table.column_in_index": "In {name}, {column} became the label of the rows. Make it a column with `reset_index()`.",
    "table.repeated_column": "In {name}, the column {column} is there more than once. Leave only one of that name.",
    "table.extra_columns": "{name} has {count:column} too many: {columns}. Leave only those that are asked for.",
    "table.column_placeholder": "In {name}, the column {column} is still `...`. Put your own calculation in place of the three dots.",
    "table.odd_values": "In {name}, the column {column} holds objects of type {type}, and we expected single values.",
    "table.wrong_dtype": "In {name}, {column} is of type {type:dtype} and we expected {wanted:dtype}. It still has to be converted.",
    "table.index_levels": "The rows of {name} carry {have:label} and we expected {wanted}. Check by which columns you grouped.",
    "table.not_series": "{name} has {columns:column} and we expected just one, with its labels. Keep that one.",
    "table.missing_rows": "{name} has {have:row} and we expected {wanted}. Did some get lost in filtering, grouping or joining?",
    "table.extra_rows": "{name} has {have:row} and we expected {wanted}. Is a filter missing, or did a join repeat some?",
    "table.other_rows": "{name} has the right number of rows, but the one with {row} is extra and another is missing. Check the filter.",
    "table.repeated_rows": "In {name} the row with {row} is repeated. It has {have:row} and we expected {wanted}.",
    "table.other_values": "In {name}, the column {column} has {count:value} that we did not expect, for example {value}. Check how you get it.",
    "table.mixed_rows": "{name} has all the values, but in {count:row} they are combined in another way. Check how you put them together.",
    "table.wrong_values": "In {name}, {column} is {value} where {row}, and we expected something else. This is so in {count:row}.",
    "table.wrong_order": "{name} has the right rows in another order. Check by which column you sort, and which way.",
    "table.missing_known_rows": "{name} lacks {count:row}, for example the one with {row}. Did it get lost in filtering, grouping or joining?",
    "table.key_nearly": "In {name}, the row with {row} differs in capitals, accents or blanks. Write it as it is in the data.",
    "table.text_nearly": "In {name}, the column {column} says {value}. Only capitals, accents or blanks differ; write it as asked.",
    "table.time_zone": "In {name}, the dates of {column} have a time zone and we expected dates without one. Take it off with `.dt.tz_localize(None)`.",
    "table.no_time_zone": "In {name}, the dates of {column} do not say their time zone, and they should. Set it with `.dt.tz_localize(...)`.",
    "table.times_larger": "In {name}, the values of {column} are {factor} times those that we expected. Check the units.",
    "table.times_smaller": "In {name}, the values that we expected in {column} are {factor} times larger. Check the units.",
    "table.percent": "In {name}, {column} looks like a percentage (0 to 100) and we expected a share (0 to 1). Divide it by 100.",
    "table.share": "In {name}, {column} looks like a share (0 to 1) and we expected a percentage (0 to 100). Multiply it by 100.",
    "table.other_sign": "In {name}, the values of {column} have the sign the wrong way round. Check the order of the subtraction.",
}

KIND = Kind(
    name="table",
    about="A DataFrame or Series in a variable, compared with the solution's. The order of rows makes no difference unless asked.",
    properties={
        "name": NAME,
        "columns": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "uniqueItems": True,
            "items": {"type": ["string", "integer"]},
            "description": "Only these columns are compared. Without it all are, and an extra column is a miss.",
        },
        "key": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "uniqueItems": True,
            "items": {"type": ["string", "integer"]},
            "description": "Columns that tell one row from another; rows are matched by them, and a miss names the row.",
        },
        "open_key": {
            "type": "boolean",
            "description": "true: the statement gives the key's values, so that rows which are missing may be named.",
        },
        "index": {"type": "boolean", "description": "true: the levels of the index are compared as columns too."},
        "ordered": {"type": "boolean", "description": "true: the order of the rows matters, of all of them."},
        "order_by": {
            "type": "array",
            "minItems": 1,
            "maxItems": 10,
            "uniqueItems": True,
            "items": {"type": ["string", "integer"]},
            "description": "Columns by which the statement asks to sort; rows that are equal there may come in any order.",
        },
        "dtypes": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 100,
            "additionalProperties": {"enum": ["integer", "number", "text", "datetime", "boolean", "category"]},
            "description": "The type that a column must have: {anio: integer, fecha: datetime}.",
        },
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
    },
    required=("name",),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {"table.column_placeholder", "table.missing_name", "table.placeholder", "table.too_large", "table.wrong_type"}
    ),
    look=look_at_name,
    read=read_holding,
    judge=judge,
    is_same=is_same,
    names=_names,
)
