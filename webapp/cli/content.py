"""The courses and datasets from the command line: what is wrong with them, and their proofs."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from courses import load_catalogue
from graders import Proof, proofs_to_json, read_proofs
from webapp.cli.upgrade import upgrade
from webapp.factory import make_shelf, open_sessions
from webapp.services.catalogue.shelf import Shelf
from webapp.services.manuscripts import service as manuscripts
from webapp.services.proofs.service import lay_out, list_published
from webapp.settings import ROOT, Settings, prepare_home
from webapp.store import Sessions


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


@dataclass(frozen=True)
class Wish:
    """What `content prove` was asked for."""

    lesson: str | None
    as_json: bool
    since: Path | None
    language: str
    keep: bool


@content.command("prove", help="Prove lessons: all that can be known of them without a person. Exit 1 if one is red.")
@click.argument("lesson", required=False, metavar="[COURSE/LESSON]")
@click.option("--all", "every", is_flag=True, help="Every lesson: the content's, and those written and published here.")
@click.option("--json", "as_json", is_flag=True, help="Print the proofs as JSON: a file for --since.")
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show what changed since this file of --json: before an upgrade and after it.",
)
@click.option("--keep", is_flag=True, help="Keep the proofs in the database and show what changed since those there.")
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True, help="Of the findings.")
@click.pass_obj
def prove_command(
    settings: Settings, lesson: str | None, every: bool, as_json: bool, since: Path | None, keep: bool, language: str
) -> None:
    if every == (lesson is not None):
        raise click.UsageError("Give either --all or one COURSE/LESSON.")
    if keep and since is not None:
        raise click.UsageError("Give either --keep or --since FILE, for each says what to compare with.")
    wish = Wish(lesson, as_json, since, language, keep)
    if not has_database(settings) and not keep:
        raise click.exceptions.Exit(run(settings, settings.content, wish))
    prepare_home(settings)
    upgrade(settings)
    sessions = open_sessions(settings)
    with whole_content(settings, sessions) as folder:
        raise click.exceptions.Exit(prove_and_keep(settings, sessions, folder, wish))


def has_database(settings: Settings) -> bool:
    """Whether a school has been here: without one only the content's own lessons can be proved."""
    address = settings.database_url
    return not address.startswith("sqlite:///") or Path(address.removeprefix("sqlite:///")).exists()


@contextmanager
def whole_content(settings: Settings, sessions: Sessions) -> Iterator[Path]:
    """A folder with all that is taught: the content itself where nothing was written here."""
    with sessions.read() as session:
        written = list_published(session)
    if not written:
        yield settings.content
        return
    with tempfile.TemporaryDirectory(prefix="aula-content-") as made:
        root = Path(made, "content")
        ids = {one.course_id for one in written}
        shutil.copytree(settings.content, root, ignore=lambda _folder, names: ids & {*names} | {"datasets"} & {*names})
        for one in written:
            lay_out(one, settings.content.resolve(), root)
        yield root


def prove_and_keep(settings: Settings, sessions: Sessions, folder: Path, wish: Wish) -> int:
    if not wish.keep:
        return run(settings, folder, wish)
    shelf = make_shelf(settings, sessions)
    with tempfile.TemporaryDirectory(prefix="aula-proofs-") as made:
        before, after = Path(made, "before.json"), Path(made, "after.json")
        before.write_text(json.dumps(proofs_to_json(list_kept(sessions, shelf), ())), encoding="utf-8")
        code = run(settings, folder, Wish(wish.lesson, wish.as_json, before, wish.language, keep=True), after)
        proofs = read_proofs(after) if after.exists() else ()
    keep_all(sessions, shelf, proofs)
    return code


def list_kept(sessions: Sessions, shelf: Shelf) -> Sequence[Proof]:
    """The latest kept proof of each lesson that is taught."""
    with sessions.read() as session:
        found = [
            manuscripts.list_proofs(session, course.id, lesson.id, limit=1)
            for course in shelf.current().courses
            for lesson in course.lessons
        ]
    return [one[0].proof for one in found if one and one[0].proof is not None]


def keep_all(sessions: Sessions, shelf: Shelf, proofs: Sequence[Proof]) -> None:
    catalogue = shelf.current()
    with sessions.write() as session:
        for proof in proofs:
            lesson = catalogue.find_lesson(proof.course_id, proof.lesson_id)
            if lesson is not None:
                manuscripts.keep_proof(session, catalogue, lesson, proof, seconds=0.0)


def run(settings: Settings, folder: Path, wish: Wish, record: Path | None = None) -> int:
    """The proofs of a folder in a process of their own, printed as they come; its exit code."""
    path = folder if wish.lesson is None else folder / wish.lesson
    command = [sys.executable, "-m", "graders", "prove", os.fspath(path), "--language", wish.language]
    command += ["--python", os.fspath(settings.kernel_python)]
    command += ["--json"] if wish.as_json else []
    command += ["--since", os.fspath(wish.since.resolve())] if wish.since is not None else []
    command += ["--record", os.fspath(record)] if record is not None else []
    return subprocess.run(command, check=False, cwd=ROOT).returncode
