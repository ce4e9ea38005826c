"""The job that sends mail."""

from courses import Language
from webapp.jobs import JobContext, job
from webapp.services.messages.backends import deliver
from webapp.services.messages.records import MailKind
from webapp.services.messages.rules import compose
from webapp.services.messages.service import mark_sent, write_mail


@job("send_mail", "mail", attempts=5)
def send_mail(context: JobContext, *, key: str, kind: MailKind, email: str, language: Language, path: str = "") -> None:
    """Write a mail and send it. No transaction is open while a mail server takes its time.

    A job that died after sending sends again: a mail twice is better than none.
    """
    settings, now = context.settings, context.clock()
    with context.session_scope() as session:
        mail = write_mail(
            session, key=key, kind=kind, email=email, language=language, path=path,
            public_address=settings.public_address, now=now,
        )  # fmt: skip
    if mail is None:
        return
    deliver(compose(mail, sender=settings.mail_from, now=now), settings, key=key)
    with context.session_scope() as session:
        mark_sent(session, key, now=context.clock())
