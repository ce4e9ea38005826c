"""Lessons in preparation for tests: the files of a shipped lesson, and a manuscript of somebody's made of them."""

from collections.abc import Mapping
from pathlib import Path

from support.webclient import School

from courses import SHIPPED, Complaints, read_folder
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person

COURSE, LESSON = "mi-curso", "agrupar"
FROM = Path("analisis-con-pandas", "agrupar")


def shipped_files(place: Path = FROM) -> Mapping[str, bytes]:
    """The files of a shipped lesson by name."""
    return read_folder(SHIPPED / place, Complaints()).contents


def a_manuscript(
    school: School,
    author: Person,
    *,
    course_id: str = COURSE,
    lesson_id: str = LESSON,
    files: Mapping[str, bytes] | None = None,
) -> Manuscript:
    """A lesson in preparation of this author; of the shipped lesson `agrupar` unless other files are given."""
    with school.aula.sessions.write() as session:
        return manuscripts.start(
            session, school.aula.catalogue, actor=author, course_id=course_id, lesson_id=lesson_id,
            files=files if files is not None else shipped_files(), what={"do": "start"}, now=school.clock(),
        )  # fmt: skip


def offer(school: School, author: Person, files: Mapping[str, bytes], course_id: str = COURSE) -> None:
    """Teach these files from now on, as publishing a proved version does."""
    with school.aula.sessions.write() as session:
        made = manuscripts.find_manuscript(session, course_id, LESSON)
    if made is None:
        made = a_manuscript(school, author, course_id=course_id, files=files)
    with school.aula.sessions.write() as session:
        manuscripts.save_files(
            session, made.id, actor_id=int(author.id), base=made.head, files=files, what={"do": "import"},
            now=school.clock(),
        )  # fmt: skip
        lesson, problems = manuscripts.read_lesson(session, school.aula.catalogue, made.id)
        assert lesson is not None, problems
        edition = editions.keep_edition(
            session, course_id=course_id, lesson_id=LESSON, version=lesson.version, files=files,
            authors=["Teresa Rivas"], now=school.clock(),
        )  # fmt: skip
        editions.offer(session, edition, actor_id=int(author.id), proof_token="", now=school.clock())


def written(name: str, text: str) -> Mapping[str, object]:
    """The change that writes a file of a lesson anew."""
    return {"do": "file.write", "name": name, "text": text}
