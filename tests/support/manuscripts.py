"""Lessons in preparation for tests: the files of a shipped lesson, and a manuscript of somebody's made of them."""

from collections.abc import Mapping
from pathlib import Path

from support.webclient import School

from courses import SHIPPED, Complaints, read_folder
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


def written(name: str, text: str) -> Mapping[str, object]:
    """The change that writes a file of a lesson anew."""
    return {"do": "file.write", "name": name, "text": text}
