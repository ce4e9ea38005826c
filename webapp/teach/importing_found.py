"""What an uploaded file holds: a lesson, a course, or a notebook that its trainer has to go through cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import courses
from courses import Dataset, LocalText, Problem, Refused
from graders import (
    NotTaken,
    Remark,
    Taken,
    from_notebook,
    import_course,
    read_cells,
    recognise,
    slug_of,
    suggest_lesson,
)
from notebooks import NotebookRefused

Files = Mapping[str, bytes]
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
SHEET, COURSE = "lesson.yaml", "course.yaml"
COURSE_OF_NONE = "curso"  # complaints tell places from the lesson's folder
NO_NOTEBOOK = LocalText(
    "No es un ZIP ni un cuaderno que se pueda leer. Quien lo leyó dijo: {reason}. Sube un ZIP o un archivo .ipynb.",
    "It is no ZIP and no notebook that can be read. Its reader said: {reason}. Upload a ZIP or an .ipynb file.",
)


class NotUsable(Exception):
    """Nothing can be made of a file; `problems` say why, where, and what to do."""

    def __init__(self, problems: Sequence[LocalText]) -> None:
        self.problems = tuple(problems)
        super().__init__(*(one.en for one in self.problems))


@dataclass(frozen=True)
class FoundLesson:
    """id: as its folder or its sheet calls it; problems: what is to be mended before it can be published."""

    id: str
    title: LocalText
    files: Files
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Found:
    """kind "plain" has no lessons yet. sheet: course.yaml, empty without one; taken: of a notebook of ours.

    remarks: what did not come along, or is to be looked at.
    """

    kind: Literal["lesson", "course", "plain"]
    title: LocalText
    lessons: tuple[FoundLesson, ...] = ()
    course_id: str = ""
    sheet: str = ""
    remarks: tuple[LocalText, ...] = ()
    taken: Taken | None = None


def look_at(name: str, data: bytes, datasets: Mapping[str, Dataset]) -> Found:
    """What is in a file. Raises: NotUsable."""
    try:
        look_into = look_into_zip if data.startswith(ZIP_STARTS) else look_into_notebook
        return look_into(name, data, datasets)
    except Refused as reason:
        raise NotUsable([reason.message]) from reason
    except NotTaken as reason:
        raise NotUsable([reason.remark.message]) from reason
    except NotebookRefused as reason:
        words = f"{reason}".rstrip(".")
        raise NotUsable(
            [LocalText(NO_NOTEBOOK.es.format(reason=words), NO_NOTEBOOK.en.format(reason=words))]
        ) from reason


def look_into_zip(name: str, data: bytes, datasets: Mapping[str, Dataset]) -> Found:
    files, problems = courses.read_zip(data)
    if files is None:
        raise NotUsable([one.message for one in problems])
    if is_nbgrader(files):
        taken = import_course(data, slug_of(PurePosixPath(name).stem) or "curso")
        return found_course(slug_of(PurePosixPath(name).stem), taken.files, datasets, taken.remarks)
    parcel = courses.find_parcel(files)
    stem = parcel.id or slug_of(PurePosixPath(name).stem)
    if parcel.kind == "course":
        return found_course(stem, parcel.files, datasets, ())
    lesson = found_lesson(stem, parcel.files, datasets)
    return Found("lesson", lesson.title, (lesson,))


def look_into_notebook(name: str, data: bytes, datasets: Mapping[str, Dataset]) -> Found:
    stem = PurePosixPath(name).stem
    kind = recognise(read_cells(data))
    if kind == "lesson":
        taken = from_notebook(data)
        lesson = found_lesson(id_in(taken.files) or slug_of(stem), taken.files, datasets)
        return Found("lesson", lesson.title, (lesson,), remarks=words_of(taken.remarks), taken=taken)
    if kind == "nbgrader":
        # As nbgrader keeps it: one assignment of one notebook.
        packed = courses.write_zip({f"source/{slug_of(stem) or 'tarea'}/{slug_of(stem) or 'cuaderno'}.ipynb": data})
        imported = import_course(packed)
        lessons = courses.split_course(imported.files)
        if not lessons:
            raise NotUsable(words_of(imported.remarks))
        (id_, files), *_others = lessons.items()
        lesson = found_lesson(id_, files, datasets)
        return Found("lesson", lesson.title, (lesson,), remarks=words_of(imported.remarks))
    title = suggest_lesson(data, name).title
    return Found("plain", LocalText(title, title))


def found_course(wanted: str, files: Files, datasets: Mapping[str, Dataset], remarks: Sequence[Remark]) -> Found:
    """A course that can be made. Raises: NotUsable where its course.yaml cannot be read or there is no lesson."""
    raw = files.get(COURSE, b"")
    try:
        sheet = raw.decode("utf-8-sig")
        problems = courses.check_sheet(sheet, schema="course")
    except UnicodeDecodeError as reason:
        raise NotUsable([LocalText(f"course.yaml: {reason.reason}.")]) from reason
    if problems:
        raise NotUsable([placed(one) for one in problems])
    parts = {id_: one for id_, one in courses.split_course(files).items() if SHEET in one}
    if not parts:
        raise NotUsable(words_of(remarks) or [Refused("zip-content", found=", ".join(sorted(files)[:5])).message])
    lessons = [found_lesson(id_, parts[id_], datasets) for id_ in sorted(parts)]
    own = {COURSE, *(f"{id_}/{name}" for id_, one in parts.items() for name in one)}
    left = [Remark("file-left", name) for name in sorted(files) if name not in own]
    title = courses.find_title({COURSE: raw}) or LocalText(wanted)
    return Found("course", title, tuple(lessons), wanted or "curso", sheet, words_of([*remarks, *left]))


def found_lesson(wanted: str, files: Files, datasets: Mapping[str, Dataset]) -> FoundLesson:
    """A lesson that can be written on, with what is wrong with it.

    Raises: NotUsable where its lesson.yaml cannot be read; Refused for files that cannot be a lesson's.
    """
    courses.check_files(files)
    title = courses.find_title(files) or LocalText(wanted or "Lección")
    id_ = slug_of(wanted or title.es) or "leccion"
    try:
        sheet = courses.set_field(files.get(SHEET, b"").decode("utf-8-sig", "replace"), ("id",), id_)
    except Refused as reason:
        raise NotUsable([placed(reason.as_problem(Path(id_, SHEET)))]) from reason
    named = {**files, SHEET: sheet.encode()}
    _lesson, problems = courses.load_from_files(named, COURSE_OF_NONE, datasets, lesson_id=id_)
    return FoundLesson(id_, title, files, problems)


def id_in(files: Files) -> str:
    """What lesson.yaml says that the lesson is called; empty where it says nothing."""
    text = files.get(SHEET, b"").decode("utf-8", "replace")
    sheet = courses.read_yaml(text, Path(SHEET), courses.Complaints())
    found = sheet.value.get("id") if sheet is not None and isinstance(sheet.value, dict) else None
    return found if isinstance(found, str) else ""


def is_nbgrader(files: Files) -> bool:
    """Whether there is a notebook where nbgrader keeps those of instructors."""
    paths = [PurePosixPath(name) for name in files if name.endswith(".ipynb")]
    return any(len(one.parts) >= 3 and one.parts[-3] == "source" for one in paths)


def placed(problem: Problem) -> LocalText:
    """A complaint with its file and line, from the lesson's folder."""
    path = problem.path.relative_to(COURSE_OF_NONE) if problem.path.is_relative_to(COURSE_OF_NONE) else problem.path
    place = f"{path}:{problem.line}" if problem.line else f"{path}"
    return LocalText(f"{place}: {problem.message.es}", f"{place}: {problem.message.en}")


def words_of(remarks: Sequence[Remark]) -> tuple[LocalText, ...]:
    return tuple(one.message for one in remarks)
