"""One exercise: its record in lesson.yaml joined with the code in its folder."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.complaints import Complaints
from courses.files import Folder
from courses.marked import Marked, read_json
from courses.model import (
    Check,
    ChoiceOption,
    Competency,
    Criterion,
    Exercise,
    ExerciseId,
    Hint,
    LocalText,
    MatchAnswer,
    MatchItem,
    NumberAnswer,
    OrderItem,
    RubricLevel,
    TextLength,
    Unit,
    WrongAnswer,
)

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
        checks=tuple(read_check(one, folder, complaints) for one in record.get("checks", ())),
        hints=tuple(Hint(one["es"], one["en"], one.get("check", "")) for one in record.get("hints", ())),
        starter=read_starter(files),
        solutions=files.solutions(),
        wrong_answers=read_wrong_answers(record, files),
        options=tuple(read_option(one) for one in record.get("options", ())),
        is_multiple=bool(record.get("multiple", False)),
        solution_note=local_text(record.get("solution_note")),
        order_items=read_order(record.get("items", ())) if record["kind"] == "order" else (),
        match_items=read_match(record.get("items", ())) if record["kind"] == "match" else (),
        match_answers=tuple(MatchAnswer(one["id"], get_text(one["text"])) for one in record.get("answers", ())),
        number=read_number(record["number"]) if "number" in record else None,
        length=TextLength(**record.get("length", {})) if record["kind"] == "text" else None,
        rubric=tuple(read_criterion(one) for one in record.get("rubric", ())),
        needs_second_marker=bool(record.get("needs_second_marker", False)),
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


def read_check(record: Mapping[str, Any], folder: Folder, complaints: Complaints) -> Check:
    return Check(
        id=record["id"],
        kind=record["kind"],
        points=float(record["points"]),
        title=get_text(record["title"]),
        params={
            key: with_content(value, folder, complaints) for key, value in record.items() if key not in CHECK_FACTS
        },
        message=local_text(record.get("message")),
    )


def with_content(value: Any, folder: Folder, complaints: Complaints) -> Any:
    """A check's parameter; one of the form {json: file} with that file's document as its `content`."""
    if not isinstance(value, Mapping) or set(value) != {"json"}:
        return value
    text = folder.find_text(value["json"], complaints)
    document = read_json(text, folder.path / value["json"], complaints) if text is not None else None
    return {**value, "content": {} if document is None else document.value}


def read_wrong_answers(record: Mapping[str, Any], files: ExerciseFiles) -> tuple[WrongAnswer, ...]:
    """The declared mistakes. Those of an exercise without code are about its only check."""
    only = record["checks"][0]["id"] if record.get("checks") else ""
    return tuple(
        WrongAnswer(one["id"], wrong_source(one, files), one.get("check", only), get_text(one["message"]))
        for one in record.get("wrong_answers", ())
    )


def wrong_source(record: Mapping[str, Any], files: ExerciseFiles) -> str:
    answer: str | Sequence[str] | None = record.get("answer")
    if answer is None:
        return files.sources.get(record.get("file", ""), "")
    return answer if isinstance(answer, str) else "\n".join(answer)


def read_option(record: Mapping[str, Any]) -> ChoiceOption:
    message = local_text(record.get("message")) or LocalText("")
    return ChoiceOption(record["id"], get_text(record["text"]), bool(record["correct"]), message)


def read_order(records: Sequence[Mapping[str, Any]]) -> tuple[OrderItem, ...]:
    """The items with their places, from 0; one that may change with the item above has its place."""
    items: list[OrderItem] = []
    for one in records:
        place = 0 if not items else items[-1].place + (not one.get("with_above", False))
        items.append(OrderItem(one["id"], get_text(one["text"]), place))
    return tuple(items)


def read_match(records: Sequence[Mapping[str, Any]]) -> tuple[MatchItem, ...]:
    return tuple(
        MatchItem(one["id"], get_text(one["text"]), one["answer"], get_text(one["message"])) for one in records
    )


def read_number(record: Mapping[str, Any]) -> NumberAnswer:
    return NumberAnswer(
        value=float(record["value"]),
        units=tuple(
            Unit(one["name"], float(one.get("factor", 1)), tuple(one.get("aliases", ())))
            for one in record.get("units", ())
        ),
        is_unit_optional=bool(record.get("unit_optional", False)),
        tolerance=float(record.get("tolerance", 0)),
        relative=float(record.get("relative", 0)),
    )


def read_criterion(record: Mapping[str, Any]) -> Criterion:
    levels = tuple(RubricLevel(float(one["points"]), get_text(one["text"])) for one in record["levels"])
    return Criterion(record["id"], get_text(record["title"]), levels)
