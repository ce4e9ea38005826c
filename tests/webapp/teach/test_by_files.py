"""The same road by plain files: another's lesson copied, other data, a red proof, mended, green, and into the site."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.content import ROOT, SHIPPED
from support.towns import COUNT, LESSON, STATES, TOWNS, towns_files
from support.webclient import School, open_school
from support.workshop import fields_of, files_of, upload

from courses import Catalogue, LocalText, put_under, save_folder, write_course_sheet, write_zip
from webapp.services.manuscripts import service as manuscripts
from webapp.store import Sessions

COURSE, MINE = "curso", "mis-estados"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Somebody's own repository of lessons, with a colleague's lesson in it."""
    root = tmp_path / "lecciones"
    title = LocalText("Lugares", "Places")
    save_folder({"course.yaml": write_course_sheet(COURSE, title, title, [LESSON, MINE]).encode()}, make(root) / COURSE)
    save_folder(towns_files(), root / COURSE / LESSON)
    for name in ("datasets", "_spelling", "LICENSE.md"):
        (root / name).symlink_to(SHIPPED / name)
    return root


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "courses", *arguments], cwd=root, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def test_by_files_from_a_colleagues_lesson_to_one_of_her_own_in_the_site(
    repository: Path, sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue
) -> None:
    done = command(repository, "new", f"{COURSE}/{MINE}", "--from", f"{COURSE}/{LESSON}")
    assert done.returncode == 0, done.stderr
    mine = repository / COURSE / MINE
    for file in mine.rglob("*.*"):
        file.write_text(file.read_text("utf-8").replace(TOWNS, STATES), "utf-8")

    red = command(repository, "check", f"{COURSE}/{MINE}", "--prove")
    assert red.returncode == 1
    complaints = [line for line in red.stdout.splitlines() if "cvegeo" in line]
    assert complaints, red.stdout + red.stderr
    assert all(COUNT in line and "lesson.yaml:" in line for line in complaints)

    solution = mine / "exercises" / COUNT / "solution.py"
    solution.write_text(solution.read_text("utf-8").replace("cvegeo", "cve_ent"), "utf-8")
    green = command(repository, "check", f"{COURSE}/{MINE}", "--prove")
    assert green.returncode == 0, green.stdout

    school = open_school(sqlite_sessions, tmp_path / "home", catalogue)
    take_in(school, mine)


def take_in(school: School, folder: Path) -> None:
    """The folder as a ZIP into the site, where it is the same lesson, byte for byte."""
    teresa = school.person("trainer")
    browser = school.browser(teresa)
    files = files_of(folder)
    page = upload(browser, write_zip(put_under(MINE, files)), "mis-estados.zip")
    if page.status_code == 303:
        where = page.headers["Location"]
        shown = browser.get(where)
        fields = {**fields_of(shown.text), "course_title": "Mis estados"}
        assert browser.submit(where, **fields).status_code in (200, 303)
    with school.aula.sessions.read() as session:
        (made,) = manuscripts.list_manuscripts(session, person_id=int(teresa.id))
        assert manuscripts.read_files(session, made.id) == files
