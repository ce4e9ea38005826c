"""Spanish is the source; English is complete, and its placeholders are the same."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "webapp" / "translations"
ENGLISH = FOLDER / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def test_the_english_catalogue_is_complete(tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", str(FOLDER / "babel.cfg"),
         "-k", "_l", "-k", "lazy_gettext", "-o", str(template), "webapp"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    source = read(template)
    english = read(ENGLISH)
    missing = []
    for message in source:
        if not message.id:
            continue
        translated = english.get(message.id)
        strings = translated.string if translated else ""
        if not strings or (isinstance(strings, tuple) and not all(strings)) or translated.fuzzy:
            missing.append(message.id)
    assert missing == []


def test_placeholders_are_the_same() -> None:
    english = read(ENGLISH)
    different = []
    for message in english:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {hole for one in ids for hole in PLACEHOLDER.findall(one)}
        for string in strings:
            if message.id and not set(PLACEHOLDER.findall(string)) <= wanted:
                different.append(message.id)
    assert different == []


def test_the_compiled_catalogue_is_the_written_one(tmp_path: Path) -> None:
    compiled = ENGLISH.with_suffix(".mo")
    fresh = tmp_path / "messages.mo"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-i", str(ENGLISH),
         "-o", str(fresh), "-l", "en"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    assert fresh.read_bytes() == compiled.read_bytes(), "run `make i18n`"
