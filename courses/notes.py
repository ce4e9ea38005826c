"""Changes to the notes for whoever teaches a lesson, which keep the comments and the other notes of notes.yaml."""

from pathlib import Path

from courses.complaints import Complaints
from courses.lesson_edits import read_text
from courses.lesson_notes import KEY, LONGEST, NOTES, has_values
from courses.marked import read_yaml
from courses.model import LANGUAGES, LocalText
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value, remove_field, set_field
from courses.sources import Files
from courses.yaml_words import write_entry

COMMENT = """\
# Notas para quien da la lección; sus participantes no las ven.
# Notes for whoever teaches the lesson; learners do not see them.
"""


def with_note(files: Files, key: str, text: LocalText) -> Files:
    """The lesson with another note for a block: "section:cargar", "cell:abrir-entidades" or "exercise:suma".

    A text without words takes the note away, and the last one its file. Raises: Refused if the key or the text will
    not do, or if notes.yaml cannot be read; the files that were given are never changed.
    """
    if not KEY.fullmatch(key):
        raise Refused("note-key", key=key)
    if not text.es.strip() and not text.en.strip():
        return without_note(files, key)
    for language in LANGUAGES:
        words = text.es if language == "es" else text.en
        if not words.strip() or len(words) > LONGEST:
            raise Refused("note-length", key=f"{key} › {language}", found=len(words.strip()), most=LONGEST)
    record = {"es": one_form(text.es), "en": one_form(text.en)}
    written = read_text(files, NOTES) if NOTES in files else ""
    changed = set_field(written, (key,), record) if has_values(written) else begin(written, key, record)
    return {**files, NOTES: changed.encode()}


def without_note(files: Files, key: str) -> Files:
    """The lesson without the note of a block, which it need not have. Raises: Refused if notes.yaml cannot be read."""
    written = read_text(files, NOTES) if NOTES in files else ""
    notes = read_sheet_value(written) if has_values(written) else {}
    if not isinstance(notes, dict) or key not in notes:
        return files
    if len(notes) == 1:
        return {name: raw for name, raw in files.items() if name != NOTES}
    return {**files, NOTES: remove_field(written, (key,)).encode()}


def begin(written: str, key: str, record: dict[str, str]) -> str:
    """The first note of a file, below the comments that stand there. Raises: Refused for text that YAML cannot hold."""
    text = f"{written or COMMENT}{write_entry(key, record, 0)}\n"
    found = read_yaml(text, Path(NOTES), Complaints())
    if found is None or found.value != {key: record}:
        raise Refused("sheet-value", place=key)
    return text


def one_form(text: str) -> str:
    """The text with plain line ends, and none at its edges."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
