"""Every rule that a lesson must keep beyond being readable, each with its own code. README.md lists them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest

from courses.complaints import Complaints
from courses.data_rules import check_datasets
from courses.exercise_rules import check_exercise
from courses.lesson_notes import NOTES, check_notes
from courses.lesson_text import LessonText, Piece
from courses.lessons import SHEET, LessonSource
from courses.marked import Marked
from courses.model import LANGUAGES, CodeBlock, Course, CourseId, Dataset, ExerciseBlock, Language
from courses.python_code import find_fault, shape
from courses.typography import check_typography

# Ids of the lesson's page itself; a section of the same name could not be linked to.
RESERVED = frozenset({
    "announcer", "conflict", "conflict-title", "content", "environment", "explorer", "explorer-search",
    "explorer-title", "index-title", "lesson-data", "rest-notice", "variables", "versions", "versions-title",
})  # fmt: skip
RESERVED_STARTS = ("i-", "exercise-")


def check_course(course: Course, sheet: Marked, course_ids: Collection[str], complaints: Complaints) -> None:
    for index, one in enumerate(course.prerequisites):
        if one not in course_ids or one == course.id:
            complaints.add("no-course", sheet.path, sheet.line("prerequisites", index), id=one)


def check_circles(courses: Sequence[tuple[Course, Marked]], complaints: Complaints) -> None:
    """No course is asked for before itself, by whatever way."""
    needs = {course.id: course.prerequisites for course, _ in courses}
    for course, sheet in courses:
        circle = find_circle(course.id, needs)
        if circle and course.id == min(circle):
            complaints.add("circular-course", sheet.path, sheet.line("prerequisites"), circle=" → ".join(circle))


def find_circle(start: str, needs: Mapping[CourseId, Sequence[CourseId]]) -> tuple[str, ...]:
    """The shortest way from a course through those that it asks for back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = set[str]()
    for way in ways:
        for one in needs.get(CourseId(way[-1]), ()):
            if one == start and len(way) > 1:
                return (*way, one)
            if one not in seen:
                seen.add(one)
                ways.append((*way, one))
    return ()


def check_lesson(source: LessonSource, datasets: Mapping[str, Dataset], complaints: Complaints) -> None:
    """Note every breach of a rule by a lesson. datasets: the good ones, by name."""
    check_ids(source, complaints)
    for language in LANGUAGES:
        check_sections(source, source.texts[language], complaints)
        check_placement(source, source.texts[language], complaints)
        check_cells(source.texts[language], complaints)
    check_languages(source.texts["es"], source.texts["en"], complaints)
    for index in range(len(source.lesson.exercises)):
        check_exercise(source, index, complaints)
    check_minutes(source, complaints)
    check_files(source, complaints)
    check_datasets(source, datasets, complaints)
    check_notes(source.lesson, source.notes, complaints)
    check_typography(source, complaints)


def check_ids(source: LessonSource, complaints: Complaints) -> None:
    sheet, lesson = source.sheet, source.lesson
    if lesson.id != source.folder.path.name:
        folder = source.folder.path.name
        complaints.add("wrong-id", sheet.path, sheet.line("id"), found=lesson.id, folder=folder)
    for index, section in enumerate(lesson.sections):
        if section.id in RESERVED or section.id.startswith(RESERVED_STARTS):
            complaints.add("reserved-id", sheet.path, sheet.line("sections", index, "id"), id=section.id)
    seen: dict[str, str] = {}
    for what, id_, line, is_in_sheet in all_ids(source):
        if id_ in seen:
            path = sheet.path if is_in_sheet else source.texts["es"].path
            complaints.add("repeated-id", path, line, id=id_, what=f"{seen[id_]}, {what}")
        seen.setdefault(id_, what)


def all_ids(source: LessonSource) -> Iterator[tuple[str, str, int | None, bool]]:
    """Every id that must be unique in a lesson: what it names, the id, its line, and whether that is in lesson.yaml."""
    for index, section in enumerate(source.lesson.sections):
        yield "section", section.id, source.sheet.line("sections", index, "id"), True
    for index, exercise in enumerate(source.lesson.exercises):
        yield "exercise", exercise.id, source.sheet.line("exercises", index, "id"), True
    for piece in source.texts["es"].pieces:
        if isinstance(piece.block, CodeBlock):
            yield "code-cell", piece.block.cell_id, piece.line, False


