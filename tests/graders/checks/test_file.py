"""The check `file`: what an answer wrote, as bytes, as text and as a table."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

from graders import GradeReport
from graders.checks.file import is_same, judge
from graders.collect import collect
from graders.evidence import Absent
from graders.files import File, NotAFile, read_file
from notebooks import ForkServer, Session

WANT = "entidad,cve,monto\nMéxico,09,1.5\nPuebla,21,20\n"


def a_file(text: str | bytes, encoding: str = "utf-8") -> File:
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return File(len(data), data)


def compared(have: Any, want: Any = WANT, **params: Any) -> Any:
    check = a_check("file", path="salida.csv", **params)
    return judge(check, have if not isinstance(have, str | bytes) else a_file(have), a_file(want))


@pytest.mark.parametrize(
    "text",
    [
        WANT,
        "\ufeff" + WANT,
        WANT.replace("\n", "\r\n"),
        WANT.rstrip(),
        WANT + "\n\n",
        '"entidad","cve","monto"\n"México","09","1.50"\n"Puebla","21","20.0"\n',
        "entidad,cve,monto\nPuebla,21,20\nMéxico,09,1.5\n",
        "cve,monto,entidad\n09,1.5,México\n21,20,Puebla\n",
        "entidad,cve,monto\nMe\u0301xico,09,1.5\nPuebla,21,20\n",
    ],
    ids=["same", "mark", "windows", "no last end", "blank lines", "quotes", "rows", "columns", "typed accent"],
)
def test_the_same_data_written_otherwise_pass(text: str) -> None:
    assert compared(text).is_right


@pytest.mark.parametrize(
    ("have", "params", "code"),
    [
        (Absent(), {}, "file.missing"),
        (NotAFile(), {}, "file.not_a_file"),
        (File(10**7, b"x"), {}, "file.too_large"),
        ("", {}, "file.empty"),
        ("\n", {}, "file.empty"),
        (WANT.encode("utf-16"), {}, "file.wrong_encoding"),
        (WANT.encode("latin-1"), {}, "file.bad_bytes"),
        (WANT, {"encoding": "latin-1"}, "file.wrong_encoding"),
        ("\ufeff" + WANT, {"mark": False}, "file.mark"),
        (WANT, {"mark": True}, "file.no_mark"),
        ("a\nb\0c", {}, "file.not_text"),
        (WANT.replace("é", "Ã©"), {}, "file.twice_encoded"),
        (WANT + '"Tabasco,27,3\n', {}, "file.quotes"),
        (WANT + "Tabasco, el verde,27,3\n", {}, "file.ragged"),
        (WANT.replace(",", ";"), {}, "file.delimiter"),
        (WANT.replace(",", "\t"), {}, "file.delimiter"),
        (",entidad,cve,monto\n0,México,09,1.5\n1,Puebla,21,20\n", {}, "file.index_column"),
        ("México,09,1.5\nPuebla,21,20\n", {}, "file.no_header"),
        ("entidad,monto\nMéxico,1.5\nPuebla,20\n", {}, "table.missing_columns"),
        ("entidad,cve,monto\nMéxico,9,1.5\nPuebla,21,20\n", {}, "table.other_values"),
        ("entidad,cve,monto\nMéxico,09,1.6\nPuebla,21,20\n", {"key": ["cve"]}, "table.wrong_values"),
        ("entidad,cve,monto\nMéxico,09,1.5\n", {"key": ["cve"]}, "table.missing_rows"),
        ("entidad,cve,monto\nPuebla,21,20\nMéxico,09,1.5\n", {"ordered": True}, "table.wrong_order"),
    ],
)
def test_what_is_wrong_has_a_name(have: Any, params: Any, code: str) -> None:
    want = WANT.encode("utf-8-sig" if params.get("mark") else "latin-1" if "encoding" in params else "utf-8")
    finding = compared(have, want, **params)
    assert (finding.is_right, finding.code) == (False, code)
    assert finding.fields["name"] == "salida.csv"


@pytest.mark.parametrize(
    ("have", "line", "seen"),
    [
        (b"a,b\n1,2\nM\xe9xico,3\n", 3, "México,3"),
        (b"a,b\n1,2\nM\xc3\x83\xc2\xa9xico,3\n", 3, "MÃ©xico"),
    ],
)
def test_damaged_letters_are_told_with_their_line_and_how_they_look(have: bytes, line: int, seen: str) -> None:
    fields = compared(have, "a,b\n1,2\nMéxico,3\n").fields
    assert (fields["line"], fields["seen"]) == (line, seen)


def test_a_tolerance_holds_for_the_numbers_of_a_file() -> None:
    have = "entidad,cve,monto\nMéxico,09,1.51\nPuebla,21,20\n"
    assert compared(have, tolerance=0.1).is_right
    assert not compared(have).is_right


def test_other_ways_of_writing_are_read_where_they_are_asked_for() -> None:
    text = "México;1,5\nPuebla;1.000\n"
    assert compared(
        text.encode("cp1252"), text.encode("cp1252"), encoding="latin-1", delimiter=";", header=False
    ).is_right
    commas = compared("a;b\n1;2,50\n", "a;b\n1;2,5\n", delimiter=";", decimal=",")
    assert commas.is_right


def test_the_wanted_data_are_never_among_the_fields() -> None:
    for have in ("entidad,cve,monto\nMéxico,09,1.6\n", WANT.replace("Puebla", "Oaxaca"), WANT.replace("20", "30")):
        told = str(dict(compared(have, key=["entidad"]).fields))
        assert "20" not in told
        assert have == WANT.replace("20", "30") or "Puebla" not in told


def test_lines_of_a_text_are_compared_one_by_one() -> None:
    want = "uno\ndos\n"
    assert compared("uno \r\ndos", want, format="text").is_right
    assert compared("uno\n", want, format="text").code == "file.line_count"
    fields = compared("uno\ntres\n", want, format="text").fields
    assert dict(fields) == {"name": "salida.csv", "line": 2, "seen": "tres"}


def test_a_wrong_answer_is_known_by_its_data_or_by_its_fault() -> None:
    check = a_check("file", path="salida.csv")
    assert is_same(check, a_file(WANT), a_file("\ufeff" + WANT))
    assert not is_same(check, a_file(WANT), a_file(WANT.replace("20", "30")))
    assert is_same(check, a_file(WANT, "latin-1"), a_file(WANT, "latin-1"))
    assert not is_same(check, a_file(WANT, "latin-1"), a_file(WANT))
    assert not is_same(check, Absent(), Absent())


@pytest.fixture(scope="module")
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session() as opened:
        yield opened


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("tabla.to_csv('salida.csv', index=False)", "right"),
        ("tabla.to_csv('salida.csv', index=False, encoding='utf-8-sig')", "right"),
        ("tabla.to_csv('salida.csv')", "file.index_column"),
        ("tabla.to_csv('salida.csv', index=False, sep=';')", "file.delimiter"),
        ("tabla.to_csv('salida.csv', index=False, header=False)", "file.no_header"),
        ("tabla.to_csv('salida.csv', index=False, encoding='latin-1')", "file.bad_bytes"),
        ("import pathlib\npathlib.Path('salida.csv').mkdir()", "file.not_a_file"),
        ("import os\nos.mkfifo('salida.csv')", "file.not_a_file"),
        ("import os\nos.symlink('/dev/zero', 'salida.csv')", "file.not_a_file"),
        ("open('salida.csv', 'wb').write(b'x' * 5 * 2**20)", "file.too_large"),
        ("pass", "file.missing"),
    ],
)
def test_a_file_is_read_as_the_answer_left_it(session: Session, source: str, code: str) -> None:
    session.run(
        "import os, pathlib, shutil, pandas as pd\n"
        "old = pathlib.Path('salida.csv')\n"
        "shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)\n"
        "tabla = pd.DataFrame({'entidad': ['México', 'Puebla'], 'cve': ['09', '21'], 'monto': [1.5, 20]})\n"
    )
    session.run(source)
    check = a_check("file", path="salida.csv")
    assert judge(check, read_file(collect(a_scene(session), [check])[check.id]), a_file(WANT)).code == code


def test_a_file_earns_its_points_in_a_graded_notebook(mark: Callable[..., GradeReport]) -> None:
    lesson = a_lesson(
        an_exercise(
            a_check("file", path="salida.csv", key=["cve"]),
            solution="tabla.to_csv('salida.csv', index=False)",
            starter="",
        ),
        before="import pandas as pd\ntabla = pd.DataFrame({'entidad': ['México', 'Puebla'], 'cve': ['09', '21']})",
    )
    right = mark(lesson, "with open('salida.csv', 'w') as f:\n    f.write('cve,entidad\\n21,Puebla\\n09,México\\n')")
    assert (right.points, right.verdict) == (2.0, "passed")
    wrong = mark(lesson, "tabla.assign(cve=[9, 21]).to_csv('salida.csv', index=False)")
    assert (wrong.points, wrong.checks[0].code) == (0.0, "table.other_rows")
    assert "09" not in str(wrong.checks[0].fields)
