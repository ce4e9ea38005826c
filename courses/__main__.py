"""`python -m courses`, for authors: `check [PATH]` tells what is wrong, `new COURSE/LESSON` writes a lesson."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from courses.loader import SHIPPED, load_part
from courses.model import LANGUAGES, Catalogue, Language, LocalText, Problem
from courses.new_lesson import TEMPLATE, create_lesson
from courses.refusals import Refused

DONE, COMPLAINTS, BAD_PATH = 0, 1, 2
CREATED = LocalText(
    "Se escribió {path}. Ahora cámbiala, compruébala con `python -m courses check {path}` "
    "y agrega «{id}» a lessons en course.yaml.",
    "{path} was written. Now change it, check it with `python -m courses check {path}`, "
    "and add “{id}” to lessons in course.yaml.",
)


def main(arguments: list[str]) -> int:
    options = read_arguments(arguments)
    code: int = options.run(options)
    return code


def check(options: argparse.Namespace) -> int:
    path: Path = options.path.resolve()
    if not path.is_dir():
        print(f"{path} is not a folder. Give that of a lesson, a course, a dataset, or all content.", file=sys.stderr)
        return BAD_PATH
    catalogue = load_part(path)
    print(as_json(catalogue) if options.json else as_text(catalogue, options.language))
    code = COMPLAINTS if catalogue.problems else DONE
    if options.prove:
        code = prove(path, is_json=options.json, language=options.language) or code
    return code


def create(options: argparse.Namespace) -> int:
    language: Language = options.language
    try:
        path = create_lesson(options.place, options.template)
    except Refused as refused:
        print(refused.message.for_language(language), file=sys.stderr)
        return BAD_PATH
    print(CREATED.for_language(language).format(path=path, id=path.name))
    return DONE


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m courses", description="The content of the school.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_check(commands)
    add_new(commands)
    return parser.parse_args(arguments)


def add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "check",
        help="list what is wrong with the content",
        description="List what is wrong with a lesson, a course, a dataset or all content, with file and line. "
        "Exit 0: nothing is. Exit 1: there are complaints.",
    )
    where = "folder of a lesson, a course, a dataset, or all content (what is shipped, if left out)"
    proof = "then prove each lesson in a sandbox, with `python -m graders prove`"
    parser.add_argument("path", nargs="?", type=Path, default=SHIPPED, metavar="PATH", help=where)
    parser.add_argument("--prove", action="store_true", help=proof)
    parser.add_argument("--json", action="store_true", help="print the complaints as JSON")
    parser.add_argument("--language", choices=LANGUAGES, default="es", help="language of the complaints")
    parser.set_defaults(run=check)


def add_new(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "new",
        help="write a lesson to begin with",
        description="Copy the template of a lesson, or another lesson, with the new one's name as its id. "
        "Nothing is overwritten. Exit 0: it is written. Exit 2: it is not.",
    )
    parser.add_argument(
        "place", type=Path, metavar="COURSE/LESSON", help="folder of the new lesson, in a course's folder"
    )
    source = "folder of the lesson to copy (the shipped template, if left out)"
    parser.add_argument("--from", dest="template", type=Path, default=TEMPLATE, metavar="TEMPLATE", help=source)
    parser.add_argument("--language", choices=LANGUAGES, default="es", help="language of what is said")
    parser.set_defaults(run=create)


def as_text(catalogue: Catalogue, language: Language) -> str:
    lines = [f"{place_of(one)}: {one.message.for_language(language)} [{one.code}]" for one in catalogue.problems]
    lessons = sum(len(course.lessons) for course in catalogue.courses)
    found = len(catalogue.problems)
    total = {
        "es": f"Lecciones en orden: {lessons}. Conjuntos de datos: {len(catalogue.datasets)}. Quejas: {found}.",
        "en": f"Lessons in order: {lessons}. Datasets: {len(catalogue.datasets)}. Complaints: {found}.",
    }
    return "\n".join([*lines, total[language]])


def as_json(catalogue: Catalogue) -> str:
    return json.dumps(
        {
            "lessons": [f"{course.id}/{lesson.id}" for course in catalogue.courses for lesson in course.lessons],
            "datasets": [dataset.name for dataset in catalogue.datasets if dataset.is_intact],
            "problems": [
                {"path": str(one.path), "line": one.line, "code": one.code,
                 "es": one.message.es, "en": one.message.en}
                for one in catalogue.problems
            ],
        },
        ensure_ascii=False,
        indent=2,
    )  # fmt: skip


def place_of(problem: Problem) -> str:
    """File and line as an editor opens them, from the folder where the author stands if it is below it."""
    here = Path.cwd()
    path = problem.path.relative_to(here) if problem.path.is_relative_to(here) else problem.path
    return f"{path}:{problem.line}" if problem.line else str(path)


def prove(path: Path, *, is_json: bool, language: Language) -> int:
    """Exit code of the proof, which is the graders' work: courses knows no sandbox."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "graders", "prove", os.fspath(path), "--language", language]
    command += ["--json"] if is_json else []
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
