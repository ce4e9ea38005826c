"""The package `aula` that every notebook has: data sets with the types they declare, and charts that read well."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.manager import KernelManager
from support.bait import kernel_of

from notebooks import ForkServer, Session

PROBE = "def look(user_ns, arguments):\n    return eval(arguments['what'], user_ns)\n"


@pytest.fixture(scope="module", params=["es", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def lesson(fork_server: ForkServer, language: str) -> Iterator[Session]:
    """A session that has two data sets and has imported aula."""
    with fork_server.open_session(datasets=("mx-entidades", "mx-salarios"), language=language) as one:
        assert one.run("import aula, json\nimport pandas as pd").error is None
        yield one


def look(session: Session, what: str) -> Any:
    return session.ask(PROBE, "look", {"what": what})


def said(session: Session, source: str) -> str:
    """The message of the exception that a cell ends with."""
    error = session.run(source).error
    assert error is not None
    return error.value


def test_a_table_has_the_types_that_its_data_set_declares(lesson: Session) -> None:
    assert lesson.run("tabla = aula.datos('mx-entidades')\nficha = aula.ruta('mx-entidades')").error is None
    types = look(lesson, "{name: str(kind) for name, kind in tabla.dtypes.items()}")
    assert types["poblacion_2020"] == "int64"
    assert types["lon"] == "float64"
    assert look(lesson, "tabla['cve_ent'].iloc[0]") == "01"


def test_both_languages_open_the_same_table(lesson: Session) -> None:
    assert look(lesson, "bool(aula.data('mx-entidades').equals(aula.datos('mx-entidades')))") is True
    assert look(lesson, "aula.path('mx-entidades') == aula.ruta('mx-entidades')") is True


def test_a_path_leads_to_the_file(lesson: Session) -> None:
    assert look(lesson, "len(pd.read_csv(aula.ruta('mx-entidades')))") == 32


def test_a_misspelt_name_is_told_with_the_likely_one(lesson: Session, language: str) -> None:
    message = said(lesson, "aula.datos('mx-entidade')")
    assert "mx-entidades" in message
    assert ("¿Quisiste decir" if language == "es" else "Did you mean") in message


def test_a_name_that_nothing_resembles_is_told_with_all_there_are(lesson: Session) -> None:
    message = said(lesson, "aula.datos('zzz')")
    assert "mx-entidades, mx-salarios" in message


@pytest.mark.parametrize("name", ["3", "mx", "['mx-entidades']"])
def test_a_name_without_quotes_is_told_so(lesson: Session, name: str) -> None:
    message = said(lesson, f"mx = 1\naula.datos({name})")
    assert "aula.dat" in message


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc", "mx-entidades/../mx-salarios", ""])
def test_a_name_is_a_name_and_no_path(lesson: Session, name: str) -> None:
    assert "mx-entidades" in said(lesson, f"aula.datos({name!r})")


def test_a_lesson_without_data_says_so(fork_server: ForkServer) -> None:
    with fork_server.open_session(datasets=()) as session:
        assert "aquí no hay ninguno" in said(session, "import aula\naula.datos('mx-entidades')")


def test_bars_are_drawn_with_their_amounts_from_zero(lesson: Session) -> None:
    reply = lesson.run("aula.barras(pd.Series([3, 1], index=['a', 'b']), titulo='Dos')")
    assert reply.error is None
    assert "image/png" in reply.displays[0]
    axes = "__import__('matplotlib.pyplot').pyplot.gcf().axes[0]"
    assert look(lesson, f"sorted(float(one.get_width()) for one in {axes}.patches)") == [1.0, 3.0]
    assert look(lesson, f"float({axes}.get_xlim()[0])") == 0.0


@pytest.mark.parametrize("what", ["3", "[1, 2]", "pd.DataFrame({'a': [1]})", "pd.Series([], dtype=float)"])
def test_what_cannot_be_bars_is_told(lesson: Session, what: str) -> None:
    assert said(lesson, f"aula.barras({what})")


@pytest.fixture(scope="module")
def kernel(fork_server: ForkServer) -> Iterator[KernelManager]:
    with kernel_of(fork_server) as one:
        yield one


def table_of(kernel: KernelManager, source: str) -> dict[str, Any]:
    """The table that a kernel shows as data beside pandas's own HTML."""
    shown: list[dict[str, Any]] = []
    client = kernel.client()
    client.start_channels()
    try:
        client.execute_interactive(
            source, timeout=60, output_hook=lambda one: shown.append(one["content"].get("data", {}))
        )
    finally:
        client.stop_channels()
    return next(one["application/vnd.aula.table+json"] for one in shown if "application/vnd.aula.table+json" in one)


def test_a_table_is_shown_as_data_with_its_types_and_its_name(kernel: KernelManager) -> None:
    source = (
        "import pandas as pd\nt = pd.DataFrame({'n': [1, 2], 's': ['x', None]}, index=pd.Index([5, 6], name='i'))\nt"
    )
    table = table_of(kernel, source)
    assert (table["name"], table["shape"]) == ("t", [2, 2])
    assert table["index"] == [{"name": "i", "type": "integer"}]
    assert table["columns"] == [{"name": "n", "type": "integer"}, {"name": "s", "type": "text"}]
    assert table["rows"] == [[5, 1, "x"], [6, 2, None]]


def test_a_long_table_is_shown_in_part_with_its_whole_shape(kernel: KernelManager) -> None:
    table = table_of(kernel, "pd.DataFrame({'n': range(10_000)})")
    assert (table["shape"], len(table["rows"])) == ([10_000, 1], 200)


def test_a_table_of_strange_values_is_plain_json(kernel: KernelManager) -> None:
    source = (
        "import numpy as np\n"
        "class M:\n    def __str__(self): return 'engaño'\n"
        "pd.DataFrame({'a': [np.inf, np.nan], 'b': [M(), 2**70], 'c': pd.to_datetime(['2024-01-02', None])})"
    )
    rows = table_of(kernel, source)["rows"]
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert rows[0][1:] == ["inf", "<M>", "2024-01-02 00:00:00"]
    assert rows[1][1:] == [None, str(2**70), None]
