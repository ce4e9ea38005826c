"""The check `sql`: queries on copies of the data, in a session without the learner's code."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.lessons import a_check, a_lesson, an_exercise
from support.scenes import a_scene

import courses
from graders import GradeReport
from graders.checks.sql import Failed, Query, is_same, judge, read
from graders.collect import collect
from graders.errors import EvidenceRefused
from graders.evidence import Absent, Column, Table, Unreadable
from graders.view import probe_source
from notebooks import ForkServer, Session

TABLES = {"entidades": {"dataset": "mx-entidades", "resource": "mx-entidades"}, "mun": {"dataset": "mx-municipios"}}
DATASETS = ("mx-entidades", "mx-municipios")
CHECK = a_check("sql", name="consulta", tables=TABLES)
RIGHT = "SELECT cve_ent, COUNT(*) AS cuantos FROM mun GROUP BY cve_ent ORDER BY cuantos DESC"


@pytest.fixture(scope="module")
def session(fork_server: ForkServer) -> Iterator[Session]:
    with fork_server.open_session(datasets=DATASETS) as opened:
        yield opened


class Ground:
    """Where queries are held by a name and looked at."""

    def __init__(self, session: Session, server: ForkServer) -> None:
        self._session, self._server = session, server

    def seen(self, source: str, **params: Any) -> Query:
        self._session.run(f"consulta = None\n{source}")
        check = a_check("sql", name="consulta", tables=TABLES, **params)
        scene = a_scene(self._session, server=self._server, datasets=DATASETS)
        return read(collect(scene, [check])[check.id])

    def query(self, text: str, **params: Any) -> Query:
        return self.seen(f"consulta = {text!r}", **params)


@pytest.fixture(scope="module")
def ground(session: Session, fork_server: ForkServer) -> Ground:
    return Ground(session, fork_server)


@pytest.fixture(scope="module")
def solution(ground: Ground) -> Query:
    return ground.query(RIGHT)


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        RIGHT + ";",
        "-- por entidad\n/* y ya */ select cve_ent, count(1) from mun group by 1",
        "WITH t AS (SELECT * FROM mun) SELECT cve_ent, SUM(1.0) AS n FROM t GROUP BY cve_ent",
        "SELECT DISTINCT cve_ent, COUNT(*) OVER (PARTITION BY cve_ent) FROM mun",
    ],
)
def test_a_query_that_gives_the_same_rows_passes_however_it_is_written(
    ground: Ground, solution: Query, text: str
) -> None:
    assert judge(CHECK, ground.query(text), solution).is_right


def test_a_function_may_give_the_query(ground: Ground, solution: Query) -> None:
    assert judge(CHECK, ground.seen(f"def consulta():\n    return {RIGHT!r}"), solution).is_right


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("del consulta", "sql.missing_name"),
        ("consulta = ...", "sql.placeholder"),
        ("consulta = 3", "sql.not_text"),
        ("import pandas as pd\nconsulta = pd.DataFrame({'a': [1]})", "sql.not_text"),
        ("def consulta():\n    return 3", "sql.not_text"),
        ("consulta = '  '", "sql.empty"),
        ("consulta = '-- nada'", "sql.not_select"),
        ("consulta = 'DROP TABLE mun'", "sql.not_select"),
        ("consulta = 'EXPLAIN SELECT 1'", "sql.not_select"),
        (f"consulta = {RIGHT!r} + '; SELECT 1'", "sql.several"),
        ("consulta = 'SELECT cve_ent FROM nada'", "sql.error"),
        ("consulta = 'SELECT cve_ent, FROM mun'", "sql.error"),
        ("consulta = 'SELECT ?'", "sql.error"),
        ("consulta = 'SELECT cve_ent FROM mun'", "sql.columns"),
        ("consulta = \"SELECT cve_ent, COUNT(*) FROM mun WHERE cve_ent > '05' GROUP BY 1\"", "sql.rows"),
        ("consulta = 'SELECT cve_ent, COUNT(*) + 1 FROM mun GROUP BY 1'", "sql.values"),
        ("consulta = 'SELECT CAST(cve_ent AS BLOB), COUNT(*) FROM mun GROUP BY 1'", "sql.odd_values"),
        ("consulta = \"SELECT '01', 11\"", "sql.literal"),
    ],
)
def test_what_is_wrong_has_a_name(ground: Ground, solution: Query, source: str, code: str) -> None:
    finding = judge(CHECK, ground.seen(source), solution)
    assert (finding.is_right, finding.code) == (False, code)
    assert finding.fields["name"] == "consulta"


HOSTILE = {
    "writes through WITH": "WITH t AS (SELECT 1) INSERT INTO mun(cve_ent) SELECT 1 FROM t",
    "deletes through WITH": "WITH t AS (SELECT 1) DELETE FROM mun",
    "loads an extension": "SELECT load_extension('/lib/x86_64-linux-gnu/libc.so.6')",
    "draws lots": "SELECT cve_ent, random() FROM mun",
    "asks for the time": "SELECT cve_ent, CURRENT_TIMESTAMP FROM mun",
    "never ends": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT COUNT(*), 1 FROM t",
    "multiplies": "SELECT COUNT(*), 1 FROM mun a, mun b, mun c",
    "gives rows without end": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n, n FROM t",
    "makes an endless text": "SELECT hex(zeroblob(900000000)), 1",
    "nests without end": "SELECT " + "(" * 3000 + "1" + ")" * 3000,
    "reads settings": "SELECT * FROM pragma_database_list",
    "changes settings": "SELECT * FROM mun; PRAGMA writable_schema = 1",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_earns_nothing_and_is_told_what_it_did(ground: Ground, solution: Query, name: str) -> None:
    finding = judge(CHECK, ground.query(HOSTILE[name]), solution)
    assert not finding.is_right
    assert finding.code in ("sql.forbidden", "sql.several", "sql.too_slow", "sql.too_large", "sql.error")


def test_after_a_hostile_query_the_next_finds_all_as_it_was(ground: Ground, solution: Query) -> None:
    ground.query(HOSTILE["never ends"])
    assert ground.query(RIGHT) == solution


def test_a_copy_has_other_rows_than_the_data_and_always_the_same(ground: Ground) -> None:
    text = "SELECT COUNT(*), MIN(cvegeo) FROM mun"
    counts = [one.columns[0].values for one in ground.query(text).results if isinstance(one, Table)]
    assert counts == [(1983,), (1239,), (248,)]
    assert ground.query(text) == ground.query(text)
    assert ground.query(text) != ground.query(text, seed=2)


def test_names_of_columns_matter_where_they_are_asked_for(ground: Ground, solution: Query) -> None:
    check = a_check("sql", name="consulta", tables=TABLES, columns=["cuantos", "cve_ent"])
    other_names = ground.query("SELECT cve_ent, COUNT(*) AS n FROM mun GROUP BY 1")
    assert judge(check, other_names, solution).code == "sql.missing_columns"
    other_order = ground.query("SELECT COUNT(*) AS CUANTOS, 1 AS más, cve_ent FROM mun GROUP BY cve_ent")
    assert judge(check, other_order, solution).is_right


def test_order_matters_where_it_is_asked_for_and_ties_are_free(ground: Ground, solution: Query) -> None:
    check = a_check("sql", name="consulta", tables=TABLES, order_by=["cuantos"])
    ties = ground.query("SELECT cve_ent, COUNT(*) FROM mun GROUP BY 1 ORDER BY 2 DESC, cve_ent DESC")
    upwards = ground.query("SELECT cve_ent, COUNT(*) FROM mun GROUP BY 1 ORDER BY 2")
    assert judge(check, ties, solution).is_right
    assert judge(check, upwards, solution).code == "sql.order"
    assert judge(CHECK, upwards, solution).is_right


def test_a_solution_that_does_not_depend_on_the_data_is_refused(ground: Ground) -> None:
    same = ground.query("SELECT 42 AS n")
    assert judge(CHECK, same, same).code == "sql.same_everywhere"


def test_no_value_of_the_copies_is_told(ground: Ground, solution: Query) -> None:
    finding = judge(CHECK, ground.query("SELECT cve_ent, COUNT(*) * 3 FROM mun GROUP BY 1"), solution)
    assert set(finding.fields) <= {"name", "column", "count", "have", "wanted"}


def a_result(*values: Any) -> Table:
    return Table((Column("n", "integer", values),), (), len(values), 1, False)


def test_a_wrong_answer_is_known_by_its_results_or_by_how_it_failed() -> None:
    one = Query("SELECT 1", (a_result(1), a_result(2)))
    assert is_same(CHECK, one, Query("SELECT 2", (a_result(1.0), a_result(2))))
    assert not is_same(CHECK, one, Query("SELECT 1", (a_result(1), a_result(3))))
    failed = Query("SELECT a", (Failed("error", "no such column: a"),))
    assert is_same(CHECK, failed, failed)
    assert not is_same(CHECK, failed, Query("SELECT b", (Failed("error", "no such column: b"),)))
    assert not is_same(CHECK, Query(Absent()), Query(Absent()))


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"held": {"holds": "SELECT 1"}, "ran": {"refused": True}},
        {"held": {"holds": "SELECT 1"}, "ran": {"results": [1]}},
        {"held": {"holds": "SELECT 1"}, "ran": {"results": [{"failed": "passed", "text": ""}]}},
        {"held": {"holds": "SELECT 1"}, "passed": True},
    ],
)
def test_what_is_no_evidence_is_refused(raw: Any) -> None:
    with pytest.raises(EvidenceRefused):
        read(raw)


def test_a_query_that_took_too_long_could_not_be_looked_at() -> None:
    late = read({"held": {"holds": "SELECT 1"}, "ran": {"too_slow": True}})
    assert judge(CHECK, late, late).is_error


def test_a_value_that_only_pretends_to_be_a_text_is_none() -> None:
    assert judge(CHECK, Query(Unreadable("other", "Text")), Query("SELECT 1")).code == "sql.not_text"


GRADED = a_lesson(
    an_exercise(a_check("sql", name="consulta", tables=TABLES), solution=f"consulta = {RIGHT!r}", starter=""),
    datasets=DATASETS,
)
COPIED = """
import aula
cuentas = aula.datos('mx-municipios').groupby('cve_ent').size()
consulta = ' UNION ALL '.join(f"SELECT '{clave}', {cuenta}" for clave, cuenta in cuentas.items())
"""
PATCHED = """
import sqlite3, pandas
sqlite3.connect = lambda *a, **k: None
pandas.DataFrame.to_sql = lambda *a, **k: 1 / 0
consulta = 'SELECT 1, 2'
"""
LYING = """
class Text(str):
    def __str__(self): return 'SELECT 1'
    def __eq__(self, other): return True
    def __hash__(self): return 0
