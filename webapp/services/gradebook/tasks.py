"""Grading as a job: the attempt is graded outside any transaction, then its mark and its news are written together."""

from courses import Exercise, Language, Lesson
from graders import AnswerKeys, GradeReport, grade, grade_question
from notebooks import Limits, NoRoom, Notebook, read_notebook
from webapp.jobs import JobContext, job
from webapp.services.gradebook.service import has_entry, record
from webapp.services.practice import service as practice
from webapp.services.practice.records import Draft, RunId, RunStatus
from webapp.services.submissions.records import Submission, SubmissionId
from webapp.services.submissions.service import get_submission, mark_state


class ExerciseGone(Exception):
    """The lesson no longer has this exercise, so nobody can grade it."""


def tell_failure(context: JobContext, *, submission_id: int) -> None:
    """We could not grade it: the attempt is kept, has no verdict, and counts for nothing."""
    number = SubmissionId(submission_id)
    with context.session_scope() as session:
        submission = get_submission(session, number)
        if has_entry(session, number):
            return
        mark_state(session, (number,), "platform_failure")
        told = [{"kind": "report", "submission_id": number}]
        practice.end_check(session, RunId(submission.run_id), "unavailable", now=context.clock(), before=told)


@job("grade_submission", "check", attempts=5, on_failed=tell_failure)
def grade_submission(context: JobContext, *, submission_id: int) -> None:
    """Grade an attempt and record its mark, once. Raises: Later while there is no room, which is nobody's fault.

    A question waits for nobody: nothing of it runs.
    """
    number = SubmissionId(submission_id)
    with context.session_scope() as session:
        submission = get_submission(session, number)
        if has_entry(session, number):
            return
        run = practice.get_run_by_id(session, RunId(submission.run_id))
        is_next = (
            find_exercise(context, submission)[1].kind != "code"
            or practice.look_up(session, run, at_once=context.settings.graders).is_next
        )
        if is_next and run.waiting_since is None:
            practice.begin_check(session, run, now=context.clock())
    if not is_next:
        practice.wait_in_line(context, run)
    try:
        report = practice.with_room(context, lambda: mark(context, submission))
    except NoRoom:
        practice.wait_in_line(context, run)
    now = context.clock()
    with context.session_scope() as session:
        if record(session, number, report, now=now):
            told = [{"kind": "report", "submission_id": number}]
            status: RunStatus = "ok" if report.verdict in ("passed", "manual") else "error"
            practice.end_check(session, RunId(submission.run_id), status, now=now, before=told)


class ProbeFailed(Exception):
    """A reference solution was graded and did not pass."""


@job("probe_grading", "check", attempts=3)
def probe_grading(context: JobContext) -> None:
    """Grade a reference solution: what the site tries before it calls itself ready. Nothing without exercises."""
    lessons = [lesson for course in context.catalogue.courses for lesson in course.lessons]
    tried = next(((lesson, one) for lesson in lessons for one in lesson.exercises if one.kind == "code"), None)
    if tried is None:
        return
    lesson, exercise = tried
    draft = Draft(exercise.id, 1, exercise.solutions[0], context.clock())
    report = grade_notebook(context, lesson, exercise.id, practice.compose_notebook(lesson, "es", {exercise.id: draft}))
    if report.verdict != "passed":
        raise ProbeFailed(f"{lesson.course_id}/{lesson.id}/{exercise.id} came out as {report.verdict}")


def mark(context: JobContext, submission: Submission, *, by_todays: bool = False) -> GradeReport:
    """The report of an attempt, by the lesson that its learner saw; by_todays: by what is taught now, for a regrade.

    Raises: ExerciseGone, and whatever keeps us from grading.
    """
    lesson, exercise = find_exercise(context, submission, by_todays=by_todays)
    notebook = read_notebook(submission.answer.notebook)
    return grade_notebook(context, lesson, exercise.id, notebook, language=submission.answer.language)


def grade_notebook(
    context: JobContext, lesson: Lesson, exercise_id: str, notebook: Notebook, *, language: Language = "es"
) -> GradeReport:
    exercise = lesson.find_exercise(exercise_id)
    if exercise is not None and exercise.kind != "code":
        return grade_question(lesson, exercise, notebook, language)
    settings = context.settings
    return grade(
        lesson,
        exercise_id,
        notebook,
        sandbox=context.fork_server(),
        keys=AnswerKeys(settings.home / "answer-keys"),
        limits=Limits(memory_mib=settings.kernel_memory_mib, cell_timeout_s=settings.cell_timeout_s),
        language=language,
    )


def find_exercise(context: JobContext, submission: Submission, *, by_todays: bool = False) -> tuple[Lesson, Exercise]:
    key = submission.exercise
    # As the learner saw it, where that version was kept; what was published meanwhile is a regrade's to bring.
    version = submission.answer.lesson_version
    seen = None if by_todays else context.shelf.find_edition(key.course_id, key.lesson_id, version)
    lesson = seen or context.catalogue.find_lesson(key.course_id, key.lesson_id)
    exercise = lesson.find_exercise(key.exercise_id) if lesson else None
    if lesson is None or exercise is None:
        raise ExerciseGone(f"{key.course_id}/{key.lesson_id}/{key.exercise_id}")
    return lesson, exercise
