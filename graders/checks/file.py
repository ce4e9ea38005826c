"""The check `file`: a file that the answer wrote can be read as asked and holds what the solution's file holds."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from courses import Check
from graders.checks.delimited import (
    DELIMITERS,
    ENCODINGS,
    LONGEST_SEEN,
    Writing,
    find_double_encoding,
    find_other_delimiter,
    read_table,
    read_text,
)
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import RELATIVE, TOLERANCE, Kind
from graders.checks.table import KIND as TABLE
from graders.checks.table import compare_tables
from graders.evidence import Absent, Table
from graders.files import File, NotAFile, read_file
from graders.view import View

Evidence: TypeAlias = File | NotAFile | Absent
TABLE_KEYS = ("columns", "key", "open_key", "ordered", "order_by", "tolerance", "relative")


def judge(check: Check, have: Evidence, want: Evidence) -> Finding:
    """Says first what keeps the file from being read, and where; then what differs from the solution's."""
    path = check.params["path"]
    mine, theirs = _read(check, have), _read(check, want)
    if isinstance(mine, Finding):
        finding = mine
    elif isinstance(theirs, Finding) or type(mine) is not type(theirs):
        finding = miss("file.different")
    else:
        finding = _compared(check, mine, theirs)
        if not finding.is_right and isinstance(have, File):
            finding = _cause(check, have, mine, theirs) or finding
    return finding if finding.is_right else replace(finding, fields={"name": path, **finding.fields})


def is_same(check: Check, one: Evidence, other: Evidence) -> bool:
    """Whether the check sees the same in both, also the same fault; files that are missing are not the same."""
    mine, theirs = _read(check, one), _read(check, other)
    if isinstance(mine, Finding) or isinstance(theirs, Finding):
        return mine == theirs and isinstance(one, File)
    return _compared(check, mine, theirs).is_right


def _read(check: Check, seen: Evidence) -> Table | str | Finding:
    """The file's table, or its text where that is asked for; else what keeps it from being read."""
    if isinstance(seen, Absent):
        return miss("file.missing")
    if isinstance(seen, NotAFile):
        return miss("file.not_a_file")
    if not seen.is_whole:
        return miss("file.too_large", size=seen.size)
    params, writing = check.params, _writing(check)
    text = read_text(seen.data, writing.encoding, params.get("mark"))
    if isinstance(text, Finding):
        return text
    if not text.strip():
        return miss("file.empty")
    return text if params.get("format") == "text" else read_table(text, writing)


def _writing(check: Check) -> Writing:
    params = check.params
    return Writing(
        params.get("encoding", "utf-8"),
        params.get("delimiter", ","),
        params.get("decimal", "."),
        params.get("header", True) is True,
    )


def _compared(check: Check, mine: Table | str, theirs: Table | str) -> Finding:
    if isinstance(mine, Table) and isinstance(theirs, Table):
        return compare_tables({name: check.params[name] for name in TABLE_KEYS if name in check.params}, mine, theirs)
    return _compared_lines(str(mine), str(theirs))


def _compared_lines(mine: str, theirs: str) -> Finding:
    """How two texts differ, line by line; how a line ends, and blanks after it, mean nothing."""
    have, want = ([line.rstrip() for line in text.rstrip().splitlines()] for text in (mine, theirs))
    if len(have) != len(want):
        return miss("file.line_count", have=len(have), wanted=len(want))
    at = next((at for at, (one, other) in enumerate(zip(have, want, strict=True)) if one != other), None)
    return RIGHT if at is None else miss("file.other_line", line=at + 1, seen=have[at][:LONGEST_SEEN])


def _cause(check: Check, have: File, mine: Table | str, theirs: Table | str) -> Finding | None:
    """What about the way of writing makes the data differ, where it is plain to see."""
    writing = _writing(check)
    text = read_text(have.data, writing.encoding, None)
    assert isinstance(text, str), "it was read before"
    twice = find_double_encoding(text)
    if twice is not None:
        return miss("file.twice_encoded", line=twice[0], seen=twice[1])
    if not isinstance(mine, Table) or not isinstance(theirs, Table):
        return None
    other = find_other_delimiter(text, writing.delimiter) if mine.width < theirs.width else None
    if other is not None:
        return miss("file.delimiter", seen=_named(other), wanted=_named(writing.delimiter))
    if mine.width == theirs.width + 1 and mine.columns[0].name in ("", "Unnamed: 0") and writing.has_header:
        return miss("file.index_column")
    return miss("file.no_header") if _lacks_header(mine, theirs, writing) else None


def _lacks_header(mine: Table, theirs: Table, writing: Writing) -> bool:
    """Whether the first line is one of data: as wide and one row short, and none of its names is a wanted one."""
    return (
        writing.has_header
        and (mine.width, mine.row_count) == (theirs.width, theirs.row_count - 1)
        and not {column.name for column in mine.columns} & {column.name for column in theirs.columns}
    )


def _named(delimiter: str) -> str:
    return "\\t" if delimiter == "\t" else delimiter


def _look(view: View) -> Any:
    return view.file(view.check.params["path"])


