"""A course of nbgrader's as a course here: each notebook a lesson, its tests as checks that run in the examiner."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

import courses
from graders.exchange.draft import LONGEST_TEXT, Draft, DraftExercise, both, split_title, to_yaml
from graders.exchange.fresh import slug_of
from graders.exchange.told import NotTaken, Remark
from graders.exchange.weave import is_closed
from graders.nbgrader import SourceRefused, read_source
from graders.nbgrader.definitions import definitions_of, imports_of
from graders.nbgrader.regions import HIDDEN_TESTS, MARK_SCHEME, SOLUTION, has_region, replace_regions
from graders.nbgrader.source import Source, SourceCell
from notebooks import Cell, NotebookRefused

MOST_CHECKS, MOST_EXERCISES = 8, 12
MOST_FILES, MOST_BYTES = 2000, 256 * 2**20
LEAST_POINTS, MOST_POINTS = 0.5, 100.0
PLACEHOLDER = ("...",)
TITLE = "# "
NO_STATEMENT = "…"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
PICTURE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class CourseTaken:
    """The files of a course ("course.yaml", "tarea-1/lesson.yaml"), and what did not come along."""

    files: Mapping[str, bytes]
    remarks: tuple[Remark, ...]


def import_course(source: Path | bytes, course_id: str = "") -> CourseTaken:
    """The course in a folder of nbgrader's, or in a ZIP of one: source/<assignment>/<notebook>.ipynb.

    course_id: the folder's name without one. What nbgrader itself would refuse is left out and told.
    Raises: NotTaken where there is no such notebook, or the ZIP is not to be trusted.
    """
    files = _files_in(source)
    found = _notebooks(files)
    if not found:
        raise NotTaken("empty-course", source.name if isinstance(source, Path) else "ZIP")
    made: dict[str, bytes] = {}
    remarks = [Remark("file-left", name) for name in _left(files, found)]
    taken: list[str] = []
    for name, data in found.items():
        lesson_id = _lesson_id(name, list(found), taken)
        try:
            lesson = LessonImport(read_source(data), lesson_id, PurePosixPath(name).stem, _beside(files, name))
            made |= {f"{lesson_id}/{one}": raw for one, raw in lesson.files().items()}
        except (SourceRefused, NotebookRefused) as reason:
            remarks.append(Remark("source-refused", name, {"found": f"{str(reason).rstrip('.')}."}))
        except NotTaken as reason:
            remarks.append(replace(reason.remark, cell=name))
        else:
            taken.append(lesson_id)
            remarks += [replace(one, cell=f"{name}: {one.cell}") for one in lesson.remarks]
    if taken:
        own = slug_of(source.name) if isinstance(source, Path) else ""
        made["course.yaml"] = to_yaml(_course_record(course_id or own or "curso", taken)).encode()
    return CourseTaken(made, tuple(remarks))


def _files_in(source: Path | bytes) -> Mapping[str, bytes]:
    """The plain files below a folder or in a ZIP, by name. Raises: NotTaken."""
    if isinstance(source, bytes):
        files, problems = courses.read_zip(source)
        if files is None:
            raise NotTaken("source-refused", "ZIP", found=problems[0].message.es)
        return files
    names = [one.relative_to(source) for one in sorted(source.rglob("*")) if one.is_file() and not one.is_symlink()]
    names = [one for one in names if _is_in_source(one)]
    if len(names) > MOST_FILES or sum((source / one).stat().st_size for one in names) > MOST_BYTES:
        raise NotTaken("too-much", source.name, found=f"> {MOST_FILES} / {MOST_BYTES >> 20} MiB")
    return {one.as_posix(): (source / one).read_bytes() for one in names}


def _is_in_source(path: PurePosixPath | Path) -> bool:
    """Whether it is below source/<assignment>/, and nothing that Jupyter keeps for itself."""
    return "source" in path.parts[:-2] and not any(part.startswith(".") for part in path.parts)


def _notebooks(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those that are at source/<assignment>/<notebook>.ipynb, wherever `source` is."""
    paths = [PurePosixPath(name) for name in sorted(files)]
    found = [one for one in paths if one.suffix == ".ipynb" and _is_in_source(one) and one.parts[-3] == "source"]
    return {str(one): files[str(one)] for one in found}


def _beside(files: Mapping[str, bytes], notebook: str) -> dict[str, bytes]:
    """The pictures below a notebook's folder, as its links name them."""
    folder = f"{PurePosixPath(notebook).parent}/"
    names = [name for name in files if name.startswith(folder) and name.lower().endswith(PICTURES)]
    return {name.removeprefix(folder): files[name] for name in names}


def _left(files: Mapping[str, bytes], notebooks: Mapping[str, bytes]) -> list[str]:
    """Files beside notebooks that are neither notebooks nor pictures."""
    folders = tuple(f"{PurePosixPath(name).parent}/" for name in notebooks)
    return [
        name for name in sorted(files) if name.startswith(folders) and not name.lower().endswith((*PICTURES, ".ipynb"))
    ]


