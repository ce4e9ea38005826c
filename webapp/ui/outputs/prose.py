"""Markdown and LaTeX that learner's code displays, as safe HTML and MathML."""

from html import escape

from latex2mathml import exceptions as latex_exceptions
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from webapp.ui.outputs.sanitize import sanitize_html

LONGEST_FORMULA = 4_000
LONGEST_MARKDOWN = 128 * 1024
MALFORMED: tuple[type[Exception], ...] = (
    *(one for one in vars(latex_exceptions).values() if isinstance(one, type) and issubclass(one, Exception)),
    AttributeError, IndexError, KeyError, RecursionError, StopIteration, TypeError, ValueError,
)  # fmt: skip


def markdown_to_html(text: str) -> str:
    """The Markdown as safe HTML; HTML written in it is shown, not obeyed. Beyond 128 KB it is shown as it
    is."""
    if len(text) > LONGEST_MARKDOWN:
        return f"<pre>{escape(text)}</pre>"
    try:
        return sanitize_html(str(MARKDOWN.render(text)), with_math=True)
    except RecursionError:
        return f"<pre>{escape(text)}</pre>"


def latex_to_html(text: str) -> str:
    """The formula as MathML; as it was written where it cannot be read."""
    formula, is_block = _unwrapped(text.strip())
    return sanitize_html(_formula(formula, is_block), with_math=True)


def _formula(formula: str, is_block: bool) -> str:
    if len(formula) > LONGEST_FORMULA:
        return f"<code>{escape(formula)}</code>"
    try:
        return str(convert(formula, display="block" if is_block else "inline"))
    except MALFORMED:
        return f"<code>{escape(formula)}</code>"


def _unwrapped(text: str) -> tuple[str, bool]:
    """The formula without its dollars, and whether it stands on a line of its own."""
    for mark, is_block in (("$$", True), ("$", False)):
        if text.startswith(mark) and text.endswith(mark) and len(text) >= 2 * len(mark):
            return text[len(mark) : -len(mark)].strip(), is_block or r"\displaystyle" in text
    return text, True


def _render_math(content: str, options: dict[str, bool]) -> str:
    return _formula(content.strip(), bool(options.get("display_mode")))


MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
    .enable(["table", "strikethrough"])
    .use(dollarmath_plugin, renderer=_render_math, double_inline=True)
)
