"""Outputs as pages show them, in the language of whoever reads."""

# Cases read best on one line.
# ruff: noqa: E501

import base64
import re

import pytest

from notebooks import CellDone, Clear, Display, Fault, Result, RunEvent, Started, Stream, Tick
from webapp.ui.outputs import describe_end, needs_replace, render_event, render_events, summarise
from webapp.ui.outputs.words import WORDS

PNG = b"\x89PNG\r\n\x1a\n"
TABLE = {
    "application/vnd.aula.table+json": {
        "columns": [{"name": "a", "type": "text"}],
        "rows": [["x"]] * 5,
        "shape": [5, 1],
    }
}


def out(text: str) -> Stream:
    return Stream("stdout", text)


def a_picture(size: int) -> dict[str, str]:
    return {"image/png": base64.b64encode(PNG + b"x" * size).decode(), "text/plain": "<Figure>"}


def test_printed_text_is_preformatted_and_escaped() -> None:
    assert render_event(out("a<b\n"), language="es") == '<pre class="stream stdout">a&lt;b\n</pre>'


def test_a_first_empty_line_is_not_swallowed_by_the_browser() -> None:
    assert render_event(out("\nuno"), language="es") == '<pre class="stream stdout">\n\nuno</pre>'


def test_long_text_is_folded() -> None:
    html = render_event(out("x\n" * 1000), language="es")
    assert "<summary>Ver las otras 800 líneas</summary>" in html
    assert html.count("x") == 1000


def test_the_richest_form_is_shown() -> None:
    assert "<img" in render_event(Display({**a_picture(5), "text/html": "<b>x</b>"}), language="es")
    assert render_event(Result({"text/html": "<b>x</b>", "text/plain": "x"}), language="es").endswith("<b>x</b></div>")
    assert "<h" not in render_event(Result({"text/html": "<h1>x</h1>"}), language="es")


@pytest.mark.parametrize("html", ["<script>x</script>", "<div><iframe></iframe></div>", "x" * 300_000])
def test_html_that_shows_nothing_or_too_much_gives_way_to_its_text(html: str) -> None:
    assert (
        render_event(Result({"text/html": html, "text/plain": "gráfica"}), language="es")
        == '<pre class="plain-text">gráfica</pre>'
    )


def test_a_picture_has_words_for_those_who_do_not_see_it() -> None:
    plain = render_event(Display(a_picture(5)), language="es", cell_label="la celda 5")
    assert 'alt="Gráfica de la celda 5"' in plain
    assert 'aria-label="Gráfica de la celda 5, se puede desplazar"' in plain
    described = render_event(
        Display(a_picture(5), {"image/png": {"alt": "Barras", "width": 640, "height": 480}}), language="es"
    )
    assert 'alt="Barras" width="640" height="480"' in described


def test_only_large_pictures_are_fetched_by_address() -> None:
    asked: list[tuple[bytes, str]] = []

    def image_url(data: bytes, media_type: str) -> str:
        asked.append((data, media_type))
        return "/salidas/1.png"

    small = render_event(Display(a_picture(5)), language="es", image_url=image_url)
    large = render_event(Display(a_picture(40_000)), language="es", image_url=image_url)
    assert 'src="data:image/png;base64,' in small
    assert 'src="/salidas/1.png"' in large
    assert asked == [(PNG + b"x" * 40_000, "image/png")]


def test_formulas_become_mathml() -> None:
    assert "<mfrac>" in render_event(Result({"text/latex": r"$\frac{1}{2}$"}), language="es")
    assert "<msup>" in render_event(Display({"text/markdown": "El área es $x^2$."}), language="es")
    assert r"<code>\frac{</code>" in render_event(Result({"text/latex": r"$\frac{$"}), language="es")


def test_an_error_shows_its_line_its_meaning_and_pythons_words() -> None:
    fault = Fault("KeyError", "'Entidad'", ("\x1b[31mKeyError\x1b[0m", "…"), 2)
    html = render_event(fault, language="es", source="x = 1\nt['Entidad']", columns=["entidad"])
    assert (
        '<strong class="fault-name">KeyError</strong>: &#x27;Entidad&#x27;   <span class="fault-line">← línea 2</span>'
        in html
    )
    assert "<summary>Qué quiere decir este error</summary>" in html
    assert "la tuya se llama <code>entidad</code>" in html
    assert (
        '<details class="traceback"><summary>Ver el mensaje completo de Python</summary><pre><span class="ansi-red">'
        in html
    )


