"""What a session says is hostile until it is read: every part has its type and its size, or it is garbage."""

import json
import math
from typing import Any

import pytest

from notebooks.sandbox.replies import CellError, Garbage, read_answer, read_reply, read_value

GOOD: dict[str, Any] = {
    "stdout": "a", "stderr": "", "displays": [{"text/plain": "1"}], "result": None, "error": None,
    "was_interrupted": False,
}  # fmt: skip
ERROR: dict[str, Any] = {"name": "E", "value": "v", "traceback": ["t"], "line": 3, "is_memory": False}


def reply_of(**changes: Any) -> Any:
    return read_reply({**GOOD, **changes}, output_bytes=100, seconds=0.5)


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{", b"[]", b"1", b"null", b'{"id":1}', b'{"id":2,"answer":{}}', b'{"id":"1","answer":{}}', b"\xff",
        b'{"id":1,"answer":NaN}', b'{"id":1,"answer":[Infinity]}', b"[" * 200_000,
        b'{"id":1,"answer":' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_a_line_that_is_no_answer_is_garbage(line: bytes) -> None:
    with pytest.raises(Garbage):
        read_answer(line, 1)


def test_a_text_of_very_many_parts_is_garbage_before_it_is_parsed() -> None:
    """A million empty lists are three megabytes to send and sixty to hold."""
    line = b'{"id":1,"answer":[' + b"[]," * 1_000_001 + b"0]}"
    with pytest.raises(Garbage, match="too many parts"):
        read_answer(line, 1)


def test_an_answer_to_its_order_is_read() -> None:
    assert read_answer(b'{"id":7,"answer":{"value":[1]}}', 7) == {"value": [1]}


@pytest.mark.parametrize("answer", [None, 1, [], {}, {"value": 1, "failed": "x"}, {"other": 1}, {"value": 1e999}])
def test_a_probes_answer_without_a_finite_value_is_garbage(answer: Any) -> None:
    with pytest.raises(Garbage):
        read_value(answer)


@pytest.mark.parametrize("nested", [[[1e999]], {"a": [{"b": -math.inf}]}])
def test_a_number_beyond_all_bounds_is_found_wherever_it_hides(nested: Any) -> None:
    with pytest.raises(Garbage, match="bounds"):
        read_value({"value": nested})


def test_a_probe_that_failed_says_why() -> None:
    with pytest.raises(Garbage, match="KeyError: x"):
        read_value({"failed": "KeyError: x"})


@pytest.mark.parametrize(
    "changes",
    [
        {"stdout": None}, {"stdout": 1}, {"stderr": []}, {"displays": None}, {"displays": {}}, {"displays": [1]},
        {"displays": [{"text/plain": 1}]}, {"displays": [{}] * 101}, {"result": "x"}, {"result": {"a": {}}},
        {"result": {str(at): "" for at in range(21)}}, {"error": "x"}, {"error": {}}, {"error": {**ERROR, "name": 1}},
        {"error": {**ERROR, "traceback": "x"}}, {"error": {**ERROR, "traceback": [1]}},
    ],
)  # fmt: skip
def test_a_reply_with_a_part_of_the_wrong_kind_is_garbage(changes: dict[str, Any]) -> None:
    with pytest.raises(Garbage):
        reply_of(**changes)


@pytest.mark.parametrize("answer", [None, [], "x", {}])
def test_a_reply_that_is_none_is_garbage(answer: Any) -> None:
    with pytest.raises(Garbage):
        read_reply(answer, output_bytes=100, seconds=0.0)


def test_texts_are_cut_at_their_limits() -> None:
    assert len(reply_of(stdout="x" * 500).stdout) == 100
    error = reply_of(error={**ERROR, "name": "n" * 999, "value": "v" * 99_999, "traceback": ["t" * 99_999] * 999}).error
    assert (len(error.name), len(error.value)) == (200, 20_000)
    assert (len(error.traceback), len(error.traceback[0])) == (200, 20_000)


def test_half_a_character_is_replaced() -> None:
    reply = reply_of(stdout=json.loads('"a\\ud800b"'))
    assert reply.stdout == "a?b"


@pytest.mark.parametrize("line", [0, -1, True, "3", 3.0, 10**9, None])
def test_a_line_that_cannot_be_is_not_told(line: Any) -> None:
    assert reply_of(error={**ERROR, "line": line}).error.line is None


def test_an_error_is_read() -> None:
    assert reply_of(error={**ERROR, "is_memory": True}).error == CellError("E", "v", ("t",), 3, True)


def test_an_interrupt_without_an_error_is_one() -> None:
    assert reply_of(was_interrupted=True).error.name == "KeyboardInterrupt"