def _lesson_id(name: str, all_names: Sequence[str], taken: Sequence[str]) -> str:
    """The assignment's name where it has one notebook, else that and the notebook's."""
    path = PurePosixPath(name)
    is_alone = sum(PurePosixPath(one).parent == path.parent for one in all_names) == 1
    stem = slug_of(path.parent.name if is_alone else f"{path.parent.name} {path.stem}") or "leccion"
    found, again = stem, 2
    while found in taken:
        found, again = f"{stem}-{again}", again + 1
    return found


def _course_record(course_id: str, lessons: Sequence[str]) -> dict[str, Any]:
    title = both(course_id.replace("-", " ").capitalize())
    return {
        "id": course_id, "title": title, "summary": title, "level": "explora", "topics": ["python"], "cover": "bars",
        "pass_share": 0.8, "lessons": list(lessons),
    }  # fmt: skip


@dataclass
class LessonImport:
    """One notebook, cell by cell. A text right above an answer is its statement."""

    source: Source
    lesson_id: str
    name: str
    beside: Mapping[str, bytes]
    remarks: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = self.source.document.cells
        self.marked = {one.place: one for one in self.source.marked.values()}
        self.used: set[int] = set()
        self.draft = Draft(self.lesson_id, self.name.replace("_", " ").replace("-", " ").capitalize())

    def tell(self, code: str, cell: str, **fields: str) -> None:
        self.remarks.append(Remark(code, cell, fields))

    def files(self) -> dict[str, bytes]:
        """The lesson's files. Raises: NotTaken where nothing in it is marked."""
        for place, cell in enumerate(self.cells):
            if place not in self.used:
                self.take(place, cell)
        if not self.draft.exercises:
            raise NotTaken("no-exercise", self.lesson_id)
        if len(self.draft.exercises) > MOST_EXERCISES:
            self.tell("too-much", self.lesson_id, found=f"{len(self.draft.exercises)} > {MOST_EXERCISES}")
        self.tell("untranslated", self.lesson_id)
        if any(one.checks for one in self.draft.exercises):
            self.tell("wrong-answers", self.lesson_id)
        return self.draft.files()

    def take(self, place: int, cell: Cell) -> None:
        marked = self.marked.get(place)
        if marked is None or marked.marking.is_locked and not marked.is_test and not marked.marking.is_task:
            self.take_plain(place, cell, is_locked=marked is not None)
        elif marked.is_test:
            self.tell("test-outside", marked.marking.grade_id)
        elif marked.marking.is_manual:
            self.take_manual(place, marked)
        else:
            self.take_answer(place, marked)

    def take_plain(self, place: int, cell: Cell, *, is_locked: bool) -> None:
        name = cell.id
        if cell.kind == "code":
            is_taken = self.draft.add_code(name, cell.source, is_locked=is_locked)
        else:
            is_taken = is_closed(cell.source)
            if is_taken and not self.is_statement(place):
                self.draft.add_text(self.with_pictures(self.without_title(cell.source)))
        if not is_taken:
            self.tell("text-left", name)
        if "](attachment:" in cell.source:
            self.tell("attachment", name)

    def without_title(self, markdown: str) -> str:
        """The text without a first-level heading at its beginning, which is the lesson's title."""
        first, _, rest = markdown.lstrip().partition("\n")
        if not first.startswith(TITLE):
            return markdown
        self.draft.title = first.removeprefix(TITLE).strip() or self.draft.title
        return rest

    def is_statement(self, place: int) -> bool:
        """Whether it is a text that learners cannot change, right above an answer."""
        cell, own, below = self.cells[place], self.marked.get(place), self.marked.get(place + 1)
        is_text = cell.kind == "markdown" and (own is None or (own.marking.is_locked and not own.marking.is_task))
        is_title = cell.source.lstrip().startswith(TITLE) and not self.draft.contents
        return is_text and not is_title and below is not None and below.marking.is_solution and is_closed(cell.source)

    def statement_of(self, place: int) -> str:
        """The text right above an answer; dots where there is none."""
        above = place - 1
        text = self.with_pictures(self.cells[above].source.strip()) if place and self.is_statement(above) else ""
        return text or NO_STATEMENT

    def with_pictures(self, markdown: str) -> str:
        """The text with links to pictures beside the notebook leading to the lesson's own."""

        def moved(found: re.Match[str]) -> str:
            data = self.beside.get(found[2])
            if data is None:
                return found[0]
            path = PurePosixPath(found[2])
            name = f"img/{slug_of(path.stem) or 'imagen'}{path.suffix.lower()}"
            self.draft.pictures[name] = data
            return f"![{found[1]}]({name})"

        return PICTURE.sub(moved, markdown)

    def take_answer(self, place: int, marked: SourceCell) -> None:
        """An answer with the tests that follow it, up to the next answer."""
        checks = self.checks_behind(place)
        solution, starter = solution_of(marked), starter_of(marked)
        if not checks:
            self.tell("no-tests", marked.marking.grade_id)
            self.draft.add_text(self.statement_of(place))
            self.draft.add_code(marked.cell.id, solution)
            return
        if not solution.strip() or solution == starter:
            self.tell("no-solution", marked.marking.grade_id)
        name = self.draft.fresh.give(slug_of(marked.marking.grade_id), "ejercicio")
        title, statement = split_title(self.statement_of(place))
        self.draft.add_exercise(
            DraftExercise(name, title or named(marked), statement, checks, starter=starter, solution=solution)
        )

    def checks_behind(self, place: int) -> tuple[Mapping[str, Any], ...]:
        """The tests between this answer and the next as checks; past the eighth they go together."""
        found: list[dict[str, Any]] = []
        for later in range(place + 1, len(self.cells)):
            one = self.marked.get(later)
            if one is not None and one.marking.is_solution:
                break
            if one is not None and one.is_test:
                self.used.add(later)
                found += self.check_of(one)
        for extra in found[MOST_CHECKS:]:
            found[MOST_CHECKS - 1]["source"] += f"\n{extra['source']}"
            found[MOST_CHECKS - 1]["points"] += extra["points"]
        return tuple(found[:MOST_CHECKS])

    def check_of(self, test: SourceCell) -> list[dict[str, Any]]:
        name = test.marking.grade_id
        if test.marking.points == 0:
            self.tell("no-points", name)
            return []
        source = "\n".join(one for one in [self.setting(test.place), test.cell.source] if one)
        title = {"es": f"Pasa la prueba {name}", "en": f"It passes the test {name}"}
        points = self.rounded(test.marking.points, name)
        check_id = self.draft.fresh.give(slug_of(name), "prueba")
        return [{"id": check_id, "kind": "tests", "points": points, "title": title, "source": source}]

    def setting(self, place: int) -> str:
        """What tests may rely on: the imports of all cells, and what locked cells define for them."""
        above = [(at, cell) for at, cell in enumerate(self.cells[:place]) if cell.kind == "code"]
        imports = [imports_of(cell.source) for _, cell in above]
        locked = [
            definitions_of(cell.source)
            for at, cell in above
            if at in self.marked and self.marked[at].marking.is_locked and not self.marked[at].is_test
        ]
        return "\n".join(dict.fromkeys(one for one in [*imports, *locked] if one))

    def take_manual(self, place: int, marked: SourceCell) -> None:
        """What a person marks: an open answer with one criterion, worth all its points."""
        name = marked.marking.grade_id
        if marked.marking.points == 0:
            self.tell("no-points", name)
            return
        text = self.statement_of(place) if not marked.marking.is_task else self.with_pictures(marked.handed_out_text)
        title, statement = split_title(text or NO_STATEMENT)
        best = both(_scheme_of(marked) or "Responde todo lo que se pide.", LONGEST_TEXT)
        levels = [{"points": 0, "text": {"es": "No responde.", "en": "Does not answer."}}]
        levels.append({"points": self.rounded(marked.marking.points, name), "text": best})
        rubric = {"id": "respuesta", "title": {"es": "La respuesta", "en": "The answer"}, "levels": levels}
        exercise_id = self.draft.fresh.give(slug_of(name), "pregunta")
        self.draft.add_exercise(DraftExercise(exercise_id, title or named(marked), statement, rubric=(rubric,)))

    def rounded(self, points: float, name: str) -> float:
        """Points as a lesson has them, by halves."""
        found = min(MOST_POINTS, max(LEAST_POINTS, round(points * 2) / 2))
        if found != points:
            self.tell("points-rounded", name, found=f"{points:g}")
        return found


