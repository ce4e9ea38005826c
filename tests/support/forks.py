"""Forks for tests: a lesson that one trainer shows, and another's own version of it."""

from dataclasses import dataclass

from support.manuscripts import a_manuscript, written
from support.webclient import School

from courses import version_of_files
from webapp.services.catalogue import editions
from webapp.services.catalogue.records import Origin
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person

STARTER, SOLUTION = "exercises/cinco-ramos/starter.py", "exercises/cinco-ramos/solution.py"


@dataclass(frozen=True)
class Pair:
    original: Manuscript
    fork: Manuscript


def a_fork(school: School, owner: Person, forker: Person) -> Pair:
    """The owner's lesson, which is shown, and the forker's version of it, both with the same files."""
    original = a_manuscript(school, owner)
    with school.aula.sessions.write() as session:
        manuscripts.share(session, original.id, actor_id=int(owner.id), is_shared=True, now=school.clock())
        files = manuscripts.read_files(session, original.id)
        origin = Origin(
            original.course_id, original.lesson_id, version_of_files(files), original.title, (owner.name,),
            original.id, original.head,
        )  # fmt: skip
        editions.keep_edition(
            session, course_id=origin.course_id, lesson_id=origin.lesson_id, version=origin.version, files=files,
            authors=origin.authors, now=school.clock(),
        )  # fmt: skip
        fork = manuscripts.start(
            session, school.aula.catalogue, actor=forker, course_id="otro-curso", lesson_id="mia", files=files,
            what={"do": "fork", "course": origin.course_id, "lesson": origin.lesson_id}, now=school.clock(),
            origin=origin,
        )  # fmt: skip
        return Pair(manuscripts.get_manuscript(session, original.id), fork)


def write_file(school: School, manuscript: Manuscript, actor: Person, name: str, text: str) -> int:
    """Another text in a file of a lesson; the number of the version that this makes."""
    with school.aula.sessions.write() as session:
        head = manuscripts.get_manuscript(session, manuscript.id).head
        saved = manuscripts.save(
            session, manuscript.id, catalogue=school.aula.catalogue, actor_id=int(actor.id), base=head,
            change=written(name, text), now=school.clock(),
        )  # fmt: skip
        return saved.number
