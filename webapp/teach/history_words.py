"""What was done to a lesson in one of its versions, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webapp.services.manuscripts.records import Version
from webapp.teach.manuscripts import proof_words

# By what was done. The named places are filled with what the change itself says.
DONE: Mapping[str, Any] = {
    "start": _l("Lección nueva"),
    "fork": _l("Versión propia de %(lesson)s"),
    "import": _l("Se trajo un archivo"),
    "restore": _l("Se volvió a la versión %(number)s"),
    "merge": _l("Se trajeron cambios de la original"),
    "suggestion": _l("Se aceptó una sugerencia"),
    "together": _l("Varios cambios"),
    "block.change": _l("Se cambió un bloque"),
    "block.insert": _l("Se agregó un bloque"),
    "block.move": _l("Se movió un bloque"),
    "block.delete": _l("Se quitó un bloque"),
    "block.copy": _l("Se copió un bloque"),
    "sheet.set": _l("Se cambió %(place)s"),
    "sheet.insert": _l("Se agregó algo en %(place)s"),
    "sheet.remove": _l("Se quitó %(place)s"),
    "sheet.move": _l("Se cambió el orden en %(place)s"),
    "file.write": _l("Se cambió el archivo %(name)s"),
    "file.remove": _l("Se quitó el archivo %(name)s"),
    "exercise.rename": _l("El ejercicio %(id)s ahora se llama %(to)s"),
    "image.add": _l("Se agregó la imagen %(name)s"),
    "image.alt": _l("Se cambió el texto alternativo de una imagen"),
    "note.set": _l("Se cambió una nota para quien enseña"),
    "dataset.swap": _l("Se cambiaron los datos %(from)s por %(to)s"),
}
LANGUAGES: Mapping[str, Any] = {"es": _l("en español"), "en": _l("en inglés")}


def say_what(what: Mapping[str, Any]) -> str:
    """A version's change as a line of the history. One that nobody has put in words is a change all the same."""
    words = DONE.get(str(what.get("do", "")))
    if words is None:
        return str(_("Se cambió la lección"))
    changes = what.get("changes")
    if what.get("do") == "together" and isinstance(changes, list):
        return str(ngettext("%(num)s cambio", "%(num)s cambios a la vez", len(changes)))
    line = str(words) % Facts(what)
    language = LANGUAGES.get(str(what.get("language", "")))
    return f"{line}, {language}" if language and what.get("do") == "block.change" else line


class Facts(dict[str, str]):
    """What a change says of itself, as text; a place as its steps, and a dash for what it does not say."""

    def __init__(self, what: Mapping[str, Any]) -> None:
        super().__init__({str(name): str(value) for name, value in what.items() if not isinstance(value, dict)})
        path = what.get("path")
        if isinstance(path, list) and path:
            self["place"] = " › ".join(map(str, path))

    def __missing__(self, name: str) -> str:
        return "–"


def line_of(version: Version, author: str, *, head: int) -> Mapping[str, Any]:
    """A version as the history shows it."""
    return {
        "number": version.number,
        "what": say_what(version.what),
        "who": author,
        "at": version.saved_at,
        "is_published": version.is_published,
        "is_head": version.number == head,
        "proof": proof_words(version.proof),
    }
