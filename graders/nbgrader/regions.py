"""The regions that instructors mark in a cell's text: solutions, hidden tests and mark schemes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graders.nbgrader.errors import SourceRefused

ATTACHMENT = re.compile(r"!\[.*\]\(attachment:.+?\)")


@dataclass(frozen=True)
class Region:
    """A kind of region; its markers stand anywhere in a line of their own, behind whatever comment sign."""

    name: str

    @property
    def begin(self) -> str:
        return f"BEGIN {self.name}"

    @property
    def end(self) -> str:
        return f"END {self.name}"


SOLUTION = Region("SOLUTION")
HIDDEN_TESTS = Region("HIDDEN TESTS")
MARK_SCHEME = Region("MARK SCHEME")


def has_region(source: str, region: Region) -> bool:
    return region.begin in source


def replace_regions(source: str, region: Region, stub: Sequence[str] = (), *, cell: str) -> str:
    """The text with each region replaced by the stub, indented as the region's first line, and without its markers.

    cell: its name. Raises: SourceRefused where markers do not match.
    """
    lines: list[str] = []
    is_inside = False
    for number, line in enumerate(source.split("\n"), 1):
        if region.begin in line:
            if is_inside:
                raise _refused("nested_region", cell, number, f"{region.begin} stands inside another one")
            is_inside = True
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + one for one in stub]
        elif region.end in line:
            if not is_inside:
                raise _refused("unbalanced_region", cell, number, f"{region.end} has no {region.begin} before it")
            is_inside = False
        elif not is_inside:
            lines.append(line)
    if is_inside:
        raise _refused("unbalanced_region", cell, source.count("\n") + 1, f"{region.begin} has no {region.end}")
    return "\n".join(lines)


def check_attachments(source: str, *, cell: str) -> None:
    """Raises: SourceRefused for an attached image in a mark scheme, which would stay in the learner's file."""
    is_inside = False
    for number, line in enumerate(source.split("\n"), 1):
        if MARK_SCHEME.begin in line:
            is_inside = True
        elif MARK_SCHEME.end in line:
            is_inside = False
        elif is_inside and ATTACHMENT.search(line):
            raise SourceRefused(
                "attachment_in_mark_scheme",
                cell,
                f"{cell}, line {number}: an image attached in a mark scheme would reach learners. Embed it instead.",
            )


def _refused(code: str, cell: str, line: int, seen: str) -> SourceRefused:
    return SourceRefused(code, cell, f"{cell}, line {line}: {seen}. Put the markers in pairs.")
