"""Python source as safe HTML with five colours, named by the same classes that the browser's editor uses."""

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


def highlight_python(source: str) -> str:
    """The source, escaped, with `<span class="k|s|n|f|c">` around what has a colour.

    The text is unchanged to the character, so that it lies exactly under a textarea with the same source.
    """
    lexer = PythonLexer(stripnl=False, stripall=False, ensurenl=False)
    tokens = [(css_class(kind), text) for kind, text in lexer.get_tokens(source)]
    following = [text[:1] for _, text in tokens[1:]] + [""]
    named = [
        ("f" if not css and text.isidentifier() and after == "(" else css, text)
        for (css, text), after in zip(tokens, following, strict=False)
    ]
    pieces = ((css, escape("".join(text for _, text in run))) for css, run in groupby(named, key=itemgetter(0)))
    return "".join(f'<span class="{css}">{text}</span>' if css else text for css, text in pieces)


def css_class(kind: _TokenType) -> str:
    """The class of a token's kind; empty for what keeps the colour of the text."""
    return next((css for ancestor, css in CLASSES if kind[: len(ancestor)] == ancestor), "")
