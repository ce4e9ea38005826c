"""Who reads the page, as far as learners' pages need to know."""

from webapp.ui.urls import url
from webapp.ui.visitor import current_person, get_person


def find_reader_id() -> int | None:
    """The signed-in person's id; None for a visitor."""
    person = current_person()
    return int(person.id) if person else None


def get_reader_id() -> int:
    """The same behind a door that lets in signed-in people only."""
    return int(get_person().id)


def sign_in_address(next_path: str) -> str:
    """Where a visitor signs in, to come back to a path of the site afterwards."""
    return url("account.sign_in", next=next_path)
