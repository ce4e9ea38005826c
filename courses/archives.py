"""Files to a ZIP and back. A ZIP comes from strangers: each entry is looked at before and counted while it is read."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from courses.complaints import MOST_COMPLAINTS, Field, printable
from courses.files import KINDS, LARGEST_FILE, MIB, size
from courses.model import LocalText, Problem
from courses.names import DEEPEST_NAME, find_fault, folded, is_litter
from courses.refusals import Refused, words

LARGEST_ZIP = 20 * MIB
LARGEST_CONTENT = 60 * MIB
MOST_ENTRIES = 4_000
# Text shrinks to a tenth and rarely to a fiftieth; small files may shrink more without harm.
MOST_RATIO = 100
SMALL = 64 * 1024
ENTRY_MARK = b"PK\x01\x02"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The first day that a ZIP can tell: its files are dated by their content, which is the same every day.
EPOCH = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
UNIX = 3
# What the library lets through when its input is no ZIP at all, besides its own errors.
STUMBLES = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, LookupError,
    OverflowError, RuntimeError, NotImplementedError,
)  # fmt: skip


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by their names with slashes; the same bytes for the same files.

    Raises: Refused for a name that no other machine could be trusted with.
    """
    for name in files:
        why = find_fault(name)
        if why:
            raise Refused("zip-name", name=name, why=why)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr, entry.compress_type = UNIX, PLAIN_FILE, zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return buffer.getvalue()


class ZipReader:
    """One ZIP while it is read: what is wrong with it so far, and what it came to."""

    def __init__(self, raw: bytes, path: Path) -> None:
        self.raw, self.path = raw, path
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        self.total = 0

    def refuse(self, code: str, **fields: Field) -> None:
        if len(self.problems) < MOST_COMPLAINTS:
            self.problems.append(Problem(printable(self.path), None, code, words(code, **fields)))

    def read(self) -> None:
        if len(self.raw) > LARGEST_ZIP:
            self.too_large(LocalText("Peso", "Weight"), size(len(self.raw)), size(LARGEST_ZIP))
            return
        # The library makes an object of every entry before it gives out one.
        if self.raw.count(ENTRY_MARK) > MOST_ENTRIES:
            self.too_large(LocalText("Archivos", "Files"), f"> {MOST_ENTRIES}", str(MOST_ENTRIES))
            return
        try:
            with zipfile.ZipFile(io.BytesIO(self.raw)) as archive:
                self.read_entries(archive)
        except STUMBLES as error:
            self.refuse("no-zip", reason=str(error) or type(error).__name__)

    def too_large(self, what: LocalText, found: str, most: str) -> None:
        self.refuse("zip-too-large", what=what, found=found, most=most)

    def read_entries(self, archive: zipfile.ZipFile) -> None:
        entries = [one for one in archive.infolist() if not is_litter(one.orig_filename.rstrip("/"))]
        self.check_names(entries)
        for entry in entries:
            if self.is_readable(entry) and not self.read_entry(archive, entry):
                return

    def check_names(self, entries: list[zipfile.ZipInfo]) -> None:
        """Each name will do, and no two are one file on some machine, nor one a file and the other a folder."""
        for entry in entries:
            why = find_fault(entry.orig_filename.removesuffix("/"))
            if why:
                self.refuse("zip-name", name=entry.orig_filename, why=why)
        counts = Counter(one.orig_filename for one in entries if not one.is_dir())
        for name in sorted(name for name, count in counts.items() if count > 1):
            self.refuse("zip-twice", name=name, other=name)
        seen: dict[str, str] = {}
        for place in sorted({place for one in entries for place in places(one)}):
            known = seen.setdefault(folded(place.removesuffix("/")), place)
            if known != place:
                self.refuse("zip-twice", name=place, other=known)

    def is_readable(self, entry: zipfile.ZipInfo) -> bool:
        """Whether an entry is a plain file that can be read; a refusal if it is neither that nor a folder."""
        mode = entry.external_attr >> 16
        name = entry.orig_filename
        if stat.S_IFMT(mode) and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            kind = next(
                (word for test, word in KINDS if test(mode)), LocalText("un archivo especial", "a special file")
            )
            self.refuse("zip-odd", name=name, kind=kind)
        elif entry.is_dir():
            return False
        elif entry.flag_bits & 0x41:
            self.refuse("zip-encrypted", name=name)
        elif entry.compress_type not in METHODS:
            self.refuse("zip-method", name=name, found=entry.compress_type)
        else:
            return True
        return False

    def read_entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
        """Read an entry, as far as it may go; False if the whole has grown too large to go on."""
        name = entry.orig_filename
        try:
            with archive.open(entry) as file:
                raw = file.read(LARGEST_FILE + 1)
        except STUMBLES as error:
            self.refuse("zip-damaged", name=name, reason=str(error) or type(error).__name__)
            return True
        self.total += len(raw)
        if len(raw) > SMALL and len(raw) > MOST_RATIO * entry.compress_size:
            self.refuse("zip-bomb", name=name, found=f"≥ {size(len(raw))}", packed=size(entry.compress_size))
            return False
        if len(raw) > LARGEST_FILE:
            what = LocalText(f"Peso de «{name}»", f"Weight of “{name}”")
            self.too_large(what, f"> {size(LARGEST_FILE)}", size(LARGEST_FILE))
        if self.total > LARGEST_CONTENT:
            self.too_large(
                LocalText("Peso de todo", "Weight of all"), f"> {size(LARGEST_CONTENT)}", size(LARGEST_CONTENT)
            )
            return False
        self.files[name] = raw
        return True


def places(entry: zipfile.ZipInfo) -> Iterator[str]:
    """An entry's name and those of the folders that it lies in, which end with a slash."""
    parts = entry.orig_filename.removesuffix("/").split("/")
    yield "/".join(parts) + ("/" if entry.is_dir() else "")
    for depth in range(1, min(len(parts), DEEPEST_NAME + 1)):
        yield "/".join(parts[:depth]) + "/"


def read_zip(raw: bytes, path: Path = Path("zip")) -> tuple[Mapping[str, bytes] | None, tuple[Problem, ...]]:
    """The files of a ZIP by name, without what systems leave behind; None, with what is wrong, if anything is.

    path: what to call the ZIP in what is said of it.
    """
    reader = ZipReader(raw, path)
    reader.read()
    return (None if reader.problems else reader.files), tuple(reader.problems)
