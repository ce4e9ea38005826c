"""`python -m courses preview`, as an author's browser sees it: every save shows, nothing runs, nobody else gets in."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from support.content import EXERCISE, LESSON, a_content_folder, copy_lesson, replace

from courses.__main__ import main
from courses.preview import PreviewServer

ROOT = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


@pytest.fixture
def server(root: Path) -> Iterator[PreviewServer]:
    with PreviewServer(root / LESSON, 0, "es", wait_s=5.0) as opened:
        thread = Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


def get(server: PreviewServer, path: str = "/", host: str = "127.0.0.1") -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{server.server_address[1]}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def test_the_page_shows_the_lesson_with_its_answers_folded(server: PreviewServer) -> None:
    status, page, headers = get(server)
    assert status == 200
    assert "<h1>Mi lección</h1>" in page
    assert "Sin quejas" in page
    assert "<summary>Solución (2)</summary>" in page
    assert "<summary>Respuestas equivocadas (2)</summary>" in page
    assert "python -m courses check" in page
    assert "--prove" in page
    assert "script-src 'self'" in headers["content-security-policy"]
    assert page.count("<h1>") == 1


def test_it_is_there_in_both_languages(server: PreviewServer) -> None:
    assert "<h1>My lesson</h1>" in get(server, "/en/")[1]
    assert '<html lang="en"' in get(server, f"/en/{LESSON}")[1]
    assert get(server, "/es/curso/otra")[0] == 404


def test_a_bad_lesson_shows_its_complaints_with_file_and_line_instead(root: Path, server: PreviewServer) -> None:
    (root / EXERCISE / "solution.py").write_text("anio_mayor = (\n")
    page = get(server)[1]
    assert "<code>mi-leccion/exercises/mas-nacimientos/solution.py:1</code>" in page
    assert "no se puede mostrar" in page


def test_a_save_ends_the_wait_for_news(root: Path, server: PreviewServer) -> None:
    before = get(server)[1].partition('data-state="')[2].partition('"')[0]
    told: list[str] = []
    waiting = Thread(target=lambda: told.append(get(server, f"/changes?since={before}")[1]))
    waiting.start()
    replace(f"{LESSON}/lesson.yaml", "es: Mi lección", "es: Otra lección")(root)
    waiting.join()
    assert told != [before]
    page = get(server)[1]
    state = page.partition('data-state="')[2].partition('"')[0]
    assert "<h1>Otra lección</h1>" in page
    # A file is emptied before it is written: the first news may be of the moment between, and then there are more.
    assert state in {told[0], get(server, f"/changes?since={told[0]}")[1]}


def test_without_news_the_same_state_comes_back(root: Path) -> None:
    with PreviewServer(root / LESSON, 0, "es", wait_s=0.1) as quick:
        thread = Thread(target=quick.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        state = get(quick, "/changes?since=")[1]
        assert get(quick, f"/changes?since={state}")[1] == state
        quick.shutdown()
        thread.join()


def test_pages_of_elsewhere_cannot_read_it(server: PreviewServer) -> None:
    """A name of theirs may lead to this machine; the browser then still says whose page it is."""
    assert get(server, host="malo.example")[0] == 403
    assert server.server_address[0] == "127.0.0.1"


def test_only_pages_are_served(server: PreviewServer) -> None:
    assert get(server, "/../lesson.yaml")[0] == 404
    assert get(server, f"/es/{LESSON}/lesson.yaml")[0] == 404
    assert get(server, "/preview.css")[0] == 200


def test_scripts_and_templates_in_texts_are_shown_as_written(root: Path, server: PreviewServer) -> None:
    replace(f"{LESSON}/lesson.es.md", "(mirar)=\n", "(mirar)=\n")(root)
    with (root / LESSON / "lesson.es.md").open("a") as file:
        file.write("\n{{ 7*7 }} <script>alert(1)</script> [x](javascript:alert(1))\n")
    page = get(server)[1]
    assert "{{ 7*7 }}" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_a_course_has_a_list_of_its_lessons(root: Path) -> None:
    copy_lesson(root / "curso", "otra")
    with PreviewServer(root / "curso", 0, "es") as several:
        thread = Thread(target=several.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        page = get(several)[1]
        assert 'href="/es/curso/mi-leccion"' in page
        assert 'href="/es/curso/otra"' in page
        assert get(several, "/es/curso/otra")[0] == 200
        several.shutdown()
        thread.join()


def test_the_command_says_where_it_is_and_what_comes_next(root: Path) -> None:
    command = [sys.executable, "-m", "courses", "preview", str(root / LESSON), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline(), process.stdout.readline()]
        process.terminate()
    assert said[0].startswith("Vista previa en http://127.0.0.1:")
    assert said[1] == f"Luego: python -m courses check {root / LESSON} --prove\n"


def test_a_port_that_is_taken_is_told(root: Path, server: PreviewServer, capsys: pytest.CaptureFixture[str]) -> None:
    port = str(server.server_address[1])
    assert main(["preview", str(root / LESSON), "--port", port]) == 2
    assert f"No se pudo abrir el puerto {port}" in capsys.readouterr().err
    assert main(["preview", str(root / "nada")]) == 2
