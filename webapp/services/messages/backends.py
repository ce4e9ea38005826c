"""How mail leaves: on the console, as files, or by SMTP."""

import os
import re
import smtplib
import ssl
import sys
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from webapp.settings import Settings

TIMEOUT_S = 20


class UnsafeMailServer(Exception):
    """The mail server wants a password and offers no encryption."""


def deliver(message: EmailMessage, settings: Settings, *, key: str) -> None:
    """Send a mail the way that is set. Raises OSError or smtplib.SMTPException; then it may be tried again."""
    if settings.mail == "console":
        sys.stdout.write(f"{message.as_string()}\n")
        sys.stdout.flush()
    elif settings.mail == "file":
        write_file(message, settings.home / "mail", key)
    else:
        send(message, settings.mail)


def write_file(message: EmailMessage, folder: Path, key: str) -> None:
    """One file for each mail, for its own account's eyes only; the same mail again takes the place of the first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9-]", "", key) or "mail"
    draft = folder / f".{name}.part"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600), "wb") as file:
        file.write(message.as_bytes())
    draft.replace(folder / f"{name}.eml")


def send(message: EmailMessage, address: str) -> None:
    """By SMTP, encrypted from the start (smtps) or as soon as the server offers it (smtp)."""
    place = urlsplit(address)
    context = ssl.create_default_context()
    host = place.hostname or "localhost"
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, place.port or 465, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, place.port or 25, timeout=TIMEOUT_S)
    with server:
        server.ehlo()
        if place.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif place.scheme == "smtp" and place.username:
            raise UnsafeMailServer(f"{host} asks for a password and offers no encryption. Use smtps:// in AULA_MAIL.")
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        server.send_message(message)
