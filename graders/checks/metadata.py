"""The check `metadata`: a document in a variable or a file fits a JSON Schema, and says what is true of a file."""

# One sentence a line, however long.
# ruff: noqa: E501

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from courses import Check
from graders.checks.breaches import breach_miss, json_type, way
from graders.checks.described import find_disagreement
from graders.checks.finding import RIGHT, Finding, miss
from graders.checks.kind import NAME, Kind
from graders.documents import Document, Faulty, Held, read_document, read_document_file
from graders.errors import EvidenceRefused
from graders.evidence import Absent
from graders.files import File, NotAFile, read_file
from graders.standards import STANDARDS, find_breach, get_standard
from graders.view import View


@dataclass(frozen=True)
class Described:
    """held: the document; file: what it is about, None where the check asks for no agreement."""

    held: Held
    file: File | NotAFile | Absent | None


def judge(check: Check, have: Described, want: Described) -> Finding:
    """Says first what keeps the document from being read, then what to mend first, then where it is not true."""
    params = check.params
    name = params.get("name") or params.get("file", "")
    if isinstance(have.held, Absent):
        return miss("metadata.missing_name" if "name" in params else "metadata.missing_file", name=name)
    if isinstance(have.held, Faulty):
        return _fault(have.held, name)
    document = have.held.value
    if not isinstance(document, dict):
        return miss("metadata.wrong_type", name=name, type=json_type(document))
    breach, count = find_breach(_schema(params), document)
    if breach is not None:
        finding = breach_miss(breach, document, bool("standard" in params))
        return _told(finding, name, things=count)
    untrue = _disagreement(params, document, have.file)
    return RIGHT if untrue is None else _told(untrue, name)


def is_same(check: Check, one: Described, other: Described) -> bool:
    """Whether both miss the same thing in the same place."""
    first, second = judge(check, one, one), judge(check, other, other)
    if first.is_right or second.is_right or not isinstance(one.held, Document) or not isinstance(other.held, Document):
        return False
    facts = [
        (told.code, told.fields.get("place"), told.fields.get("key"), told.fields.get("column"))
        for told in (first, second)
    ]
    return facts[0] == facts[1]


def _schema(params: Mapping[str, Any]) -> Any:
    """The schema that the document is held to: a standard's or the author's own, and the keys that must be there."""
    schema = get_standard(params["standard"]) if "standard" in params else params.get("schema", {}).get("content", {})
    keys = params.get("requires", ())
    return {"allOf": [schema, {"required": list(keys)}], "$defs": schema.get("$defs", {})} if keys else schema


def _told(finding: Finding, name: str, **more: Any) -> Finding:
    """The miss with the place in full: the name, and the way from there as Python would write it."""
    fields = dict(finding.fields)
    return replace(finding, fields={**fields, **more, "place": f"{name}{fields.pop('at', '')}", "name": name})


def _fault(faulty: Faulty, name: str) -> Finding:
    if faulty.reason == "not_json":
        return miss("metadata.not_json", name=name, line=faulty.line, column=faulty.column)
    if faulty.reason == "not_utf8":
        return miss("metadata.bad_encoding", name=name, line=faulty.line)
    if faulty.reason == "odd":
        kind = faulty.type_name
        return (
            miss("metadata.odd", place=f"{name}{way(faulty.at)}", type=kind)
            if faulty.at
            else miss("metadata.wrong_type", name=name, type=kind)
        )
    codes = {
        "placeholder": "metadata.placeholder",
        "too_large": "metadata.too_large",
        "not_a_file": "metadata.missing_file",
    }
    return miss(codes[faulty.reason], name=name)


def _disagreement(params: Mapping[str, Any], document: Any, file: File | NotAFile | Absent | None) -> Finding | None:
    if file is None:
        return None
    told = params["agrees_with"]
    name = str(told.get("file") or told.get("resource") or told["dataset"])
    return find_disagreement(document, file, name) if isinstance(file, File) else miss("metadata.no_table", file=name)


def _look(view: View) -> Mapping[str, Any]:
    """The document, and the file that it is about: the learner's own, or a data set's as a clean session sees it."""
    params = view.check.params
    held = view.ask("documents", "look", {"name": params["name"]}) if "name" in params else view.file(params["file"])
    about = params.get("agrees_with")
    if about is None:
        return {"held": held}
    if "file" in about:
        return {"held": held, "file": view.file(about["file"])}
    with view.clean_session() as clean:
        asked = {"dataset": about["dataset"], "resource": about.get("resource"), "most_bytes": MOST_BYTES}
        return {"held": held, "file": clean.ask("files", "read_dataset", asked)}


