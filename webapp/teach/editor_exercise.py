"""An exercise in preparation as values for the tabs of its block: what lesson.yaml says, and its files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graders import Sentence, tell
from webapp.services.manuscripts.records import Files
from webapp.ui.highlight import highlight_python

Record = Mapping[str, Any]

SOLUTION = re.compile(r"solution(-[2-9])?\.py")
ITEM_FACTS = ("id", "correct", "with_above", "answer")
RECORD_FACTS = ("points", "minutes", "multiple", "needs_second_marker")
INSIDE_FACTS = ("value", "tolerance", "relative", "unit_optional", "least", "most")
CHECK_FACTS = ("id", "kind", "points", "title", "message")


@dataclass(frozen=True)
class CodeFile:
    """A file of the exercise. name: in the lesson; cell: by which a run of it is known."""

    name: str
    cell: str
    text: str
    language: str = ""

    @property
    def line_count(self) -> int:
        return self.text.count("\n") + 1

    @property
    def code_html(self) -> Markup:
        return highlight_python(self.text)


@dataclass(frozen=True)
class CheckForm:
    """A check as a sentence. sentence: None where no sentence can be made of what is written."""

    id: str
    kind: str
    points: Any
    title: Record
    message: Record
    sentence: Sentence | None


@dataclass(frozen=True)
class WrongForm:
    """A wrong answer. file: None in an exercise without code, where answer is as lesson.yaml has it."""

    id: str
    check: str
    message: Record
    file: CodeFile | None
    answer: str


@dataclass(frozen=True)
class ExerciseForm:
    """record: what lesson.yaml says of it, of any shape: it is being written."""

    id: str
    kind: str
    record: Record
    title: Record
    starters: tuple[CodeFile, ...]
    solutions: tuple[CodeFile, ...]
    checks: tuple[CheckForm, ...]
    wrong_answers: tuple[WrongForm, ...]
    hints: tuple[Record, ...]

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    @property
    def check_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.checks)

    def levels(self) -> Mapping[str, Any]:
        """Its competencies with their levels."""
        return {str(one.get("id")): one.get("level") for one in items(self.record, "competencies")}

    @property
    def note(self) -> Record:
        return local(self.record, "solution_note")

    @property
    def units(self) -> tuple[Record, ...]:
        return blanks(items(self.inside("number"), "units"), "name", "factor", "aliases")

    def list(self, name: str) -> tuple[Record, ...]:
        return blanks(items(self.record, name), *ITEM_FACTS)

    def levels_of(self, criterion: Record) -> tuple[Record, ...]:
        return blanks(items(criterion, "levels"), "points")

    def next_points(self, criterion: Record) -> float:
        """What a level more is worth: one more than the best."""
        points = [one["points"] for one in self.levels_of(criterion)]
        return max([one for one in points if isinstance(one, int | float)], default=0) + 1

    def text(self, record: Record, name: str) -> Record:
        return local(record, name)

    def inside(self, name: str) -> Record:
        """A mapping of the exercise, with every field that its form has."""
        found = self.record.get(name)
        return blanks((found if isinstance(found, dict) else {},), *INSIDE_FACTS)[0]


def blanks(records: Iterable[Record], *names: str) -> tuple[Record, ...]:
    """The records with what a form asks for, empty where it is not written."""
    return tuple({**dict.fromkeys(names, ""), **one} for one in records)


def items(record: Record, name: str) -> tuple[Record, ...]:
    """The mappings of a list; those of its items that are none are left out."""
    found = record.get(name)
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def exercise_form(sheet: Record, id: str, files: Files) -> ExerciseForm | None:
    """None where lesson.yaml has no such exercise."""
    record = next((one for one in items(sheet, "exercises") if one.get("id") == id), None)
    if record is None:
        return None
    return ExerciseForm(
        id=id, kind=str(record.get("kind", "")), record=blanks((record,), *RECORD_FACTS)[0],
        title=local(record, "title"),
        starters=starters(files, id), solutions=solutions(files, id),
        checks=tuple(check_form(one) for one in items(record, "checks")),
        wrong_answers=tuple(wrong_form(one, id, files) for one in items(record, "wrong_answers")),
        hints=blanks(items(record, "hints"), "es", "en", "check"),
    )  # fmt: skip


def local(record: Record, name: str) -> Record:
    """A text in both languages; each empty where it is not there."""
    found = record.get(name)
    texts = found if isinstance(found, dict) else {}
    return {language: str(texts.get(language) or "") for language in ("es", "en")}


def starters(files: Files, id: str) -> tuple[CodeFile, ...]:
    return (
        code_file(files, id, "starter.py", "inicial", "es"),
        code_file(files, id, "starter.en.py", "inicial-en", "en"),
    )


def solutions(files: Files, id: str) -> tuple[CodeFile, ...]:
    """At least the first, which may have to be written yet."""
    prefix = f"exercises/{id}/"
    names = {name.removeprefix(prefix) for name in files if name.startswith(prefix)}
    found = sorted((name for name in names if SOLUTION.fullmatch(name)), key=lambda one: (one != "solution.py", one))
    return tuple(code_file(files, id, name, name.removesuffix(".py")) for name in found or ("solution.py",))


def code_file(files: Files, id: str, name: str, cell: str, language: str = "") -> CodeFile:
    path = f"exercises/{id}/{name}"
    text = files.get(path, b"").decode(errors="replace").replace("\r\n", "\n").rstrip("\n")
    return CodeFile(path, f"{id}.{cell}"[:80], text, language)


def check_form(record: Record) -> CheckForm:
    kind = str(record.get("kind", ""))
    params = {name: value for name, value in record.items() if name not in CHECK_FACTS}
    return CheckForm(
        id=str(record.get("id", "")), kind=kind, points=record.get("points", ""), title=local(record, "title"),
        message=local(record, "message"), sentence=told(kind, params),
    )  # fmt: skip


def told(kind: str, params: Record) -> Sentence | None:
    try:
        return tell(kind, params)
    except (KeyError, TypeError, ValueError, AttributeError):
        # What is written has not the shape of any check: it is mended in the file of the lesson.
        return None


def wrong_form(record: Record, id: str, files: Files) -> WrongForm:
    file, answer = record.get("file"), record.get("answer", "")
    wrong_id = str(record.get("id", ""))
    return WrongForm(
        id=wrong_id, check=str(record.get("check", "")), message=local(record, "message"),
        file=code_file(files, id, str(file), f"mal-{wrong_id}") if file else None,
        answer="\n".join(map(str, answer)) if isinstance(answer, list) else str(answer),
    )  # fmt: skip
