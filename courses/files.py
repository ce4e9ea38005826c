"""Reading an author's folder with caution: plain files only, never through a link, never more than fits."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from courses.complaints import Complaints
from courses.model import LocalText

MIB = 2**20
LARGEST_FILE = MIB
LARGEST_TEXT = 128 * 1024
MOST_FILES = 500
DEEPEST = 4

KINDS = (
    (stat.S_ISLNK, LocalText("un enlace simbólico", "a symbolic link")),
    (stat.S_ISDIR, LocalText("una carpeta", "a folder")),
    (stat.S_ISREG, LocalText("un archivo", "a file")),
)


@dataclass(frozen=True)
class Folder:
    """The files below a folder, by their name in it with slashes ("exercises/suma/starter.py")."""

    path: Path
    contents: Mapping[str, bytes]

    def names(self, under: str = "") -> tuple[str, ...]:
        """The names that begin with `under`, sorted."""
        return tuple(name for name in sorted(self.contents) if name.startswith(under))

    def find_text(self, name: str, complaints: Complaints) -> str | None:
        """A file's text; None, with a complaint, if it is not there or not text."""
        raw = self.contents.get(name)
        if raw is None:
            complaints.add("missing-file", self.path / name, name=name)
            return None
        return decode(raw, self.path / name, complaints)


def decode(raw: bytes, path: Path, complaints: Complaints, *, most: int = LARGEST_TEXT) -> str | None:
    """UTF-8 text with or without a byte order mark, lines ended by \\n; None, with a complaint, for anything else."""
    if len(raw) > most:
        complaints.add("too-large", path, name=path.name, found=size(len(raw)), most=size(most))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        complaints.add("not-utf8", path, line, byte=f"0x{raw[error.start]:02X}")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_folder(path: Path, complaints: Complaints, *, largest: int = LARGEST_FILE) -> Folder:
    """Everything below a folder that is a plain file of at most `largest` bytes; a complaint for whatever is not.

    Names that begin with a dot, end with ~ or hold compiled Python are passed over.
    """
    contents: dict[str, bytes] = {}
    for name in walk(path, "", complaints):
        if len(contents) == MOST_FILES:
            most = LocalText(f"{MOST_FILES} archivos", f"{MOST_FILES} files")
            complaints.add("too-large", path, name=path.name, found=f"> {MOST_FILES}", most=most)
            break
        raw = read_bytes(path / name, complaints, largest=largest)
        if raw is not None:
            contents[name] = raw
    return Folder(path, contents)


def walk(root: Path, inside: str, complaints: Complaints, depth: int = 0) -> Iterator[str]:
    """Names of the plain files below root/inside, sorted; links and devices earn a complaint."""
    for entry in list_entries(root / inside, complaints):
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False) and depth < DEEPEST:
            yield from walk(root, f"{name}/", complaints, depth + 1)
        elif entry.is_file(follow_symlinks=False):
            yield name
        else:
            complaints.add("odd-file", root / name, name=name, kind=kind_of(root / name))


def list_entries(path: Path, complaints: Complaints) -> list[os.DirEntry[str]]:
    """What a folder holds, by name, without what editors and systems leave behind; empty if it cannot be read."""
    try:
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        complaints.add("unreadable", path, name=path.name, reason=error.strerror or type(error).__name__)
        return []
    return [
        one for one in found if not one.name.startswith(".") and not one.name.endswith(("~", ".pyc", "__pycache__"))
    ]


def read_bytes(path: Path, complaints: Complaints, *, largest: int = LARGEST_FILE) -> bytes | None:
    """A plain file's bytes; None, with a complaint, if it is anything else or too large."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            complaints.add("odd-file", path, name=path.name, kind=kind_of(path))
            return None
        with open(path, "rb", opener=open_plainly) as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        complaints.add("missing-file", path, name=path.name)
        return None
    except OSError as error:
        complaints.add("unreadable", path, name=path.name, reason=error.strerror or type(error).__name__)
        return None
    if len(raw) > largest:
        complaints.add("too-large", path, name=path.name, found=f"> {size(largest)}", most=size(largest))
        return None
    return raw


def open_plainly(path: str, flags: int) -> int:
    """Open a file but no link, and wait for no pipe, even if it took the file's place a moment ago."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def kind_of(path: Path) -> LocalText:
    """What stands at a path, without following it."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return LocalText("algo que ya no está", "something that is gone")
    return next((words for test, words in KINDS if test(mode)), LocalText("un archivo especial", "a special file"))


def size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 1024:.0f} KiB" if count < MIB else f"{count / MIB:.1f} MiB"
