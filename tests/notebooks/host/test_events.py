"""Events survive being stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notebooks import CellDone, Clear, Display, Fault, Result, RunEvent, Started, Stream, Tick

TEXT = st.text(max_size=20)
DATA = st.dictionaries(TEXT, TEXT | st.lists(st.integers(), max_size=3), max_size=3)
EVENTS = st.one_of(
    st.just(Started()),
    st.just(Tick()),
    st.builds(Stream, st.sampled_from(["stdout", "stderr"]), TEXT, TEXT),
    st.builds(Display, DATA, DATA, st.none() | TEXT, st.booleans()),
    st.builds(Result, DATA, DATA, st.none() | st.integers(0, 99)),
    st.builds(Fault, TEXT, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.none() | st.integers(1, 99)),
    st.builds(Clear, st.booleans()),
    st.builds(CellDone, st.sampled_from(["ok", "memory"]), st.floats(0, 9), st.none() | st.integers(), st.booleans()),
)


@given(EVENTS)
def test_an_event_is_read_as_it_was_written(event: RunEvent) -> None:
    assert RunEvent.from_json(json.loads(json.dumps(event.to_json()))) == event


def test_what_others_wrote_beside_it_is_passed_over() -> None:
    assert RunEvent.from_json({"kind": "stream", "name": "stdout", "text": "a", "cell": "c1"}) == Stream("stdout", "a")


def test_a_kind_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        RunEvent.from_json({"kind": "otro"})
