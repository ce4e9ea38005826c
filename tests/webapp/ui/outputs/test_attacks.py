"""Whatever a kernel displays, by whatever media type, nothing of it runs and nothing leaves the page."""

import re
from html.parser import HTMLParser

import pytest
from support.attacks import PAYLOADS, SVG, shown_everywhere

from notebooks import Display
from webapp.ui.outputs import render_event, render_events, sanitize_html
from webapp.ui.outputs.sanitize import MATH_TAGS, TEXT_TAGS

OURS = {"span", "button", "figure"}


class Inspector(HTMLParser):
    """Everything that a browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attributes}))


FORBIDDEN = re.compile(r"on.*|style|id|srcdoc|action|ping|formaction|xlink:href")
ALLOWED = {
    "href": re.compile(r"(https?://|mailto:)"),
    "src": re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,"),
}


def dangers(html: str) -> list[str]:
    """What in the HTML could run, fetch, submit, move about or pass for a part of the page."""
    found = []
    for tag, attributes in Inspector(html).tags:
        if tag not in TEXT_TAGS | MATH_TAGS | OURS:
            found.append(f"<{tag}>")
        for name, value in attributes.items():
            is_bad_address = name in ALLOWED and not ALLOWED[name].match(value)
            if FORBIDDEN.fullmatch(name) or is_bad_address:
                found.append(f"{tag} {name}={value}")
    return found


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_comes_through_any_media_type(payload: str, language: str) -> None:
    around = {"cell_label": payload, "source": payload, "names": [payload], "columns": [payload]}
    events = shown_everywhere(payload)
    for event in events:
        assert dangers(render_event(event, language=language, **around)) == [], event  # type: ignore[arg-type]
    assert dangers(render_events(events, language=language, **around)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_was_sanitised_stays_as_it_is(payload: str) -> None:
    once = sanitize_html(payload)
    assert sanitize_html(once) == once


@pytest.mark.parametrize("payload", PAYLOADS)
def test_learners_html_brings_no_class_nor_hook_of_the_page(payload: str) -> None:
    for _tag, attributes in Inspector(sanitize_html(payload)).tags:
        assert not {name for name in attributes if name in ("class", "id") or name.startswith("data-")}


def test_an_svg_is_never_inline() -> None:
    html = render_event(Display({"image/svg+xml": SVG.format("")}), language="es")
    assert [tag for tag, _ in Inspector(html).tags] == ["figure", "img"]


def test_a_table_value_of_another_shape_falls_back_to_text() -> None:
    bundle = {
        "application/vnd.aula.table+json": {"columns": [{"name": "a", "type": "text"}], "rows": [[1, 2]]},
        "text/plain": "x",
    }
    assert render_event(Display(bundle), language="es") == '<pre class="plain-text">x</pre>'
