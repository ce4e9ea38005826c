"""A course as the catalogue, the course page and the progress page show it, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from courses import Course, Language
from webapp.ui.course_words import level_name


@dataclass(frozen=True)
class Climb:
    """Progress as a stair: which lessons are done, the next one (from 1; 0 for none), and all in words."""

    done: tuple[bool, ...]
    here: int
    total: int
    stair_label: str
    is_passed: bool


@dataclass(frozen=True)
class CourseCard:
    href: str
    cover: str
    title: str
    summary: str
    level: str
    length: str
    progress: Climb | None


def climb(done: Sequence[bool], here: int, *, is_passed: bool = False) -> Climb:
    count = sum(done)
    label = ngettext(
        "%(done)s de %(total)s lección terminada", "%(done)s de %(total)s lecciones terminadas", len(done),
        done=count, total=len(done),
    )  # fmt: skip
    return Climb(tuple(done), here, len(done), label, is_passed)


def length_text(course: Course) -> str:
    """How long a course is: "1 h 20 min · 6 lecciones"."""
    hours, minutes = divmod(course.minutes, 60)
    time = " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)
    lessons = ngettext("%(num)s lección", "%(num)s lecciones", len(course.lessons))
    return f"{time} · {lessons}" if time else lessons


def course_card(course: Course, language: Language, *, href: str, progress: Climb | None) -> CourseCard:
    return CourseCard(
        href=href,
        cover=course.cover,
        title=course.title.for_language(language),
        summary=course.summary.for_language(language),
        level=level_name(course.level),
        length=length_text(course),
        progress=progress,
    )
