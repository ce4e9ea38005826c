"""Plain values as YAML, in the manner of the lessons: short records on one line, long texts as blocks."""

import io
from textwrap import dedent
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, SingleQuotedScalarString

ON_ONE_LINE = 70
WIDEST = 2**31
# Where one of these begins a text, readers of YAML differ on whether it may go without quotes.
SIGNS = tuple("?:-,[]{}#&*!|>'\"%@`")


def write_yaml(value: Any) -> str:
    """A value that is not null as lines of its own, without an indent."""
    written = dump(CommentedMap({"k": styled(value)})).removeprefix("k:")
    return dedent(written[1:]) if written.startswith("\n") else written.lstrip(" ")


def write_entry(key: str, value: Any, column: int) -> str:
    """A key with its value as lines of a mapping at a column. Without the first line's indent and the last's end."""
    return indent(dump(CommentedMap({quoted(key, ""): styled(value)})), column)


def write_item(value: Any, column: int) -> str:
    """A list's item as lines of a list at a column, likewise."""
    return indent(
        "\n".join(line.removeprefix("  ") for line in dump(CommentedSeq([styled(value)])).split("\n")), column
    )


def write_inline(value: Any, *, in_flow: bool, style: str = "") -> str:
    """A value on one line. in_flow: inside of brackets or braces. style: the quotes that a text had."""
    made = quoted(value, style) if isinstance(value, str) else in_one_line(value)
    if not in_flow or not isinstance(value, str):
        return dump(CommentedMap({"k": made})).removeprefix("k:").strip() or "null"
    around = CommentedSeq([made])
    around.fa.set_flow_style()
    return dump(around).strip()[1:-1]


def dump(value: Any) -> str:
    yaml, stream = YAML(), io.StringIO()
    yaml.width, yaml.allow_unicode = WIDEST, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(value, stream)
    return stream.getvalue().removesuffix("\n")


def indent(text: str, column: int) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{' ' * column}{line}" if line else "" for line in others)])


def styled(value: Any) -> Any:
    """A value as the library is to write it in lines of its own."""
    if isinstance(value, str):
        return as_lines(value) if "\n" in value else quoted(value, "")
    if not isinstance(value, dict | list):
        return value
    if not value or (is_flat(value) and len(str(value)) <= ON_ONE_LINE):
        return in_one_line(value)
    if isinstance(value, dict):
        return CommentedMap({quoted(key, ""): styled(one) for key, one in value.items()})
    return CommentedSeq([styled(one) for one in value])


def is_flat(value: dict[str, Any] | list[Any]) -> bool:
    inside = value.values() if isinstance(value, dict) else value
    return all(not isinstance(one, dict | list) and "\n" not in str(one) for one in inside)


def in_one_line(value: Any) -> Any:
    if isinstance(value, str):
        return quoted(value, "")
    if not isinstance(value, dict | list):
        return value
    made = (
        CommentedMap({quoted(key, ""): in_one_line(one) for key, one in value.items()})
        if isinstance(value, dict)
        else CommentedSeq([in_one_line(one) for one in value])
    )
    made.fa.set_flow_style()
    return made


def as_lines(text: str) -> Any:
    """A text of several lines as a block, unless it has what a block would lose."""
    lines = text.split("\n")
    is_plain = all(line.isprintable() and line == line.rstrip() for line in lines)
    if is_plain and lines[0].strip() and not lines[0].startswith(" ") and not text.endswith("\n\n"):
        return LiteralScalarString(text)
    return DoubleQuotedScalarString(text)


def quoted(text: str, style: str) -> Any:
    """A text in the quotes that it had, or in none if it needs none."""
    if not text.isprintable() or text != text.strip():
        return DoubleQuotedScalarString(text)
    if not style and text.startswith(SIGNS):
        return SingleQuotedScalarString(text)
    return {"'": SingleQuotedScalarString, '"': DoubleQuotedScalarString}.get(style, str)(text)