def _read(raw: Any) -> Described:
    if type(raw) is not dict or "held" not in raw or set(raw) - {"held", "file"}:
        raise EvidenceRefused("metadata are none")
    # What a name holds and what a file holds are told in words of their own.
    is_file = type(raw["held"]) is dict and ("bytes" in raw["held"] or "not_a_file" in raw["held"])
    read: Callable[[Any], Held] = read_document_file if is_file else read_document
    return Described(read(raw["held"]), read_file(raw["file"]) if "file" in raw else None)


MOST_BYTES = 4 * 2**20

SPANISH: Mapping[str, str] = {
    "metadata.missing_name": "No encontramos {name}. Guarda tus metadatos con ese nombre exacto.",
    "metadata.missing_file": "No encontramos el archivo {name}. Escríbelo en la carpeta del cuaderno, con ese nombre exacto.",
    "metadata.placeholder": "{name} todavía vale `...`. Cambia los tres puntos por tus metadatos.",
    "metadata.too_large": "{name} es demasiado grande para revisarlo. Deja sólo los metadatos que se piden.",
    "metadata.wrong_type": "{name} es {type:type} y esperábamos un diccionario, o su texto en JSON. Revisa qué guardaste ahí.",
    "metadata.not_json": "{name} no es JSON desde la línea {line}, columna {column}. Busca ahí comillas, comas o llaves de más o de menos.",
    "metadata.bad_encoding": '{name} no está en UTF-8: falla en la línea {line}. Ábrelo para escribir con `encoding="utf-8"`.',
    "metadata.odd": "En {place} hay {type:type}, que JSON no sabe escribir. Conviértelo, por ejemplo en texto.",
    "metadata.required": "A {place} le falta {key}. Hay {things:thing} por corregir.",
    "metadata.either": "A {place} le falta una de estas claves: {keys:any}. Hay {things:thing} por corregir.",
    "metadata.type": "{place} es {type:type} y debe ser {wanted:type}. Hay {things:thing} por corregir.",
    "metadata.not_allowed": "{place} dice {value} y sólo puede decir {allowed}. Hay {things:thing} por corregir.",
    "metadata.other_value": "{place} dice {value}, que aquí no se admite. Hay {things:thing} por corregir.",
    "metadata.pattern": "{place} dice {value}, que no tiene la forma debida. Hay {things:thing} por corregir.",
    "metadata.too_short": "{place} está vacío o se queda corto: {value}. Hay {things:thing} por corregir.",
    "metadata.too_long": "{place} es más largo de lo que se admite. Hay {things:thing} por corregir.",
    "metadata.out_of_range": "{place} vale {value}, fuera de lo que se admite. Hay {things:thing} por corregir.",
    "metadata.repeated": "{place} repite algo que debe estar una sola vez. Hay {things:thing} por corregir.",
    "metadata.unknown_key": "{place} trae {key}, que no se conoce. Revisa cómo se escribe. Hay {things:thing} por corregir.",
    "metadata.does_not_fit": "{place} no tiene la forma que pide el estándar: {value}. Hay {things:thing} por corregir.",
    "metadata.no_table": "No pudimos abrir {file}, el archivo que tus metadatos describen. Escríbelo antes de comprobar.",
    "metadata.other_encoding": "{file} no se puede leer como {stated}, la codificación que dice {place}. Di la verdadera, o el separador.",
    "metadata.no_fields": "{place} no describe las columnas de {file}. Descríbelas en `schema.fields`.",
    "metadata.undescribed": "{place} no describe {count:column} de {file}: {columns}. Agrégalas con el nombre exacto.",
    "metadata.no_such_column": "{place} describe {count:column} que {file} no tiene: {columns}. Revisa los nombres.",
    "metadata.column_order": "{place} describe las columnas de {file} en otro orden. Ponlas como están en el archivo.",
    "metadata.column_type": "{place} dice {stated}, pero en {file}, línea {line}, {column} vale {value}. Revisa qué tipo es.",
    "metadata.other_size": "{place} dice que {file} mide {stated} bytes y mide {have}. Mídelo después de escribirlo.",
    "metadata.other_hash": "{place} da para {file} una suma ({stated}…) que no es la suya. Calcúlala después de escribirlo.",
}
ENGLISH: Mapping[str, str] = {
    "metadata.missing_name": "We did not find {name}. Keep your metadata under exactly that name.",
    "metadata.missing_file": "We did not find the file {name}. Write it in the notebook's folder, under exactly that name.",
    "metadata.placeholder": "{name} is still `...`. Put your own metadata in place of the three dots.",
    "metadata.too_large": "{name} is too large to look at. Leave only the metadata that are asked for.",
    "metadata.wrong_type": "{name} is {type:type} and we expected a dictionary, or its text in JSON. Check what you put there.",
    "metadata.not_json": "{name} ceases to be JSON on line {line}, column {column}. Look there for quotes, commas or braces too many or too few.",
    "metadata.bad_encoding": '{name} is not in UTF-8: it fails on line {line}. Open it for writing with `encoding="utf-8"`.',
    "metadata.odd": "In {place} there is {type:type}, which JSON cannot write. Convert it, for example into a text.",
    "metadata.required": "{place} lacks {key}. There are {things:thing} to mend.",
    "metadata.either": "{place} lacks one of these keys: {keys:any}. There are {things:thing} to mend.",
    "metadata.type": "{place} is {type:type} and must be {wanted:type}. There are {things:thing} to mend.",
    "metadata.not_allowed": "{place} says {value} and can only say {allowed}. There are {things:thing} to mend.",
    "metadata.other_value": "{place} says {value}, which is not taken here. There are {things:thing} to mend.",
    "metadata.pattern": "{place} says {value}, which has not the form that it needs. There are {things:thing} to mend.",
    "metadata.too_short": "{place} is empty or falls short: {value}. There are {things:thing} to mend.",
    "metadata.too_long": "{place} is longer than is taken. There are {things:thing} to mend.",
    "metadata.out_of_range": "{place} is {value}, beyond what is taken. There are {things:thing} to mend.",
    "metadata.repeated": "{place} repeats what must be there just once. There are {things:thing} to mend.",
    "metadata.unknown_key": "{place} has {key}, which is not known. Check how it is written. There are {things:thing} to mend.",
    "metadata.does_not_fit": "{place} has not the form that the standard asks for: {value}. There are {things:thing} to mend.",
    "metadata.no_table": "We could not open {file}, the file that your metadata describe. Write it before you check.",
    "metadata.other_encoding": "{file} cannot be read as {stated}, the encoding that {place} states. State the true one, or the delimiter.",
    "metadata.no_fields": "{place} does not describe the columns of {file}. Describe them in `schema.fields`.",
    "metadata.undescribed": "{place} does not describe {count:column} of {file}: {columns}. Add them by their exact names.",
    "metadata.no_such_column": "{place} describes {count:column} that {file} does not have: {columns}. Check the names.",
    "metadata.column_order": "{place} describes the columns of {file} in another order. Put them as they are in the file.",
    "metadata.column_type": "{place} says {stated}, but in {file}, line {line}, {column} is {value}. Check which type it is.",
    "metadata.other_size": "{place} says that {file} has {stated} bytes and it has {have}. Measure it after writing it.",
    "metadata.other_hash": "{place} gives {file} a checksum ({stated}…) that is not its own. Compute it after writing it.",
}

