"""Forms that carry a file: how large it may be, which is said before any of it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, request

from webapp.store import Refusal

View = TypeVar("View", bound=Callable[..., Any])
UPLOAD = "aula_upload"
FORM_PARTS = 100
# What stands around the file in a form: names, the token, other fields.
AROUND_FILE = 64 * 1024


class UploadTooLarge(Refusal):
    """The file is larger than this form takes; nothing of it was read."""

    code = "upload_too_large"


@dataclass(frozen=True)
class Room:
    """What a form may bring: bytes of its file or of all its fields, and how many fields."""

    bytes: int
    parts: int


def takes_file(most_bytes: int, *, parts: int = FORM_PARTS) -> Callable[[View], View]:
    """The view's form may bring so much, a file or many fields. All other forms stay small."""

    def mark(view: View) -> View:
        setattr(view, UPLOAD, Room(most_bytes, parts))
        return view

    return mark


def make_room(form_bytes: int) -> None:
    """Set how much this request may bring. form_bytes: for forms of views that say nothing else.

    Raises: UploadTooLarge by what the browser says that it will send.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    room: Room | None = getattr(view, UPLOAD, None)
    if room is None:
        # Only texts of cells may be long, and they come as JSON.
        if not request.is_json:
            request.max_content_length = form_bytes
        return
    request.max_content_length = room.bytes + AROUND_FILE
    request.max_form_parts = room.parts
    if (request.content_length or 0) > room.bytes + AROUND_FILE:
        raise UploadTooLarge
