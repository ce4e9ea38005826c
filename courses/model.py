"""What a school teaches, as frozen values: catalogue, courses, lessons, exercises, checks, datasets.

Nothing here reads files, speaks to a kernel or knows a person. Texts for readers come in both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NewType

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")

CourseId = NewType("CourseId", str)
LessonId = NewType("LessonId", str)
ExerciseId = NewType("ExerciseId", str)
CellId = NewType("CellId", str)

ExerciseKind = Literal["code", "choice", "order", "match", "number", "text"]


@dataclass(frozen=True)
class LocalText:
    """One text in Spanish and English; English falls back to Spanish where it is empty."""

    es: str
    en: str = ""

    def for_language(self, language: Language) -> str:
        return self.en or self.es if language == "en" else self.es


@dataclass(frozen=True)
class Hint(LocalText):
    """A nudge. check_id: the check whose miss it answers, "" where it is about the whole exercise."""

    check_id: str = ""


@dataclass(frozen=True)
class Competency:
    """One cell of the competency map: K1…K9 at level 1 (explora), 2 (aplica) or 3 (guía)."""

    id: str
    level: int


@dataclass(frozen=True)
class Check:
    """One thing that an answer must show, worth `points`; `params` has the shape its kind's schema states."""

    id: str
    kind: str
    points: float
    title: LocalText
    params: Mapping[str, Any]
    message: LocalText | None = None


@dataclass(frozen=True)
class WrongAnswer:
    """A mistake that learners make: code that shows it, the check it must fail, and what to tell its author.

    source: in a number exercise the answer as it is typed, in an order exercise the items' ids, one a line.
    """

    id: str
    source: str
    check_id: str
    message: LocalText


@dataclass(frozen=True)
class ChoiceOption:
    """One option of a choice exercise; `message` says why it is right or wrong."""

    id: str
    text: LocalText
    is_correct: bool
    message: LocalText


@dataclass(frozen=True)
class OrderItem:
    """One thing to be put in order. Those of equal `place` may change places."""

    id: str
    text: LocalText
    place: int


@dataclass(frozen=True)
class MatchAnswer:
    """One thing that items can be paired with; any number of them, or none."""

    id: str
    text: LocalText


@dataclass(frozen=True)
class MatchItem:
    """One thing to be paired with an answer; `message` says what to look at where it was paired with another."""

    id: str
    text: LocalText
    answer_id: str
    message: LocalText


@dataclass(frozen=True)
class Unit:
    """A unit that a number may be given in. factor: how many of the exercise's first unit one of it is."""

    name: str
    factor: float
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class NumberAnswer:
    """The number asked for, in the first of `units`; without units it is a bare number.

    tolerance: how far an answer may be from it, in the same unit; relative: the same as a share of it.
    """

    value: float
    units: tuple[Unit, ...] = ()
    is_unit_optional: bool = False
    tolerance: float = 0.0
    relative: float = 0.0


@dataclass(frozen=True)
class TextLength:
    """How many words an open answer should have: `least` is advice, `most` is a limit."""

    least: int = 1
    most: int = 300


@dataclass(frozen=True)
class RubricLevel:
    """How well an answer may meet a criterion, and what that is worth."""

    points: float
    text: LocalText


@dataclass(frozen=True)
class Criterion:
    """One thing that a person judges in an answer; its levels go from least to most points."""

    id: str
    title: LocalText
    levels: tuple[RubricLevel, ...]

    @property
    def points(self) -> float:
        return self.levels[-1].points


@dataclass(frozen=True)
class Exercise:
    """A task with its checks. Solutions and wrong answers are never served to a browser before they are due."""

    id: ExerciseId
    title: LocalText
    kind: ExerciseKind
    points: float
    minutes: int
    competencies: tuple[Competency, ...]
    checks: tuple[Check, ...]
    hints: tuple[Hint, ...]
    starter: LocalText = field(default_factory=lambda: LocalText(""))
    solutions: tuple[str, ...] = ()
    wrong_answers: tuple[WrongAnswer, ...] = ()
    options: tuple[ChoiceOption, ...] = ()
    is_multiple: bool = False
    solution_note: LocalText | None = None
    order_items: tuple[OrderItem, ...] = ()
    match_items: tuple[MatchItem, ...] = ()
    match_answers: tuple[MatchAnswer, ...] = ()
    number: NumberAnswer | None = None
    length: TextLength | None = None
    rubric: tuple[Criterion, ...] = ()
    needs_second_marker: bool = False

    @property
    def rubric_points(self) -> float:
        """The most that a person can give by the rubric; 0 without one."""
        return sum(criterion.points for criterion in self.rubric)


@dataclass(frozen=True)
class ProseBlock:
    """Safe HTML of a stretch of prose, and the Markdown it came from."""

    section_id: str
    html: str
    markdown: str


