"""Mails: what is written to whom."""

from dataclasses import dataclass
from typing import Literal

# password_reset: a link to set a new password; account_there: somebody wanted to open an account that there is already.
MailKind = Literal["password_reset", "account_there"]


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str
