"""What a learner writes is never lost and never overwritten unseen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.jobs import NOON
from support.practice import LESSON, a_learner

from webapp.services.practice import service as practice
from webapp.services.practice.records import Draft
from webapp.services.practice.refusals import StaleDraft
from webapp.store import Sessions


def save(sessions: Sessions, actor: int, source: str, base: int, cell: str = "primera") -> Draft:
    with sessions.write() as session:
        return practice.save_cell(
            session, actor=actor, lesson=LESSON, cell_id=cell, source=source, base_version=base, now=NOON
        )


def drafts(sessions: Sessions, actor: int) -> dict[str, tuple[int, str]]:
    with sessions.read() as session:
        found = practice.list_drafts(session, actor=actor, lesson=LESSON)
        return {cell: (draft.version, draft.source) for cell, draft in found.items()}


def test_each_save_is_a_version(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    assert save(sessions, ana, "x = 1", 0).version == 1
    assert save(sessions, ana, "x = 2 # ñ 🌵", 1) == Draft("primera", 2, "x = 2 # ñ 🌵", NOON)
    assert drafts(sessions, ana) == {"primera": (2, "x = 2 # ñ 🌵")}


def test_a_save_over_something_newer_is_refused_with_what_is_there(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    save(sessions, ana, "one", 0)
    save(sessions, ana, "two", 1)
    with pytest.raises(StaleDraft) as refusal:
        save(sessions, ana, "from another tab", 1)
    assert refusal.value.current == Draft("primera", 2, "two", NOON)
    assert drafts(sessions, ana) == {"primera": (2, "two")}


def test_saving_again_after_a_lost_answer_is_no_conflict(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    save(sessions, ana, "one", 0)
    assert save(sessions, ana, "one", 0).version == 1


def test_the_last_twenty_versions_are_kept_newest_first(sessions: Sessions) -> None:
    ana = a_learner(sessions)
    for number in range(25):
        save(sessions, ana, f"x = {number}", number)
    with sessions.read() as session:
        versions = practice.list_versions(session, actor=ana, lesson=LESSON, cell_id="primera")
    assert [one.version for one in versions] == list(range(25, 5, -1))
    assert versions[-1].source == "x = 5"


def test_learners_do_not_see_each_others_drafts(sessions: Sessions) -> None:
    ana, luis = a_learner(sessions), a_learner(sessions)
    save(sessions, ana, "mine", 0)
    assert drafts(sessions, luis) == {}
    assert save(sessions, luis, "his", 0).version == 1


def test_of_many_writers_at_once_none_is_overwritten_unseen(sessions: Sessions) -> None:
    """Everyone appends a line to what they read; each accepted line is in the end text exactly once."""
    ana = a_learner(sessions)
    save(sessions, ana, "start", 0)

    def write(number: int) -> str | None:
        version, source = drafts(sessions, ana)["primera"]
        try:
            save(sessions, ana, f"{source}\nline {number}", version)
        except StaleDraft:
            return None
        return f"line {number}"

    with ThreadPoolExecutor(8) as pool:
        accepted = [line for line in pool.map(write, range(60)) if line]
    version, source = drafts(sessions, ana)["primera"]
    assert version == len(accepted) + 1
    assert accepted
    assert sorted(source.splitlines()[1:]) == sorted(accepted)


def test_two_first_saves_at_once_make_one_draft(sessions: Sessions) -> None:
    ana = a_learner(sessions)

    def first(number: int) -> int | None:
        try:
            return save(sessions, ana, f"by {number}", 0).version
        except StaleDraft:
            return None

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(first, range(6)))
    assert outcomes.count(1) == 1
    assert drafts(sessions, ana)["primera"][0] == 1
