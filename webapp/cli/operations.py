"""Looking after a running school: jobs, content, settings, the database's version."""

import os
import subprocess
import sys
from pathlib import Path

import click

from courses import load_catalogue
from webapp.cli.upgrade import upgrade
from webapp.factory import open_sessions
from webapp.jobs import count_jobs, list_jobs
from webapp.settings import ROOT, Settings, describe_settings, prepare_home


@click.group(help="The background jobs.")
def jobs() -> None:
    pass


@jobs.command("list", help="The newest jobs, and how many there are in each state.")
@click.option("--state", type=click.Choice(["queued", "running", "done", "failed"]), help="Only those in this state.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.pass_obj
def list_command(settings: Settings, state: str | None, limit: int) -> None:
    sessions = open_sessions(settings)
    with sessions.read() as session:
        found = list_jobs(session, state=state, limit=limit)  # type: ignore[arg-type]  # click has checked the word
        counts = count_jobs(session)
    for one in found:
        click.echo(
            f"{one.id:>8}  {one.created_at:%Y-%m-%d %H:%M:%S}  {one.state:<8} {one.attempt}  {one.name}  {one.error}"
        )
    click.echo(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "There are no jobs.")


@click.group(help="The courses and datasets.")
def content() -> None:
    pass


@content.command("check", help="List what is wrong with the content, with file and line. Exit 1 if anything is.")
@click.pass_obj
def check_command(settings: Settings) -> None:
    catalogue = load_catalogue(settings.content)
    for problem in catalogue.problems:
        click.echo(str(problem))
    count = sum(len(course.lessons) for course in catalogue.courses)
    click.echo(
        f"{count} lessons and {len(catalogue.datasets)} datasets are good; {len(catalogue.problems)} complaints."
    )
    if catalogue.problems:
        raise click.exceptions.Exit(1)


@content.command("prove", help="Prove lessons: all that can be known of them without a person. Exit 1 if one is red.")
@click.argument("lesson", required=False, metavar="[COURSE/LESSON]")
@click.option("--all", "every", is_flag=True, help="Every lesson of the content, side by side.")
@click.option("--json", "as_json", is_flag=True, help="Print the proofs as JSON: a file for --since.")
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show what changed since this file of --json: before an upgrade and after it.",
)
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Of the findings.")
@click.pass_obj
def prove_command(
    settings: Settings, lesson: str | None, every: bool, as_json: bool, since: Path | None, language: str
) -> None:
    if every == (lesson is not None):
        raise click.UsageError("Give either --all or one COURSE/LESSON.")
    path = settings.content if lesson is None else settings.content / lesson
    command = [sys.executable, "-m", "graders", "prove", os.fspath(path), "--language", language]
    command += ["--python", os.fspath(settings.kernel_python)]
    command += ["--json"] if as_json else []
    command += ["--since", os.fspath(since.resolve())] if since is not None else []
    raise click.exceptions.Exit(subprocess.run(command, check=False, cwd=ROOT).returncode)


@click.command("settings", help="Every setting as a table in Markdown, as docs/operating.md has it.")
def settings_table() -> None:
    click.echo(settings_markdown())


def settings_markdown() -> str:
    """The table of docs/operating.md; a test compares them."""
    rows = [
        f"| `{name}` | {accepted} | {f'`{default}`' if default else 'none'} | {meaning} |"
        for name, accepted, default, meaning in describe_settings()
    ]
    return "\n".join(["| setting | values | default | meaning |", "|---|---|---|---|", *rows])


@click.command("upgrade", help="Bring the database to this version of the site; `serve` does so too.")
@click.pass_obj
def upgrade_database(settings: Settings) -> None:
    prepare_home(settings)
    before, after = upgrade(settings)
    click.echo(f"The database is at {after}" + ("." if before == after else f"; it was at {before or 'nothing'}."))
