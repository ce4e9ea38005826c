"""Mails: what is written to whom."""

from dataclasses import dataclass
from typing import Literal

# password_reset: a link to set a new password; account_there: somebody wanted to open an account that there is already;
# work_marked: a person's mark stands; review_answered: what came of a request to look again; marks_changed: a regrade;
# suggestion_made: somebody offers a change to one's lesson; suggestion_answered: what came of one's own.
MailKind = Literal[
    "password_reset", "account_there", "work_marked", "review_answered", "marks_changed", "suggestion_made",
    "suggestion_answered",
]  # fmt: skip


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str
