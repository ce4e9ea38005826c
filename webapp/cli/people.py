"""Accounts from the command line: the first administrator comes in this way."""

import click

from webapp.cli.upgrade import upgrade
from webapp.factory import open_sessions
from webapp.jobs import system_clock
from webapp.services.people import service
from webapp.settings import Settings, prepare_home
from webapp.store import Refusal

ROLES = ("learner", "trainer", "manager", "admin")


@click.group(help="Accounts.")
def people() -> None:
    pass


@people.command("invite", help="Print a link that opens an account once.")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True)
@click.pass_obj
def invite_command(settings: Settings, email: str, role: str) -> None:
    prepare_home(settings)
    upgrade(settings)
    sessions = open_sessions(settings)
    try:
        with sessions.write() as session:
            token = service.invite(session, email=email, role=role, now=system_clock())  # type: ignore[arg-type]  # click has checked the word
    except Refusal:
        raise click.ClickException(
            f'"{email}" is not a mail address. Write it in full, for example ana@example.org.'
        ) from None
    click.echo(f"{settings.public_address}/invitacion/{token}")
