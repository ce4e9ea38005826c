"""Questions about more numbers than a database takes in one statement."""

from sqlalchemy import select
from support.practice import a_learner

from webapp.services.people.tables import PersonRow
from webapp.store import Sessions, in_parts
from webapp.store.parts import MOST_AT_ONCE


def test_each_of_very_many_numbers_is_asked_for_once(sessions: Sessions) -> None:
    people = sorted(a_learner(sessions) for _ in range(3))
    # More than PostgreSQL's 65 535 parameters; the people stand at the ends and in the middle.
    strangers = list(range(10**6, 10**6 + 7 * MOST_AT_ONCE))
    numbers = [people[0], *strangers[: len(strangers) // 2], people[1], *strangers[len(strangers) // 2 :], people[2]]
    with sessions.read() as session:
        found = [one for part in in_parts(select(PersonRow.id), PersonRow.id, numbers) for one in session.scalars(part)]
    assert sorted(found) == people


def test_no_numbers_ask_for_nothing_and_none_for_everything(sessions: Sessions) -> None:
    person = a_learner(sessions)
    assert list(in_parts(select(PersonRow.id), PersonRow.id, ())) == []
    with sessions.read() as session:
        (every,) = in_parts(select(PersonRow.id), PersonRow.id, None)
        assert session.scalars(every).all() == [person]
