"""Writing a lesson in the site: every save is a version, and nobody writes over anybody."""

from collections.abc import Mapping
from typing import Any

import pytest
from support.manuscripts import COURSE, LESSON, a_manuscript, shipped_files, written
from support.webclient import School

from courses import Refused, find_title
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Saved
from webapp.services.people.records import Person

STARTER = "exercises/cinco-ramos/starter.py"


def save(school: School, number: int, actor: Person, base: int, change: Mapping[str, Any]) -> Saved:
    with school.aula.sessions.write() as session:
        return manuscripts.save(
            session, number, catalogue=school.aula.catalogue, actor_id=int(actor.id), base=base, change=change,
            now=school.clock(),
        )  # fmt: skip


def test_a_manuscript_begins_with_all_files_of_its_lesson(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    with workshop.aula.sessions.read() as session:
        assert manuscripts.read_files(session, made.id) == dict(shipped_files())
        assert manuscripts.list_manuscripts(session, person_id=int(teresa.id)) == (made,)
    assert (made.head, made.course_id, made.title.en) == (1, COURSE, "Group and compare")


def test_a_lesson_of_another_id_says_so_in_its_sheet(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa, lesson_id="mi-leccion")
    with workshop.aula.sessions.read() as session:
        lesson, problems = manuscripts.read_lesson(session, workshop.aula.catalogue, made.id)
    assert problems == ()
    assert lesson is not None
    assert lesson.id == "mi-leccion"


def test_two_lessons_of_one_id_are_refused(workshop: School, teresa: Person) -> None:
    a_manuscript(workshop, teresa)
    with pytest.raises(manuscripts.IdTaken):
        a_manuscript(workshop, teresa)


def test_a_course_of_a_shipped_ones_id_is_refused(workshop: School, teresa: Person) -> None:
    with pytest.raises(manuscripts.IdTaken):
        a_manuscript(workshop, teresa, course_id="analisis-con-pandas")


def test_nobody_writes_into_anothers_course(workshop: School, teresa: Person) -> None:
    a_manuscript(workshop, teresa)
    other = workshop.person("trainer")
    with pytest.raises(manuscripts.WrittenElsewhere):
        a_manuscript(workshop, other, lesson_id="otra")


def test_every_save_is_a_version_and_an_old_one_comes_back(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    first = save(workshop, made.id, teresa, 1, written(STARTER, "uno = 1\n"))
    second = save(workshop, made.id, teresa, 2, written(STARTER, "dos = 2\n"))
    assert (first.number, second.number) == (2, 3)
    with workshop.aula.sessions.write() as session:
        back = manuscripts.restore(
            session, made.id, actor_id=int(teresa.id), base=3, number=2, now=workshop.clock()
        )  # fmt: skip
        assert back.files[STARTER] == b"uno = 1\n"
        history = manuscripts.list_versions(session, made.id)
    assert [one.number for one in history] == [4, 3, 2, 1]
    assert history[0].what == {"do": "restore", "number": 2}


def test_a_save_that_changes_nothing_is_no_version(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    text = shipped_files()[STARTER].decode()
    assert save(workshop, made.id, teresa, 1, written(STARTER, text)).number == 1


def test_two_who_write_in_different_parts_keep_both(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    save(workshop, made.id, teresa, 1, written(STARTER, "uno = 1\n"))
    change = {"do": "sheet.set", "path": ["title", "es"], "value": "Agrupar en mi municipio"}
    later = save(workshop, made.id, workshop.person("trainer"), 1, change)
    assert (later.number, later.was_merged) == (3, True)
    assert later.files[STARTER] == b"uno = 1\n"
    title = find_title(later.files)
    assert title is not None
    assert title.es == "Agrupar en mi municipio"


def test_two_who_write_the_same_part_never_overwrite_each_other(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    save(workshop, made.id, teresa, 1, written(STARTER, "uno = 1\n"))
    with pytest.raises(manuscripts.Overtaken) as refused:
        save(workshop, made.id, workshop.person("trainer"), 1, written(STARTER, "dos = 2\n"))
    assert refused.value.number == 2
    (part,) = refused.value.parts
    assert (part.ours, part.theirs) == ("dos = 2\n", "uno = 1\n")
    with workshop.aula.sessions.read() as session:
        assert manuscripts.read_files(session, made.id)[STARTER] == b"uno = 1\n"


@pytest.mark.parametrize("name", ["../fuera.py", "/etc/passwd", "exercises/../../x", "a\0b", "CON", ""])
def test_a_name_that_leads_elsewhere_is_refused_and_the_draft_stays(
    workshop: School, teresa: Person, name: str
) -> None:
    made = a_manuscript(workshop, teresa)
    with pytest.raises(Refused):
        save(workshop, made.id, teresa, 1, written(name, "x"))
    with workshop.aula.sessions.read() as session:
        assert manuscripts.get_manuscript(session, made.id).head == 1


def test_a_sheet_that_cannot_be_read_is_refused_with_its_line(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    with pytest.raises(Refused) as refused:
        save(workshop, made.id, teresa, 1, written("lesson.yaml", "id: agrupar\ntitle: [no\n"))
    assert refused.value.line is not None
    with workshop.aula.sessions.read() as session:
        assert manuscripts.get_manuscript(session, made.id).head == 1


def test_a_broken_lesson_that_is_brought_in_is_kept_for_its_author_to_mend(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    with workshop.aula.sessions.write() as session:
        files = {**shipped_files(), "lesson.yaml": b"id: [no\n"}
        saved = manuscripts.save_files(
            session, made.id, actor_id=int(teresa.id), base=1, files=files, what={"do": "import"}, now=workshop.clock()
        )
        lesson, problems = manuscripts.read_lesson(session, workshop.aula.catalogue, made.id)
        kept = manuscripts.get_manuscript(session, made.id)
    assert saved.number == 2
    assert lesson is None
    assert problems[0].line is not None
    assert kept.title == made.title


def test_the_owner_stays_an_author(workshop: School, teresa: Person) -> None:
    made = a_manuscript(workshop, teresa)
    luis = workshop.person("trainer")
    with workshop.aula.sessions.write() as session:
        now, actor = workshop.clock(), int(teresa.id)
        manuscripts.add_author(session, made.id, actor_id=actor, person_id=int(luis.id), now=now)
        assert manuscripts.get_manuscript(session, made.id).author_ids == (teresa.id, luis.id)
        manuscripts.remove_author(session, made.id, actor_id=actor, person_id=int(luis.id), now=now)
        with pytest.raises(manuscripts.LastAuthor):
            manuscripts.remove_author(session, made.id, actor_id=actor, person_id=actor, now=now)
        assert manuscripts.get_manuscript(session, made.id).author_ids == (teresa.id,)


def test_a_lesson_of_the_same_title_elsewhere_shares_its_bytes(workshop: School, teresa: Person) -> None:
    """A fork costs the rows of its versions, not its pictures again."""
    made = a_manuscript(workshop, teresa)
    other = a_manuscript(workshop, teresa, course_id="otro-curso", lesson_id=LESSON)
    with workshop.aula.sessions.read() as session:
        assert manuscripts.read_files(session, made.id) == manuscripts.read_files(session, other.id)
        count = session.connection().exec_driver_sql("select count(*) from lesson_blobs").scalar()
    assert count == len({*shipped_files().values()})
