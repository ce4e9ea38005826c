"""The preview's server: pages for the machine that it runs on and for nobody else."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlsplit

from courses.examined import list_lesson_folders
from courses.model import LANGUAGES, Language
from courses.preview.page import Around, render_index, render_lesson, render_missing
from courses.preview.watch import state_of, wait_for_change

LOOPBACK = "127.0.0.1"
HOSTS = frozenset({LOOPBACK, "localhost"})
WAIT_S = 20.0
FILES = {"/preview.css": "text/css; charset=utf-8", "/preview.js": "text/javascript; charset=utf-8"}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class PreviewServer(ThreadingHTTPServer):
    """Serves the lessons at a path until it is shut down. `url` is where."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, path: Path, port: int, language: Language, *, wait_s: float = WAIT_S) -> None:
        self.path, self.language, self.wait_s = path, language, wait_s
        self.stopped = Event()
        super().__init__((LOOPBACK, port), PreviewHandler)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    def folders(self) -> tuple[Path, ...]:
        return list_lesson_folders(self.path) or ((self.path,) if (self.path.parent / "course.yaml").is_file() else ())

    def shutdown(self) -> None:
        self.stopped.set()
        super().shutdown()


class PreviewHandler(BaseHTTPRequestHandler):
    """One request. Nothing but pages of lessons, two files of our own and the state of the files is ever served."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        # A page of elsewhere may have its own name lead to this machine; it must not read the author's work.
        if (self.headers.get("Host") or "").rsplit(":", 1)[0] not in HOSTS:
            self.answer("403", "text/plain; charset=utf-8", HTTPStatus.FORBIDDEN)
        elif address.path in FILES:
            self.answer(Path(__file__).with_name(address.path[1:]).read_text("utf-8"), FILES[address.path])
        elif address.path == "/changes":
            since = parse_qs(address.query).get("since", [""])[0]
            server = self.server
            state = wait_for_change(server.path, since, stopped=server.stopped, most_s=server.wait_s)
            self.answer(state, "text/plain; charset=utf-8")
        else:
            self.show(address.path)

    def show(self, path: str) -> None:
        """The page at an address: a lesson, the list, or that there is no such page."""
        parts = [one for one in path.split("/") if one]
        language: Language = next((one for one in LANGUAGES if parts[:1] == [one]), self.server.language)
        folders = self.server.folders()
        around = Around(folders, state_of(self.server.path), language)
        wanted = parts[1:] if parts[:1] == [language] else parts
        folder = next((one for one in folders if wanted == [one.parent.name, one.name]), None)
        if folder is not None or (not wanted and len(folders) == 1):
            self.answer(render_lesson(folder or folders[0], around))
        elif not wanted:
            self.answer(render_index(around))
        else:
            self.answer(render_missing(around), status=HTTPStatus.NOT_FOUND)

    def answer(self, text: str, kind: str = "text/html; charset=utf-8", status: HTTPStatus = HTTPStatus.OK) -> None:
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the author reads the page, and the terminal says where it is."""


def open_preview(path: Path, *, port: int, language: Language) -> PreviewServer:
    """The server of a folder's lessons, bound to the loopback; `serve_forever` runs it.

    port: 0 for any that is free. Raises: OSError where the port is taken.
    """
    return PreviewServer(path, port, language)
