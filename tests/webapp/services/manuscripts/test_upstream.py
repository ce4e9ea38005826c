"""Whoever forked a lesson sees what its original changed, and takes it without losing words of their own."""

from dataclasses import replace

import pytest
from support.forks import SOLUTION, STARTER, Pair, a_fork, write_file
from support.webclient import School

from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import upstream
from webapp.services.manuscripts.records import Manuscript, Saved
from webapp.services.manuscripts.tables import ManuscriptRow
from webapp.services.manuscripts.upstream import Choices
from webapp.services.people.records import Person


@pytest.fixture
def luis(workshop: School) -> Person:
    return workshop.person("trainer", name="Luis Ortega")


@pytest.fixture
def pair(workshop: School, teresa: Person, luis: Person) -> Pair:
    return a_fork(workshop, teresa, luis)


def get(school: School, manuscript: Manuscript) -> Manuscript:
    with school.aula.sessions.read() as session:
        return manuscripts.get_manuscript(session, manuscript.id)


def has_news(school: School, manuscript: Manuscript) -> bool:
    with school.aula.sessions.read() as session:
        return upstream.has_news(session, school.aula.catalogue, get(school, manuscript))


def take(school: School, pair: Pair, actor: Person, choices: Choices) -> Saved:
    fork = get(school, pair.fork)
    assert fork.origin is not None
    with school.aula.sessions.write() as session:
        latest = upstream.find_latest(session, school.aula.catalogue, fork.origin)
        assert latest is not None
        theirs = upstream.find_files(session, latest)
        assert theirs is not None
        return upstream.take_over(
            session, fork.id, actor_id=int(actor.id), number=fork.head, latest=latest, theirs=theirs,
            choices=choices, now=school.clock(),
        )  # fmt: skip


def test_a_fork_has_news_only_once_its_original_changes(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mío\n")
    assert not has_news(workshop, pair.fork)
    write_file(workshop, pair.original, teresa, SOLUTION, "# suyo\n")
    assert has_news(workshop, pair.fork)
    assert not has_news(workshop, pair.original)


def test_both_sides_changes_are_in_the_merged_lesson_and_it_begins_from_there(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mío\n")
    write_file(workshop, pair.original, teresa, SOLUTION, "# suyo\n")
    saved = take(workshop, pair, luis, {})
    assert (saved.files[STARTER], saved.files[SOLUTION]) == (b"# m\xc3\xado\n", b"# suyo\n")
    assert b"id: mia" in saved.files["lesson.yaml"]
    assert not has_news(workshop, pair.fork)
    origin = get(workshop, pair.fork).origin
    assert origin is not None
    assert (origin.number, origin.authors) == (2, ("Teresa Rivas",))
    with workshop.aula.sessions.read() as session:
        assert manuscripts.list_versions(session, pair.fork.id)[0].what["do"] == "merge"


def test_a_conflict_is_decided_by_a_person_or_nothing_is_saved(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mío\n")
    write_file(workshop, pair.original, teresa, STARTER, "# suyo\n")
    with pytest.raises(upstream.Undecided) as refused:
        take(workshop, pair, luis, {})
    (conflict,) = refused.value.merge.parts
    assert get(workshop, pair.fork).head == 2
    assert take(workshop, pair, luis, {conflict.key: "theirs"}).files[STARTER] == b"# suyo\n"


def test_a_second_merge_begins_where_the_first_ended(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.original, teresa, STARTER, "# uno\n")
    take(workshop, pair, luis, {})
    write_file(workshop, pair.fork, luis, STARTER, "# mío\n")
    write_file(workshop, pair.original, teresa, SOLUTION, "# dos\n")
    saved = take(workshop, pair, luis, {})
    assert (saved.files[STARTER], saved.files[SOLUTION]) == (b"# m\xc3\xado\n", b"# dos\n")


@pytest.mark.parametrize(("seen", "published", "is_shared", "newest"), [
    (1, 3, True, 3),
    (1, None, True, 5),
    (4, 3, True, 5),
    (4, 3, False, 4),
    (1, None, False, None),
])  # fmt: skip
def test_what_is_taught_comes_before_drafts_and_nothing_goes_back(
    seen: int, published: int | None, is_shared: bool, newest: int | None
) -> None:
    row = ManuscriptRow(head=5, published_number=published, is_shared=is_shared)
    assert upstream.newest_number(row, seen) == newest


def test_an_original_that_is_shown_no_longer_leaves_the_fork_whole(
    workshop: School, pair: Pair, teresa: Person
) -> None:
    with workshop.aula.sessions.write() as session:
        manuscripts.share(session, pair.original.id, actor_id=int(teresa.id), is_shared=False, now=workshop.clock())
    fork = get(workshop, pair.fork)
    assert fork.origin is not None
    assert not has_news(workshop, fork)
    with workshop.aula.sessions.read() as session:
        assert upstream.find_latest(session, workshop.aula.catalogue, fork.origin) is None
        assert manuscripts.read_files(session, fork.id)
        assert upstream.find_files(session, fork.origin)


def test_without_the_version_that_it_began_with_nothing_is_merged(workshop: School, pair: Pair) -> None:
    origin = get(workshop, pair.fork).origin
    assert origin is not None
    with workshop.aula.sessions.write() as session:
        manuscripts.move_origin(session, pair.fork.id, replace(origin, version="nunca", number=None))
    with workshop.aula.sessions.read() as session, pytest.raises(upstream.NoBase):
        upstream.preview(session, pair.fork.id, theirs={}, choices={})
