"""The probe of charts: what real drawings look like as facts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.lessons import a_check
from support.scenes import PICTURE, a_scene

from graders.collect import collect
from graders.evidence import Axes, read_axes
from notebooks import ForkServer, Session

SETUP = """
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
s = pd.Series([3.0, 1.0, 2.0], index=["a", "b", "c"], name="n")
y = pd.Series([1.0, 4.0, 9.0], index=[2000, 2001, 2002])
"""


@pytest.fixture(scope="module")
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as opened:
        assert opened.run(SETUP).error is None
        yield opened


@pytest.fixture
def draw(session: Session) -> Callable[[str], Axes | None]:
    def _draw(source: str) -> Axes | None:
        reply = session.run(source)
        assert reply.error is None, reply.error
        check = a_check("chart")
        return read_axes(collect(a_scene(session, shown=[PICTURE]), [check])[check.id])

    return _draw


BARS = (("a", 3.0), ("b", 1.0), ("c", 2.0))
YEARS = ((2000.0, 1.0), (2001.0, 4.0), (2002.0, 9.0))


@pytest.mark.parametrize(
    ("source", "kind", "points"),
    [
        ("s.plot.bar();", "bar", BARS),
        ("plt.bar(s.index, s)", "bar", BARS),
        ("plt.bar(range(3), s, tick_label=s.index)", "bar", BARS),
        ("s.plot.barh();", "barh", BARS),
        ("plt.barh(s.index, s)", "barh", BARS),
        ("import aula\naula.barras(s)", "barh", BARS),
        ("y.plot.bar();", "bar", (("2000", 1.0), ("2001", 4.0), ("2002", 9.0))),
        ("plt.bar(y.index, y)", "bar", YEARS),
        ("y.plot();", "line", YEARS),
        ("plt.plot(y.index, y)", "line", YEARS),
        ("plt.plot(y.index, y, 'o')", "scatter", YEARS),
        ("plt.scatter(y.index, y)", "scatter", YEARS),
        ("plt.hist([1, 1, 2], bins=2)", "hist", ((1.25, 2.0), (1.75, 1.0))),
        ("plt.pie([1, 2])", "pie", ()),
        ("plt.plot([1, 2], [np.nan, 3])", "line", ((1.0, None), (2.0, 3.0))),
    ],
)
def test_marks_are_told_with_what_they_show(
    draw: Callable[[str], Axes | None], source: str, kind: str, points: Any
) -> None:
    axes = draw(source)
    assert axes is not None
    assert (axes.marks[0].kind, axes.marks[0].points) == (kind, points)


def test_dates_are_the_same_however_they_are_drawn(draw: Callable[[str], Axes | None]) -> None:
    days = "d = pd.Series([1, 2], index=pd.to_datetime(['2024-01-01', '2024-02-01']))\nd.index.freq = 'MS'\n"
    by_pandas, by_pyplot = draw(days + "d.plot();"), draw(days + "plt.plot(d.index, d)")
    assert by_pandas is not None
    assert by_pyplot is not None
    assert by_pandas.marks == by_pyplot.marks


def test_words_and_starts_are_told(draw: Callable[[str], Axes | None]) -> None:
    axes = draw("e = s.plot.barh()\ne.set(title='T', xlabel='X', ylabel='Y', xlim=(1, 4))\nplt.show()")
    assert axes is not None
    assert (axes.title, axes.xlabel, axes.ylabel, axes.x_range) == ("T", "X", "Y", (1.0, 4.0))


def test_a_title_of_the_whole_figure_is_one(draw: Callable[[str], Axes | None]) -> None:
    axes = draw("f, e = plt.subplots()\ne.plot([1])\nf.suptitle('Todo')")
    assert axes is not None
    assert axes.title == "Todo"


def test_helping_lines_are_no_data(draw: Callable[[str], Axes | None]) -> None:
    axes = draw("plt.plot([1, 2])\nplt.axhline(1)\nplt.axvline(1)")
    assert axes is not None
    assert [mark.kind for mark in axes.marks] == ["line"]


def test_an_inverted_axis_starts_at_its_smaller_end(draw: Callable[[str], Axes | None]) -> None:
    axes = draw("e = s.plot.bar()\ne.invert_yaxis()")
    assert axes is not None
    assert axes.y_range[0] == 0.0


def test_the_last_figure_counts_unless_it_is_empty(draw: Callable[[str], Axes | None]) -> None:
    for source in ("y.plot()\nplt.figure()\ns.plot.bar()", "s.plot.bar()\nplt.figure()"):
        axes = draw(source)
        assert axes is not None
        assert axes.marks[0].kind == "bar"


def test_too_many_points_are_told_as_such(draw: Callable[[str], Axes | None]) -> None:
    axes = draw("plt.plot(range(30_000))")
    assert axes is not None
    assert axes.marks[0].points is None


def test_a_cell_that_showed_nothing_drew_nothing(session: Session) -> None:
    check = a_check("chart")
    assert read_axes(collect(a_scene(session), [check])[check.id]) is None
