"""Operators' commands: `python -m webapp.cli --help`."""

import os
import sys

import click

from webapp.cli.content import content
from webapp.cli.grades import grades
from webapp.cli.operations import jobs, settings_table, upgrade_database
from webapp.cli.people import people
from webapp.cli.serve import serve
from webapp.settings import Settings, WrongSetting


@click.group(help="Commands for those who run a school.")
@click.pass_context
def cli(context: click.Context) -> None:
    try:
        context.obj = Settings.from_env(os.environ)
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from None


@cli.command("serve", help="Start every process of the site and keep it running until Ctrl-C or SIGTERM.")
@click.pass_obj
def serve_command(settings: Settings) -> None:
    serve(settings)


for command in (people, content, grades, jobs, settings_table, upgrade_database):
    cli.add_command(command)

if __name__ == "__main__":
    sys.exit(cli())
