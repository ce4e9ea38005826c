"""Kinds of checks: one module is all that one takes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from graders import GradeReport, UngradableExercise, checks, say
from graders.checks import Kind, forms, get_kind
from graders.collect import collect
from graders.evidence import read_holding
from graders.schema import to_schema
from graders.view import REFUSED, TOO_SLOW, View
from notebooks import ForkServer

A_KIND = '''
"""The check `even`: a number is even."""

from graders.checks.finding import RIGHT, miss
from graders.checks.kind import NAME, Kind, look_at_name, own_name
from graders.evidence import read_holding

KIND = Kind(
    name="even",
    about="A number is even.",
    properties={"name": NAME},
    required=("name",),
    spanish={"even.odd": "{name} es impar. Busca uno par."},
    english={"even.odd": "{name} is odd. Look for an even one."},
    look=look_at_name,
    read=read_holding,
    judge=lambda check, have, want: RIGHT if have % 2 == 0 else miss("even.odd", name=check.params["name"]),
    is_same=lambda check, one, other: one == other,
    names=own_name,
)
'''


@pytest.fixture
def a_new_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more file among the kinds of checks, and nothing else."""
    (tmp_path / "even.py").write_text(A_KIND)
    monkeypatch.setattr(checks, "__path__", [*checks.__path__, str(tmp_path)])
    forms.cache_clear()
    yield
    forms.cache_clear()


@pytest.mark.usefixtures("a_new_kind")
def test_a_kind_is_added_with_one_file(mark: Callable[..., GradeReport]) -> None:
    lesson = a_lesson(an_exercise(a_check("even", name="n"), solution="n = 2", starter="n = ..."))
    assert mark(lesson, "n = 4").points == 2.0
    report = mark(lesson, "n = 3")
    assert say(report.checks[0], lesson.exercises[0], "es") == "`n` es impar. Busca uno par."
    assert say(report.checks[0], lesson.exercises[0], "en") == "`n` is odd. Look for an even one."
    assert "even_check" in to_schema()["$defs"]


def test_a_check_of_no_kind_is_the_authors_failure(mark: Callable[..., GradeReport]) -> None:
    lesson = a_lesson(an_exercise(a_check("guess", name="n"), solution="n = 2"))
    with pytest.raises(UngradableExercise, match='kind "guess"'):
        mark(lesson, "n = 4")


@pytest.mark.parametrize("name", ["choice", "nothing"])
def test_a_question_is_no_kind_of_code(name: str) -> None:
    with pytest.raises(UngradableExercise) as refused:
        get_kind(name)
    assert refused.value.code == "unknown_kind"


def test_evidence_has_a_version_of_its_kind() -> None:
    kind = get_kind("value")
    versions = {one.evidence_version for one in forms().values() if isinstance(one, Kind)}
    assert len(versions) == sum(isinstance(one, Kind) for one in forms().values())
    assert replace(kind, version=kind.version + 1).evidence_version != kind.evidence_version
    assert replace(kind, probes=("files",)).evidence_version != kind.evidence_version


def looked(
    server: ForkServer, look: Callable[[View], object], *, probes: tuple[str, ...] = (), source: str = ""
) -> object:
    """What a kind with this `look` gets to see after a cell."""
    kind = replace(get_kind("value"), name="seen", look=look, probes=probes)
    check = a_check("seen", name="x")
    with pytest.MonkeyPatch.context() as patch, server.open_session() as session:
        patch.setattr("graders.collect.get_kind", lambda name: kind)
        session.run(source)
        return collect(a_scene(session, server=server), [check])["seen"]


def test_a_name_is_told_to_all_checks_that_ask(fork_server: ForkServer) -> None:
    assert read_holding(looked(fork_server, lambda view: view.hold("x"), source="x = 7")) == 7
    assert looked(fork_server, lambda view: view.hold("y"), source="y = 7") == REFUSED


def test_a_clean_session_knows_nothing_of_the_learners(fork_server: ForkServer) -> None:
    def look(view: View) -> object:
        with view.clean_session() as clean:
            return clean.ask("answers", "collect", {"wanted": {"x": []}})

    assert looked(fork_server, look, source="x = 7") == {"x": {"missing": True}}


def test_a_probe_must_be_named_for_its_text_counts_in_the_answer_key(fork_server: ForkServer) -> None:
    with pytest.raises(ValueError, match="Add it to `probes`"):
        looked(fork_server, lambda view: view.file("a.txt"))
    assert looked(fork_server, lambda view: view.file("a.txt"), probes=("files",)) == {"missing": True}


def test_a_probe_that_takes_too_long_is_told_as_such(fork_server: ForkServer) -> None:
    def look(view: View) -> object:
        return view.ask("answers", "call", {"name": "f", "cases": [{"args": []}]}, timeout_s=0.5)

    assert looked(fork_server, look, source="def f():\n    while True: pass") == TOO_SLOW
