"""The reader's language, told by the address: `/en/…` is English, everything else Spanish."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import has_request_context, request

from courses import Language

PREFIX = "/en"
LANGUAGE_KEY = "aula.language"


class LanguagePrefix:
    """WSGI middleware: moves `/en` from the path to the script name, so that addresses built later keep it."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ[LANGUAGE_KEY] = "es"
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            environ[LANGUAGE_KEY] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = path.removeprefix(PREFIX) or "/"
        return self._application(environ, start_response)


def request_language() -> Language:
    """The language of this request's address; Spanish outside of requests."""
    is_english = has_request_context() and request.environ.get(LANGUAGE_KEY) == "en"
    return "en" if is_english else "es"