FILE_NAME = {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$"}

KIND = Kind(
    name="metadata",
    about="A document, as a dictionary, a JSON text or a file, fits a standard or a JSON Schema; and says what is true of a file, if asked. The solution's own words make no difference.",
    properties={
        "name": {**NAME, "description": "The variable that holds the document. Either this or file."},
        "file": {**FILE_NAME, "description": "The file that the learner must write. Either this or name."},
        "standard": {
            "enum": list(STANDARDS),
            "description": "The standard that it must fit: Data Package 1 or 2, DCAT-AP 3 or DCAT-US 1.1.",
        },
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": ["json"],
            "description": "The author's own JSON Schema, in place of a standard: {json: esquema.json}.",
            "properties": {
                "json": {
                    "type": "string",
                    "pattern": "^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*[.]json$",
                    "maxLength": 100,
                    "description": "A file in the lesson's folder.",
                }
            },
        },
        "requires": {
            "type": "array",
            "minItems": 1,
            "maxItems": 40,
            "uniqueItems": True,
            "items": {"type": "string", "minLength": 1, "maxLength": 100},
            "description": "Keys of the document that must be there too: [temporal, accrualPeriodicity].",
        },
        "agrees_with": {
            "type": "object",
            "additionalProperties": False,
            "oneOf": [{"required": ["file"]}, {"required": ["dataset"]}],
            "description": "A CSV file of which the document must state the real columns, types, size and checksum.",
            "properties": {
                "file": {**FILE_NAME, "description": "One that the learner wrote."},
                "dataset": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 60,
                    "description": "One of a data set of the lesson.",
                },
                "resource": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 100,
                    "description": "Which of the data set's files, where it has several.",
                },
            },
        },
    },
    rules={
        "oneOf": [{"required": ["name"]}, {"required": ["file"]}],
        "anyOf": [{"required": ["standard"]}, {"required": ["schema"]}, {"required": ["requires"]}],
        "not": {"required": ["standard", "schema"]},
    },
    spanish=SPANISH,
    english=ENGLISH,
    before_author=frozenset(
        {
            "metadata.missing_name",
            "metadata.missing_file",
            "metadata.placeholder",
            "metadata.too_large",
            "metadata.wrong_type",
            "metadata.not_json",
            "metadata.bad_encoding",
            "metadata.odd",
            "metadata.no_table",
        }
    ),
    look=_look,
    read=_read,
    judge=judge,
    is_same=is_same,
    probes=("documents", "files"),
)
