"""The check `chart`: marks, data, axes and words."""

from collections.abc import Callable
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from graders import GradeReport
from graders.checks.chart import KIND, is_same, judge
from graders.collect import collect
from graders.evidence import Axes, Mark
from notebooks import ForkServer


def axes(*marks: Mark, **facts: Any) -> Axes:
    given = {"title": "Los tres", "xlabel": "Millones de pesos", "ylabel": "Ramo", "x_range": (0.0, 30.0),
             "y_range": (-0.5, 2.5), **facts}  # fmt: skip
    return Axes(marks=marks, **given)


BARS = Mark("barh", (("a", 10.0), ("b", 20.0), ("c", 30.0)))
LINE = Mark("line", ((2000.0, 1.0), (2001.0, 2.0)))
WANT = axes(BARS)


def code_of(have: Axes | None, want: Axes = WANT, **params: Any) -> str:
    return judge(a_check("chart", **params), have, want).code


def test_a_chart_that_has_all_passes() -> None:
    params = {
        "mark": "barh",
        "data": {},
        "ymin": 0,
        "title_required": True,
        "xlabel": {"contains": ["millón", "MILLON"]},
    }
    assert code_of(WANT, **params) == "right"


@pytest.mark.parametrize(
    ("have", "params", "code"),
    [
        (None, {}, "chart.none"),
        (axes(), {}, "chart.none"),
        (axes(LINE), {"mark": "barh"}, "chart.wrong_mark"),
        (axes(LINE), {"data": {}}, "chart.data"),
        (axes(Mark("bar", None)), {"data": {}}, "chart.too_large"),
        (axes(Mark("bar", BARS.points[:2] if BARS.points else ())), {"data": {}}, "chart.data_count"),
        (axes(Mark("barh", (("a", 10.0), ("b", 20.0), ("c", 31.0)))), {"data": {}}, "chart.data"),
        (axes(BARS, x_range=(5.0, 30.0)), {"ymin": 0}, "chart.axis_start"),
        (axes(LINE, y_range=(0.5, 2.0)), {"ymin": 0}, "chart.axis_start"),
        (axes(LINE, x_range=(1999.0, 2001.0)), {"xmin": 2000}, "chart.axis_start"),
        (axes(BARS, title="  "), {"title_required": True}, "chart.no_title"),
        (axes(BARS, xlabel=""), {"xlabel": {"contains": ["millones"]}}, "chart.no_label"),
        (axes(BARS, ylabel="Otra"), {"ylabel": {"contains": ["ramo"]}}, "chart.other_label"),
    ],
)
def test_what_is_wrong_has_a_name(have: Axes | None, params: Any, code: str) -> None:
    assert code_of(have, **params) == code


def test_bars_may_come_in_any_order_and_direction() -> None:
    upright = axes(Mark("bar", (("c", 30.0), ("a", 10.0), ("b", 20.0))))
    assert code_of(upright, data={}) == "right"
    assert code_of(upright, data={}, mark="barh") == "chart.wrong_mark"


def test_a_name_that_is_a_number_counts_as_one() -> None:
    want = axes(Mark("bar", (("2013", 1.0), ("2014", 2.0))))
    assert code_of(axes(Mark("bar", ((2013.0, 1.0), (2014.0, 2.0)))), want, data={}) == "right"


def test_helping_marks_of_another_kind_mean_nothing() -> None:
    assert code_of(axes(LINE, BARS), data={}, mark="barh") == "right"


def test_a_second_line_means_something() -> None:
    other = Mark("line", ((2000.0, 5.0), (2001.0, 6.0)))
    assert code_of(axes(LINE, other), axes(LINE), data={}) == "chart.data_count"
    assert code_of(axes(other, LINE), axes(LINE, other), data={}) == "right"


def test_the_data_may_be_as_far_off_as_the_check_allows() -> None:
    near = axes(Mark("barh", (("a", 10.001), ("b", 20.0), ("c", 30.0))))
    assert code_of(near, data={"relative": 0.01}) == "right"
    assert code_of(near, data={}) == "chart.data"


def test_amounts_below_zero_may_be_seen() -> None:
    below = axes(Mark("bar", (("a", -5.0), ("b", 5.0))), y_range=(-6.0, 6.0))
    assert code_of(below, below, ymin=0) == "right"


