"""The check `metadata`: documents held to schemas, and to the files that they are about."""

# One case a line, however long.
# ruff: noqa: E501

import base64
import copy
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from courses import Check
from graders import GradeReport, UngradableExercise
from graders.checks.finding import Finding
from graders.checks.metadata import KIND, is_same, judge
from graders.collect import collect
from graders.feedback import sentence
from graders.standards import STANDARDS, find_breach, get_standard
from notebooks import ForkServer

CONTENT = Path(__file__).parents[3] / "courses" / "content" / "datasets"
CSV = b"cve_ent,entidad,poblacion,fecha\n01,Aguascalientes,1425607,2020-03-15\n02,Baja California,,2020-03-15\n"
FIELDS = [
    {"name": "cve_ent", "type": "string"},
    {"name": "entidad", "type": "string"},
    {"name": "poblacion", "type": "integer"},
    {"name": "fecha", "type": "date"},
]
PACKAGE: dict[str, Any] = {
    "name": "poblacion",
    "title": "Población por entidad",
    "licenses": [{"name": "CC-BY-4.0"}],
    "resources": [
        {"name": "datos", "path": "datos.csv", "bytes": len(CSV), "hash": f"sha256:{hashlib.sha256(CSV).hexdigest()}",
         "schema": {"fields": FIELDS}},
    ],
}  # fmt: skip
DCAT_US: dict[str, Any] = {
    "title": "t", "description": "d", "keyword": ["k"], "modified": "2024-01-31", "publisher": {"name": "p"},
    "contactPoint": {"fn": "c", "hasEmail": "mailto:a@b.mx"}, "identifier": "i", "accessLevel": "public",
    "temporal": "2013-01-01/2024-12-31", "accrualPeriodicity": "R/P1Y",
    "distribution": [{"downloadURL": "https://a.mx/a.csv", "mediaType": "text/csv"}],
}  # fmt: skip
DCAT_AP: dict[str, Any] = {
    "@type": "dcat:Dataset", "dct:title": {"@value": "t", "@language": "es"}, "dct:description": "d",
    "dcat:distribution": [{"@type": "dcat:Distribution", "dcat:accessURL": {"@id": "https://a.mx"}}],
}  # fmt: skip


def a_metadata_check(**params: Any) -> Check:
    if "schema" not in params:
        params = {"standard": "datapackage-2", **params}
    return a_check("metadata", **({"name": "x"} if "file" not in params else {}), **params)


def changed(document: Mapping[str, Any], *way: Any, to: Any = None) -> dict[str, Any]:
    """The document with another value at the end of the way, or without the last key."""
    other: Any = copy.deepcopy(dict(document))
    part = other
    for key in way[:-1]:
        part = part[key]
    if to is None:
        del part[way[-1]]
    else:
        part[way[-1]] = to
    return other  # type: ignore[no-any-return]  # a copy of the dictionary that came in


def judged(held: Any, about: bytes | None = None, **params: Any) -> Finding:
    raw: dict[str, Any] = {"held": held}
    if about is not None:
        raw["file"] = {"bytes": len(about), "base64": base64.b64encode(about).decode()}
    have = KIND.read(raw)
    return judge(a_metadata_check(**params), have, have)


def of_document(document: Any, **params: Any) -> Finding:
    return judged({"document": document}, **params)


@pytest.mark.parametrize(
    ("standard", "document"),
    [("datapackage-1", PACKAGE), ("datapackage-2", PACKAGE), ("dcat-us", DCAT_US), ("dcat-ap", DCAT_AP)],
)
def test_a_good_document_passes_as_itself_and_as_its_text(standard: str, document: Any) -> None:
    assert of_document(document, standard=standard).is_right
    assert judged({"text": json.dumps(document)}, standard=standard).is_right
    assert not of_document({}, standard=standard).is_right


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*/datapackage.json")), ids=lambda path: path.parent.name)
def test_the_packages_that_we_ship_fit_the_standard(path: Path) -> None:
    for standard in ("datapackage-1", "datapackage-2"):
        assert find_breach(get_standard(standard), json.loads(path.read_text("utf-8"))) == (None, 0)