SPANISH: Mapping[str, str] = {
    "file.missing": "No encontramos el archivo {name}. Guárdalo con ese nombre exacto, desde tu celda.",
    "file.not_a_file": "{name} no es un archivo. Guarda tus datos con ese nombre.",
    "file.empty": "El archivo {name} está vacío. ¿Se cerró antes de escribir? Usa `with open(...)` o `to_csv`.",
    "file.too_large": "El archivo {name} es demasiado grande para revisarlo ({size} bytes). Guarda sólo lo que se pide.",
    "file.wrong_encoding": "El archivo {name} está en {seen} y esperábamos {wanted}. Dilo al guardar, con `encoding=`.",
    "file.bad_bytes": "En la línea {line} de {name} hay letras que no están en {wanted}: {seen}. Guárdalo con `encoding=`.",
    "file.mark": 'El archivo {name} empieza con una marca (BOM) que no debe llevar. Guárdalo con `encoding="utf-8"`.',
    "file.no_mark": 'El archivo {name} debe empezar con una marca (BOM) para abrirse en Excel. Usa `encoding="utf-8-sig"`.',
    "file.not_text": "En la línea {line}, {name} tiene bytes que no son texto. Guárdalo como texto, por ejemplo con `to_csv`.",
    "file.twice_encoded": "En la línea {line} de {name} los acentos se dañaron: {seen}. Lee el original con su codificación.",
    "file.quotes": "En la línea {line} de {name} hay comillas que no se cierran. Deja que `to_csv` las ponga.",
    "file.ragged": "La línea {line} de {name} tiene {have:column} y la primera {wanted}. Un texto con separadores va entre comillas.",
    "file.delimiter": "El archivo {name} separa las columnas con {seen} y esperábamos {wanted}. Dilo al guardar, con `sep=`.",
    "file.index_column": "El archivo {name} lleva de más una primera columna con el índice. Guárdalo con `index=False`.",
    "file.no_header": "La primera línea de {name} no da los nombres de las columnas. Guárdalo con su encabezado.",
    "file.line_count": "El archivo {name} tiene {have:line} y esperábamos {wanted}. Revisa qué escribes y cuántas veces.",
    "file.other_line": "En {name}, la línea {line} dice {seen} y esperábamos otra cosa. Revisa cómo la armas.",
    "file.different": "No pudimos comparar {name}. Vuelve a comprobar y, si se repite, avisa a tu docente.",
}
ENGLISH: Mapping[str, str] = {
    "file.missing": "We did not find the file {name}. Save it under exactly that name, from your cell.",
    "file.not_a_file": "{name} is not a file. Save your data under that name.",
    "file.empty": "The file {name} is empty. Was it closed before it was written? Use `with open(...)` or `to_csv`.",
    "file.too_large": "The file {name} is too large to look at ({size} bytes). Save only what is asked for.",
    "file.wrong_encoding": "The file {name} is in {seen} and we expected {wanted}. Say so when you save it, with `encoding=`.",
    "file.bad_bytes": "On line {line} of {name} there are letters that are not in {wanted}: {seen}. Save it with `encoding=`.",
    "file.mark": 'The file {name} begins with a mark (BOM) that it should not have. Save it with `encoding="utf-8"`.',
    "file.no_mark": 'The file {name} has to begin with a mark (BOM) to open well in Excel. Use `encoding="utf-8-sig"`.',
    "file.not_text": "On line {line}, {name} has bytes that are no text. Save it as text, for example with `to_csv`.",
    "file.twice_encoded": "On line {line} of {name} the accents are damaged: {seen}. Read the original with its own encoding.",
    "file.quotes": "On line {line} of {name} there are quotes that never close. Let `to_csv` set them.",
    "file.ragged": "Line {line} of {name} has {have:column} and the first has {wanted}. A text with separators goes in quotes.",
    "file.delimiter": "The file {name} separates columns with {seen} and we expected {wanted}. Say so when you save it, with `sep=`.",
    "file.index_column": "The file {name} has a first column with the index that is not asked for. Save it with `index=False`.",
    "file.no_header": "The first line of {name} does not give the names of the columns. Save it with its header.",
    "file.line_count": "The file {name} has {have:line} and we expected {wanted}. Check what you write, and how often.",
    "file.other_line": "In {name}, line {line} says {seen} and we expected something else. Check how you build it.",
    "file.different": "We could not compare {name}. Check again and, if it happens once more, tell your trainer.",
}

KIND = Kind(
    name="file",
    about="A file that the answer wrote, read as a table or line by line and compared with the solution's. Line endings mean nothing; what differs in a table is told as the check `table` does.",
    properties={
        "path": {
            "type": "string",
            "pattern": "^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}$",
            "description": "The file's name, as in the statement: salida.csv. A folder may stand before it.",
        },
        "format": {"enum": ["csv", "text"], "description": "csv, also without it: a table. text: lines."},
        "encoding": {"enum": list(ENCODINGS), "description": "utf-8 without it. latin-1: also Windows' own letters."},
        "mark": {
            "type": "boolean",
            "description": "Whether it must begin with a byte order mark, as Excel likes, or must not. Without it either will do.",
        },
        "delimiter": {"enum": list(DELIMITERS), "description": "What stands between columns; a comma without it."},
        "decimal": {"enum": [".", ","], "description": "What stands before decimals; a point without it."},
        "header": {"type": "boolean", "description": "false: the first line is data, and columns are called 1, 2…"},
        **{name: TABLE.properties[name] for name in TABLE_KEYS if name not in ("tolerance", "relative")},
        "tolerance": TOLERANCE,
        "relative": RELATIVE,
    },
    required=("path",),
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {"file.missing", "file.not_a_file", "file.empty", "file.too_large", "file.not_text", "file.different"}
    ),
    look=_look,
    read=read_file,
    judge=judge,
    is_same=is_same,
    probes=("files",),
)
