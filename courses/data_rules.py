"""The rules about a lesson's data: it names what it reads, in the version that is there, and whole."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from courses.complaints import Complaints
from courses.lessons import LessonSource
from courses.model import LANGUAGES, CodeBlock, Dataset
from courses.python_code import datasets_read

Use = tuple[str, str, Path, int | None]


def check_datasets(source: LessonSource, datasets: Mapping[str, Dataset], complaints: Complaints) -> None:
    """Complain about data that is missing, of another version, damaged, or read without being listed."""
    sheet = source.sheet
    for index, pin in enumerate(source.lesson.datasets):
        dataset, line = datasets.get(pin.name), sheet.line("datasets", index)
        if dataset is None:
            complaints.add("no-dataset", sheet.path, line, name=pin.name)
        elif dataset.version != pin.version:
            found = dataset.version
            complaints.add("dataset-version", sheet.path, line, name=pin.name, expected=pin.version, found=found)
        elif not dataset.is_intact:
            complaints.add("dataset-damaged", sheet.path, line, name=pin.name)
    check_uses(source, datasets, complaints)


def check_uses(source: LessonSource, datasets: Mapping[str, Dataset], complaints: Complaints) -> None:
    """Complain about code that reads data which lesson.yaml does not list, or a file which the data do not have."""
    listed = {pin.name for pin in source.lesson.datasets}
    for name, resource, path, line in uses(source):
        if name not in listed:
            complaints.add("dataset-not-listed", path, line, name=name)
        elif name in datasets:
            known = [one.path.name for one in datasets[name].resources]
            if resource and resource not in (*known, *(one.name for one in datasets[name].resources)):
                complaints.add("no-resource", path, line, name=name, resource=resource, known=", ".join(known))


def uses(source: LessonSource) -> Iterator[Use]:
    """Every place that asks for a dataset by name: dataset, file (empty: the first), path and line."""
    for language in LANGUAGES:
        text = source.texts[language]
        for piece in text.pieces:
            if isinstance(piece.block, CodeBlock):
                for name, resource, line in datasets_read(piece.block.source):
                    yield name, resource, text.path, piece.code_line + line
    for index, exercise in enumerate(source.lesson.exercises):
        folder = source.folder.path / "exercises" / exercise.id
        for code in (exercise.starter.es, exercise.starter.en, *exercise.solutions):
            for name, resource, _ in datasets_read(code):
                yield name, resource, folder, None
        yield from uses_in_cases(source, index)


def uses_in_cases(source: LessonSource, index: int) -> Iterator[Use]:
    """The datasets that cases of functions are called with."""
    sheet = source.sheet
    for number, check in enumerate(source.lesson.exercises[index].checks):
        for place, case in enumerate(check.params.get("cases", ())):
            for argument in (*case.get("args", ()), *case.get("kwargs", {}).values()):
                if isinstance(argument, Mapping) and "dataset" in argument:
                    line = sheet.line("exercises", index, "checks", number, "cases", place)
                    yield argument["dataset"], argument.get("resource", ""), sheet.path, line