consulta = Text('SELECT 1, 2')
"""


@pytest.mark.parametrize("source", [COPIED, PATCHED, LYING], ids=["copied", "patched", "lying"])
def test_a_cheat_earns_nothing(mark: Callable[..., GradeReport], source: str) -> None:
    report = mark(GRADED, source)
    assert (report.points, report.verdict) == (0.0, "failed"), report.checks


def test_a_right_query_earns_its_points_whatever_became_of_the_session(mark: Callable[..., GradeReport]) -> None:
    report = mark(GRADED, PATCHED + f"consulta = {RIGHT!r}")
    assert (report.points, report.verdict) == (2.0, "passed")


DATA = Path(courses.__file__).parent / "content" / "datasets"


def test_every_table_that_we_ship_can_be_queried(fork_server: ForkServer) -> None:
    packages = {path.parent.name: json.loads(path.read_text("utf-8")) for path in DATA.glob("*/datapackage.json")}
    files = [
        {"dataset": name, "resource": resource["name"]}
        for name, package in sorted(packages.items())
        for resource in package["resources"]
        if resource["path"].endswith(".csv")
    ]
    tables = {f"t{at}": file for at, file in enumerate(files)}
    asked = " UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM {name}" for name in tables)
    with fork_server.open_session(datasets=tuple(packages)) as clean:
        arguments = {"query": asked, "tables": tables, "seed": 1}
        results = clean.ask(probe_source("queries"), "run", arguments, timeout_s=60.0)["results"]
    assert [len(one["columns"][0]["v"]) for one in results] == [len(files)] * 3
    assert all(count > 0 for one in results for count in one["columns"][1]["v"])
