"""A lesson's page as values: its blocks joined with what one learner has done. No request, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from courses import CodeBlock, Exercise, ExerciseBlock, Language, Lesson, Section
from webapp.ui.highlight import highlight_python
from webapp.ui.inline import inline, paragraphs
from webapp.ui.question_page import QuestionView, question_view


@dataclass(frozen=True)
class CellWork:
    """What a learner has in one cell. version 0: never saved, and `source` is None.

    A run in progress has `run`, its public name, and `seq`, the last event that output_html holds.
    """

    source: str | None = None
    version: int = 0
    state_kind: Literal["", "saved", "done", "fault"] = ""
    state_text: str = ""
    output_html: Markup = Markup()
    output_run: str = ""
    run: str = ""
    seq: int = 0


@dataclass(frozen=True)
class ExerciseWork:
    """What a learner has done in one exercise. solution_note: why the solution is closed, or empty.

    attempts_href: the page of one's own attempts, empty before the first. mark_note: where the points come from,
    where a person or the date had a part in them, or empty.
    """

    is_passed: bool = False
    summary: str = ""
    choice: tuple[str, ...] = ()
    report_html: Markup = Markup()
    hints_seen: int = 0
    solution_html: Markup = Markup()
    solution_note: str = ""
    run: str = ""
    seq: int = 0
    attempts_href: str = ""
    mark_note: str = ""


@dataclass(frozen=True)
class LessonWork:
    """What one learner has done in a lesson; empty for a visitor. place: the section last seen, or empty.

    attempts_most: how many each exercise may have, None for any number.
    """

    cells: Mapping[str, CellWork] = field(default_factory=dict)
    exercises: Mapping[str, ExerciseWork] = field(default_factory=dict)
    place: str = ""
    attempts_most: int | None = None
    has_earlier: bool = False


@dataclass(frozen=True)
class CellView:
    id: str
    name: str
    source: str
    line_count: int
    code_html: Markup
    is_locked: bool
    version: int
    original: str | None
    state_kind: str
    state_text: str
    output_html: Markup
    output_run: str
    is_fault: bool
    run: str
    seq: int


@dataclass(frozen=True)
class ExerciseView:
    id: str
    name: str
    title: Markup
    points: float
    minutes: int
    statement_html: Markup
    is_passed: bool
    summary: str
    cell: CellView | None
    question: QuestionView | None
    report_html: Markup
    hints: tuple[Markup, ...]
    hint_count: int
    has_solution: bool
    solution_html: Markup
    solution_note: str
    run: str
    seq: int
    attempts_most: int | None
    attempts_href: str
    mark_note: str


@dataclass(frozen=True)
class BlockView:
    """Prose, a code cell or an exercise: `kind` says which of the three fields is filled."""

    kind: Literal["prose", "code", "exercise"]
    html: Markup = Markup()
    cell: CellView | None = None
    exercise: ExerciseView | None = None


@dataclass(frozen=True)
class SectionView:
    """anchor: the id of the section's element; empty where its heading already carries it."""

    id: str
    title: str
    anchor: str
    is_done: bool
    blocks: tuple[BlockView, ...]


def section_views(lesson: Lesson, language: Language, work: LessonWork) -> tuple[SectionView, ...]:
    """The lesson's sections in order, each with its blocks."""
    blocks = block_views(lesson, language, work)
    ids = [block.section_id for block in lesson.blocks(language)]
    views = []
    for section in lesson.sections:
        inside = tuple(view for view, section_id in zip(blocks, ids, strict=True) if section_id == section.id)
        has_anchor = any(f'id="{section.id}"' in block.html for block in inside)
        views.append(
            SectionView(
                id=section.id,
                title=section.title.for_language(language),
                anchor="" if has_anchor else section.id,
                is_done=is_section_done(section, inside, lesson, work),
                blocks=inside,
            )
        )
    return tuple(views)


def is_section_done(section: Section, blocks: Sequence[BlockView], lesson: Lesson, work: LessonWork) -> bool:
    """A section with exercises is climbed when all are passed; another when the learner went past it."""
    exercises = [block.exercise for block in blocks if block.exercise]
    if exercises:
        return all(exercise.is_passed for exercise in exercises)
    order = [one.id for one in lesson.sections]
    return work.place in order and order.index(work.place) > order.index(section.id)