@dataclass(frozen=True)
class CodeBlock:
    """A code cell of the lesson. A locked cell is restored before grading; learners may run but not edit it."""

    section_id: str
    cell_id: CellId
    source: str
    is_locked: bool = False


@dataclass(frozen=True)
class ExerciseBlock:
    """The place of an exercise in a lesson, its statement as safe HTML. Its answer cell has the exercise's id."""

    section_id: str
    exercise_id: ExerciseId
    html: str
    markdown: str


Block = ProseBlock | CodeBlock | ExerciseBlock


@dataclass(frozen=True)
class Section:
    """A second-level heading of a lesson; `id` is its anchor and the same in both languages."""

    id: str
    title: LocalText


@dataclass(frozen=True)
class DatasetPin:
    """The dataset that a lesson uses, in exactly one version."""

    name: str
    version: str


@dataclass(frozen=True)
class Lesson:
    """A lesson of at most 20 minutes. `version` changes when any of its files does."""

    id: LessonId
    course_id: CourseId
    title: LocalText
    summary: LocalText
    minutes: int
    datasets: tuple[DatasetPin, ...]
    sections: tuple[Section, ...]
    exercises: tuple[Exercise, ...]
    blocks_es: tuple[Block, ...]
    blocks_en: tuple[Block, ...]
    version: str
    notes: Mapping[str, LocalText] = field(default_factory=dict)  # for trainers only: "cell:ID", "section:ID"…

    def blocks(self, language: Language) -> tuple[Block, ...]:
        return self.blocks_en if language == "en" else self.blocks_es

    def find_exercise(self, exercise_id: str) -> Exercise | None:
        return next((one for one in self.exercises if one.id == exercise_id), None)

    def find_section_id(self, cell_id: str) -> str | None:
        """The section in which a cell stands; an exercise's answer has the exercise's id."""
        sections: dict[str, str] = {}
        for block in self.blocks_es:
            if isinstance(block, CodeBlock):
                sections[block.cell_id] = block.section_id
            elif isinstance(block, ExerciseBlock):
                sections[block.exercise_id] = block.section_id
        return sections.get(cell_id)

    @property
    def points(self) -> float:
        return sum(exercise.points for exercise in self.exercises)


@dataclass(frozen=True)
class Course:
    """A course: lessons in order, and who it is for."""

    id: CourseId
    title: LocalText
    summary: LocalText
    level: Literal["explora", "aplica", "guia"]
    topics: tuple[str, ...]
    cover: str
    lessons: tuple[Lesson, ...]
    pass_share: float
    prerequisites: tuple[CourseId, ...] = ()
    attempts_most: int | None = None  # graded attempts that an exercise may have; None for any number
    counts: Literal["best", "last"] = "best"

    def find_lesson(self, lesson_id: str) -> Lesson | None:
        return next((one for one in self.lessons if one.id == lesson_id), None)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def points(self) -> float:
        return sum(lesson.points for lesson in self.lessons)


@dataclass(frozen=True)
class Column:
    """A column of a resource, as its table schema states it."""

    name: str
    type: str
    description: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Resource:
    """A file of a dataset. `is_intact` is false when its bytes are not those that the package states."""

    name: str
    path: Path
    title: str
    description: str
    bytes: int
    sha256: str
    encoding: str
    columns: tuple[Column, ...]
    is_intact: bool


@dataclass(frozen=True)
class Licence:
    name: str
    title: str
    path: str


@dataclass(frozen=True)
class Dataset:
    """A Frictionless data package that we ship, with how it reached us and what is wrong with it."""

    name: str
    version: str
    title: LocalText
    description: str
    publisher: str
    publisher_path: str
    licences: tuple[Licence, ...]
    sources: tuple[str, ...]
    keywords: tuple[str, ...]
    temporal: str
    spatial: str
    caveats: tuple[str, ...]
    created: str
    resources: tuple[Resource, ...]
    folder: Path

    @property
    def is_intact(self) -> bool:
        return all(resource.is_intact for resource in self.resources)


@dataclass(frozen=True)
class Problem:
    """Something an author must mend: where it is, what happened, what we saw, what to do.

    is_advice: nothing keeps the lesson from being taught as it is.
    """

    path: Path
    line: int | None
    code: str
    message: LocalText
    is_advice: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.message.es}"


@dataclass(frozen=True)
class Catalogue:
    """All that is good in a content folder, and every complaint about the rest."""

    courses: tuple[Course, ...]
    datasets: tuple[Dataset, ...]
    problems: tuple[Problem, ...]

    def find_course(self, course_id: str) -> Course | None:
        return next((one for one in self.courses if one.id == course_id), None)

    def find_lesson(self, course_id: str, lesson_id: str) -> Lesson | None:
        course = self.find_course(course_id)
        return course.find_lesson(lesson_id) if course else None

    def find_dataset(self, name: str) -> Dataset | None:
        return next((one for one in self.datasets if one.name == name), None)