@pytest.mark.parametrize(
    ("held", "params", "code", "fields"),
    [
        ({"missing": True}, {}, "missing_name", {"name": "x"}),
        ({"missing": True}, {"file": "d.json"}, "missing_file", {"name": "d.json"}),
        ({"not_a_file": True}, {"file": "d.json"}, "missing_file", {"name": "d.json"}),
        ({"placeholder": True}, {}, "placeholder", {"name": "x"}),
        ({"too_large": True}, {}, "too_large", {"name": "x"}),
        ({"text": '{"a": 1,\n"b" 2}'}, {}, "not_json", {"name": "x", "line": 2, "column": 5}),
        ({"text": '{"a": NaN}'}, {}, "not_json", {"name": "x", "line": 1, "column": 1}),
        ({"text": "[" * 100_000}, {}, "not_json", {"name": "x", "line": 1, "column": 1}),
        ({"bytes": 6, "base64": base64.b64encode(b"{\n\xf1o\n}").decode()}, {"file": "d.json"}, "bad_encoding", {"name": "d.json", "line": 2}),
        ({"odd": {"at": ["resources", 0, "fecha"], "type": "date"}}, {}, "odd", {"place": "x.resources[0].fecha", "type": "date"}),
        ({"odd": {"at": [], "type": "DataFrame"}}, {}, "wrong_type", {"name": "x", "type": "DataFrame"}),
        ({"document": [PACKAGE]}, {}, "wrong_type", {"name": "x", "type": "list"}),
    ],
)  # fmt: skip
def test_what_is_no_document_is_told_as_such(held: Any, params: Any, code: str, fields: Any) -> None:
    assert judged(held, **params) == Finding(False, f"metadata.{code}", fields)


@pytest.mark.parametrize(
    ("document", "standard", "code", "fields"),
    [
        (changed(PACKAGE, "resources"), "datapackage-2", "required", {"place": "x", "key": "resources"}),
        (changed(PACKAGE, "resources", 0, "path"), "datapackage-2", "either", {"place": "x.resources[0]", "keys": ["path", "data"]}),
        (changed(PACKAGE, "resources", 0, "name"), "datapackage-2", "required", {"place": "x.resources[0]", "key": "name"}),
        (changed(PACKAGE, "title", to=7), "datapackage-2", "type", {"place": "x.title", "type": "integer", "wanted": "text"}),
        (changed(PACKAGE, "resources", 0, "path", to=7), "datapackage-2", "type", {"place": "x.resources[0].path", "type": "integer"}),
        (changed(PACKAGE, "name", to="Mi Paquete"), "datapackage-1", "pattern", {"place": "x.name", "value": "Mi Paquete"}),
        (changed(PACKAGE, "licenses", to=[]), "datapackage-2", "too_short", {"place": "x.licenses", "value": "[]"}),
        (changed(DCAT_US, "contactPoint", "hasEmail"), "dcat-us", "required", {"place": "x.contactPoint", "key": "hasEmail"}),
        (changed(DCAT_US, "accessLevel", to="abierto"), "dcat-us", "not_allowed", {"value": "abierto", "allowed": ["public", "restricted public", "non-public"]}),
        (changed(DCAT_US, "temporal", to="2013 a 2024"), "dcat-us", "pattern", {"place": "x.temporal"}),
        (changed(DCAT_US, "distribution", 0, "mediaType"), "dcat-us", "required", {"place": "x.distribution[0]", "key": "mediaType"}),
        (changed(DCAT_US, "keyword", to="una"), "dcat-us", "type", {"place": "x.keyword", "type": "text", "wanted": "list"}),
        (changed(DCAT_AP, "dcat:distribution", 0, "dcat:accessURL"), "dcat-ap", "required", {"key": "dcat:accessURL"}),
        (changed(DCAT_AP, "dct:title", to=7), "dcat-ap", "type", {"place": "x.dct:title", "type": "integer"}),
    ],
)  # fmt: skip
def test_a_breach_is_told_with_its_place(document: Any, standard: str, code: str, fields: Any) -> None:
    finding = of_document(document, standard=standard)
    assert finding.code == f"metadata.{code}"
    assert dict(finding.fields) | fields == dict(finding.fields)
    assert finding.fields["things"] == 1