def check_sections(source: LessonSource, text: LessonText, complaints: Complaints) -> None:
    """The headings of a text are the sections of lesson.yaml, in their order and with their words."""
    sections = source.lesson.sections
    expected, found = [one.id for one in sections], [one.id for one in text.headings]
    if expected != found:
        pairs = zip_longest(found, expected)
        place = next(index for index, (mine, theirs) in enumerate(pairs) if mine != theirs)
        line = text.headings[place].line if place < len(text.headings) else None
        complaints.add("sections-differ", text.path, line, found=", ".join(found), expected=", ".join(expected))
        return
    language: Language = "en" if text is source.texts["en"] else "es"
    for heading, section in zip(text.headings, sections, strict=True):
        title = section.title.for_language(language)
        if " ".join(heading.title.split()) != " ".join(title.split()):
            complaints.add("section-title", text.path, heading.line, id=section.id, found=heading.title, expected=title)


def check_placement(source: LessonSource, text: LessonText, complaints: Complaints) -> None:
    """Each exercise stands in the text once, in the order of lesson.yaml, and no other does."""
    expected = [one.id for one in source.lesson.exercises]
    placed: list[str] = []
    for piece in text.pieces:
        if not isinstance(piece.block, ExerciseBlock):
            continue
        if piece.block.exercise_id in placed:
            complaints.add("exercise-twice", text.path, piece.line, id=piece.block.exercise_id)
        elif piece.block.exercise_id not in expected:
            complaints.add("exercise-unknown", text.path, piece.line, id=piece.block.exercise_id)
        placed.append(piece.block.exercise_id)
    for index, exercise_id in enumerate(expected):
        if exercise_id not in placed:
            line = source.sheet.line("exercises", index, "id")
            complaints.add("exercise-not-placed", source.sheet.path, line, id=exercise_id, name=text.path.name)
    if sorted(placed) == sorted(expected) and placed != expected:
        complaints.add("exercise-order", text.path, found=", ".join(placed), expected=", ".join(expected))


def check_cells(text: LessonText, complaints: Complaints) -> None:
    for piece in text.pieces:
        if isinstance(piece.block, CodeBlock) and (fault := find_fault(piece.block.source)):
            reason, line = fault
            complaints.add("does-not-compile", text.path, piece.code_line + line, reason=reason)


def check_languages(spanish: LessonText, english: LessonText, complaints: Complaints) -> None:
    """Both texts hold the same cells and exercises in the same order, and the cells do the same."""
    ours, theirs = active(spanish.pieces), active(english.pieces)
    for one, other in zip_longest(ours, theirs):
        found, expected = (f"{piece.name} ({piece.block.section_id})" if piece else "–" for piece in (other, one))
        if found != expected:
            line = other.line if other else None
            complaints.add("blocks-differ", english.path, line, found=found, expected=expected)
            return
    for one, other in zip(ours, theirs, strict=True):
        if isinstance(one.block, CodeBlock) and isinstance(other.block, CodeBlock):
            same = shape(one.block.source, keeps_texts=False) == shape(other.block.source, keeps_texts=False)
            if not same:
                complaints.add("code-differs", english.path, other.line, id=other.block.cell_id)


def active(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.name]


def check_minutes(source: LessonSource, complaints: Complaints) -> None:
    total = sum(exercise.minutes for exercise in source.lesson.exercises)
    if total > source.lesson.minutes:
        line = source.sheet.line("minutes")
        complaints.add("minutes", source.sheet.path, line, found=total, expected=source.lesson.minutes)


def check_files(source: LessonSource, complaints: Complaints) -> None:
    """Every file of the folder has a use. Code of exercises is looked at where its exercise is read."""
    used = {SHEET, NOTES, *(text.path.name for text in source.texts.values())}
    code = tuple(f"exercises/{one.id}/" for one in source.lesson.exercises if one.kind == "code")
    for name in source.folder.names():
        if name not in used and not name.startswith(("img/", *code)):
            complaints.add("unused-file", source.folder.path / name, name=name)
