"""A change is offered back to the original; its owner takes it, with credit, or says why not."""

import pytest
from support.forks import SOLUTION, STARTER, Pair, a_fork, write_file
from support.webclient import School

from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts import suggestions, upstream
from webapp.services.manuscripts.records import Saved
from webapp.services.manuscripts.suggestions import Suggestion
from webapp.services.manuscripts.upstream import Choices
from webapp.services.people.records import Person

RECEIVED, SENT = "/taller/{target}/sugerencias", "/taller/2/sugerencias"


@pytest.fixture
def luis(workshop: School) -> Person:
    return workshop.person("trainer", name="Luis Ortega")


@pytest.fixture
def pair(workshop: School, teresa: Person, luis: Person) -> Pair:
    return a_fork(workshop, teresa, luis)


def suggest(school: School, pair: Pair, actor: Person, words: str = "Se entiende mejor así.") -> Suggestion:
    with school.aula.sessions.write() as session:
        return suggestions.suggest(
            session, pair.fork.id, actor_id=int(actor.id), words=words, path=RECEIVED, now=school.clock()
        )


def accept(school: School, one: Suggestion, actor: Person, number: int, choices: Choices | None = None) -> Saved | None:
    with school.aula.sessions.write() as session:
        return suggestions.accept(
            session, one, actor_id=int(actor.id), number=number, choices=choices or {}, answer="Gracias.", path=SENT,
            now=school.clock(),
        )  # fmt: skip


def state_of(school: School, one: Suggestion) -> Suggestion:
    with school.aula.sessions.read() as session:
        return suggestions.get_suggestion(session, one.id)


def test_an_accepted_suggestion_is_a_version_that_names_who_made_it(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    write_file(workshop, pair.original, teresa, SOLUTION, "# suyo\n")
    saved = accept(workshop, suggest(workshop, pair, luis), teresa, number=2)
    assert saved is not None
    assert (saved.number, saved.files[STARTER], saved.files[SOLUTION]) == (3, b"# mejor\n", b"# suyo\n")
    assert b"id: agrupar" in saved.files["lesson.yaml"]
    with workshop.aula.sessions.read() as session:
        what = manuscripts.list_versions(session, pair.original.id)[0].what
        assert suggestions.list_credits(session, pair.original.id) == (luis.id,)
    assert (what["do"], what["by"]) == ("suggestion", luis.id)


def test_owner_and_suggester_get_mail(workshop: School, pair: Pair, teresa: Person, luis: Person) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    one = suggest(workshop, pair, luis)
    workshop.carry_out_jobs()
    accept(workshop, one, teresa, number=1)
    workshop.carry_out_jobs()
    first, second = workshop.mails()
    assert (first["To"], second["To"]) == (teresa.email, luis.email)
    assert f"/taller/{pair.original.id}/sugerencias" in first.get_content()
    assert SENT in second.get_content()


def test_a_declined_suggestion_keeps_its_reason_and_changes_nothing(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    one = suggest(workshop, pair, luis)
    with workshop.aula.sessions.write() as session:
        with pytest.raises(suggestions.BadWords):
            suggestions.decline(session, one, actor_id=int(teresa.id), answer=" ", path=SENT, now=workshop.clock())
        suggestions.decline(
            session, one, actor_id=int(teresa.id), answer="Ya lo dice arriba.", path=SENT, now=workshop.clock()
        )
    found = state_of(workshop, one)
    assert (found.state, found.answer, found.answered_by) == ("declined", "Ya lo dice arriba.", teresa.id)
    with workshop.aula.sessions.read() as session:
        assert manuscripts.get_manuscript(session, pair.original.id).head == 1
        assert suggestions.count_open(session, [pair.original.id]) == {}


def test_it_is_answered_once(workshop: School, pair: Pair, teresa: Person, luis: Person) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    one = suggest(workshop, pair, luis)
    accept(workshop, one, teresa, number=1)
    with pytest.raises(suggestions.SuggestionClosed), workshop.aula.sessions.write() as session:
        suggestions.withdraw(session, one, actor_id=int(luis.id), now=workshop.clock())
    with pytest.raises(suggestions.SuggestionClosed):
        accept(workshop, one, teresa, number=2)
    assert state_of(workshop, one).state == "accepted"


def test_a_conflict_with_the_owners_own_change_is_decided_by_the_owner(
    workshop: School, pair: Pair, teresa: Person, luis: Person
) -> None:
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    write_file(workshop, pair.original, teresa, STARTER, "# suyo\n")
    one = suggest(workshop, pair, luis)
    with pytest.raises(upstream.Undecided) as refused:
        accept(workshop, one, teresa, number=2)
    assert state_of(workshop, one).state == "open"
    (conflict,) = refused.value.merge.parts
    saved = accept(workshop, one, teresa, number=2, choices={conflict.key: "theirs"})
    assert saved is not None
    assert saved.files[STARTER] == b"# mejor\n"


def test_what_cannot_be_suggested_is_refused(workshop: School, pair: Pair, luis: Person, teresa: Person) -> None:
    with pytest.raises(suggestions.NothingToSuggest):
        suggest(workshop, pair, luis)
    with pytest.raises(suggestions.NoOriginal):
        suggest(workshop, Pair(pair.fork, pair.original), teresa)
    write_file(workshop, pair.fork, luis, STARTER, "# mejor\n")
    with pytest.raises(suggestions.BadWords):
        suggest(workshop, pair, luis, words="  ")
    suggest(workshop, pair, luis)
    with pytest.raises(suggestions.AlreadySuggested):
        suggest(workshop, pair, luis)
    with workshop.aula.sessions.read() as session:
        assert suggestions.count_open(session, [pair.original.id]) == {pair.original.id: 1}
