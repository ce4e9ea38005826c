"""Looking after a running school: jobs, settings, the database's version."""

import click

from webapp.cli.upgrade import upgrade
from webapp.factory import open_sessions
from webapp.jobs import count_jobs, list_jobs
from webapp.settings import Settings, describe_settings, prepare_home


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
