"""One exercise: its record in lesson.yaml joined with the code in its folder."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.complaints import Complaints
from courses.files import Folder
from courses.marked import Marked
from courses.model import Check, ChoiceOption, Competency, Exercise, ExerciseId, LocalText, WrongAnswer

SOLUTION = re.compile(r"solution(-[2-9])?\.py")
CHECK_FACTS = ("id", "kind", "points", "title", "message")


@dataclass(frozen=True)
class ExerciseFiles:
    """The code of an exercise by its name in the exercise's folder ("wrong/promedio.py"), trimmed at its end."""

    prefix: str
    sources: Mapping[str, str]

    def solutions(self) -> tuple[str, ...]:
        return tuple(text for name, text in sorted(self.sources.items(), key=by_number) if SOLUTION.fullmatch(name))


def by_number(item: tuple[str, str]) -> tuple[int, str]:
    """solution.py first, then solution-2.py and on."""
    name = item[0]
    return (0 if name == "solution.py" else 1, name)


def local_text(record: Mapping[str, str] | None) -> LocalText | None:
    """A text of lesson.yaml in both languages; None where there is none."""
    return LocalText(record["es"], record["en"]) if record else None


def get_text(record: Mapping[str, str]) -> LocalText:
    return LocalText(record["es"], record["en"])


def read_exercise(sheet: Marked, index: int, folder: Folder, complaints: Complaints) -> Exercise:
    """The exercise at a place of lesson.yaml, whose shape is known to be right.

    A file that it needs and does not find earns a complaint, and is empty.
    """
    record: Mapping[str, Any] = sheet.value["exercises"][index]
    files = read_files(folder, f"exercises/{record['id']}/", complaints)
    if record["kind"] == "code":
        demand_files(files, sheet, index, folder, complaints)
    return Exercise(
        id=ExerciseId(record["id"]),
        title=get_text(record["title"]),
        kind=record["kind"],
        points=float(record["points"]),
        minutes=int(record["minutes"]),
        competencies=tuple(Competency(one["id"], int(one["level"])) for one in record["competencies"]),
        checks=tuple(read_check(one) for one in record["checks"]),
        hints=tuple(get_text(one) for one in record.get("hints", ())),
        starter=read_starter(files),
        solutions=files.solutions(),
        wrong_answers=read_wrong_answers(record.get("wrong_answers", ()), files),
        options=tuple(read_option(one) for one in record.get("options", ())),
        is_multiple=bool(record.get("multiple", False)),
        solution_note=local_text(record.get("solution_note")),
    )


def read_files(folder: Folder, prefix: str, complaints: Complaints) -> ExerciseFiles:
    texts = {name: folder.find_text(name, complaints) for name in folder.names(prefix)}
    return ExerciseFiles(prefix, {name.removeprefix(prefix): (text or "").rstrip("\n") for name, text in texts.items()})


def demand_files(files: ExerciseFiles, sheet: Marked, index: int, folder: Folder, complaints: Complaints) -> None:
    """Complain about the files that a code exercise needs and does not have."""
    record: Mapping[str, Any] = sheet.value["exercises"][index]
    line = sheet.line("exercises", index, "id")
    for name in ("starter.py", "solution.py"):
        if name not in files.sources:
            complaints.add("missing-file", sheet.path, line, name=f"{files.prefix}{name}")
    if "starter.en.py" not in files.sources:
        complaints.add("no-english-starter", sheet.path, line, id=record["id"])
    for number, one in enumerate(record.get("wrong_answers", ())):
        if one["file"] not in files.sources:
            place = ("exercises", index, "wrong_answers", number, "file")
            complaints.add("missing-file", sheet.path, sheet.line(*place), name=f"{files.prefix}{one['file']}")
    used = {"starter.py", "starter.en.py", *(one["file"] for one in record.get("wrong_answers", ()))}
    for name in files.sources:
        if name not in used and not SOLUTION.fullmatch(name):
            complaints.add("unused-file", folder.path / files.prefix / name, name=f"{files.prefix}{name}")


def read_starter(files: ExerciseFiles) -> LocalText:
    return LocalText(files.sources.get("starter.py", ""), files.sources.get("starter.en.py", ""))


def read_check(record: Mapping[str, Any]) -> Check:
    return Check(
        id=record["id"],
        kind=record["kind"],
        points=float(record["points"]),
        title=get_text(record["title"]),
        params={key: value for key, value in record.items() if key not in CHECK_FACTS},
        message=local_text(record.get("message")),
    )


def read_wrong_answers(records: Sequence[Mapping[str, Any]], files: ExerciseFiles) -> tuple[WrongAnswer, ...]:
    return tuple(
        WrongAnswer(one["id"], files.sources.get(one["file"], ""), one["check"], get_text(one["message"]))
        for one in records
    )


def read_option(record: Mapping[str, Any]) -> ChoiceOption:
    message = local_text(record.get("message")) or LocalText("")
    return ChoiceOption(record["id"], get_text(record["text"]), bool(record["correct"]), message)
