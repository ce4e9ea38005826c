"""What is wrong with a lesson, by accident or on purpose, is refused or contained with its place and its remedy.

docs/authors.md lists each of these; the draft that was there is always kept.
"""

import html
import io
import re
import stat
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.content import EXERCISE, LESSON, a_content_folder, copy_lesson, replace
from support.webclient import PAGE, School
from support.workshop import (
    a_workshop,
    content_of,
    fields_of,
    files_in,
    files_of,
    lesson_files,
    lesson_zip,
    own_lessons,
    publish,
    upload,
)

from courses import load_catalogue, put_under, write_zip
from courses.__main__ import main
from graders import AnswerKeys, Place, Proof, prove
from notebooks import ForkServer, Limits
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people.records import Person
from webapp.store import Sessions

MIB = 2**20
SHEET = "lesson.yaml"
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def workshop(sqlite_sessions: Sessions, tmp_path: Path) -> School:
    return a_workshop(sqlite_sessions, tmp_path)


@pytest.fixture
def trainer(workshop: School) -> Person:
    return workshop.person("trainer")


@pytest.fixture
def draft(workshop: School, trainer: Person) -> Manuscript:
    """A lesson that the trainer writes already."""
    with workshop.aula.sessions.write() as session:
        return manuscripts.start(
            session, workshop.aula.catalogue, actor=trainer, course_id="datos", lesson_id="mi-leccion",
            files=lesson_files(workshop), what={"do": "start"}, now=workshop.clock(),
        )  # fmt: skip


def is_kept(workshop: School, trainer: Person, draft: Manuscript) -> bool:
    """Whether the draft is as it was, and nothing stands beside it."""
    return own_lessons(workshop, trainer) == (draft,) and files_in(workshop, draft) == lesson_files(workshop)


def a_zip(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in [("leccion/lesson.yaml", b"id: leccion\n"), *entries]:
            archive.writestr(name, raw)
    return buffer.getvalue()


def a_link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_zip(("../fuera.txt", b"x")), "«../fuera.txt» no vale como nombre en un ZIP. Sale de su carpeta con «..»."),
        (a_zip((a_link("leccion/img/a.png"), b"/etc/passwd")), "Es un enlace simbólico. Pon una copia del archivo."),
        (a_zip(("leccion/img/a.png", bytes(4 * MIB))), "«leccion/img/a.png» crece demasiado al abrirse."),
        (a_zip(*((f"leccion/{one}", b"") for one in range(10_000))), "Archivos: > 4000, y el máximo es 4000."),
        (a_zip()[:-30], "El archivo no es un ZIP que se pueda leer."),
        (b"\x00\x01", "No es un ZIP ni un cuaderno que se pueda leer."),
        (write_zip({"a.txt": b"x"}), "El ZIP no trae un curso ni una lección. Trae: a.txt."),
    ],
    ids=["two-dots", "link", "bomb", "ten-thousand", "cut-off", "garbage", "nothing"],
)
def test_a_zip_that_would_do_harm_is_refused_with_its_entry(
    workshop: School, trainer: Person, draft: Manuscript, data: bytes, said: str
) -> None:
    answer = upload(workshop.browser(trainer), data, "leccion.zip")
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert is_kept(workshop, trainer, draft)


@pytest.mark.parametrize(
    ("sheet", "line"),
    [
        (LAUGHS, 1),
        ("id: !!python/object/apply:os.system [id]\n", 1),
        ("uno: &uno {a: 1}\nid: x\ntitle:\n  <<: *uno\n", 1),
        ("id: x\nid: y\n", 2),
        ("id: [x\n", 2),
    ],
    ids=["anchors", "tag", "merge-key", "twice", "unclosed"],
)
def test_tricks_of_yaml_are_refused_with_their_line_on_the_site_and_in_a_folder(
    workshop: School, trainer: Person, draft: Manuscript, capsys: pytest.CaptureFixture[str], sheet: str, line: int
) -> None:
    answer = upload(workshop.browser(trainer), lesson_zip(workshop, lesson_yaml=sheet.encode()), "x.zip")
    assert answer.status_code == 422
    assert f"mi-leccion/lesson.yaml:{line}: " in answer.text
    assert is_kept(workshop, trainer, draft)
    folder = content_of(workshop) / LESSON
    (folder / SHEET).write_text(sheet)
    assert main(["check", str(folder)]) == 1
    assert f"lesson.yaml:{line}: " in capsys.readouterr().out