@pytest.mark.parametrize(
    ("schema", "document", "code"),
    [
        ({"properties": {"a": {"const": "secreta"}}}, {"a": "b"}, "other_value"),
        ({"properties": {"a": {"enum": ["secreta"]}}}, {"a": "b"}, "other_value"),
        ({"properties": {"a": {"minimum": 3}}}, {"a": 1}, "out_of_range"),
        ({"properties": {"a": {"maxLength": 3}}}, {"a": "secreto"}, "too_long"),
        ({"properties": {"a": {"uniqueItems": True}}}, {"a": [1, 1]}, "repeated"),
        ({"properties": {"a": True}, "additionalProperties": False}, {"titulo": 1}, "unknown_key"),
        ({"properties": {"a": {"contains": {"const": 1}}}}, {"a": [2]}, "does_not_fit"),
        ({"properties": {"a": {"pattern": "^(a+)+$"}}}, {"a": "a" * 5000 + "!"}, "pattern"),
    ],
)
def test_an_authors_own_schema_is_kept_to_itself(schema: Any, document: Any, code: str) -> None:
    finding = of_document(document, schema={"json": "s.json", "content": schema})
    assert finding.code == f"metadata.{code}"
    assert "secreta" not in str(finding.fields)


@pytest.mark.parametrize(
    "schema",
    [{"type": 7}, {"$ref": "https://example.org/x.json"}, {"patternProperties": {"a": {}}}, {"properties": {"a": {"pattern": "(?=a)"}}}],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_the_authors_failure(schema: Any) -> None:
    with pytest.raises(UngradableExercise):
        of_document({"a": "a"}, schema={"json": "s.json", "content": schema})


def test_keys_may_be_asked_for_beyond_the_standard() -> None:
    assert of_document(PACKAGE, requires=["title", "licenses"]).is_right
    finding = of_document(PACKAGE, requires=["title", "sources"])
    assert (finding.code, finding.fields["key"]) == ("metadata.required", "sources")


@pytest.mark.parametrize(
    ("document", "code", "fields"),
    [
        (PACKAGE, "right", {}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", 2), "metadata.undescribed", {"columns": ["poblacion"], "count": 1}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", 2, "name", to="pob"), "metadata.undescribed", {"columns": ["poblacion"]}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", to=[*FIELDS, {"name": "z"}]), "metadata.no_such_column", {"columns": ["z"]}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", to=FIELDS[::-1]), "metadata.column_order", {"file": "datos.csv"}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", 1, "type", to="number"), "metadata.column_type",
         {"place": "x.resources[0].schema.fields[1].type", "stated": "number", "column": "entidad", "value": "Aguascalientes", "line": 2}),
        (changed(PACKAGE, "resources", 0, "schema", "fields", 2, "type", to="date"), "metadata.column_type", {"column": "poblacion"}),
        (changed(PACKAGE, "resources", 0, "schema"), "metadata.no_fields", {"place": "x.resources[0]"}),
        (changed(PACKAGE, "resources", 0, "bytes", to=7), "metadata.other_size", {"stated": 7, "have": len(CSV)}),
        (changed(PACKAGE, "resources", 0, "hash", to="sha256:abcdef"), "metadata.other_hash", {"stated": "abcdef"}),
    ],
)  # fmt: skip
def test_what_is_stated_of_a_file_must_be_true(document: Any, code: str, fields: Any) -> None:
    finding = judged({"document": document}, CSV, agrees_with={"file": "datos.csv"})
    assert finding.code == code
    assert dict(finding.fields) | fields == dict(finding.fields)


def test_a_file_in_another_encoding_than_stated_is_told() -> None:
    finding = judged({"document": PACKAGE}, CSV.replace(b"Baja", b"A\xf1o"), agrees_with={"file": "datos.csv"})
    assert (finding.code, finding.fields["stated"]) == ("metadata.other_encoding", "utf-8")


def test_a_package_is_known_by_the_name_of_its_file() -> None:
    two = changed(PACKAGE, "resources", to=[{"name": "otro", "path": "otro.csv"}, *PACKAGE["resources"]])
    assert judged({"document": two}, CSV, agrees_with={"file": "datos.csv"}).is_right


def test_a_wrong_answer_is_known_by_what_it_misses() -> None:
    check = a_metadata_check()

    def read(document: Any) -> Any:
        return KIND.read({"held": {"document": document}})

    no_resources = read(changed(PACKAGE, "resources"))
    assert is_same(check, no_resources, read({"title": "otra"}))
    assert not is_same(check, no_resources, read(changed(PACKAGE, "title", to=7)))
    assert not is_same(check, read(PACKAGE), read(PACKAGE))


def test_every_breach_reads_well_in_both_languages() -> None:
    finding = of_document(changed(DCAT_US, "accessLevel", to="abierto"), standard="dcat-us")
    assert sentence(finding.code, finding.fields, "es") == (
        "`x.accessLevel` dice `abierto` y sólo puede decir `public`, `restricted public`, `non-public`. "
        "Hay 1 cosa por corregir."
    )
    assert "can only say" in sentence(finding.code, finding.fields, "en")


