"""A directive as it is written: opening, options, inside and closing, each of which can be changed alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from courses.lesson_text import OPTION

NEW_LINE = re.compile(r"\r\n|\r|\n")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
OPENING = re.compile(r"([ \t]*)(`{3,}|~{3,}|:{3,})([ \t]*\{[^}\r\n]*\})?([^\r\n]*)")
RUN = re.compile(r"^[ \t]*(`{3,}|~{3,}|:{3,})", re.MULTILINE)


@dataclass(frozen=True)
class Written:
    """A directive's lines with their ends. end: the line end for lines that are new."""

    opening: str
    options: tuple[str, ...]
    inside: str
    closing: str
    end: str

    @property
    def content(self) -> str:
        return self.opening + "".join(self.options) + self.inside + self.closing

    @property
    def indent(self) -> str:
        return self.opening[: len(self.opening) - len(self.opening.lstrip(" \t"))]

    def with_body(self, body: str) -> "Written":
        """Another inside, with longer fences if the body could close these."""
        lines = one_newline(body).strip("\n").split("\n")
        fence = get_fence(self.opening)
        needed = longer(fence, "\n".join(lines))
        opening, closing = self.opening, self.closing
        if needed != fence:
            opening, closing = opening.replace(fence, needed, 1), closing.replace(closing.strip(), needed)
        blank = self.end if OPTION.fullmatch(lines[0].rstrip()) else ""
        inside = "".join(f"{self.indent if line else ''}{line}{self.end}" for line in lines)
        return replace(self, opening=opening, inside=blank + inside, closing=closing)

    def with_title(self, title: str) -> "Written":
        found = OPENING.match(self.opening)
        assert found is not None
        rest = self.opening[found.end() :]
        words = f" {title}" if title else ""
        return replace(self, opening=f"{found[1]}{found[2]}{found[3] or ''}{words}{rest}")

    def with_option(self, name: str, value: str) -> "Written":
        """An option with another value; without it, if that is empty. A label comes first, the others last."""
        line = f"{self.indent}:{name}: {value}"
        places = [number for number, one in enumerate(self.options) if one.strip().startswith(f":{name}:")]
        options = list(self.options)
        if not places:
            options.insert(0 if name == "label" else len(options), line + self.end)
        # The reader takes the last of two.
        for place in places[-1:]:
            options[place] = line + options[place][len(options[place].rstrip("\r\n")) :]
        if not value and name != "label":
            options = [one for one in options if not one.strip().startswith(f":{name}:")]
        return replace(self, options=tuple(options))


def take_apart(content: str, *, end: str, has_options: bool) -> Written:
    """A directive's content, of which the first line is a fence, in its parts. An unclosed one is closed."""
    lines: list[str] = LINE.findall(content)
    opening, rest = lines[0], lines[1:]
    if not opening.endswith(("\r", "\n")):
        opening += end
    indent, fence = len(opening) - len(opening.lstrip(" ")), get_fence(opening)
    last = rest[-1].strip(" \t") if rest else ""
    if set(last) == {fence[0]} and len(last) >= len(fence):
        closing = rest.pop()
    else:
        closing = opening[:indent] + fence
        rest = [*rest[:-1], *(one if one.endswith(("\r", "\n")) else one + end for one in rest[-1:])]
    count = 0
    while has_options and count < len(rest) and OPTION.fullmatch(re.sub(f"^ {{0,{indent}}}", "", rest[count]).rstrip()):
        count += 1
    return Written(opening, tuple(rest[:count]), "".join(rest[count:]), closing, end)


def write_directive(info: str, fence: str, options: Mapping[str, str], body: str) -> str:
    """A directive that was not there yet."""
    empty = Written(f"{fence}{info}\n", (), "", fence, "\n")
    lines = tuple(f":{name}: {value}\n" for name, value in options.items())
    return replace(empty, options=lines).with_body(body).content


def get_fence(opening: str) -> str:
    found = OPENING.match(opening)
    assert found is not None
    return found[2]


def longer(fence: str, body: str) -> str:
    """A fence that nothing in the body can close."""
    runs = [len(run) for run in RUN.findall(body) if run[0] == fence[0]]
    return fence[0] * max([len(fence), *(one + 1 for one in runs)])


def one_newline(text: str) -> str:
    return NEW_LINE.sub("\n", text)
