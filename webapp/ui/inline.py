"""Short texts of authors (titles, hints, messages) from Markdown to safe HTML."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# Authors write these texts, and still only emphasis, code, lists and links to sites get through.
TAGS = {"a", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
MARKDOWN = MarkdownIt("commonmark", {"html": False})


def inline(text: str) -> Markup:
    """One line of Markdown without a paragraph around it: "Usa `groupby`" → "Usa <code>groupby</code>"."""
    return clean(MARKDOWN.renderInline(text))


def paragraphs(text: str) -> Markup:
    """Markdown of one or more paragraphs."""
    return clean(MARKDOWN.render(text))


def clean(html: str) -> Markup:
    safe = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return Markup(safe)  # noqa: S704 - nh3 has just cleaned it
