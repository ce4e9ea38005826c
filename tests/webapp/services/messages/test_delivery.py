"""How mails are written, and how they leave: nothing in clear that should not be, nothing in a header that is text."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from webapp.services.messages.backends import UnsafeMailServer, deliver
from webapp.services.messages.records import Mail
from webapp.services.messages.rules import address_of, compose, fill
from webapp.settings import Settings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEMPLATE = "Hola, $name\n\nTu enlace:\n$link\n"


class MailServer:
    """A server that takes mail and offers no encryption. received: the commands and lines that it was sent."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.received: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _address = self._socket.accept()
        with connection, connection.makefile("rwb") as lines:
            self._say(lines, "220 here")
            in_data = False
            for raw in lines:
                line = raw.decode().rstrip("\r\n")
                self.received.append(line)
                if in_data:
                    in_data = line != "."
                    if not in_data:
                        self._say(lines, "250 taken")
                elif line.lower().startswith("quit"):
                    self._say(lines, "221 bye")
                    return
                elif line.lower() == "data":
                    in_data = True
                    self._say(lines, "354 go on")
                else:
                    self._say(lines, "250 fine")

    @staticmethod
    def _say(lines: Any, text: str) -> None:
        lines.write(f"{text}\r\n".encode())
        lines.flush()

    def close(self) -> None:
        self._thread.join(10)
        self._socket.close()


@pytest.fixture
def server() -> Iterator[MailServer]:
    running = MailServer()
    yield running
    running.close()


def a_message() -> EmailMessage:
    mail = fill(TEMPLATE, {"name": "Ana Ñandú", "link": "http://x/y"}, to="ana@prueba.test")
    return compose(mail, sender="Aula Abierta <aula@prueba.test>", now=NOW)


def settings(home: Path, mail: str) -> Settings:
    return Settings.from_env({"AULA_HOME": str(home), "AULA_MAIL": mail})


def test_the_first_line_of_a_template_is_the_subject() -> None:
    mail = fill(TEMPLATE, {"name": "Ana", "link": "http://x"}, to="ana@prueba.test")
    assert mail == Mail("ana@prueba.test", "Hola, Ana", "Tu enlace:\nhttp://x\n")


def test_a_fact_that_is_missing_is_no_empty_place() -> None:
    with pytest.raises(KeyError):
        fill(TEMPLATE, {"name": "Ana"}, to="ana@prueba.test")


def test_a_name_cannot_write_headers() -> None:
    mail = fill(TEMPLATE, {"name": "Ana\r\nBcc: otra@prueba.test", "link": ""}, to="ana@prueba.test")
    message = compose(mail, sender="aula@prueba.test", now=NOW)
    assert message["Bcc"] is None
    assert message["Subject"] == "Hola, Ana Bcc: otra@prueba.test"


def test_an_address_cannot_write_headers() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        compose(Mail("ana@prueba.test\nBcc: x@prueba.test", "s", "t"), sender="aula@prueba.test", now=NOW)


def test_links_lead_to_the_page_in_the_language_of_the_mail() -> None:
    assert address_of("https://aula.example.org", "es", "/entrar") == "https://aula.example.org/entrar"
    assert address_of("https://aula.example.org", "en", "/entrar") == "https://aula.example.org/en/entrar"


def test_a_mail_is_taken_by_a_server(server: MailServer, tmp_path: Path) -> None:
    deliver(a_message(), settings(tmp_path, f"smtp://127.0.0.1:{server.port}"), key="k")
    said = "\n".join(server.received)
    assert "rcpt TO:<ana@prueba.test>" in said
    assert "Auto-Submitted: auto-generated" in said


def test_a_password_never_goes_to_a_server_without_encryption(server: MailServer, tmp_path: Path) -> None:
    where = settings(tmp_path, f"smtp://aula:hunter2@127.0.0.1:{server.port}")
    with pytest.raises(UnsafeMailServer, match="smtps"):
        deliver(a_message(), where, key="k")
    server.close()
    assert not any("hunter2" in line or line.lower().startswith("auth") for line in server.received)


def test_a_server_that_is_away_is_an_error_to_try_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        deliver(a_message(), settings(tmp_path, f"smtp://127.0.0.1:{port}"), key="k")


def test_a_mail_as_a_file_is_whole_and_the_same_key_makes_one(tmp_path: Path) -> None:
    for _time in range(2):
        deliver(a_message(), settings(tmp_path, "file"), key="../../etc/k1")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["etck1.eml"]


def test_a_mail_on_the_console_is_read_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deliver(a_message(), settings(tmp_path, "console"), key="k")
    assert "To: ana@prueba.test" in capsys.readouterr().out
