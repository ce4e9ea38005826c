"""A content folder to a catalogue: all that is good, and every complaint about the rest. Never raises on content."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.checkup import check_circles, check_course, check_lesson
from courses.complaints import Complaints
from courses.exercises import get_text
from courses.files import Folder, decode, list_entries, read_bytes, read_folder
from courses.lessons import SHEET, read_lesson_files
from courses.marked import Marked, read_yaml
from courses.model import Catalogue, Course, CourseId, Dataset, Lesson, LocalText, Problem
from courses.packages import PACKAGE, read_dataset
from courses.schemas import fits

SHIPPED = Path(__file__).parent / "content"
DATASETS = "datasets"
COURSE = "course.yaml"
LAST = 10_000


@dataclass(frozen=True)
class Part:
    """One course or dataset with what was found wrong on the way."""

    problems: tuple[Problem, ...]
    order: int = LAST
    course: Course | None = None
    sheet: Marked | None = None


def load_catalogue(root: Path) -> Catalogue:
    """Every course, lesson and dataset of a content folder that is good, and every complaint about the rest.

    Courses come by `order` and id, lessons as their course lists them, datasets by name. Folders whose names begin
    with "_" or "." are passed over. A lesson whose data are damaged is served; its dataset is not intact.
    """
    datasets, problems = load_datasets(root / DATASETS)
    found = Complaints()
    folders = [path for path in list_folders(root, found) if path.name != DATASETS]
    parts = [load_course(path, datasets) for path in folders]
    parts.sort(key=lambda part: (part.order, part.course.id if part.course else ""))
    courses = tuple(part.course for part in parts if part.course)
    for part in parts:
        if part.course and part.sheet:
            check_course(part.course, part.sheet, [course.id for course in courses], found)
    check_circles([(part.course, part.sheet) for part in parts if part.course and part.sheet], found)
    all_problems = (*found.problems, *problems, *(one for part in parts for one in part.problems))
    return Catalogue(courses, tuple(datasets.values()), all_problems)


def load_part(path: Path) -> Catalogue:
    """What is at a path: a whole content folder, a course, a lesson or a dataset; complaints about that part only.

    A lesson that its course does not list yet is loaded too. Datasets are those of the folder around it, or the
    shipped ones.
    """
    if (path / SHEET).exists() or (path.parent / COURSE).exists():
        return load_lesson_alone(path, find_root(path))
    if (path / PACKAGE).exists() or path.parent.name == DATASETS:
        complaints = Complaints()
        dataset = read_dataset(path, complaints)
        return Catalogue((), (dataset,) if dataset and not complaints.is_grave else (), complaints.problems)
    if (path / COURSE).exists():
        whole = load_catalogue(find_root(path))
        problems = tuple(one for one in whole.problems if one.path.is_relative_to(path))
        return Catalogue(tuple(one for one in whole.courses if one.id == path.name), whole.datasets, problems)
    return load_catalogue(path)


def load_lesson_alone(path: Path, root: Path) -> Catalogue:
    """A catalogue of one lesson. Its course keeps its name and rules if its course.yaml is good."""
    datasets, _ = load_datasets(root / DATASETS)
    complaints = Complaints()
    lesson = load_lesson(path, datasets, complaints)
    if lesson is None:
        return Catalogue((), tuple(datasets.values()), complaints.problems)
    sheet = read_sheet(path.parent, Complaints()) if (path.parent / COURSE).is_file() else None
    nameless = LocalText(path.parent.name)
    course = (
        make_course(sheet, path.parent, (lesson,))
        if sheet
        else Course(CourseId(path.parent.name), nameless, nameless, "explora", (), "bars", (lesson,), 0.8)
    )
    return Catalogue((course,), tuple(datasets.values()), complaints.problems)


def find_root(path: Path) -> Path:
    """The nearest folder at or above a path that holds datasets; the shipped content if there is none."""
    around = (path.absolute(), *path.absolute().parents)[:3]
    return next((one for one in around if (one / DATASETS).is_dir()), SHIPPED)


def load_datasets(path: Path) -> tuple[Mapping[str, Dataset], Sequence[Problem]]:
    """The datasets of a folder by name, damaged ones among them, and every complaint. No folder: no datasets."""
    datasets: dict[str, Dataset] = {}
    problems: list[Problem] = []
    if not path.exists():
        return datasets, problems
    found = Complaints()
    for folder in list_folders(path, found):
        complaints = Complaints()
        dataset = read_dataset(folder, complaints)
        if dataset is not None and not complaints.is_grave:
            datasets[dataset.name] = dataset
        problems += complaints.problems
    return datasets, [*found.problems, *problems]


def load_course(path: Path, datasets: Mapping[str, Dataset]) -> Part:
    """A course with those of its lessons that are good. Not one that course.yaml does not list."""
    complaints = Complaints()
    sheet = read_sheet(path, complaints)
    if sheet is None:
        return Part(complaints.problems)
    names = [one.name for one in list_folders(path, complaints)]
    return gather_course(sheet, names, complaints, lambda name, own: load_lesson(path / name, datasets, own))


def gather_course(
    sheet: Marked, names: Sequence[str], complaints: Complaints, load: Callable[[str, Complaints], Lesson | None]
) -> Part:
    """The course of a good course.yaml. names: the folders beside it; load: gives the lesson in one of them."""
    path = sheet.path.parent
    lessons: list[Lesson] = []
    problems: list[Problem] = []
    for index, name in enumerate(sheet.value["lessons"]):
        if name not in names:
            complaints.add("no-lesson", sheet.path, sheet.line("lessons", index), id=name)
            continue
        own = Complaints()
        lesson = load(name, own)
        lessons += [lesson] if lesson else []
        problems += own.problems
    for name in names:
        if name not in sheet.value["lessons"]:
            complaints.add("lesson-not-listed", path / name, id=name)
    if complaints.is_grave:
        return Part((*complaints.problems, *problems))
    course = make_course(sheet, path, tuple(lessons))
    return Part((*complaints.problems, *problems), int(sheet.value.get("order", LAST)), course, sheet)


def load_lesson(path: Path, datasets: Mapping[str, Dataset], complaints: Complaints) -> Lesson | None:
    """The lesson in a folder of a course, checked by every rule; None if any complaint about it is grave."""
    return load_folder(read_folder(path, complaints), CourseId(path.parent.name), datasets, complaints)


def load_folder(
    folder: Folder, course_id: CourseId, datasets: Mapping[str, Dataset], complaints: Complaints
) -> Lesson | None:
    """The lesson that files make, checked by every rule; None if any complaint about it is grave."""
    source = read_lesson_files(folder, course_id, complaints)
    if source is not None:
        check_lesson(source, datasets, complaints)
    return None if source is None or complaints.is_grave else source.lesson


def read_sheet(path: Path, complaints: Complaints) -> Marked | None:
    """course.yaml of a course's folder, its shape known to be right."""
    raw = read_bytes(path / COURSE, complaints)
    return None if raw is None else parse_sheet(raw, path, complaints)


