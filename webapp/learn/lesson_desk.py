"""What a learner has in a lesson, gathered from practice, submissions and gradebook for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from courses import Course, Exercise, Language, Lesson
from graders import GradeReport
from notebooks import CellDone, Fault, RunEvent
from webapp.services.cohorts.rules import compare_exercises
from webapp.services.gradebook import service as gradebook
from webapp.services.gradebook.records import Mark
from webapp.services.practice import service as practice
from webapp.services.practice.records import CellOutput, Draft, LessonKey, RunRecord, Workbook
from webapp.services.practice.rules import cell_ids, written_ids
from webapp.services.submissions import service as submissions
from webapp.services.submissions.records import ExerciseKey, Submission
from webapp.ui.context import current_aula
from webapp.ui.exercises import render_report, render_solution, short_number
from webapp.ui.lesson_page import CellWork, ExerciseWork, LessonWork, cell_names
from webapp.ui.marks import worth_notes
from webapp.ui.outputs import describe_end, render_events
from webapp.ui.urls import url

NOTHING = CellWork()


def open_desk(learner_id: int, course: Course, lesson: Lesson, language: Language) -> tuple[Workbook, LessonWork]:
    """The learner's workbook of a lesson, and the same as its page shows it."""
    workbook = practice.open_workbook(g.db, actor=learner_id, lesson=LessonKey(lesson.course_id, lesson.id))
    work = LessonWork(
        cells=cell_works(lesson, language, workbook),
        exercises=exercise_works(learner_id, course, lesson, language, workbook),
        place=workbook.place,
        attempts_most=course.attempts_most,
        has_earlier=bool(list_left(workbook.drafts, lesson)),
    )
    return workbook, work


def cell_works(lesson: Lesson, language: Language, workbook: Workbook) -> Mapping[str, CellWork]:
    active = {run.cell_id: run for run in workbook.active_runs if run.kind == "cells"}
    return {
        cell_id: cell_work(
            workbook.drafts.get(cell_id),
            workbook.outputs.get(cell_id),
            active.get(cell_id),
            name=name,
            language=language,
            variables=[str(one.get("name", "")) for one in workbook.environment.variables],
        )
        for cell_id, name in cell_names(lesson, language).items()
    }


def cell_work(
    draft: Draft | None,
    output: CellOutput | None,
    run: RunRecord | None,
    *,
    name: str,
    language: Language,
    variables: list[str],
) -> CellWork:
    """A cell with its saved text, what its latest run showed, and the run that goes on, if any."""
    work = CellWork(source=draft.source, version=draft.version) if draft else NOTHING
    if draft:
        work = replace(work, state_kind="saved", state_text=_("Guardado"))
    if output:
        source = draft.source if draft else ""
        html, text, is_fault = shown(output, language, name=name, source=source, variables=variables)
        work = replace(work, output_html=html, output_run=output.run_token)
        if text:
            work = replace(work, state_text=text[:1].upper() + text[1:], state_kind="fault" if is_fault else "done")
    return replace(work, run=run.token, seq=heard_up_to(run)) if run else work


def heard_up_to(run: RunRecord) -> int:
    """The event of a run after which its page listens: what it shows is up to date, but for the place in the line."""
    waits = run.waiting_since is not None or (run.kind == "check" and run.state == "queued")
    return run.seq - 1 if waits else run.seq


def shown(
    output: CellOutput, language: Language, *, name: str, source: str, variables: list[str]
) -> tuple[Markup, str, bool]:
    """What a cell shows, how it ended in a few words ("" while it goes on), and whether it ended badly."""
    events = [RunEvent.from_json(event) for event in output.events]
    ending = ""
    if output.status and output.status != "unavailable":
        done = CellDone(output.status, output.seconds, output.execution_count)
        fault = next((one for one in reversed(events) if isinstance(one, Fault)), None)
        ending = describe_end(done, language, fault)
        events.append(done)
    html = render_events(events, language=language, cell_label=name, source=source, names=variables)
    return Markup(html), ending, bool(output.status) and output.status != "ok"  # noqa: S704 - made safe by outputs


