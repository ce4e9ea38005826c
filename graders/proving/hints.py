"""Whether hints and statements fit: none gives everything away, and each speaks of what the lesson has. Pure."""

import ast
import builtins
import re
from collections.abc import Iterator

import courses
from courses import LANGUAGES, CodeBlock, Dataset, Exercise, ExerciseBlock, Language, Lesson, LocalText
from graders.proving.record import ProofFinding
from graders.proving.words import hint_is_solution, hint_unknown_name, name_not_told

CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


def prove_words(lesson: Lesson, exercise: Exercise, datasets: tuple[Dataset, ...]) -> tuple[ProofFinding, ...]:
    """What is wrong with the hints and the statement of an exercise. datasets: those of the lesson."""
    if exercise.kind != "code":
        return ()
    found: list[ProofFinding] = []
    for language in LANGUAGES:
        known = _known_names(lesson, exercise, datasets, language)
        for number, hint in enumerate(exercise.hints, 1):
            text = hint.for_language(language)
            if _gives_away(text, exercise):
                found.append(_finding("hint_is_solution", exercise, language, hint_is_solution(number)))
            unknown = sorted(_names_in(text) - known)
            if unknown:
                found.append(_finding("hint_unknown_name", exercise, language, hint_unknown_name(number, unknown)))
        found += _names_not_told(lesson, exercise, language)
    return tuple(found)


def _names_not_told(lesson: Lesson, exercise: Exercise, language: Language) -> Iterator[ProofFinding]:
    """Names that a check looks for and that neither the statement nor the starter says."""
    told = "\n".join(
        block.markdown
        for block in lesson.blocks(language)
        if isinstance(block, ExerciseBlock) and block.exercise_id == exercise.id
    )
    told += exercise.starter.for_language(language)
    names = {check.params["name"]: check.id for check in exercise.checks if isinstance(check.params.get("name"), str)}
    for name, check_id in names.items():
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told):
            yield _finding("name_not_told", exercise, language, name_not_told(check_id, name))


def _gives_away(hint: str, exercise: Exercise) -> bool:
    """Whether every statement of a solution stands in the code of a hint, but for what only shows the result."""
    shown = {ast.dump(node) for source in _sources(hint) for node in ast.walk(source) if isinstance(node, ast.stmt)}
    for solution in exercise.solutions:
        try:
            body = ast.parse(solution).body
        except NOT_PYTHON:
            continue
        needed = [ast.dump(one) for one in body if not _is_trifle(one)]
        if needed and all(one in shown for one in needed):
            return True
    return False


def _is_trifle(statement: ast.stmt) -> bool:
    """An import, or a name alone to look at."""
    shows = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name)
    return shows or isinstance(statement, ast.Import | ast.ImportFrom)


def _names_in(text: str) -> set[str]:
    """The names in the code of a text: what it reads, calls and takes apart; not words of its texts."""
    found: set[str] = set()
    for tree in _sources(text):
        bound = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        bound |= {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id not in bound:
                found.add(node.id)
    return found


def _sources(text: str) -> Iterator[ast.Module]:
    for match in CODE.finditer(text):
        try:
            yield ast.parse(match[2].strip())
        except NOT_PYTHON:
            continue


def _known_names(
    lesson: Lesson, exercise: Exercise, datasets: tuple[Dataset, ...], language: Language
) -> frozenset[str]:
    """Every name that a reader of the lesson may have met: in its code, its data, its prose, or Python itself."""
    blocks = lesson.blocks(language)
    codes = [one.source for one in blocks if isinstance(one, CodeBlock)]
    for one in lesson.exercises:
        codes += [one.starter.for_language(language), *one.solutions]
    codes += [wrong.source for wrong in exercise.wrong_answers]
    prose = [one.markdown for one in blocks if not isinstance(one, CodeBlock)]
    shown = [word for text in prose for match in CODE.finditer(text) for word in re.findall(r"\w+", match[2])]
    columns = [column.name for one in datasets for resource in one.resources for column in resource.columns]
    return frozenset([*dir(builtins), *shown, *columns, *(word for code in codes for word in courses.words_in(code))])


def _finding(code: str, exercise: Exercise, language: Language, message: LocalText) -> ProofFinding:
    return ProofFinding(code, "warning", message, language, exercise.id, exercise.id)