def parse_sheet(raw: bytes, path: Path, complaints: Complaints) -> Marked | None:
    """The course.yaml of a course's folder from its bytes, its shape known to be right."""
    text = decode(raw, path / COURSE, complaints)
    sheet = read_yaml(text, path / COURSE, complaints) if text is not None else None
    if sheet is None or not fits(sheet, "course", complaints):
        return None
    if sheet.value["id"] != path.name:
        complaints.add("wrong-id", sheet.path, sheet.line("id"), found=sheet.value["id"], folder=path.name)
        return None
    return sheet


def make_course(sheet: Marked, path: Path, lessons: tuple[Lesson, ...]) -> Course:
    record: Mapping[str, Any] = sheet.value
    return Course(
        id=CourseId(path.name),
        title=get_text(record["title"]),
        summary=get_text(record["summary"]),
        level=record["level"],
        topics=tuple(record["topics"]),
        cover=record["cover"],
        lessons=lessons,
        pass_share=float(record["pass_share"]),
        prerequisites=tuple(CourseId(one) for one in record.get("prerequisites", ())),
        attempts_most=record.get("attempts_most"),
        counts=record.get("counts", "best"),
    )


def list_folders(path: Path, complaints: Complaints) -> list[Path]:
    """The folders in a folder, by name, without those whose names begin with "_" or "."; links earn a complaint."""
    entries = [one for one in list_entries(path, complaints) if not one.name.startswith("_")]
    for entry in entries:
        if entry.is_symlink():
            kind = LocalText("un enlace simbólico", "a symbolic link")
            complaints.add("odd-file", path / entry.name, name=entry.name, kind=kind)
    return [path / one.name for one in entries if one.is_dir(follow_symlinks=False)]
