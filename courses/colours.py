"""Python in prose as safe HTML with five colours, named by the classes that the site's cells use."""

from html import escape
from itertools import groupby
from operator import itemgetter

from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType

CLASSES = (
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "n"),
    (Comment, "c"),
    (Name.Function, "f"),
)


def coloured(source: str) -> str:
    """The source, escaped, with `<span class="k|s|n|f|c">` around what has a colour."""
    tokens = ((css_class(kind), text) for kind, text in PythonLexer(stripnl=False).get_tokens(source))
    pieces = ((css, escape("".join(text for _, text in run))) for css, run in groupby(tokens, key=itemgetter(0)))
    return "".join(f'<span class="{css}">{text}</span>' if css else text for css, text in pieces)


def is_a(kind: _TokenType, ancestor: _TokenType) -> bool:
    return kind[: len(ancestor)] == ancestor


def css_class(kind: _TokenType) -> str:
    """The class of a token's kind; empty for what keeps the colour of the text."""
    return next((css for ancestor, css in CLASSES if is_a(kind, ancestor)), "")
