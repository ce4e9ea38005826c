"""What learners do not get of a cell's text: solutions, and lines that are to be ignored."""

import re

from graders.nbgrader.errors import SourceRefused

PROMPT = "..."
# Source: otter-grader 7.0.0, assign/solutions.py: what comes before is kept, what is assigned goes.
ASSIGNED = re.compile(r"(\s*(?:[\w.]+(?=[^\w.])(?:\[['\"]?.*['\"]?\])*(?:,\s*)?)+\s*=).* ?# ?SOLUTION")
LINE = re.compile(r"(\s*).* ?# ?SOLUTION")
BEGIN_SOLUTION = re.compile(r"(\s*)# BEGIN SOLUTION( NO PROMPT)?")
BEGIN_IGNORE = re.compile(r"\s*#\s*BEGIN\s*IGNORE\s*", re.IGNORECASE)
SKIPPED = ("# SOLUTION NO PROMPT", "# BEGIN PROMPT", "# END PROMPT", "# SEED")


def without_ignored(source: str, cell: str) -> str:
    """The text without lines that end in `# IGNORE`, and without what lies between `# BEGIN` and `# END IGNORE`."""
    kept, is_inside = [], False
    for number, line in enumerate(source.split("\n"), 1):
        end = line.rstrip()
        if end.endswith("# END IGNORE"):
            if not is_inside:
                raise _unbalanced(cell, number, "END IGNORE has no BEGIN IGNORE before it")
            is_inside = False
        elif is_inside and BEGIN_IGNORE.match(line):
            raise _unbalanced(cell, number, "BEGIN IGNORE stands inside another one")
        elif end.endswith("# IGNORE") or is_inside:
            continue
        elif BEGIN_IGNORE.match(line):
            is_inside = True
        else:
            kept.append(line)
    if is_inside:
        raise _unbalanced(cell, source.count("\n") + 1, "BEGIN IGNORE has no END IGNORE")
    return "\n".join(kept)


def without_solutions(source: str, cell: str) -> str:
    """The text that learners begin from. Raises: SourceRefused where markers do not match."""
    kept: list[str] = []
    is_inside = False
    for number, line in enumerate(source.split("\n"), 1):
        if line.rstrip().endswith(SKIPPED):
            continue
        begin, is_end = BEGIN_SOLUTION.match(line), line.rstrip().endswith("# END SOLUTION")
        if is_end and not is_inside:
            raise _unbalanced(cell, number, "END SOLUTION has no BEGIN SOLUTION before it")
        if begin and is_inside:
            raise _unbalanced(cell, number, "BEGIN SOLUTION stands inside another one")
        if not is_inside:
            kept += _begun(begin) if begin else [_prompted(line)]
        is_inside = bool(begin) or (is_inside and not is_end)
    if is_inside:
        raise _unbalanced(cell, source.count("\n") + 1, "BEGIN SOLUTION has no END SOLUTION")
    return "\n".join(kept)


def has_seed(source: str) -> bool:
    """Whether a line is there for the author's own run only, and is replaced by the assignment's seed."""
    return any(line.strip().endswith("# SEED") for line in source.split("\n"))


def reseeded(source: str, variable: str, value: int) -> str:
    """The text with every assignment of the variable made one of this value."""
    return re.sub(rf"(?m)^(\s*){variable}\s*=\s*.*$", lambda found: f"{found[1]}{variable} = {value}", source)


def _begun(begin: re.Match[str]) -> list[str]:
    """What learners get in place of the lines that begin so."""
    return [] if begin[2] else [begin[1] + PROMPT]


def _prompted(line: str) -> str:
    """A line whose solution, if it is one, has given way to `...`."""
    assigned, marked = ASSIGNED.match(line), LINE.match(line)
    if assigned:
        return f"{assigned[1]} {PROMPT}"
    return f"{marked[1]}{PROMPT}" if marked else line


def _unbalanced(cell: str, line: int, seen: str) -> SourceRefused:
    return SourceRefused("unbalanced_region", cell, f"{cell}, line {line}: {seen}. Put the markers in pairs.")
