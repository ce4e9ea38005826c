"""Documents and specifications with any of their parts replaced by anything are judged, never stumbled over."""

import base64
import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from support.lessons import a_check

from graders import spanish
from graders.checks import get_kind
from graders.feedback import sentence

SPECIFICATION: dict[str, Any] = {
    "data": {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]},
    "title": {"text": ["a"]},
    "mark": {"type": "bar"},
    "encoding": {
        "x": {"field": "a", "type": "nominal", "axis": {"title": "t"}},
        "y": {"field": "b", "type": "quantitative", "aggregate": "sum", "scale": {"domain": [0, 1]}},
        "color": {"field": "a"},
    },
}
FIELDS = [
    {"name": "a", "type": "integer", "groupChar": ",", "bareNumber": False},
    {"name": "b", "type": "number", "decimalChar": ","},
    {"name": "c", "type": "boolean", "trueValues": ["1"]},
    {"name": "d", "type": "datetime", "format": "default"},
]
PACKAGE: dict[str, Any] = {
    "name": "p",
    "licenses": [{"name": "x"}],
    "resources": [
        {"name": "d", "path": "d.csv", "bytes": 18, "hash": "sha256:00", "encoding": "utf-8",
         "dialect": {"delimiter": ","}, "schema": {"missingValues": ["", "x"], "fields": FIELDS}},
    ],
}  # fmt: skip
FILES = (b"a,b,c,d\n1,2,1,2020\n", b"", b"\xff\xfe", b'a,"b\n', b"a,b,c,d\n,,,\n1\n")
ANYTHING = (
    None, True, 0, -1, 1.5, 1e308, "", "a", "bar", "1970", "utf-16", "ñ" * 300, [], {}, [[]], [None], [{}], {"a": {}},
    {"name": 7}, {"field": []}, {"type": {}}, [{"mark": "bar"}], {"text": 7},
)  # fmt: skip


def ways(part: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each part but the whole."""
    for key in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
        yield (*way, key)
        yield from ways(part[key], (*way, key))


def spoilt(document: Any) -> Iterator[Any]:
    """The document with each part replaced by each of ANYTHING, and with two of them by chance."""
    chance = random.Random(1)
    all_ways = list(ways(document))
    for way in all_ways:
        for value in ANYTHING:
            yield replaced(document, way, value)
    for _ in range(300):
        once = replaced(document, chance.choice(all_ways), chance.choice(ANYTHING))
        yield replaced(once, chance.choice(list(ways(once))), chance.choice(ANYTHING))


def replaced(document: Any, way: tuple[Any, ...], value: Any) -> Any:
    other = copy.deepcopy(document)
    part = other
    for key in way[:-1]:
        part = part[key]
    part[way[-1]] = copy.deepcopy(value)
    return other


def test_a_chart_is_judged_whatever_its_specification_holds() -> None:
    params = {"mark": "bar", "data": {}, "ymin": 0, "title_required": True, "xlabel": {"contains": ["t"]}}
    check, kind = a_check("chart", **params), get_kind("chart")
    want = kind.read({"document": {"document": SPECIFICATION}})
    assert kind.judge(check, want, want).is_right
    for document in spoilt(SPECIFICATION):
        finding = kind.judge(check, kind.read({"document": {"document": document}}), want)
        assert finding.is_right or sentence(finding.code, finding.fields, "es") != spanish.SENTENCES["unknown"]
        json.dumps(dict(finding.fields), allow_nan=False)


@pytest.mark.parametrize("params", [{"standard": "datapackage-2"}, {"requires": ["name"]}])
def test_metadata_are_judged_whatever_they_hold(params: Any) -> None:
    check, kind = a_check("metadata", name="x", agrees_with={"file": "d.csv"}, **params), get_kind("metadata")
    for number, document in enumerate(spoilt(PACKAGE)):
        data = FILES[number % len(FILES)]
        about = {"bytes": len(data), "base64": base64.b64encode(data).decode()}
        have = kind.read({"held": {"document": document}, "file": about})
        finding = kind.judge(check, have, have)
        assert finding.is_right or sentence(finding.code, finding.fields, "es") != spanish.SENTENCES["unknown"]
        json.dumps(dict(finding.fields), allow_nan=False)
