"""The server's colours lie exactly under the text that a learner edits."""

import html
import re

import pytest

from webapp.ui.highlight import highlight_python


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n",
        "x = 1",
        "def f(a):\n    return a < 2  # ¿sí?\n",
        "'sin cerrar",
        "\tif a & b:\n\n",
        "a\r\nb",
        "<script>",
    ],
)
def test_the_text_is_unchanged_to_the_character(source: str) -> None:
    assert html.unescape(re.sub("<[^>]+>", "", highlight_python(source))) == source.replace("\r\n", "\n")


def test_markup_in_code_stays_text() -> None:
    assert "<b>" not in highlight_python("x = '<b>'")


def test_called_names_keywords_strings_and_numbers_have_their_colours() -> None:
    shown = highlight_python('return suma("a", 3)  # fin')
    assert '<span class="k">return</span>' in shown
    assert '<span class="f">suma</span>(<span class="s">&quot;a&quot;</span>, <span class="n">3</span>)' in shown
    assert '<span class="c"># fin</span>' in shown
