"""Column types mean the same on both engines; pages of rows; reads that cannot write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from webapp.services.people.tables import InstitutionRow
from webapp.store import CompressedJson, CompressedText, Json, Sessions, UtcDateTime, add_once, take_page

THINGS = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("long", CompressedText),
    Column("facts", Json),
    Column("many", CompressedJson),
)
NOON = datetime(2026, 3, 2, 12, 0, 0, 123_456, tzinfo=UTC)
JSON_VALUES = [None, 0, -1.5, "", "año 🌵", [], {}, {"b": [1, None], "a": {"ñ": True}}, [[[["deep"]]]], "\ud800"]


@pytest.fixture
def store(sessions: Sessions) -> Iterator[Sessions]:
    THINGS.create(sessions.engine)
    yield sessions
    THINGS.drop(sessions.engine)


def back(store: Sessions, **values: Any) -> Any:
    """A value as it comes back from the table."""
    with store.write() as session:
        number = session.execute(insert(THINGS).values(**values).returning(THINGS.c.id)).scalar_one()
    with store.read() as session:
        return session.execute(select(THINGS.c[next(iter(values))]).where(THINGS.c.id == number)).scalar_one()


def test_a_moment_comes_back_the_same_in_utc(store: Sessions) -> None:
    assert back(store, at=NOON) == NOON
    there = NOON.astimezone(timezone(timedelta(hours=-6)))
    found = back(store, at=there)
    assert (found, found.utcoffset()) == (NOON, timedelta(0))


def test_a_moment_without_a_zone_is_refused(store: Sessions) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        back(store, at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize("value", [None, "", "x = 'año' # 🌵\r\n\t", "línea\n" * 50_000])
def test_long_text_comes_back_the_same(store: Sessions, value: str | None) -> None:
    assert back(store, long=value) == value


@pytest.mark.parametrize("column", ["facts", "many"])
@pytest.mark.parametrize("value", JSON_VALUES)
def test_json_comes_back_the_same(store: Sessions, column: str, value: Any) -> None:
    assert back(store, **{column: value}) == value


@pytest.mark.parametrize("column", ["facts", "many"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}, {1, 2}])
def test_what_is_no_json_is_refused(store: Sessions, column: str, value: Any) -> None:
    with pytest.raises((StatementError, TypeError)):
        back(store, **{column: value})


def test_a_reading_session_cannot_write(store: Sessions) -> None:
    with store.read() as session, pytest.raises(DBAPIError):
        session.execute(insert(THINGS).values(facts=1))


def test_what_is_raised_inside_a_write_undoes_it(store: Sessions) -> None:
    def fail() -> None:
        with store.write() as session:
            session.execute(insert(THINGS).values(facts=1))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with store.read() as session:
        assert session.execute(text("select count(*) from things")).scalar_one() == 0


def test_keys_that_lead_nowhere_are_refused(store: Sessions) -> None:
    """SQLite checks foreign keys only where it is told to."""
    with pytest.raises(DBAPIError), store.write() as session:
        session.execute(text("insert into cohort_members values (7, 7, '2026-03-02 12:00:00')"))


def an_institution(name: str) -> InstitutionRow:
    return InstitutionRow(name=name, branch="other", government_order="other")


def test_a_row_that_is_there_is_not_written_again_and_the_rest_of_the_transaction_stands(store: Sessions) -> None:
    with store.write() as session:
        assert add_once(session, an_institution("Salud"))
    with store.write() as session:
        session.add(an_institution("Agua"))
        assert not add_once(session, an_institution("Salud"))
    with store.read() as session:
        assert session.scalars(select(InstitutionRow.name).order_by(InstitutionRow.id)).all() == ["Salud", "Agua"]


@pytest.mark.parametrize(
    ("asked", "number", "rows"),
    [(1, 1, ["0", "1", "2"]), (2, 2, ["3", "4", "5"]), (3, 3, ["6"]), (0, 1, ["0", "1", "2"]), (99, 3, ["6"])],
)
def test_a_page_past_the_end_is_the_last_one(store: Sessions, asked: int, number: int, rows: list[str]) -> None:
    with store.write() as session:
        session.add_all([an_institution(str(one)) for one in range(7)])
    with store.read() as session:
        query = select(InstitutionRow).order_by(InstitutionRow.name)
        page = take_page(session, query, lambda row: row.name, number=asked, size=3)
    assert (page.number, list(page.rows), page.total, page.count) == (number, rows, 7, 3)


def test_an_empty_list_has_one_empty_page(store: Sessions) -> None:
    with store.read() as session:
        page = take_page(session, select(InstitutionRow), lambda row: row.name, number=5)
    assert (page.number, page.rows, page.total, page.count) == (1, (), 0, 1)
