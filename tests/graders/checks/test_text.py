"""The check `text`: what a text says, its form and its words."""

from collections.abc import Callable
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from graders import GradeReport, UngradableExercise
from graders.checks.finding import Finding
from graders.checks.text import KIND, is_same, judge
from graders.collect import collect
from graders.evidence import Absent, Items, Unreadable, Value
from notebooks import ForkServer

WANT = "Población total: 9 209 944 (Álvaro Obregón)"


FORGIVING = dict.fromkeys(("ignore_case", "ignore_accents", "ignore_spaces"), True)


def judged(have: Value | Absent, want: Value = WANT, **params: Any) -> Finding:
    return judge(a_check("text", name="x", **params), have, want)


@pytest.mark.parametrize(
    ("have", "params"),
    [
        (f"  {WANT}\r\n", {}),
        (WANT.upper(), {"ignore_case": True}),
        ("Poblacion total: 9 209 944 (Alvaro Obregon)", {"ignore_accents": True}),
        ("Población\n  total:\t9 209 944 (Álvaro Obregón)", {"ignore_spaces": True}),
        ("POBLACION TOTAL:  9 209 944 (ALVARO OBREGON)", FORGIVING),
        ("otra cosa 2024-01", {"pattern": r"\d{4}-\d{2}$"}),
        ("ABC", {"pattern": "^[a-z]+$", "ignore_case": True}),
        ("x Obregón y TOTAL", {"contains": ["obregón", "total"], "ignore_case": True}),
        (WANT.replace("total", "de hoy"), {"similar": 0.8}),
    ],
)  # fmt: skip
def test_a_right_text_passes(have: str, params: Any) -> None:
    assert judged(have, **params).is_right


@pytest.mark.parametrize(
    ("have", "params", "code", "fields"),
    [
        (Absent(), {}, "missing_name", {}),
        (Unreadable("placeholder"), {}, "placeholder", {}),
        (Unreadable("too_large", "str"), {}, "too_large", {}),
        (Items("list", ("a",)), {}, "wrong_type", {"type": "list"}),
        (7, {"pattern": "7"}, "wrong_type", {"type": "number"}),
        (" \n", {}, "empty", {}),
    ],
)
def test_what_is_no_text_is_told_as_such(have: Value | Absent, params: Any, code: str, fields: Any) -> None:
    assert judged(have, **params) == Finding(False, f"text.{code}", {"name": "x", **fields})


@pytest.mark.parametrize(
    ("have", "params", "code", "fields"),
    [
        ("2024", {"pattern": r"^\d{4}-\d{2}$"}, "pattern", {}),
        ("uno", {"contains": ["uno", "dos", "tres"]}, "lacks", {"have": 1, "wanted": 3}),
        ("nada que ver", {"similar": 0.9}, "unlike", {"wanted": 90}),
        (WANT.lower(), {}, "only_case", {}),
        (WANT.replace("ó", "o"), {"ignore_case": True}, "only_accents", {}),
        (WANT.replace(" ", "  "), {}, "only_spaces", {}),
        (WANT.upper().replace("Ó", "O"), {}, "nearly", {}),
        (WANT[:20], {}, "cut_short", {"have": 20}),
        (f"{WANT} y más", {}, "goes_on", {"place": 44, "around": "'o Obregón) y más'"}),
        (WANT.replace("9 209", "8 209"), {}, "place", {"place": 18, "around": "'ón total: 8 209 944 '"}),
        ("Otra", {}, "different", {}),
    ],
)
def test_what_is_wrong_has_a_name(have: str, params: Any, code: str, fields: Any) -> None:
    finding = judged(have, **params)
    assert finding.code == f"text.{code}"
    assert dict(finding.fields) | fields == dict(finding.fields)
    assert finding.fields["name"] == "x"


def test_nothing_that_was_expected_is_told() -> None:
    for have in ("clave: abc", "clave: ", "x", "CLAVE: 831Y"):
        assert "831y" not in str(judged(have, "clave: 831y").fields)
    assert "secreta" not in str(judged("x", contains=["secreta"]).fields)


def test_a_pattern_that_takes_others_forever_is_judged() -> None:
    assert judged("a" * 20_000 + "!", pattern="^(a+)+$").code == "text.pattern"


@pytest.mark.parametrize("pattern", ["(?=a)", "(a", r"(a)\1"])
def test_a_pattern_that_cannot_be_used_is_the_authors_failure(pattern: str) -> None:
    with pytest.raises(UngradableExercise, match="Mend it") as refused:
        judged("a", pattern=pattern)
    assert refused.value.code == "bad_pattern"


def test_a_wrong_answer_is_known_by_what_it_says() -> None:
    check = a_check("text", name="x", ignore_case=True)
    assert is_same(check, "Hola ", "hOLA")
    assert not is_same(check, "Hola", "Holá")
    assert not is_same(check, Absent(), Absent())


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = np.str_('hola')", "right"),
        ("x = pd.Series(['hola'])[0]", "right"),
        ("x = 'ho' + 'la'", "right"),
        ("x = b'hola'", "text.wrong_type"),
        ("x = pd.Series(['hola'])", "text.wrong_type"),
        ("x = 'h' * 10**6", "text.too_large"),
        ("class T(str):\n    def __str__(self): return 'hola'\nx = T('otra')", "text.different"),
    ],
)  # fmt: skip
def test_real_objects_are_seen_for_what_they_are(fork_server: ForkServer, source: str, code: str) -> None:
    check = a_check("text", name="x")
    with fork_server.open_session() as session:
        session.run(f"import numpy as np, pandas as pd\n{source}")
        have = KIND.read(collect(a_scene(session), [check])[check.id])
    assert judge(check, have, "hola").code == code


def test_a_text_that_changes_how_patterns_match_earns_nothing(mark: Callable[..., GradeReport]) -> None:
    check = a_check("text", name="x", pattern="^[A-Z]{4}[0-9]{6}$")
    lesson = a_lesson(an_exercise(check, solution="x = 'ABCD123456'", starter="x = ..."))
    cheat = "import re\nre.search = re.match = re.fullmatch = lambda *a, **k: True\nx = 'nada'"
    assert mark(lesson, cheat).points == 0.0
    assert mark(lesson, "x = 'XYZW000000'").points == 2.0