def solution_of(marked: SourceCell) -> str:
    """The author's answer, without the marks around it."""
    lines = marked.cell.source.split("\n")
    return "\n".join(one for one in lines if SOLUTION.begin not in one and SOLUTION.end not in one).strip("\n")


def starter_of(marked: SourceCell) -> str:
    """What learners begin with: the author's answer with dots where the solution was."""
    if not has_region(marked.cell.source, SOLUTION):
        return "\n".join(PLACEHOLDER)
    text = replace_regions(marked.cell.source, SOLUTION, PLACEHOLDER, cell=marked.marking.grade_id)
    return replace_regions(text, HIDDEN_TESTS, cell=marked.marking.grade_id).strip("\n")


def named(marked: SourceCell) -> str:
    """The cell's name in words."""
    return marked.marking.grade_id.replace("_", " ").replace("-", " ").strip().capitalize()


def _scheme_of(marked: SourceCell) -> str:
    """The mark scheme of a task, or an author's own answer, as one text."""
    lines, is_inside = [], False
    for line in marked.cell.source.split("\n"):
        if any(region.begin in line for region in (MARK_SCHEME, SOLUTION)):
            is_inside = True
        elif any(region.end in line for region in (MARK_SCHEME, SOLUTION)):
            is_inside = False
        elif is_inside or (not marked.marking.is_task and not has_region(marked.cell.source, SOLUTION)):
            lines.append(line)
    return " ".join(" ".join(lines).split())
