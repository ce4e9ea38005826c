"""`python -m courses`, for authors: `new` writes a lesson, `preview` shows it, `check` tells what is wrong with it."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from courses.loader import SHIPPED, load_part
from courses.model import LANGUAGES, Catalogue, Language, LocalText, Problem
from courses.new_lesson import TEMPLATE, create_lesson, save_schemas
from courses.places import find_checked
from courses.preview import open_preview
from courses.refusals import Refused

DONE, COMPLAINTS, BAD_PATH = 0, 1, 2
CREATED = LocalText(
    "Se escribió {path}. Ahora cámbiala, compruébala con `python -m courses check {path}` "
    "y agrega «{id}» a lessons en course.yaml.",
    "{path} was written. Now change it, check it with `python -m courses check {path}`, "
    "and add “{id}” to lessons in course.yaml.",
)
SHOWN = LocalText(
    "Vista previa en {url} (Ctrl-C para terminar). Se renueva cada vez que guardas; no ejecuta código.\n"
    "Luego: python -m courses check {path} --prove",
    "Preview at {url} (Ctrl-C ends it). It is renewed whenever you save; it runs no code.\n"
    "Then: python -m courses check {path} --prove",
)
PORT_TAKEN = LocalText(
    "No se pudo abrir el puerto {port}. El sistema dijo: {reason}. Elige otro con --port, o 0 para cualquiera.",
    "Port {port} could not be opened. The system said: {reason}. Choose another by --port, or 0 for any.",
)
SCHEMAS_WRITTEN = LocalText(
    "Se escribieron los esquemas en {path}. `python -m courses new` los pone en la primera línea de cada lección.",
    "The schemas were written to {path}. `python -m courses new` puts them in the first line of each lesson.",
)
PREVIEW_PORT = 8400


def main(arguments: list[str]) -> int:
    options = read_arguments(arguments)
    code: int = options.run(options)
    return code


def check(options: argparse.Namespace) -> int:
    given: list[Path] = options.paths or [SHIPPED]
    # Editors and hooks name the files that were saved; a lesson is checked as a whole.
    paths = list(dict.fromkeys(find_checked(one.resolve()) for one in given))
    for path in paths:
        if not path.is_dir():
            print(
                f"{path} is not a folder. Give that of a lesson, a course, a dataset, or all content.", file=sys.stderr
            )
            return BAD_PATH
    found = [load_part(path) for path in paths]
    catalogue = found[0] if len(found) == 1 else together(found)
    print(as_json(catalogue) if options.json else as_text(catalogue, options.language))
    code = COMPLAINTS if catalogue.problems else DONE
    if options.prove:
        proofs = [prove(path, is_json=options.json, language=options.language) for path in paths]
        code = max(code, *proofs)
    return code


def together(found: Sequence[Catalogue]) -> Catalogue:
    """Several parts as one catalogue, each complaint and dataset once."""
    datasets = {dataset.name: dataset for one in found for dataset in one.datasets}
    return Catalogue(
        tuple(course for one in found for course in one.courses),
        tuple(datasets.values()),
        tuple(dict.fromkeys(problem for one in found for problem in one.problems)),
    )


def preview(options: argparse.Namespace) -> int:
    language: Language = options.language
    path: Path = options.path.resolve()
    if not path.is_dir():
        print(f"{path} is not a folder. Give that of a lesson or a course.", file=sys.stderr)
        return BAD_PATH
    try:
        server = open_preview(path, port=options.port, language=language)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        print(PORT_TAKEN.for_language(language).format(port=options.port, reason=reason), file=sys.stderr)
        return BAD_PATH
    print(SHOWN.for_language(language).format(url=server.url, path=options.path), flush=True)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.stopped.set()
    return DONE


def schemas(options: argparse.Namespace) -> int:
    language: Language = options.language
    try:
        save_schemas(options.folder)
    except OSError as error:
        print(f"{options.folder}: {error.strerror or type(error).__name__}.", file=sys.stderr)
        return BAD_PATH
    print(SCHEMAS_WRITTEN.for_language(language).format(path=options.folder))
    return DONE


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
    for add in (add_check, add_new, add_preview, add_schemas):
        add(commands)
    return parser.parse_args(arguments)


def add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "check",
        help="list what is wrong with the content",
        description="List what is wrong with a lesson, a course, a dataset or all content, with file and line. "
        "Exit 0: nothing is. Exit 1: there are complaints.",
    )
    where = "folder of a lesson, a course, a dataset, or all content, or a file in one (what is shipped, if left out)"
    proof = "then prove each lesson in a sandbox, with `python -m graders prove`"
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=where)
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


def add_preview(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "preview",
        help="show a lesson in the browser while it is written",
        description="Serve a page of a lesson, or of each lesson of a course, to this machine only, with what is wrong "
        "with it on top. The page is shown anew whenever a file is saved. No code of the lesson runs.",
    )
    where = "folder of the lesson or the course (where you stand, if left out)"
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="FOLDER", help=where)
    parser.add_argument("--port", type=port_number, default=PREVIEW_PORT, help=f"{PREVIEW_PORT} if left out; 0 for any")
    parser.add_argument("--language", choices=LANGUAGES, default="es", help="of the first page, and of what is said")
    parser.set_defaults(run=preview)


def add_schemas(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "schemas",
        help="write the JSON Schemas that editors complete from",
        description="Copy the forms of lesson.yaml, course.yaml and the other files of lessons into a folder, for "
        "repositories of their own. `new` names the nearest .schema or schema folder in the lessons that it writes.",
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path(".schema"), help=".schema, if left out")
    parser.add_argument("--language", choices=LANGUAGES, default="es", help="language of what is said")
    parser.set_defaults(run=schemas)


def port_number(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


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
