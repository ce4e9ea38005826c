"""The shelf: what the school teaches now, which is its files and what was written here and is offered.

One for each process. What others publish is seen at the next look, for every look asks the database first.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from courses import (
    Catalogue,
    Complaints,
    Course,
    Dataset,
    Lesson,
    Problem,
    assemble_course,
    load_from_files,
    read_folder,
    version_of_files,
)
from webapp.services.catalogue import authored, editions
from webapp.services.catalogue.records import Edition
from webapp.store import Sessions

# Old editions that a process keeps at hand; each takes some hundreds of kilobytes.
MOST_EDITIONS = 200
Loaded = tuple[Lesson | None, tuple[Problem, ...]]


class Shelf:
    def __init__(self, shipped: Catalogue, sessions: Sessions, content: Path | None = None) -> None:
        """content: the folder of the shipped content, None where there is none to keep files of."""
        self._shipped, self._sessions, self._content = shipped, sessions, content
        self._lock = Lock()
        self._seen = (0, 0)
        self._catalogue = shipped
        self._datasets: Mapping[str, Dataset] = {one.name: one for one in shipped.datasets}
        self._load = lru_cache(maxsize=MOST_EDITIONS)(self._load_edition)

    @property
    def shipped(self) -> Catalogue:
        return self._shipped

    def current(self) -> Catalogue:
        """All that is taught now. The same value as long as nothing is published or withdrawn."""
        with self._sessions.read() as session:
            seen = editions.count_changes(session)
            if seen != self._seen:
                with self._lock:
                    self._catalogue, self._seen = self._gather(session), seen
        return self._catalogue

    def find_edition(self, course_id: str, lesson_id: str, version: str) -> Lesson | None:
        """The lesson in a version that was kept, or that is taught now; None for all others."""
        lesson = self.current().find_lesson(course_id, lesson_id)
        if lesson is not None and lesson.version == version:
            return lesson
        with self._sessions.read() as session:
            edition = editions.find_edition(session, course_id, lesson_id, version)
        return self._load(edition.id, course_id, lesson_id)[0] if edition else None

    def keep(self, session: Session, course_id: str, lesson_id: str, *, now: datetime) -> Edition | None:
        """The edition of the lesson as it is taught now, kept from here on; None where its files are not to be had."""
        lesson = self.current().find_lesson(course_id, lesson_id)
        if lesson is None:
            return None
        found = editions.find_edition(session, course_id, lesson_id, lesson.version)
        if found is not None or self._content is None:
            return found
        files = read_folder(self._content / course_id / lesson_id, Complaints()).contents
        # The folder may have changed since this process read it.
        if version_of_files(files) != lesson.version:
            return None
        return editions.keep_edition(
            session, course_id=course_id, lesson_id=lesson_id, version=lesson.version, files=files, authors=(), now=now
        )

    def keep_shipped(self, session: Session, *, now: datetime) -> None:
        """Keep every shipped lesson as it is today, whole also when a later version of the site changes it."""
        for course in self._shipped.courses:
            for lesson in course.lessons:
                self.keep(session, course.id, lesson.id, now=now)

    def _gather(self, session: Session) -> Catalogue:
        # A course whose lessons were all withdrawn is there without any: cohorts that began with them keep it.
        lessons: dict[str, dict[str, Lesson]] = {one: {} for one in editions.list_course_ids(session)}
        problems: list[Problem] = []
        for one in editions.list_offered(session):
            lesson, found = self._load(one.edition_id or 0, one.course_id, one.lesson_id)
            problems += found
            if lesson is not None:
                lessons[one.course_id][one.lesson_id] = lesson
        written: list[Course] = []
        for course_id in sorted(lessons):
            sheet = authored.get_course(session, course_id).sheet
            course, complaints = assemble_course(sheet.encode(), course_id, lessons[course_id])
            written += [course] if course else []
            problems += complaints
        # A course that was written here keeps its place, also where a later version of the site ships one of its id.
        ids = {course.id for course in written}
        shipped = tuple(one for one in self._shipped.courses if one.id not in ids)
        return Catalogue((*shipped, *written), self._shipped.datasets, (*self._shipped.problems, *problems))

    def _load_edition(self, edition_id: int, course_id: str, lesson_id: str) -> Loaded:
        with self._sessions.read() as session:
            files = editions.read_edition(session, edition_id)
        return load_from_files(files, course_id, self._datasets, lesson_id=lesson_id)