def test_an_error_without_a_rule_is_shown_without_an_explanation() -> None:
    html = render_event(Fault("MyError", "algo"), language="en")
    assert html == '<pre class="fault"><strong class="fault-name">MyError</strong>: algo</pre>'


@pytest.mark.parametrize("status", ["interrupted", "timeout", "memory", "lost", "output_limit"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_cell_that_did_not_end_by_itself_says_why(status: str, language: str) -> None:
    html = render_event(CellDone(status, 1.0, 1, is_kernel_gone=True), language=language)  # type: ignore[arg-type]
    assert html.startswith('<div class="notice notice-warning">')
    assert re.search("celdas de arriba" if language == "es" else "cells above", html)


@pytest.mark.parametrize(
    "event", [Started(), Tick(), Clear(), CellDone("ok", 1.0), CellDone("error", 1.0), Display({})]
)
def test_what_shows_nothing_is_empty(event: RunEvent) -> None:
    assert render_event(event, language="es") == ""


def test_the_whole_output_carries_clearings_and_updates_out() -> None:
    events = [out("fuera"), Clear(), out("10%\r"), out("90%\n"), Display({"text/plain": "a"}, {}, "d"), out("z\n"),
              Display({"text/plain": "b"}, {}, "d", is_update=True), Clear(wait=True)]  # fmt: skip
    assert render_events(events, language="es") == (
        '<pre class="stream stdout">90%\n</pre><pre class="plain-text">b</pre><pre class="stream stdout">z\n</pre>'
    )
    assert render_events([*events, out("fin")], language="es") == '<pre class="stream stdout">fin</pre>'


@pytest.mark.parametrize(
    ("earlier", "event", "replaces"),
    [
        ([], out("a\n"), False),
        ([out("a\n")], out("b\n"), False),
        ([out("a")], out("b\n"), True),
        ([out("a\n")], out("10%\r20%"), True),
        ([out("a")], Stream("stderr", "b\n"), False),
        ([out("a\n")], Clear(), True),
        ([out("a\n")], Clear(wait=True), False),
        ([out("a\n"), Clear(wait=True)], out("b\n"), True),
        ([out("a\n")], Display({}, {}, "d", is_update=True), True),
        ([out("a")], CellDone("ok", 1.0), False),
    ],
)
def test_what_changes_the_page_above_is_told(earlier: list[RunEvent], event: RunEvent, replaces: bool) -> None:
    assert needs_replace(event, earlier) is replaces


@pytest.mark.parametrize(
    ("events", "es", "en"),
    [
        ([Result(TABLE), CellDone("ok", 0.42)], "lista en 0.4 s, tabla de 5 filas", "done in 0.4 s, table of 5 rows"),
        ([Display(a_picture(5)), CellDone("ok", 1.0)], "lista en 1.0 s, gráfica", "done in 1.0 s, chart"),
        ([out("a\nb\n"), CellDone("ok", 1.0)], "lista en 1.0 s, 2 líneas de texto", "done in 1.0 s, 2 lines of text"),
        ([CellDone("ok", 0.0)], "lista en 0.1 s, sin resultado", "done in 0.1 s, no result"),
        ([Fault("KeyError", "x", (), 3), CellDone("error", 1.0)], "se detuvo en la línea 3, error: KeyError", "stopped on line 3, error: KeyError"),
    ],
)  # fmt: skip
def test_a_screen_reader_is_told_the_gist(events: list[RunEvent], es: str, en: str) -> None:
    assert summarise(events, language="es") == es
    assert summarise(events, language="en") == en


def test_an_ending_is_said_in_a_few_words() -> None:
    assert describe_end(CellDone("timeout", 30.0), "es") == "detenida por tiempo"
    assert describe_end(CellDone("error", 1.0), "es", Fault("E", "", (), 1)) == "se detuvo en la línea 1"


def test_both_languages_have_the_same_words_with_the_same_holes() -> None:
    assert WORDS["es"].keys() == WORDS["en"].keys()
    for word, text in WORDS["es"].items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", WORDS["en"][word])), word
