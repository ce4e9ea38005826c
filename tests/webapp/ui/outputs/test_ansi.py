"""Terminal text as HTML: escaped always, coloured by class, rewritten where the program rewrote it."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.ui.outputs.ansi import to_html, to_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("\x1b[31mrojo\x1b[0m no", '<span class="ansi-red">rojo</span> no'),
        ("\x1b[1;4;32mx", '<span class="ansi-bold ansi-underline ansi-green">x</span>'),
        ("\x1b[94mx\x1b[39my", '<span class="ansi-bright-blue">x</span>y'),
        ("\x1b[43mx\x1b[49my", '<span class="ansi-bg-yellow">x</span>y'),
        ("\x1b[38;5;28mx", '<span class="ansi-green">x</span>'),
        ("\x1b[38;2;250;0;0mx", '<span class="ansi-red">x</span>'),
        ("\x1b[38;5mx\x1b[38;9my", "xy"),
        ("\x1b[2J\x1b[1;1Hx\x1b]0;título\x07y", "xy"),
        ("\x1b[31muno\ndos\x1b[m", '<span class="ansi-red">uno\ndos</span>'),
        ("a\tb\x07\x00c", "a\tbc"),
        ("\x1b", ""),
        ("uno\r\ndos", "uno\ndos"),
    ],
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


def test_colours_in_force_before_the_text_are_kept() -> None:
    assert to_html("x\x1b[0my", "1;31") == '<span class="ansi-bold ansi-red">x</span>y'


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" 10%|#  |\r 50%|## |\r100%|###|", "100%|###|"),
        ("largo\rya", "yargo"),
        ("largo\r\x1b[Kya", "ya"),
        ("abc\b\bX", "aXc"),
        ("\b\b\ba", "a"),
        ("uno\ndos\rDOS", "uno\nDOS"),
        ("\r", ""),
    ],
)
def test_a_line_that_goes_back_over_itself_shows_its_last_state(text: str, seen: str) -> None:
    assert to_text(text) == seen


@given(st.text("\x1b[0;1m38K\r\b\n<&>a\"'"))
def test_no_text_becomes_markup(text: str) -> None:
    html = to_html(text)
    without_spans = re.sub(r'<span class="[a-z -]+">|</span>', "", html)
    assert "<" not in without_spans
    assert unescape(without_spans) == to_text(text)
