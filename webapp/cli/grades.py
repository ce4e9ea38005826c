"""Grading again from the command line, by the same service as the pages."""

import click

from courses import Catalogue
from webapp.factory import make_shelf, open_sessions
from webapp.jobs import make_celery, make_send, send_after_commit, system_clock
from webapp.services.regrades import service
from webapp.services.regrades.records import Regrade, RegradeId, Scope
from webapp.settings import Settings
from webapp.store import Refusal, Sessions

REFUSALS = {
    "unknown_regrade": "There is no regrade with this number. See `grades regrade list`.",
    "nothing_to_regrade": "No attempt was graded that this asks for. Leave out --older, or name another lesson.",
    "nothing_to_apply": "No mark would change. With --may-lower those that fall would be written as well.",
    "regrade_not_ready": "It has ended, was stopped, or has not been through every attempt. See `grades regrade show`.",
    "stale_regrade": "A lesson or its data changed since the dry run. Start another one.",
}


def taught(settings: Settings) -> Catalogue:
    """What the school teaches now: its files, and what was written here."""
    return make_shelf(settings, open_sessions(settings)).current()


@click.group(help="Marks.")
def grades() -> None:
    pass


@grades.group(help="Grade attempts again after a lesson or its data changed: a dry run first, then what it changes.")
def regrade() -> None:
    pass


@regrade.command("start", help="Begin a dry run. It changes nothing; the workers of the running site carry it out.")
@click.argument("course")
@click.option("--lesson", help="Only this lesson.")
@click.option("--exercise", help="Only this exercise of the lesson.")
@click.option("--older", is_flag=True, help="Only attempts graded with another version of the lesson or its data.")
@click.pass_obj
def start_command(settings: Settings, course: str, lesson: str | None, exercise: str | None, older: bool) -> None:
    if exercise and not lesson:
        raise click.UsageError("--exercise needs the --lesson that it is in.")
    scope = Scope(course, lesson, exercise, only_older=older)
    try:
        with open_writing(settings).write() as session:
            begun = service.start(session, taught(settings), scope, actor=None, now=system_clock())
    except Refusal as refusal:
        raise in_words(refusal) from None
    click.echo(f"Regrade {begun.id} has begun. Follow it with `grades regrade show {begun.id}`.")


@regrade.command("list", help="The newest regrades.")
@click.pass_obj
def list_command(settings: Settings) -> None:
    with open_sessions(settings).read() as session:
        for one in service.list_regrades(session):
            click.echo(line_of(one))


@regrade.command("show", help="How far a regrade is and what it comes to.")
@click.argument("number", type=int)
@click.pass_obj
def show_command(settings: Settings, number: int) -> None:
    try:
        with open_sessions(settings).read() as session:
            found = service.get_regrade(session, number)
            tally, applied = service.count_items(session, found.id), service.count_applied(session, found.id)
    except Refusal as refusal:
        raise in_words(refusal) from None
    click.echo(line_of(found))
    click.echo(
        f"{tally.done} of {tally.total} attempts: {tally.gain} gain, {tally.lose} lose, {tally.same} stay, "
        f"{tally.failed} could not be graded."
    )
    if applied:
        click.echo("Applied: " + ", ".join(f"{count} {what}" for what, count in sorted(applied.items())) + ".")


@regrade.command("stop", help="End a dry run before its time. No mark changes.")
@click.argument("number", type=int)
@click.pass_obj
def stop_command(settings: Settings, number: int) -> None:
    try:
        with open_writing(settings).write() as session:
            service.stop(session, RegradeId(number), actor=None, now=system_clock())
    except Refusal as refusal:
        raise in_words(refusal) from None
    click.echo(f"Regrade {number} is stopped.")


@regrade.command("apply", help="Write the new marks of a dry run that is ready.")
@click.argument("number", type=int)
@click.option("--may-lower", is_flag=True, help="Also write marks that fall; otherwise these stay as they are.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def apply_command(settings: Settings, number: int, may_lower: bool, yes: bool) -> None:
    sessions = open_writing(settings)
    with sessions.read() as session:
        tally = service.count_items(session, RegradeId(number))
    count = tally.gain + (tally.lose if may_lower else 0)
    if not yes:
        click.confirm(f"Write up to {count} new marks, and tell those whose mark changes?", abort=True)
    try:
        with sessions.write() as session:
            service.ask_apply(
                session, taught(settings), RegradeId(number), actor=None, never_lower=not may_lower,
                now=system_clock(),
            )  # fmt: skip
    except Refusal as refusal:
        raise in_words(refusal) from None
    click.echo(f"The new marks of regrade {number} are being written.")


def open_writing(settings: Settings) -> Sessions:
    """Sessions whose jobs are sent to the workers at once; without a broker they are found a little later."""
    sessions = open_sessions(settings)
    send_after_commit(sessions, make_send(make_celery(settings)))
    return sessions


def line_of(regrade: Regrade) -> str:
    scope = regrade.scope
    what = "/".join(one for one in (scope.course_id, scope.lesson_id, scope.exercise_id) if one)
    return f"{regrade.id:>6}  {regrade.started_at:%Y-%m-%d %H:%M}  {regrade.state:<8}  {what}"


def in_words(refusal: Refusal) -> click.ClickException:
    return click.ClickException(REFUSALS.get(refusal.code, str(refusal)))
