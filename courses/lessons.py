"""One lesson: its folder to a Lesson, or to complaints that say why not."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.complaints import Complaints
from courses.exercises import get_text, read_exercise
from courses.files import Folder, read_folder
from courses.lesson_notes import read_notes, to_notes
from courses.lesson_text import LessonText, read_lesson_text
from courses.marked import Marked, read_yaml
from courses.model import LANGUAGES, CourseId, DatasetPin, Language, Lesson, LessonId, Section
from courses.schemas import fits

SHEET = "lesson.yaml"


@dataclass(frozen=True)
class LessonSource:
    """A lesson beside what it was read from, so that a rule that it breaks can say where."""

    lesson: Lesson
    folder: Folder
    sheet: Marked
    texts: Mapping[Language, LessonText]
    notes: Marked | None = None


def read_lesson(path: Path, course_id: CourseId, complaints: Complaints) -> LessonSource | None:
    """What a lesson's folder holds; None, with complaints, if some part of it cannot be read at all."""
    return read_lesson_files(read_folder(path, complaints), course_id, complaints)


def read_lesson_files(folder: Folder, course_id: CourseId, complaints: Complaints) -> LessonSource | None:
    """What a lesson's files hold, wherever they are; None, with complaints, as for a folder."""
    text = folder.find_text(SHEET, complaints)
    sheet = read_yaml(text, folder.path / SHEET, complaints) if text is not None else None
    found = {language: read_lesson_text(folder, language, complaints) for language in LANGUAGES}
    texts = {language: one for language, one in found.items() if one is not None}
    if sheet is None or not fits(sheet, "lesson", complaints) or len(texts) < len(LANGUAGES):
        return None
    exercises = tuple(read_exercise(sheet, index, folder, complaints) for index in range(len(sheet.value["exercises"])))
    record: Mapping[str, Any] = sheet.value
    notes = read_notes(folder, complaints)
    lesson = Lesson(
        id=LessonId(record["id"]),
        course_id=course_id,
        title=get_text(record["title"]),
        summary=get_text(record["summary"]),
        minutes=int(record["minutes"]),
        datasets=tuple(DatasetPin(one["name"], one["version"]) for one in record.get("datasets", ())),
        sections=tuple(Section(one["id"], get_text(one["title"])) for one in record["sections"]),
        exercises=exercises,
        blocks_es=texts["es"].blocks,
        blocks_en=texts["en"].blocks,
        version=version_of(folder),
        notes=to_notes(notes),
    )
    return LessonSource(lesson, folder, sheet, texts, notes)


def version_of(folder: Folder) -> str:
    """Sixteen characters that change when a name or a byte of the folder's files does."""
    facts = [f"{name!a} {hashlib.sha256(folder.contents[name]).hexdigest()}" for name in folder.names()]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]
