"""Evidence is read with distrust: what is not exactly as agreed is refused, and nothing else happens."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.errors import EvidenceRefused
from graders.evidence import read_axes, read_holding, read_outcomes, read_value

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
KEYS = st.sampled_from(
    ["t", "v", "kind", "rows", "width", "columns", "index", "name", "dtype", "gave", "outcomes", "axes"]
)
TAGS = st.sampled_from(["int", "float", "date", "datetime", "duration", "items", "pairs", "table", "other", "list"])
NEARLY = st.recursive(
    JSON | TAGS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)


@given(NEARLY)
def test_any_json_is_read_or_refused(raw: Any) -> None:
    for read in (read_holding, read_outcomes, read_axes, read_value):
        try:
            read(raw)
        except EvidenceRefused:
            continue


@pytest.mark.parametrize(
    "raw",
    [
        {"t": "nothing"},
        {"t": ["list"]},
        {"t": "int", "v": "1e9"},
        {"t": "float", "v": "1.0"},
        {"t": "date", "v": "2024-13-01"},
        {"t": "duration", "v": 1e300},
        {"t": "table", "rows": 2, "width": 1, "columns": [{"name": "a", "dtype": "text", "v": ["x"]}], "index": []},
        {"t": "table", "rows": True, "width": 1, "columns": [], "index": []},
        {"t": "table", "rows": 0, "width": 0, "columns": [{"name": "a", "dtype": "text", "v": []}], "index": []},
        {"t": "items", "kind": "deque", "v": []},
        "x" * 30_000,
        float("inf"),
    ],
)
def test_what_is_not_as_agreed_is_refused(raw: Any) -> None:
    with pytest.raises(EvidenceRefused):
        read_value(raw)


def test_text_that_cannot_be_stored_is_mended() -> None:
    assert read_value("a\0b\ud800") == "a\ufffdb?"
