"""From a template and its facts to a mail; from a mail to the form in which it travels."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from string import Template

from courses import Language
from webapp.services.messages.records import Mail

RESET_PATH = "/clave/nueva/"
FORGOTTEN_PATH = "/clave/olvidada"


def address_of(public_address: str, language: Language, path: str) -> str:
    """A page of the site as a mail names it."""
    return f"{public_address}{'/en' if language == 'en' else ''}{path}"


def fill(template: str, facts: Mapping[str, str], *, to: str) -> Mail:
    """The mail that a template makes. Its first line is the subject, the rest after a blank line the text.

    Raises: KeyError for a fact that the template asks for and is not given.
    """
    subject, _, text = template.partition("\n")
    return Mail(
        to, " ".join(Template(subject).substitute(facts).split()), Template(text).substitute(facts).strip() + "\n"
    )


def compose(mail: Mail, *, sender: str, now: datetime) -> EmailMessage:
    """The mail as plain text, ready to be sent. No header can hold a line break: EmailMessage refuses them."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain="aula-abierta.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
