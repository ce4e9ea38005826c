"""Spanish is the source; English is complete, and its placeholders are the same."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "webapp" / "translations"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def test_the_english_catalogue_is_complete(tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", str(FOLDER / "babel.cfg"),
         "-k", "_l", "-k", "lazy_gettext", "-o", str(template), "webapp"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    source = read_po(template.open("rb"))
    english = read_po((FOLDER / "en" / "LC_MESSAGES" / "messages.po").open("rb"), locale="en")
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
    english = read_po((FOLDER / "en" / "LC_MESSAGES" / "messages.po").open("rb"), locale="en")
    different = []
    for message in english:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {hole for one in ids for hole in PLACEHOLDER.findall(one)}
        for string in strings:
            if message.id and not {hole for hole in PLACEHOLDER.findall(string)} <= wanted:
                different.append(message.id)
    assert different == []


def test_the_compiled_catalogue_is_the_written_one(tmp_path: Path) -> None:
    compiled = FOLDER / "en" / "LC_MESSAGES" / "messages.mo"
    fresh = tmp_path / "messages.mo"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-i", str(compiled.with_suffix(".po")),
         "-o", str(fresh), "-l", "en"],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    assert fresh.read_bytes() == compiled.read_bytes(), "run `make i18n`"
