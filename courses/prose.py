"""Authors' Markdown to safe HTML: admonitions, formulas as MathML, coloured code, pictures of the lesson's own folder.

Two steps: `prepare` looks over the parsed text, complains with lines and settles pictures; `to_html` writes and cleans.
"""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import nh3
from latex2mathml import exceptions as latex_exceptions
from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from courses.colours import highlight_python
from courses.files import size
from courses.model import Language, LocalText

Report = Callable[..., None]

ADMONITIONS: Mapping[str, LocalText] = {
    "note": LocalText("Nota", "Note"),
    "tip": LocalText("Consejo", "Tip"),
    "important": LocalText("Importante", "Important"),
    "warning": LocalText("Cuidado", "Warning"),
}
CELL, EXERCISE = "code-cell", "exercise"
DIRECTIVE = re.compile(r"\s*\{([A-Za-z][A-Za-z-]*)\}\s*(.*)")
LARGEST_PICTURE = 100 * 1024
DEEPEST = 3
LINK = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"), (b"<svg", "image/svg+xml"), (b"<?xml", "image/svg+xml"),
)  # fmt: skip
NOT_A_FORMULA: tuple[type[Exception], ...] = (
    *(one for one in vars(latex_exceptions).values() if isinstance(one, type) and issubclass(one, Exception)),
    AttributeError, IndexError, KeyError, RecursionError, StopIteration, TypeError, ValueError,
)  # fmt: skip

TEXT_TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
MATH_TAGS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "img": {"src", "alt"}, "ol": {"start"},
    "math": {"display", "xmlns"}, "mfrac": {"linethickness"}, "mi": {"mathvariant"}, "mn": {"mathvariant"},
    "mo": {"stretchy", "fence", "separator", "accent", "lspace", "rspace", "minsize", "maxsize"},
    "mover": {"accent"}, "mspace": {"width"}, "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "munder": {"accentunder"},
}  # fmt: skip
CLASSES = {"div": {"admonition", *ADMONITIONS}, "p": {"admonition-title"}, "span": {"k", "s", "n", "f", "c"}}


@dataclass(frozen=True)
class Surroundings:
    """What prose may refer to, and who hears of what is wrong. report(code, line, **fields)."""

    language: Language
    pictures: Mapping[str, bytes]
    anchors: frozenset[str]
    report: Report


def parse(text: str) -> list[Token]:
    return MARKDOWN.parse(text, {})


def prepare(tokens: Sequence[Token], around: Surroundings, *, before: int = 0, depth: int = 0) -> None:
    """Look over parsed prose: check formulas, links and pictures, and parse what stands inside of directives.

    before: how many lines of the file come before the text that was parsed.
    """
    line = before + 1
    for token in tokens:
        line = before + token.map[0] + 1 if token.map else line
        if token.type == "inline":
            prepare_inline(token.children or [], around, line)
        elif token.type == "math_block":
            check_formula(token.content, around, line)
        elif token.type in ("fence", "colon_fence"):
            prepare_fence(token, around, line, depth)
        elif token.type == "myst_target" and not token.meta.get("is_heading"):
            around.report("stray-anchor", line, id=token.content)


def prepare_inline(children: Sequence[Token], around: Surroundings, line: int) -> None:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "math_inline":
            check_formula(child.content, around, line)
        elif child.type == "image":
            settle_picture(child, around, line)
        elif child.type == "link_open":
            href = str(child.attrGet("href") or "")
            if not LINK.fullmatch(href) and not (href.startswith("#") and href[1:] in around.anchors):
                around.report("bad-link", line, href=href)


def prepare_fence(token: Token, around: Surroundings, line: int, depth: int) -> None:
    directive = DIRECTIVE.fullmatch(token.info)
    name = directive[1] if directive else ""
    if token.type == "fence" and not directive:
        return
    if name in (CELL, EXERCISE):
        around.report("nested-block", line, kind=name)
    elif name not in ADMONITIONS or depth >= DEEPEST:
        known = ", ".join((CELL, EXERCISE, *ADMONITIONS))
        around.report("unknown-directive", line, name=token.info.strip() or token.markup, known=known)
    else:
        token.meta["name"], token.meta["title"] = name, directive[2] if directive else ""
        token.meta["inside"] = parse(token.content)
        prepare(token.meta["inside"], around, before=line, depth=depth + 1)


