"""Lessons and courses as files by name, wherever these are: in a folder, in a ZIP, in a database.

The same rules hold for all: what loads from a folder loads from memory, with the same complaints.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from courses.complaints import Complaints
from courses.files import (
    DEEPEST,
    LARGEST_FILE,
    MOST_FILES,
    Folder,
    decode,
    kind_of,
    list_entries,
    read_bytes,
    read_folder,
    size,
)
from courses.lessons import SHEET, version_of
from courses.loader import COURSE, gather_course, load_folder, make_course, parse_sheet
from courses.marked import read_yaml
from courses.model import Course, CourseId, Dataset, Lesson, LocalText, Problem
from courses.names import find_fault, is_litter
from courses.refusals import Refused

Files = Mapping[str, bytes]
NAME_OF_NOTHING = LocalText("un nombre que no vale", "a name that will not do")


@dataclass(frozen=True)
class Parcel:
    """A course or a lesson as it was found among files. id: its folder's name, empty where it had none."""

    kind: Literal["course", "lesson"]
    id: str
    files: Files


def load_from_files(
    files: Files, course_id: str, datasets: Mapping[str, Dataset], *, lesson_id: str
) -> tuple[Lesson | None, tuple[Problem, ...]]:
    """The lesson that files make, by the same rules as a folder of that name, and every complaint.

    files: by their names in the lesson ("lesson.yaml", "exercises/suma/starter.py"). Places of complaints are
    relative: course_id/lesson_id/name.
    """
    complaints = Complaints()
    folder = as_folder(files, Path(course_id, lesson_id), complaints)
    lesson = load_folder(folder, CourseId(course_id), datasets, complaints)
    return lesson, complaints.problems


