"""A lesson's folder looked over for a proof: what is wrong with it, what could be better, and where its parts stand."""

from dataclasses import dataclass
from pathlib import Path

from courses.advice import list_advice
from courses.complaints import Complaints
from courses.lessons import LessonSource, read_lesson
from courses.loader import find_root, load_part
from courses.model import Catalogue, CodeBlock, CourseId, ExerciseBlock, Language, Lesson, Problem


@dataclass(frozen=True)
class Spot:
    """A file of a lesson and a line in it, counted from 1; None where no line says it."""

    path: Path
    line: int | None


@dataclass(frozen=True)
class Examined:
    """lesson: None where a complaint is too grave; problems: all complaints, with advice only about a good lesson."""

    lesson: Lesson | None
    problems: tuple[Problem, ...]
    folder: Path
    source: LessonSource | None

    def spot_of(self, exercise_id: str, *inside: str | int) -> Spot:
        """Where lesson.yaml has an exercise, or a part of it such as "hints", 0."""
        if self.source is None:
            return Spot(self.folder, None)
        ids: list[str] = [one.id for one in self.source.lesson.exercises]
        if exercise_id not in ids:
            return Spot(self.source.sheet.path, None)
        line = self.source.sheet.line("exercises", ids.index(exercise_id), *inside)
        return Spot(self.source.sheet.path, line)

    def spot_of_wrong_answer(self, exercise_id: str, wrong_answer_id: str) -> Spot:
        """Where lesson.yaml declares a wrong answer."""
        exercise = self.lesson.find_exercise(exercise_id) if self.lesson else None
        ids = [one.id for one in exercise.wrong_answers] if exercise else []
        inside = ("wrong_answers", ids.index(wrong_answer_id), "id") if wrong_answer_id in ids else ()
        return self.spot_of(exercise_id, *inside)

    def spot_in_text(self, block_id: str, language: Language) -> Spot:
        """Where a text has a cell or an exercise."""
        if self.source is None:
            return Spot(self.folder, None)
        text = self.source.texts[language]
        for piece in text.pieces:
            block = piece.block
            mine = block.cell_id if isinstance(block, CodeBlock) else None
            if block_id == (block.exercise_id if isinstance(block, ExerciseBlock) else mine):
                return Spot(text.path, piece.line)
        return Spot(text.path, None)

    def block_at(self, spot: Spot) -> tuple[str, str]:
        """The exercise at a spot of the lesson's folder, and its block: an exercise, a cell or a section; or empty."""
        if self.source is None or not spot.path.is_relative_to(self.folder):
            return "", ""
        parts = spot.path.relative_to(self.folder).parts
        if len(parts) > 1 and parts[0] == "exercises":
            return parts[1], parts[1]
        if spot.path == self.source.sheet.path:
            exercises = [(self.spot_of(one.id).line or 0, one.id) for one in self.source.lesson.exercises]
            found = [id_ for line, id_ in exercises if spot.line is not None and line <= spot.line]
            return (found[-1], found[-1]) if found else ("", "")
        text = next((one for one in self.source.texts.values() if one.path == spot.path), None)
        before = [one for one in text.pieces if one.line <= (spot.line or 0)] if text else []
        if not before:
            return "", ""
        block = before[-1].block
        if isinstance(block, ExerciseBlock):
            return block.exercise_id, block.exercise_id
        return "", block.cell_id if isinstance(block, CodeBlock) else block.section_id


def list_lesson_folders(path: Path) -> tuple[Path, ...]:
    """The folders of lessons at a path: of content, of a course, or itself; none whose name begins with "_" or "."."""
    if (path / "lesson.yaml").is_file():
        return (path,)
    found = [one.parent for depth in ("*", "*/*") for one in path.glob(f"{depth}/lesson.yaml")]
    inside = [one for one in found if not any(part[0] in "_." for part in one.relative_to(path).parts)]
    return tuple(sorted(inside))


def examine(folder: Path, catalogue: Catalogue) -> Examined:
    """Everything that reading a lesson can tell. catalogue: the content around it, for its data and other lessons."""
    alone = load_part(folder)
    lesson = next((lesson for course in alone.courses for lesson in course.lessons), None)
    source = read_lesson(folder, CourseId(folder.parent.name), Complaints())
    if lesson is None or source is None:
        return Examined(lesson, alone.problems, folder, source)
    advice = list_advice(source, catalogue, find_root(folder))
    return Examined(lesson, (*alone.problems, *advice), folder, source)