def check_formula(latex: str, around: Surroundings, line: int) -> None:
    if find_formula(latex, is_block=False) is None:
        around.report("bad-formula", line, formula=latex)


def settle_picture(token: Token, around: Surroundings, line: int) -> None:
    """Put the picture's bytes into the page, or complain and take it away."""
    name = str(token.attrGet("src") or "")
    raw = around.pictures.get(name)
    token.attrSet("src", "")
    if not token.content.strip():
        around.report("no-alt", line, name=name)
    if raw is None or len(raw) > LARGEST_PICTURE or picture_type(raw) is None:
        why = {
            raw is None: LocalText("No está en la carpeta.", "It is not in the folder."),
            raw is not None and len(raw) > LARGEST_PICTURE: LocalText("Pesa demasiado.", "It weighs too much."),
        }.get(True, LocalText("No es una imagen que conozcamos.", "It is no picture that we know."))
        around.report("bad-picture", line, name=name, why=why, most=size(LARGEST_PICTURE))
        return
    token.attrSet("src", f"data:{picture_type(raw)};base64,{base64.b64encode(raw).decode()}")


def picture_type(raw: bytes) -> str | None:
    return next((kind for start, kind in PICTURES if raw.lstrip().startswith(start)), None)


def to_html(tokens: Sequence[Token], language: Language) -> str:
    """Safe HTML of prepared tokens."""
    html = str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {"language": language}))
    return nh3.clean(
        html,
        tags=TEXT_TAGS | MATH_TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    ).strip()


def keep(tag: str, attribute: str, value: str) -> str | None:
    """An attribute's value, or None where it must go: links to nowhere safe, pictures that are not the page's own."""
    if attribute == "href":
        return value if LINK.fullmatch(value) or value.startswith("#") else None
    if attribute == "src":
        return value if value.startswith("data:image/") else None
    return value


def find_formula(latex: str, *, is_block: bool) -> str | None:
    """The formula as MathML; None if it cannot be read or has a command that is not known."""
    try:
        found = str(convert(latex.strip(), display="block" if is_block else "inline"))
    except NOT_A_FORMULA:
        return None
    return None if "<mi>\\" in found else found


def render_formula(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    latex, is_block = tokens[index].content, tokens[index].type == "math_block"
    found = find_formula(latex, is_block=is_block)
    html = f"<code>{escape(latex)}</code>" if found is None else found
    return f"<div>{html}</div>\n" if is_block else html


def render_fence(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """An admonition with its title in the reader's language, or a listing with five colours."""
    token = tokens[index]
    if "inside" not in token.meta:
        is_python = token.info.strip() in ("python", "py")
        return f"<pre><code>{highlight_python(token.content) if is_python else escape(token.content)}</code></pre>\n"
    name: str = token.meta["name"]
    title = escape(token.meta["title"]) or ADMONITIONS[name].for_language(env["language"])
    inside = renderer.render(token.meta["inside"], options, env)
    return f'<div class="admonition {name}"><p class="admonition-title">{title}</p>\n{inside}</div>\n'


def render_nothing(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return ""


def make_markdown() -> MarkdownIt:
    markdown = (
        MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
        .enable(["table", "strikethrough"])
        .use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(colon_fence_plugin)
        .use(deflist_plugin)
        .use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False)
        .disable(["myst_line_comment", "myst_block_break"])
    )
    for kind in ("fence", "colon_fence"):
        markdown.add_render_rule(kind, render_fence)
    for kind in ("math_inline", "math_block"):
        markdown.add_render_rule(kind, render_formula)
    markdown.add_render_rule("myst_target", render_nothing)
    return markdown


MARKDOWN = make_markdown()
