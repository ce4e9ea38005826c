"""Which names of files may be taken from strangers: those that are the same plain file on every machine."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from courses.model import LocalText

LONGEST_NAME = 200
DEEPEST_NAME = 8
FORBIDDEN = re.compile(r'[<>:"|?*]')
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{one}" for one in range(10)), *(f"lpt{one}" for one in range(10))}
)
# What editors and systems leave behind: never part of a lesson.
LITTER = ("__MACOSX", "__pycache__")


def find_fault(name: str) -> LocalText | None:
    """Why a file's name with its folders will not do; None if it will."""
    return next((words for is_so, words in FAULTS if is_so(name)), None)


def has_empty_part(name: str) -> bool:
    return any(part in ("", ".") or part != part.strip() or part.endswith(".") for part in name.split("/"))


def is_device(name: str) -> bool:
    return any(part.split(".")[0].casefold() in DEVICES for part in name.split("/"))


FAULTS: Sequence[tuple[Callable[[str], bool], LocalText]] = (
    (lambda name: "\\" in name, LocalText("Lleva una barra invertida.", "It has a backslash.")),
    (
        lambda name: re.match(r"[A-Za-z]:", name) is not None,
        LocalText("Empieza con una unidad de disco.", "It begins with a drive."),
    ),
    (lambda name: name.startswith("/"), LocalText("Es una ruta absoluta.", "It is an absolute path.")),
    (
        lambda name: ".." in name.split("/"),
        LocalText("Sale de su carpeta con «..».", "It leaves its folder by “..”."),
    ),
    (
        lambda name: not name.isprintable() or FORBIDDEN.search(name) is not None,
        LocalText("Lleva un signo que no vale en nombres.", "It has a sign that does not go in names."),
    ),
    (
        has_empty_part,
        LocalText("Una parte está vacía o acaba en punto o espacio.", "A part is empty or ends in a stop or a space."),
    ),
    (is_device, LocalText("Es un dispositivo en Windows.", "It is a device on Windows.")),
    (
        lambda name: len(name.encode()) > LONGEST_NAME,
        LocalText(f"Pasa de {LONGEST_NAME} bytes.", f"It has more than {LONGEST_NAME} bytes."),
    ),
    (
        lambda name: name.count("/") > DEEPEST_NAME,
        LocalText(f"Está a más de {DEEPEST_NAME} carpetas.", f"It is more than {DEEPEST_NAME} folders deep."),
    ),
)


def is_litter(name: str) -> bool:
    """Whether a file is passed over, as in an author's folder: by its own name, or by that of a folder it is in."""
    return any(
        (part.startswith(".") and part not in (".", "..")) or part in LITTER or part.endswith(("~", ".pyc"))
        for part in name.split("/")
    )


def folded(name: str) -> str:
    """The same for names that some machine takes for one: they differ in case or in how accents are encoded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