def test_a_picture_of_200_mb_is_refused_before_it_is_read(
    workshop: School, trainer: Person, draft: Manuscript, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = workshop.browser(trainer)
    told = browser.client.post(
        "/taller/importar", input_stream=io.BytesIO(b"--x"), content_type="multipart/form-data; boundary=x",
        headers=PAGE, environ_overrides={"CONTENT_LENGTH": str(200 * MIB)},
    )  # fmt: skip
    assert told.status_code == 413
    assert "Pesa más de 20 MB" in told.text
    assert "reduce las imágenes" in told.text
    assert is_kept(workshop, trainer, draft)
    picture = content_of(workshop) / LESSON / "img" / "plano.png"
    picture.parent.mkdir()
    with picture.open("wb") as file:
        file.truncate(200 * MIB)
    assert main(["check", str(picture)]) == 1
    assert "plano.png" in capsys.readouterr().out


SCRIPTS = """
<script>alert(1)</script> <img src=x onerror=alert(2)> [enlace](javascript:alert(3))

![Una gráfica de barras con tres colores](img/mala.svg)

{{ 7*7 }} {% include "/etc/passwd" %}
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(4)"><script>alert(5)</script></svg>'


def test_scripts_in_markdown_and_svg_do_nothing_and_templates_are_shown_as_written(
    workshop: School, trainer: Person
) -> None:
    texts = {f"lesson.{one}.md": files_of(content_of(workshop) / LESSON)[f"lesson.{one}.md"] for one in ("es", "en")}
    files = {**lesson_files(workshop), "img/mala.svg": SVG, **{n: raw + SCRIPTS.encode() for n, raw in texts.items()}}
    browser = workshop.browser(trainer)
    path = upload(browser, write_zip(put_under("mala", files)), "mala.zip").location or ""
    assert browser.submit(path, **fields_of(browser.get(path).text)).status_code == 303
    (made,) = own_lessons(workshop, trainer)
    publish(workshop, made)
    answer = workshop.browser().get(f"/cursos/{made.course_id}/mala")
    page = answer.text
    assert "{{ 7*7 }}" in page, page[-6000:]
    assert "49" not in page.partition("{{ 7*7 }}")[2][:200]
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    # The drawing is there as a picture alone, in which browsers run nothing.
    assert 'src="data:image/svg+xml;base64,' in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_two_lessons_of_one_course_never_have_one_id(
    workshop: School, trainer: Person, draft: Manuscript, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = workshop.browser(trainer)
    path = upload(browser, lesson_zip(workshop), "mi-leccion.zip").location or ""
    answer = browser.submit(path, **{**fields_of(browser.get(path).text), "course": "datos"})
    assert answer.status_code == 422
    assert "«mi-leccion-2» está libre" in answer.text
    assert is_kept(workshop, trainer, draft)
    copy = copy_lesson(content_of(workshop) / "curso", "otra")
    replace(SHEET, "id: otra", "id: mi-leccion")(copy)
    assert main(["check", str(copy)]) == 1
    assert "[wrong-id]" in capsys.readouterr().out


def test_courses_that_ask_for_each_other_are_told_of(
    workshop: School, trainer: Person, draft: Manuscript, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = content_of(workshop) / "curso"
    sheet = (folder / "course.yaml").read_text().replace("id: curso", "id: circulo") + "prerequisites: [circulo]\n"
    files = {"course.yaml": sheet.encode(), **put_under("mi-leccion", lesson_files(workshop))}
    browser = workshop.browser(trainer)
    path = upload(browser, write_zip(put_under("circulo", files)), "circulo.zip").location or ""
    answer = browser.submit(path, **fields_of(browser.get(path).text))
    assert answer.status_code == 422
    assert "se piden unos a otros en círculo: circulo → circulo" in html.unescape(answer.text)
    assert is_kept(workshop, trainer, draft)
    (content_of(workshop) / "otro").mkdir()
    another = sheet.replace("circulo", "curso").replace("id: curso", "id: otro")
    (content_of(workshop) / "otro" / "course.yaml").write_text(another)
    copy_lesson(content_of(workshop) / "otro", "mi-leccion")
    (folder / "course.yaml").write_text(sheet.replace("circulo", "otro").replace("id: otro", "id: curso"))
    assert main(["check", str(content_of(workshop))]) == 1
    assert "[circular-course]" in capsys.readouterr().out


NEEDS_NETWORK = "import urllib.request\nanio_mayor = len(urllib.request.urlopen('https://example.org').read())\n"
SECOND_TIME = (
    "from pathlib import Path\nold = Path('visto').exists()\nPath('visto').touch()\nassert old\nanio_mayor = 1\n"
)


@pytest.mark.parametrize(
    ("solution", "code", "said"),
    [
        (NEEDS_NETWORK, "cell_error", "pide algo a la red"),
        (SECOND_TIME, "cell_needs_later", "sólo corre la segunda vez"),
    ],
    ids=["network", "second-run"],
)
def test_a_proof_is_red_for_what_only_works_elsewhere(
    tmp_path: Path, fork_server: ForkServer, solution: str, code: str, said: str
) -> None:
    proof = proof_of(tmp_path, fork_server, {"solution.py": solution})
    found = {one.code: one for one in proof.errors}
    assert not proof.is_green
    assert said in found[code].message.es
    assert (found[code].exercise_id, found[code].path) == ("mas-nacimientos", SHEET)
    assert found[code].line


def proof_of(tmp_path: Path, fork_server: ForkServer, changed: Mapping[str, str]) -> Proof:
    content = a_content_folder(tmp_path / "content")
    for name, text in changed.items():
        (content / EXERCISE / name).write_text(text)
    place = Place(fork_server, AnswerKeys(tmp_path / "keys"), Limits(cell_timeout_s=5.0))
    now = datetime(2026, 3, 4, tzinfo=UTC)
    return prove(content / LESSON, load_catalogue(content), place=place, proved_at=now)


def test_every_row_of_the_guide_has_its_test_here() -> None:
    """docs/authors.md names them."""
    text = (Path(__file__).parents[3] / "docs" / "authors.md").read_text()
    named = set(re.findall(r"\| `(test_\w+)` \|$", text, re.M))
    own = {name for name in globals() if name.startswith("test_")}
    others = (Path(__file__).with_name("test_forking.py")).read_text()
    assert named
    assert {one for one in named if one not in own and f"def {one}(" not in others} == set()
    assert {one for one in own if one not in named} == {"test_every_row_of_the_guide_has_its_test_here"}
