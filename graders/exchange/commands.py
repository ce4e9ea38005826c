"""The commands `notebook`, `lesson` and `course`: a lesson as a notebook, and lessons from notebooks."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import courses
from courses import LANGUAGES, Language, LocalText
from graders.exchange.course import import_course
from graders.exchange.export import to_notebook
from graders.exchange.intake import from_notebook
from graders.exchange.plain import Choices, build, suggest
from graders.exchange.told import NotTaken, Remark
from notebooks import MOST_FILE_BYTES, NotebookRefused

DONE, NOT_TAKEN = 0, 2
WRITTEN = LocalText("Se escribió {path}.", "{path} was written.")
UNREADABLE = LocalText(
    "No se pudo usar {path}. {reason} Revisa la ruta.", "{path} cannot be used. {reason} Check the path."
)


def add_commands(orders: Any) -> None:
    """The three commands among others; each has `order`, as all have."""
    for name, order, help_text, source in (
        ("notebook", write_notebook_of, "make a notebook for JupyterLab of a lesson", "folder of the lesson"),
        ("lesson", write_lesson_of, "make a lesson of a notebook", "the .ipynb"),
        ("course", write_course_of, "make a course of nbgrader's course", "its folder, or a ZIP of it"),
    ):
        one = orders.add_parser(name, help=help_text, description=f"{help_text}. Exit 0: written; 2: it is not.")
        one.add_argument("source", type=Path, metavar="FROM", help=source)
        one.add_argument("--out", type=Path, required=True, help="what to write; nothing is written over")
        one.add_argument("--language", choices=LANGUAGES, default="es", help="of the text, and of what is said")
        one.set_defaults(order=order)
        if order is write_lesson_of:
            one.add_argument("--before", type=Path, metavar="LESSON", help="the lesson that the notebook was made of")
            one.add_argument("--plain", action="store_true", help="of a notebook without marks: guess its exercises")


def write_notebook_of(options: argparse.Namespace) -> int:
    """A lesson's folder to an .ipynb with nbgrader's marks."""

    def make() -> Sequence[Remark]:
        data = to_notebook(_files_in(options.source, options.language), options.language)
        with options.out.open("xb") as file:
            file.write(data)
        return ()

    return _told(options, make)


def write_lesson_of(options: argparse.Namespace) -> int:
    """An .ipynb to the folder of a lesson."""

    def make() -> Sequence[Remark]:
        with options.source.open("rb") as file:
            data = file.read(MOST_FILE_BYTES + 1)
        if options.plain:
            found = suggest(data, options.source.name)
            built = build(data, Choices(options.out.name, found.title, found.exercises))
            courses.save_folder(built.files, options.out)
            return built.remarks
        taken = from_notebook(data, _files_in(options.before, options.language) if options.before else None)
        courses.save_folder(taken.files, options.out)
        return taken.remarks

    return _told(options, make)


def write_course_of(options: argparse.Namespace) -> int:
    """A course of nbgrader's to the folder of a course."""

    def make() -> Sequence[Remark]:
        source = options.source if options.source.is_dir() else options.source.read_bytes()
        taken = import_course(source, options.out.name)
        courses.save_folder(taken.files, options.out)
        return taken.remarks

    return _told(options, make)


def _files_in(folder: Path, language: Language) -> Mapping[str, bytes]:
    """The files of a lesson; what of its folder is none is told. Raises: NotADirectoryError."""
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    complaints = courses.Complaints()
    files = courses.read_folder(folder, complaints).contents
    for one in complaints.problems:
        print(f"{one.path}: {one.message.for_language(language)}", file=sys.stderr)
    return files


def _told(options: argparse.Namespace, make: Callable[[], Sequence[Remark]]) -> int:
    """Do it, and say what came of it in the language asked for."""
    language: Language = options.language
    try:
        remarks = make()
    except NotTaken as reason:
        return _refused(reason.remark.message.for_language(language))
    except courses.Refused as reason:
        return _refused(reason.message.for_language(language))
    except NotebookRefused as reason:
        return _refused(UNREADABLE.for_language(language).format(path=options.source, reason=f"{reason}."))
    except OSError as reason:
        path, why = reason.filename or options.source, f"{reason.strerror or type(reason).__name__}."
        return _refused(UNREADABLE.for_language(language).format(path=path, reason=why))
    print(WRITTEN.for_language(language).format(path=options.out))
    for one in remarks:
        print(f"  {one.message.for_language(language)} [{one.code}]")
    return DONE


def _refused(text: str) -> int:
    print(text, file=sys.stderr)
    return NOT_TAKEN
