"""Bursts become few events, and the first one never waits."""

from hypothesis import given
from hypothesis import strategies as st

from notebooks import Clear, Coalescer, Display, RunEvent, Stream, Tick


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def out(text: str) -> Stream:
    return Stream("stdout", text)


def test_the_first_event_after_a_pause_goes_on_at_once() -> None:
    clock = Clock()
    coalescer = Coalescer(0.05, clock)
    assert coalescer.add(out("a")) == (out("a"),)
    clock.now += 1
    assert coalescer.add(out("b")) == (out("b"),)


def test_a_burst_is_joined_and_goes_on_after_the_interval() -> None:
    clock = Clock()
    coalescer = Coalescer(0.05, clock)
    coalescer.add(out("a"))
    assert [coalescer.add(out(text)) for text in "bcd"] == [(), (), ()]
    clock.now += 0.06
    assert coalescer.add(Tick()) == (out("bcd"),)
    assert coalescer.flush() == ()


def test_the_colours_of_a_joined_text_are_those_of_its_beginning() -> None:
    coalescer = Coalescer(0.05, Clock())
    coalescer.add(out("-"))
    coalescer.add(Stream("stdout", "a", "31"))
    coalescer.add(Stream("stdout", "b", "1;31"))
    assert coalescer.flush() == (Stream("stdout", "ab", "31"),)


def test_of_an_updated_picture_only_the_last_state_is_kept() -> None:
    coalescer = Coalescer(0.05, Clock())
    coalescer.add(out("-"))
    coalescer.add(Display({"a": 1}, {}, "d"))
    for number in (2, 3):
        coalescer.add(Display({"a": number}, {}, "d", is_update=True))
    coalescer.add(Display({"a": 4}, {}, "other", is_update=True))
    assert coalescer.flush() == (Display({"a": 3}, {}, "d"), Display({"a": 4}, {}, "other", is_update=True))


@given(
    st.lists(
        st.builds(Stream, st.sampled_from(["stdout", "stderr"]), st.text("ab", min_size=1))
        | st.just(Clear())
        | st.just(Tick())
    ),
    st.data(),
)
def test_nothing_is_lost_nor_reordered(events: list[RunEvent], data: st.DataObject) -> None:
    clock = Clock()
    coalescer, given_on = Coalescer(0.05, clock), list[RunEvent]()
    for event in events:
        clock.now += data.draw(st.sampled_from([0, 0.01, 1]))
        given_on += coalescer.add(event)
    given_on += coalescer.flush()

    def spelled(many: list[RunEvent]) -> list[object]:
        return [
            part
            for event in many
            for part in ([(event.name, letter) for letter in event.text] if isinstance(event, Stream) else [event])
            if part != Tick()
        ]

    assert spelled(given_on) == spelled(events)