def exercise_works(
    learner_id: int, course: Course, lesson: Lesson, language: Language, workbook: Workbook
) -> Mapping[str, ExerciseWork]:
    marks = gradebook.list_marks(g.db, learner_ids=[learner_id], course=course)[learner_id]
    course_id, lesson_id = lesson.course_id, lesson.id
    reports = gradebook.list_latest_reports(g.db, learner_id=learner_id, course_id=course_id, lesson_id=lesson_id)
    latest = submissions.list_latest(g.db, learner_id=learner_id, course_id=course_id, lesson_id=lesson_id)
    checks = {run.cell_id: run for run in workbook.active_runs if run.kind == "check"}
    changed = list_changed(lesson, latest)
    return {
        exercise.id: exercise_work(
            exercise,
            language,
            is_changed=exercise.id in changed,
            attempts_most=course.attempts_most,
            attempts_href=attempts_href(lesson, exercise) if exercise.id in latest else "",
            mark=marks.get((lesson.id, exercise.id)),
            report=reports.get(exercise.id),
            submission=latest.get(exercise.id),
            run=checks.get(exercise.id),
            help_taken=(workbook.hints.get(exercise.id, 0), exercise.id in workbook.solutions_seen),
            is_solution_open=is_solution_open(
                learner_id, course, lesson, exercise, marks.get((lesson.id, exercise.id))
            ),
        )
        for exercise in lesson.exercises
    }


def list_left(drafts: Mapping[str, Draft], lesson: Lesson) -> Sequence[str]:
    """The cells with something written in them that the lesson has no more: of an earlier version."""
    known = {*cell_ids(lesson), *written_ids(lesson)}
    return [one for one, draft in drafts.items() if one not in known and draft.source.strip()]


def list_changed(lesson: Lesson, latest: Mapping[str, Submission]) -> frozenset[str]:
    """The exercises that ask for something else than when the learner last handed them in."""
    shelf = current_aula().shelf
    versions = {one.answer.lesson_version for one in latest.values()} - {lesson.version}
    then = {one: shelf.find_edition(lesson.course_id, lesson.id, one) for one in versions}
    fates = {version: compare_exercises(old, lesson) for version, old in then.items() if old is not None}
    return frozenset(
        id_ for id_, one in latest.items() if fates.get(one.answer.lesson_version, {}).get(id_) == "changed"
    )


def attempts_href(lesson: Lesson, exercise: Exercise) -> str:
    return url("learn.attempts_list", course_id=lesson.course_id, lesson_id=lesson.id, exercise_id=exercise.id)


def is_solution_open(learner_id: int, course: Course, lesson: Lesson, exercise: Exercise, mark: Mark | None) -> bool:
    if mark is None or mark.is_passed:
        return mark is not None
    key = ExerciseKey(course.id, lesson.id, exercise.id)
    return gradebook.may_see_solution(
        g.db, actor=learner_id, key=key, exercise=exercise, mark=mark, attempts_most=course.attempts_most
    )


def exercise_work(
    exercise: Exercise,
    language: Language,
    *,
    is_changed: bool,
    attempts_most: int | None,
    attempts_href: str,
    mark: Mark | None,
    report: GradeReport | None,
    submission: Submission | None,
    run: RunRecord | None,
    help_taken: tuple[int, bool],
    is_solution_open: bool,
) -> ExerciseWork:
    """An exercise as it stands. help_taken: hints seen, and whether the solution was opened."""
    hints_seen, has_seen_solution = help_taken
    is_passed = mark is not None and mark.is_passed
    solution_note = _("La solución se abre al superar el ejercicio o después de tres intentos distintos")
    return ExerciseWork(
        is_passed=is_passed,
        summary=summary(mark) if mark and is_passed else "",
        choice=submission.answer.choice if submission else (),
        report_html=latest_report(report, exercise, language, mark=mark, submission=submission, most=attempts_most),
        attempts_href=attempts_href,
        mark_note=" ".join([*(worth_notes(mark) if mark else ()), *([changed_note()] if is_changed else ())]),
        hints_seen=hints_seen,
        solution_html=render_solution(exercise, language) if has_seen_solution else Markup(),
        solution_note="" if is_solution_open else solution_note,
        run=run.token if run else "",
        seq=heard_up_to(run) if run else 0,
    )


def changed_note() -> str:
    said = _("Este ejercicio cambió desde tu último intento. Tus puntos se conservan y puedes contestarlo otra vez.")
    return str(said)


def latest_report(
    report: GradeReport | None,
    exercise: Exercise,
    language: Language,
    *,
    mark: Mark | None,
    submission: Submission | None,
    most: int | None,
) -> Markup:
    """The report of the latest graded attempt. While a later one waits for its own, its code explains nothing here."""
    if report is None:
        return Markup()
    source = submission.answer.source if submission and submission.state == "graded" else ""
    attempt = mark.attempts if mark else None
    return render_report(report, exercise, language, attempt=attempt, most=most, source=source)


def summary(mark: Mark) -> str:
    """How a passed exercise was passed: "Superado: 10 de 10 puntos, 2 intentos"."""
    text: str = ngettext(
        "Superado: %(points)s de %(max)s puntos, %(num)s intento",
        "Superado: %(points)s de %(max)s puntos, %(num)s intentos",
        mark.attempts, points=short_number(mark.points), max=short_number(mark.max_points),
    )  # fmt: skip
    return text
