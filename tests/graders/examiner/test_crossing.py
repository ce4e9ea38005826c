"""What a learner's session says is held to known shapes and sizes before anything is made of it."""

from typing import Any

import pytest

from graders.examiner.crossing import CrossingRefused, check_reply

ARRAY = {"t": "array", "d": "<i8", "s": [1], "v": "AAAAAAAAAAA="}
TEXTS = {"t": "texts", "v": ["a", None], "missing": "nan", "storage": "python"}
COUNT = {"t": "RangeIndex", "v": [0, 2, 1], "name": None}
CATEGORY = {"t": "category", "v": ARRAY, "of": COUNT, "ordered": True}
CLASS = {"t": "class", "id": 1, "name": "C", "bases": [], "calls": False, "raises": None}
RAISED = {"raised": "ValueError", "text": "no", "of": None, "said": "hola"}


def gave(value: Any) -> dict[str, Any]:
    return {"gave": value, "changed": [], "said": ""}


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = {"t": "list", "v": [value]}
    return value


@pytest.mark.parametrize(
    "reply",
    [
        {"missing": True},
        {"uncheckable": "a value of type X"},
        RAISED,
        {**RAISED, "of": {**CLASS, "bases": [CLASS], "raises": "ValueError"}},
        {"gave": 1, "changed": [None, {"t": "list", "v": [1]}], "said": ""},
        gave(None), gave("a"), gave(1.5), gave(True), gave({"t": "int", "v": "-0xff"}), gave(nested(30)),
        gave(ARRAY), gave({**ARRAY, "d": "<M8[ns]"}), gave({**ARRAY, "d": "<U2"}),
        gave({**ARRAY, "s": []}), gave({**ARRAY, "d": "|S1", "s": [2, 4]}),
        gave({**ARRAY, "d": "<f8", "s": [0, 5], "v": ""}), gave({"t": "objects", "s": [1, 2], "v": [1, "a"]}),
        gave({"t": "Series", "v": TEXTS, "index": COUNT, "name": "n"}),
        gave({"t": "DataFrame", "v": [TEXTS, CATEGORY], "columns": COUNT, "index": COUNT}),
        gave({"t": "object", "id": 4, "name": "C", "of": CLASS, "does": "none"}),
    ],
)  # fmt: skip
def test_values_as_agreed_are_let_through(reply: Any) -> None:
    check_reply(reply)


@pytest.mark.parametrize(
    "reply",
    [
        None, [], "passed", 1, {}, {"status": "passed"}, {"gave": 1}, {**gave(1), "changed": None},
        {**gave(1), "said": 1}, {**gave(1), "said": "x" * 10**6}, {**gave(1), "extra": 1},
        {"missing": "yes"}, {"uncheckable": 1},
        {"uncheckable": "x" * 10**6}, {**RAISED, "raised": "SystemExit"}, {**RAISED, "raised": "open"},
        {**RAISED, "text": 1}, {**RAISED, "of": ARRAY}, {**RAISED, "said": None},
    ],
)  # fmt: skip
def test_a_reply_of_no_known_kind_is_refused(reply: Any) -> None:
    with pytest.raises(CrossingRefused):
        check_reply(reply)


@pytest.mark.parametrize(
    "value",
    [
        [], {}, {"t": []}, {"t": "pickle", "v": ""}, {"t": "int", "v": 5}, {"t": "int", "v": "0x" + "f" * 10**4},
        {"t": "float", "v": "1e5"}, {"t": "complex", "v": [1]}, {"t": "bytes", "v": "ñ"}, {"t": "list", "v": 1},
        {"t": "list", "v": [], "more": 1}, {"t": "dict", "v": [[1]]}, {"t": "dict", "v": [[1, 2, 3]]},
        {"t": "range", "v": [0, 10**9, 1]}, {"t": "range", "v": [0, 1, 0]}, {"t": "range", "v": [0, 1]},
        {"t": "timedelta", "v": [10**10, 0, 0]}, {"t": "date", "v": "x" * 99}, {"t": "Decimal", "v": "1" * 10**4},
        {"t": "builtin", "v": "exec"}, {"t": "builtin", "v": "__import__"}, {"t": "module", "v": 5},
        {"t": "named", "name": "P", "fields": "a", "v": [1]}, nested(80),
    ],
)  # fmt: skip
def test_a_value_of_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(CrossingRefused):
        check_reply(gave(value))


@pytest.mark.parametrize(
    "changes",
    [
        {"d": "O"}, {"d": "|O8"}, {"d": "|V8"}, {"d": "i8,i8"}, {"d": "<i8\n"}, {"d": None}, {"d": "<M8[x]"},
        {"s": [2]}, {"s": [0]}, {"s": [-1]}, {"s": [True]}, {"s": [1.0]}, {"s": [1] * 40}, {"s": [10**9, 0], "v": ""},
        {"v": ""}, {"v": "AAA"},
        {"v": "AAAA AAAAAA="}, {"v": "AAAAAAAAAAA=\n"}, {"v": "=" * 12}, {"d": "<U9999999", "s": [10**6]}, {"v": 5},
    ],
)  # fmt: skip
def test_an_array_that_lies_about_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CrossingRefused):
        check_reply(gave({**ARRAY, **changes}))


@pytest.mark.parametrize(
    "table",
    [
        {"t": "DataFrame", "v": [1], "columns": COUNT, "index": COUNT},
        {"t": "DataFrame", "v": [{"t": "list", "v": []}], "columns": COUNT, "index": COUNT},
        {"t": "DataFrame", "v": [], "columns": TEXTS, "index": COUNT},
        {"t": "DataFrame", "v": [], "columns": COUNT, "index": {**COUNT, "v": [0, 10**8, 1]}},
        {"t": "Series", "v": {**TEXTS, "v": [1]}, "index": COUNT, "name": None},
        {"t": "Series", "v": {**TEXTS, "storage": "disk"}, "index": COUNT, "name": None},
        {"t": "Index", "v": TEXTS, "name": None, "freq": "D; import os"},
        {"t": "Series", "v": {"t": "zoned", "v": ARRAY, "tz": "../../etc/passwd" * 9}, "index": COUNT, "name": None},
        {"t": "objects", "s": [3], "v": [1]},
    ],
)  # fmt: skip
def test_a_table_of_other_parts_is_refused(table: Any) -> None:
    with pytest.raises(CrossingRefused):
        check_reply(gave(table))


def test_a_value_of_very_many_parts_is_refused() -> None:
    with pytest.raises(CrossingRefused, match="too many parts"):
        check_reply(gave({"t": "list", "v": [None] * 600_001}))
    with pytest.raises(CrossingRefused, match="too many parts"):
        check_reply(gave({"t": "Series", "v": {**TEXTS, "v": [None] * 600_001}, "index": COUNT, "name": None}))
