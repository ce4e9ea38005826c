"""What was done to a lesson in one of its versions, in words."""

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from courses import name_file, name_place
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
    "sheet.set": _l("Cambio: %(place)s"),
    "sheet.insert": _l("Agregado: %(place)s"),
    "sheet.remove": _l("Quitado: %(place)s"),
    "sheet.move": _l("Otro orden: %(place)s"),
    "file.write": _l("Cambio: %(file)s"),
    "file.remove": _l("Quitado: %(file)s"),
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
    """What a change says of itself, as text; places and files by their names, and a dash for what it does not say."""

    def __init__(self, what: Mapping[str, Any]) -> None:
        super().__init__({str(name): str(value) for name, value in what.items() if not isinstance(value, dict)})
        path, name = what.get("path"), what.get("name")
        if isinstance(path, list) and path and all(isinstance(one, str | int) for one in path):
            self["place"] = name_place(path).for_language(g.language)
        if isinstance(name, str):
            self["file"] = name_file(name).for_language(g.language)

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