def load_course_from_files(
    files: Files, course_id: str, datasets: Mapping[str, Dataset]
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course that files make, with those of its lessons that are good, and every complaint."""
    complaints, path = Complaints(), Path(course_id)
    raw = files.get(COURSE)
    if raw is None:
        complaints.add("missing-file", path / COURSE, name=COURSE)
    sheet = None if raw is None else parse_sheet(raw, path, complaints)
    if sheet is None:
        return None, complaints.problems
    lessons = split_course(files)

    def load(name: str, own: Complaints) -> Lesson | None:
        return load_folder(as_folder(lessons[name], path / name, own), CourseId(course_id), datasets, own)

    part = gather_course(sheet, sorted(lessons), complaints, load)
    return part.course, part.problems


def version_of_files(files: Files) -> str:
    """The version that a lesson of these files has, also of one that cannot be read."""
    return version_of(as_folder(files, Path("lesson"), Complaints()))


def find_title(files: Files) -> LocalText | None:
    """What lesson.yaml or course.yaml says that it is called; None where that cannot be read."""
    name = SHEET if SHEET in files else COURSE
    complaints = Complaints()
    text = decode(files.get(name, b""), Path(name), complaints)
    sheet = read_yaml(text, Path(name), complaints) if text else None
    title = sheet.value.get("title") if sheet is not None and isinstance(sheet.value, dict) else None
    if not isinstance(title, dict) or not isinstance(title.get("es"), str):
        return None
    return LocalText(title["es"], title["en"] if isinstance(title.get("en"), str) else "")


def check_files(files: Files) -> None:
    """Raises: Refused if files cannot be a lesson's, whatever is in them: for their names, number or size."""
    if len(files) > MOST_FILES:
        what = LocalText("Archivos", "Files")
        raise Refused("zip-too-large", what=what, found=len(files), most=MOST_FILES)
    for name in sorted(files):
        why = find_fault(name)
        if why or name.count("/") > DEEPEST:
            raise Refused("zip-name", name=name, why=why or NAME_OF_NOTHING)
        if len(files[name]) > LARGEST_FILE:
            raise Refused("zip-too-large", what=LocalText(name), found=size(len(files[name])), most=size(LARGEST_FILE))


def assemble_course(
    sheet: bytes, course_id: str, lessons: Mapping[str, Lesson]
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course of a course.yaml with those of its lessons that are given, in its order; they are not read again.

    lessons: by id. One that the sheet does not list comes last; one that it lists and is not given is left out.
    """
    complaints, path = Complaints(), Path(course_id)
    marked = parse_sheet(sheet, path, complaints)
    if marked is None:
        return None, complaints.problems
    listed = [one for one in marked.value["lessons"] if one in lessons]
    ordered = (*listed, *sorted(set(lessons) - set(listed)))
    return make_course(marked, path, tuple(lessons[one] for one in ordered)), complaints.problems


def as_folder(files: Files, path: Path, complaints: Complaints) -> Folder:
    """Files as if they had been read from a folder, with its limits and its complaints."""
    contents: dict[str, bytes] = {}
    for name in sorted(files):
        if is_litter(name):
            continue
        if len(contents) == MOST_FILES:
            most = LocalText(f"{MOST_FILES} archivos", f"{MOST_FILES} files")
            complaints.add("too-large", path, name=path.name, found=f"> {MOST_FILES}", most=most)
            break
        if find_fault(name) or name.count("/") > DEEPEST:
            complaints.add("odd-file", path, name=name, kind=NAME_OF_NOTHING)
        elif len(files[name]) > LARGEST_FILE:
            found, most_bytes = size(len(files[name])), size(LARGEST_FILE)
            complaints.add("too-large", path / name, name=name, found=found, most=most_bytes)
        else:
            contents[name] = files[name]
    return Folder(path, contents)


def split_course(files: Files) -> Mapping[str, Files]:
    """The files of each lesson of a course, by the lesson's folder. Folders with "_" in front are no lessons."""
    lessons: dict[str, dict[str, bytes]] = {}
    for name, raw in files.items():
        folder, slash, inside = name.partition("/")
        if slash and not folder.startswith(("_", ".")):
            lessons.setdefault(folder, {})[inside] = raw
    return lessons


def put_under(folder: str, files: Files) -> Files:
    """The files with their names below a folder, as a ZIP holds them."""
    return {f"{folder}/{name}": raw for name, raw in files.items()}


def read_course(path: Path, complaints: Complaints) -> Files:
    """Every plain file of a course's folder, each lesson by the limits of a lesson."""
    files: dict[str, bytes] = {}
    for entry in list_entries(path, complaints):
        if entry.is_dir(follow_symlinks=False):
            files |= put_under(entry.name, read_folder(path / entry.name, complaints).contents)
        elif entry.is_file(follow_symlinks=False):
            raw = read_bytes(path / entry.name, complaints)
            files |= {entry.name: raw} if raw is not None else {}
        else:
            complaints.add("odd-file", path / entry.name, name=entry.name, kind=kind_of(path / entry.name))
    return files


def find_parcel(files: Files) -> Parcel:
    """The course or lesson among files: at their top, or in the only folder there.

    Raises: Refused if there is none.
    """
    tops = sorted({name.partition("/")[0] for name in files})
    folder = tops[0] if len(tops) == 1 and tops[0] not in files else ""
    inside = {name.removeprefix(f"{folder}/"): raw for name, raw in files.items()} if folder else files
    if COURSE in inside:
        return Parcel("course", folder, inside)
    if SHEET in inside:
        return Parcel("lesson", folder, inside)
    raise Refused("zip-content", found=", ".join(sorted(files)[:5]) or "–")


def save_folder(files: Files, path: Path) -> None:
    """Write files as a new folder, whole or not at all.

    Raises: Refused if something stands there already, a name will not do, or the system says no.
    """
    for name in sorted(files):
        why = find_fault(name)
        if why:
            raise Refused("zip-name", name=name, why=why)
    if path.exists() or path.is_symlink():
        raise Refused("new-exists", name=str(path))
    try:
        with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as made:
            inside = Path(made, "whole")
            inside.mkdir()
            for name, raw in files.items():
                (inside / name).parent.mkdir(parents=True, exist_ok=True)
                (inside / name).write_bytes(raw)
            inside.rename(path)
    except OSError as error:
        raise Refused("new-unwritten", name=str(path), reason=error.strerror or type(error).__name__) from error
