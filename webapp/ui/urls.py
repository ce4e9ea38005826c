"""Addresses: of views in the reader's language, of the same page in the other one, and of where to go next."""

from typing import Any
from urllib.parse import urlsplit

from flask import g, request, url_for
from werkzeug.routing import IntegerConverter, Map

from courses import Language
from webapp.ui.language import PREFIX

LARGEST_NUMBER = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: the number of a row. What no row can have is an address that does not exist."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int | None = None) -> None:
        super().__init__(map, fixed_digits, min, LARGEST_NUMBER if max is None else max)


def url(endpoint: str, *, _external: bool = False, **values: Any) -> str:
    """The address of a view, in the language of this request. Static files have one address for both languages."""
    address = url_for(endpoint, _external=_external, **values)
    if endpoint == "static" and not _external:
        return address.removeprefix(PREFIX)
    return address


def path_in(language: Language, path: str) -> str:
    """A path of the Spanish site, as it is on the site of a language."""
    return f"{PREFIX if language == 'en' else ''}{path}"


def other_language_path() -> str:
    """Where this page is in the other language; its home where this address only takes forms."""
    other: Language = "es" if g.language == "en" else "en"
    if request.method not in ("GET", "HEAD") and "GET" not in allowed_methods():
        return path_in(other, "/")
    query = request.query_string.decode("latin-1")
    return path_in(other, request.path) + (f"?{query}" if query else "")


def allowed_methods() -> frozenset[str]:
    rule = request.url_rule
    return frozenset(rule.methods or ()) if rule else frozenset()


def safe_next(wanted: str | None, otherwise: str) -> str:
    """`wanted` if it is a path of this site, else `otherwise`: nobody is sent elsewhere after signing in."""
    return wanted if wanted and is_local_path(wanted) else otherwise


def is_local_path(address: str) -> bool:
    """Whether a browser that follows this address stays on the site.

    Browsers read a backslash as a slash and skip blanks and control characters, so none of these may appear.
    """
    if not address.startswith("/") or address.startswith("//") or len(address) > 2000:
        return False
    if any(letter == "\\" or letter <= " " or letter == "\x7f" for letter in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