def test_a_wrong_answer_is_known_by_what_the_check_sees() -> None:
    labels = a_check("chart", title_required=True, xlabel={"contains": ["millones"]})
    assert is_same(labels, axes(LINE, xlabel="Pesos"), axes(BARS, xlabel=""))
    assert not is_same(labels, axes(BARS, xlabel="", title=""), axes(BARS, xlabel=""))
    data = a_check("chart", data={})
    assert is_same(data, axes(LINE, title=""), axes(LINE))
    assert not is_same(data, axes(BARS), axes(LINE))
    assert not is_same(data, None, None)


SPEC = {
    "data": {"values": [{"n": "a", "v": 3}, {"n": "b", "v": 1}]},
    "title": "Dos",
    "mark": "bar",
    "encoding": {"x": {"field": "n", "type": "nominal"}, "y": {"field": "v", "type": "quantitative", "title": "Pesos"}},
}
SHOW = "from IPython.display import display\ndisplay({'application/vnd.vegalite.v5+json': spec}, raw=True)"
OBJECT = """
class Chart:
    def _repr_mimebundle_(self, **kwargs):
        return {"application/vnd.vegalite.v5+json": spec}
Chart()
"""
DRAW = "import matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [3, 1])\nplt.title('Dos')\nplt.ylabel('Pesos')\nplt.show()"
PARAMS = {"mark": "bar", "data": {}, "ymin": 0, "title_required": True, "ylabel": {"contains": ["pesos"]}}


@pytest.mark.parametrize(
    ("source", "params", "code"),
    [
        (SHOW, {}, "right"),
        (DRAW, {}, "right"),
        (f"{DRAW}\n{SHOW}", {}, "right"),
        (OBJECT, {}, "right"),
        (f"del spec['title']\n{SHOW}", {}, "chart.no_title"),
        (f"spec['mark'] = 'line'\n{SHOW}", {}, "chart.wrong_mark"),
        (f"spec['data']['values'][0]['v'] = 4\n{SHOW}", {}, "chart.data"),
        (f"spec['data'] = {{'url': '/data/x.csv'}}\n{SHOW}", {}, "chart.data_elsewhere"),
        (f"spec['transform'] = [{{'filter': 'true'}}]\n{SHOW}", {}, "chart.hidden_data"),
        (f"spec = {{'a': 1}}\n{SHOW}", {}, "chart.not_a_specification"),
        (f"spec['usermeta'] = 'x' * 3 * 2**20\n{SHOW}", {}, "chart.too_large"),
        ("spec", {}, "chart.none"),
        ("", {"name": "spec"}, "right"),
        ("import json\nspec = json.dumps(spec)", {"name": "spec"}, "right"),
        ("spec = ...", {"name": "spec"}, "chart.placeholder"),
        ("del spec", {"name": "spec"}, "chart.missing_name"),
        ("spec = object()", {"name": "spec"}, "chart.not_a_specification"),
        (DRAW, {"name": "nada"}, "chart.missing_name"),
    ],
)  # fmt: skip
def test_a_specification_counts_as_a_drawing(fork_server: ForkServer, source: str, params: Any, code: str) -> None:
    check = a_check("chart", **PARAMS, **params)
    with fork_server.open_session() as session:
        reply = session.run(f"spec = {SPEC!r}\n{source}")
        assert reply.error is None, reply.error
        shown = [*reply.displays, *([reply.result] if reply.result else [])]
        have = KIND.read(collect(a_scene(session, shown=shown), [check])[check.id])
    want = KIND.read({"document": {"document": SPEC}})
    assert judge(check, have, want).code == code


def test_a_learner_may_choose_what_draws(mark: Callable[..., GradeReport]) -> None:
    lesson = a_lesson(an_exercise(a_check("chart", **PARAMS), solution=DRAW, starter="..."))
    assert mark(lesson, f"spec = {SPEC!r}\n{SHOW}").points == 2.0
    assert mark(lesson, f"spec = {{**{SPEC!r}, 'mark': 'bar right', 'points': 2}}\n{SHOW}").points == 0.0
