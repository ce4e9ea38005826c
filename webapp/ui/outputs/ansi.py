"""Terminal text as HTML: colours as classes, carriage returns and backspaces carried out, all else
dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
PRIMARIES = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 150, 0),
    (180, 150, 0),
    (0, 0, 205),
    (190, 0, 190),
    (0, 170, 170),
    (220, 220, 220),
)
LEVELS = (0, 95, 135, 175, 215, 255)
# Colour and erase sequences that we carry out, then every other escape sequence, then control characters.
TOKEN = re.compile(
    "\x1b\\[(?P<sgr>[0-9;:]*)m"
    "|\x1b\\[(?P<erase>[0-2]?)K"
    "|\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[@-_]?"
    "|(?P<control>[\x00-\x08\x0b-\x1f\x7f-\x9f])"
)
MOVES = re.compile("[\r\b]|\x1b\\[[0-2]?K")


@dataclass(frozen=True)
class Style:
    """What is in force at a place of the text. Colours are names of COLOURS, bright ones with "bright-"
    before."""

    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    inverse: bool = False
    strike: bool = False
    colour: str = ""
    background: str = ""

    def classes(self) -> str:
        flags = ("bold", "dim", "italic", "underline", "inverse", "strike")
        names = [f"ansi-{flag}" for flag in flags if getattr(self, flag)]
        if self.colour:
            names.append(f"ansi-{self.colour}")
        if self.background:
            names.append(f"ansi-bg-{self.background}")
        return " ".join(names)


PLAIN = Style()
SWITCHES: dict[int, dict[str, bool]] = {
    1: {"bold": True}, 2: {"dim": True}, 3: {"italic": True}, 4: {"underline": True}, 7: {"inverse": True},
    9: {"strike": True}, 21: {"bold": False}, 22: {"bold": False, "dim": False}, 23: {"italic": False},
    24: {"underline": False}, 27: {"inverse": False}, 29: {"strike": False},
}  # fmt: skip


def to_html(text: str, before: str = "") -> str:
    """The text as safe HTML: escaped, with `<span class>` where it is coloured. before: codes in force, as
    "1;31"."""
    style = _styled(PLAIN, before) if before else PLAIN
    pieces: list[tuple[Style, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            pieces.append((style, "\n"))
        style = _read_line(line, style, pieces)
    return "".join(_html(style, text) for style, text in _joined(pieces))


def to_text(text: str) -> str:
    """The text without escape sequences, as a reader sees it."""
    pieces: list[tuple[Style, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            pieces.append((PLAIN, "\n"))
        _read_line(line, PLAIN, pieces)
    return "".join(text for _, text in pieces)


def _read_line(line: str, style: Style, pieces: list[tuple[Style, str]]) -> Style:
    """Add a line's pieces; gives the style after it."""
    if MOVES.search(line):
        return _read_moving_line(line, style, pieces)
    for text, token in _tokens(line):
        if text:
            pieces.append((style, text))
        if token and token["sgr"] is not None:
            style = _styled(style, token["sgr"])
    return style


def _read_moving_line(line: str, style: Style, pieces: list[tuple[Style, str]]) -> Style:
    """A line that goes back over itself, as progress bars do: later characters replace earlier ones."""
    cells: list[tuple[Style, str]] = []
    at = 0
    for text, token in _tokens(line):
        cells[at : at + len(text)] = [(style, character) for character in text]
        at += len(text)
        if token is None:
            continue
        if token["sgr"] is not None:
            style = _styled(style, token["sgr"])
        elif token["erase"] is not None:
            del cells[at if token["erase"] in ("", "0") else 0 :]
            cells += [(PLAIN, " ")] * (at - len(cells))
        elif token["control"] == "\r":
            at = 0
        elif token["control"] == "\b":
            at = max(0, at - 1)
    pieces.extend(cells)
    return style


def _tokens(line: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Stretches of plain text, each with the sequence that ends it."""
    start = 0
    for token in TOKEN.finditer(line):
        yield line[start : token.start()], token
        start = token.end()
    yield line[start:], None


def _styled(style: Style, codes: str) -> Style:
    numbers = [int(code) if code.isdigit() and len(code) < 4 else 0 for code in codes.replace(":", ";").split(";")]
    while numbers:
        code = numbers.pop(0)
        if code in (38, 48):
            name = _take_colour(numbers)
            style = replace(style, colour=name) if code == 38 else replace(style, background=_dark(name))
        else:
            style = _switched(style, code)
    return style


def _switched(style: Style, code: int) -> Style:
    if code == 0:
        return PLAIN
    if code in SWITCHES:
        return replace(style, **SWITCHES[code])  # type: ignore[arg-type]  # the table names flags only
    if 30 <= code <= 37 or 90 <= code <= 97:
        return replace(style, colour=("bright-" if code >= 90 else "") + COLOURS[code % 10])
    if 40 <= code <= 47 or 100 <= code <= 107:
        return replace(style, background=COLOURS[code % 10])
    if code == 39:
        return replace(style, colour="")
    return replace(style, background="") if code == 49 else style


def _take_colour(numbers: list[int]) -> str:
    """The nearest of the sixteen names for a colour of 256 (5;n) or of 16 million (2;r;g;b); takes its
    numbers."""
    mode = numbers.pop(0) if numbers else 0
    if mode == 5 and numbers:
        code = min(numbers.pop(0), 255)
        if code < 16:
            return ("bright-" if code >= 8 else "") + COLOURS[code % 8]
        if code >= 232:
            return _nearest((8 + 10 * (code - 232),) * 3)
        code -= 16
        return _nearest((LEVELS[code // 36], LEVELS[code // 6 % 6], LEVELS[code % 6]))
    if mode == 2 and len(numbers) >= 3:
        return _nearest((numbers.pop(0), numbers.pop(0), numbers.pop(0)))
    return ""


def _nearest(colour: tuple[int, ...]) -> str:
    def distance(name: str) -> int:
        return sum((one - other) ** 2 for one, other in zip(colour, PRIMARIES[COLOURS.index(name)], strict=True))

    return min(COLOURS, key=distance)


def _dark(name: str) -> str:
    return name.removeprefix("bright-")


def _joined(pieces: list[tuple[Style, str]]) -> Iterator[tuple[Style, str]]:
    """Neighbours of the same style in one."""
    held: list[str] = []
    current = PLAIN
    for style, text in pieces:
        if style != current and held:
            yield current, "".join(held)
            held = []
        current = style
        held.append(text)
    if held:
        yield current, "".join(held)


def _html(style: Style, text: str) -> str:
    classes = style.classes()
    return f'<span class="{classes}">{escape(text)}</span>' if classes else escape(text)
