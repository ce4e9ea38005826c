"""HTML that learner's code wrote, made safe: what is not on the list is not there."""

import re

import nh3

LARGEST_HTML = 256 * 1024
TEXT_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u",
    "ul", "var", "wbr",
}  # fmt: skip
TEXT_ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
MATH_TAGS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow",
    "mspace", "msqrt", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
MATH_ATTRIBUTES = {
    "math": {"display", "xmlns"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mo": {"stretchy", "fence", "separator", "accent", "lspace", "rspace", "minsize", "maxsize"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mtable": {"columnalign", "rowspacing", "columnspacing"},
    "munder": {"accentunder"},
}
DROPPED_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "embed"}
LINK = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)


def sanitize_html(html: str, *, with_math: bool = False) -> str:
    """The text, tables, links and pictures of some HTML: no script, style, class, id, form nor frame.

    Links lead to http, https and mail only; pictures must be data of the page itself, so none tells who
    reads.
    with_math: keep MathML too, for HTML that we made ourselves from Markdown or LaTeX.
    """
    clean = nh3.clean(
        html,
        tags=TEXT_TAGS | MATH_TAGS if with_math else TEXT_TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=TEXT_ATTRIBUTES | MATH_ATTRIBUTES if with_math else TEXT_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
    # Headings inside a result would break the page's own outline.
    return re.sub(r"</h[1-6]>", "</strong></div>", re.sub(r"<h[1-6]>", "<div><strong>", clean))


def has_something_to_see(html: str) -> bool:
    """Whether sanitised HTML shows anything at all."""
    return "<img" in html or bool(re.sub(r"<[^>]*>|&nbsp;|\s", "", html))


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if LINK.fullmatch(value.strip()) else None
    if attribute == "src":
        return value if PICTURE.fullmatch(value.strip()) else None
    if attribute in ("width", "height", "colspan", "rowspan", "start", "value") and tag != "mspace":
        return value if re.fullmatch(r"\d{1,4}", value) else None
    return value
