"""The answers of the panel's probes: read with distrust, and the questions cannot be turned into code."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks import TableColumn, TablePage, Variable
from notebooks.host.panel import table_code, to_table_page, to_variables

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda one: (
        st.lists(one, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "kind", "shape", "columns", "rows", "page", "text"]) | st.text(),
            one,
            max_size=5,
        )
    ),
)


@given(JSON)
def test_any_answer_is_variables_or_none(answer: Any) -> None:
    assert all(isinstance(one, Variable) for one in to_variables(json.dumps(answer)))


@given(JSON)
def test_any_answer_is_a_page_or_none(answer: Any) -> None:
    page = to_table_page(json.dumps(answer))
    assert page is None or isinstance(page, TablePage)
    assert page is None or all(len(row) <= len(page.columns) for row in page.rows)


@pytest.mark.parametrize("answer", [None, "", "{", "[" * 100_000, '"' + "x" * 2_000_000 + '"'])
def test_what_is_no_answer_is_nothing(answer: str | None) -> None:
    assert to_variables(answer) == ()
    assert to_table_page(answer) is None


def test_long_texts_and_many_rows_are_cut() -> None:
    answer = {
        "name": "t",
        "columns": [{"name": "a", "type": "text"}],
        "rows": [["x" * 9_000]] * 90,
        "page": 1,
    }
    page = to_table_page(json.dumps(answer))
    assert page is not None
    assert page.columns == (TableColumn("a", "text"),)
    assert (len(page.rows), len(str(page.rows[0][0]))) == (50, 300)


@given(st.text(), st.none() | st.text(), st.text())
def test_no_argument_becomes_code(name: str, sort: str | None, contains: str) -> None:
    code = table_code(name, 1, sort, False, contains)
    plain = table_code("t", 1, None, False, "")
    between = code[code.index("fromhex") : code.rindex("))")]
    assert code.replace(between, "") == plain.replace(plain[plain.index("fromhex") : plain.rindex("))")], "")
    assert set(between) <= set("fromhex(\"'abcdef0123456789)")
