"""A school whose trainers write lessons: a small content folder on disk, which can be forked, and files to bring in."""

import re
from pathlib import Path

from support.content import a_content_folder
from support.webclient import PAGE, Pages, School, look_at, open_school
from werkzeug.test import TestResponse

from courses import load_catalogue, put_under, read_folder, write_zip
from courses.complaints import Complaints
from webapp.services.catalogue import editions
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

COURSE, LESSON = "curso", "mi-leccion"


def a_workshop(sessions: Sessions, tmp_path: Path) -> School:
    """The site over a content folder of its own, with one course of one lesson."""
    content = a_content_folder(tmp_path / "content")
    return open_school(sessions, tmp_path / "home", load_catalogue(content), {"AULA_CONTENT": str(content)})


def content_of(school: School) -> Path:
    return school.aula.settings.content


def files_of(folder: Path) -> dict[str, bytes]:
    return dict(read_folder(folder, Complaints()).contents)


def lesson_files(school: School) -> dict[str, bytes]:
    return files_of(content_of(school) / COURSE / LESSON)


def lesson_zip(school: School, name: str = LESSON, **changed: bytes) -> bytes:
    """The lesson as a ZIP. changed: other bytes of files, whose names have _ for . here ("lesson_yaml")."""
    files = {**lesson_files(school), **{one.replace("_", "."): raw for one, raw in changed.items()}}
    return write_zip(put_under(name, files))


def upload(browser: Pages, data: bytes, name: str) -> TestResponse:
    """Send a file as the import page does."""
    token = browser.token("/taller/importar").encode()
    # Written here, for the client's own writer leaves large forms in files that it does not close.
    body = b"".join(
        (
            b'--aula\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token + b"\r\n",
            b'--aula\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n\r\n',
            data + b"\r\n--aula--\r\n",
        )
    )
    kind = "multipart/form-data; boundary=aula"
    answer = browser.client.post("/taller/importar", data=body, headers=PAGE, content_type=kind)
    look_at(answer, "/taller/importar")
    return answer


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's fields as they stand: inputs, boxes that are ticked, chosen options."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        facts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if facts.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in facts and facts["name"] != "csrf_token":
            found[facts["name"]] = facts.get("value", "on")
    for name, inside in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', inside)
        first = re.search(r'<option value="([^"]*)"', inside)
        if chosen or first:
            found[name] = next(one for one in (chosen or first).groups() if one is not None)  # type: ignore[union-attr]
    return found


def own_lessons(school: School, person: Person) -> tuple[Manuscript, ...]:
    with school.aula.sessions.read() as session:
        return manuscripts.list_manuscripts(session, person_id=int(person.id))


def files_in(school: School, manuscript: Manuscript) -> dict[str, bytes]:
    with school.aula.sessions.read() as session:
        return dict(manuscripts.read_files(session, manuscript.id))


def publish(school: School, made: Manuscript) -> None:
    """Offer the newest version as it is: what a proof is needed for has its own tests."""
    with school.aula.sessions.write() as session:
        lesson, problems = manuscripts.read_lesson(session, school.aula.catalogue, made.id)
        assert lesson is not None, problems
        edition = editions.keep_edition(
            session, course_id=made.course_id, lesson_id=made.lesson_id, version=lesson.version,
            files=manuscripts.read_files(session, made.id), origin=made.origin, authors=["Ana Ruiz"],
            now=school.clock(),
        )  # fmt: skip
        editions.offer(session, edition, actor_id=made.owner_id, proof_token="", now=school.clock())