WRITE = f"""
import json, pathlib
pathlib.Path("datos.csv").write_bytes({CSV!r})
paquete = json.loads({json.dumps(PACKAGE)!r})
pathlib.Path("datapackage.json").write_text(json.dumps(paquete, ensure_ascii=False), encoding="utf-8")
"""


@pytest.mark.parametrize(
    ("source", "params", "code"),
    [
        ("x = paquete", {}, "right"),
        ("x = json.dumps(paquete)", {}, "right"),
        ("x = {**paquete, 'resources': tuple(paquete['resources'])}", {}, "right"),
        ("import numpy as np\nx = {**paquete, 'n': np.int64(3), 'f': np.float32(0.5), 'b': np.True_}", {}, "right"),
        ("import datetime\nx = {**paquete, 'created': datetime.date(2024, 1, 1)}", {}, "metadata.odd"),
        ("x = {**paquete, 'n': float('nan')}", {}, "metadata.odd"),
        ("x = {**paquete, 3: 4}", {}, "metadata.wrong_type"),
        ("x = paquete\nx['x'] = x", {}, "metadata.too_large"),
        ("x = ...", {}, "metadata.placeholder"),
        ("import pandas as pd\nx = pd.DataFrame({'a': [1]})", {}, "metadata.wrong_type"),
        ("class D(dict):\n    def items(self): return json.loads(json.dumps(paquete)).items()\nx = D()", {}, "metadata.required"),
        ("x = paquete", {"agrees_with": {"file": "datos.csv"}}, "right"),
        ("x = paquete", {"agrees_with": {"file": "otros.csv"}}, "metadata.no_table"),
        ("", {"file": "datapackage.json", "agrees_with": {"file": "datos.csv"}}, "right"),
        ("", {"file": "nada.json"}, "metadata.missing_file"),
        ("import os\nos.mkdir('nada.json')", {"file": "nada.json"}, "metadata.missing_file"),
        ("import os\nos.mkfifo('nada.json')", {"file": "nada.json"}, "metadata.missing_file"),
        ("x = paquete", {"agrees_with": {"dataset": "mx-entidades"}}, "metadata.undescribed"),
        ("x = json.loads(open(aula.ruta('mx-entidades').rpartition('/')[0] + '/datapackage.json').read())",
         {"agrees_with": {"dataset": "mx-entidades"}}, "right"),
    ],
)  # fmt: skip
def test_real_objects_are_seen_for_what_they_are(fork_server: ForkServer, source: str, params: Any, code: str) -> None:
    check = a_metadata_check(**params)
    datasets = ("mx-entidades",)
    with fork_server.open_session(datasets=datasets) as session:
        reply = session.run(f"import aula\n{WRITE}\n{source}")
        assert reply.error is None, reply.error
        raw = collect(a_scene(session, server=fork_server, datasets=datasets), [check])[check.id]
    have = KIND.read(raw)
    assert judge(check, have, have).code == code


def test_a_data_set_is_read_where_the_learner_cannot_change_it(fork_server: ForkServer) -> None:
    check = a_metadata_check(agrees_with={"dataset": "mx-entidades"})
    cheat = "import aula\nopen('f.csv', 'w').write('cve_ent,entidad,poblacion,fecha\\n')\naula.ruta = lambda *a, **k: 'f.csv'\n"
    with fork_server.open_session(datasets=("mx-entidades",)) as session:
        assert session.run(f"{WRITE}\n{cheat}\nx = paquete").error is None
        scene = a_scene(session, server=fork_server, datasets=("mx-entidades",))
        have = KIND.read(collect(scene, [check])[check.id])
    assert judge(check, have, have).code == "metadata.undescribed"


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_cheat_earns_nothing(mark: Callable[..., GradeReport], standard: str) -> None:
    document = {"dcat-us": DCAT_US, "dcat-ap": DCAT_AP}.get(standard, PACKAGE)
    lesson = a_lesson(
        an_exercise(a_metadata_check(standard=standard), solution=f"import json\nx = json.loads({json.dumps(document)!r})", starter="x = ..."),
    )  # fmt: skip
    cheat = "class Any(dict):\n    def __contains__(self, key): return True\n    def __getitem__(self, key): return 'a'\nx = Any()"
    assert mark(lesson, cheat).points == 0.0
    assert mark(lesson, lesson.exercises[0].solutions[0]).points == 2.0