def block_views(lesson: Lesson, language: Language, work: LessonWork) -> tuple[BlockView, ...]:
    views = []
    cells = exercises = 0
    for block in lesson.blocks(language):
        if isinstance(block, CodeBlock):
            cells += 1
            name = name_cell(cells)
            views.append(BlockView("code", cell=code_cell(block, name, work.cells.get(block.cell_id, CellWork()))))
        elif isinstance(block, ExerciseBlock):
            exercises += 1
            exercise = lesson.find_exercise(block.exercise_id)
            if exercise is not None:
                views.append(BlockView("exercise", exercise=exercise_view(exercise, block, exercises, language, work)))
        else:
            views.append(BlockView("prose", html=Markup(block.html)))  # noqa: S704 - courses cleans what it renders
    return tuple(views)


def code_cell(block: CodeBlock, name: str, work: CellWork) -> CellView:
    source = block.source if work.source is None or block.is_locked else work.source
    return cell_view(block.cell_id, name, source, block.source, work, is_locked=block.is_locked)


def cell_view(
    cell_id: str, name: str, source: str, original: str, work: CellWork, *, is_locked: bool = False
) -> CellView:
    return CellView(
        id=cell_id,
        name=name,
        source=source,
        line_count=source.count("\n") + 1,
        code_html=highlight_python(source),
        is_locked=is_locked,
        version=work.version,
        original=original if source != original else None,
        state_kind=work.state_kind,
        state_text=work.state_text,
        output_html=work.output_html,
        output_run=work.output_run,
        is_fault=work.state_kind == "fault",
        run=work.run,
        seq=work.seq,
    )


def exercise_view(
    exercise: Exercise, block: ExerciseBlock, number: int, language: Language, work: LessonWork
) -> ExerciseView:
    done = work.exercises.get(exercise.id, ExerciseWork())
    name = name_exercise(number)
    return ExerciseView(
        id=exercise.id,
        name=name,
        title=inline(exercise.title.for_language(language)),
        points=exercise.points,
        minutes=exercise.minutes,
        statement_html=Markup(block.html),  # noqa: S704 - courses cleans what it renders
        is_passed=done.is_passed,
        summary=done.summary,
        cell=answer_cell(exercise, name, language, work) if exercise.kind == "code" else None,
        question=asked_question(exercise, language, work) if exercise.kind != "code" else None,
        report_html=done.report_html,
        hints=tuple(paragraphs(hint.for_language(language)) for hint in exercise.hints[: done.hints_seen]),
        hint_count=len(exercise.hints),
        has_solution=bool(exercise.solutions),
        solution_html=done.solution_html,
        solution_note=done.solution_note,
        run=done.run,
        seq=done.seq,
        attempts_most=work.attempts_most,
        attempts_href=done.attempts_href,
        mark_note=done.mark_note,
    )


def answer_cell(exercise: Exercise, name: str, language: Language, work: LessonWork) -> CellView:
    saved = work.cells.get(exercise.id, CellWork())
    starter = exercise.starter.for_language(language)
    return cell_view(exercise.id, name, starter if saved.source is None else saved.source, starter, saved)


def asked_question(exercise: Exercise, language: Language, work: LessonWork) -> QuestionView:
    done = work.exercises.get(exercise.id, ExerciseWork())
    saved = work.cells.get(exercise.id, CellWork())
    return question_view(exercise, language, choice=done.choice, source=saved.source or "", version=saved.version)


def cell_names(lesson: Lesson, language: Language) -> Mapping[str, str]:
    """What each cell is called, by its id: "Celda 4", and "Ejercicio 2" for the answer of an exercise."""
    blocks = lesson.blocks(language)
    code = [one for one in blocks if isinstance(one, CodeBlock)]
    exercises = [one for one in blocks if isinstance(one, ExerciseBlock)]
    return {
        **{block.cell_id: name_cell(number) for number, block in enumerate(code, 1)},
        **{block.exercise_id: name_exercise(number) for number, block in enumerate(exercises, 1)},
    }


def name_cell(number: int) -> str:
    text: str = _("Celda %(number)s", number=number)
    return text


def name_exercise(number: int) -> str:
    text: str = _("Ejercicio %(number)s", number=number)
    return text


def stair_label(sections: Sequence[SectionView]) -> str:
    done = sum(section.is_done for section in sections)
    text: str = ngettext(
        "%(done)s de %(total)s sección terminada",
        "%(done)s de %(total)s secciones terminadas",
        len(sections),
        done=done,
        total=len(sections),
    )
    return text


def here(sections: Sequence[SectionView], place: str) -> int:
    """Number of the section to stand on, from 1: the one last seen, else the first."""
    return next((number for number, section in enumerate(sections, 1) if section.id == place), 1)
