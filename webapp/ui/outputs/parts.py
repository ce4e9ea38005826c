"""The pieces that outputs are made of: text, pictures, tables, errors and notes, each as safe HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from notebooks import CellDone, Fault, Stream
from webapp.ui.outputs import ansi, pictures, tables
from webapp.ui.outputs.errors import Explanation, explain, explain_warning
from webapp.ui.outputs.pictures import ImageUrl
from webapp.ui.outputs.prose import latex_to_html, markdown_to_html
from webapp.ui.outputs.sanitize import LARGEST_HTML, has_something_to_see, sanitize_html
from webapp.ui.outputs.words import Language, count_text, say

FOLD_AFTER = 400
SHOWN_WHEN_FOLDED = 200
# The richest first; a bundle's text is what remains where nothing richer can be shown.
RICHEST_FIRST = (tables.MEDIA_TYPE, *pictures.MEDIA_TYPES, "text/html", "text/markdown", "text/latex")


@dataclass(frozen=True)
class Reader:
    """Who reads and what stands around the output: the cell's label and code, and the learner's names."""

    language: Language
    cell_label: str = ""
    source: str = ""
    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    image_url: ImageUrl | None = None

    def label(self, word: str) -> str:
        """A text that names the cell, such as "Tabla de resultado de la celda 4"."""
        if self.cell_label:
            return say(self.language, word, cell=self.cell_label)
        return say(self.language, f"{word}_alone")


def text_block(event: Stream, reader: Reader) -> str:
    """What a cell printed; warnings that we know how to explain are explained."""
    html = _preformatted(event.text, f"stream {event.name}", reader.language, event.ansi_before)
    known = explain_warning(event.text, reader.language) if event.name == "stderr" else None
    return html + explanation_block(known, say(reader.language, "warning_explanation")) if known else html


def bundle_block(data: Mapping[str, Any], metadata: Mapping[str, Any], reader: Reader) -> str:
    """The richest form of a value that can be shown safely; its plain text otherwise, and nothing where it
    has none."""
    for media_type in RICHEST_FIRST:
        html = _rich(media_type, data[media_type], metadata, reader) if media_type in data else ""
        if html:
            return html
    text = data.get("text/plain")
    return _preformatted(text, "plain-text", reader.language) if isinstance(text, str) else ""


def fault_block(fault: Fault, reader: Reader) -> str:
    """The error's last line, where it happened, what it means, and Python's own message folded."""
    value = ansi.to_text(re.sub(r" \(\d+\.py, line \d+\)$", "", fault.value))
    line = f'   <span class="fault-line">← {say(reader.language, "line", line=fault.line)}</span>' if fault.line else ""
    name = f'<strong class="fault-name">{escape(fault.name)}</strong>'
    html = f'<pre class="fault">{name}{": " if value else ""}{escape(value)}{line}</pre>'
    html += fault_explanation(fault, reader)
    if fault.traceback:
        message = ansi.to_html("\n".join(fault.traceback))
        summary = say(reader.language, "traceback")
        html += f'<details class="traceback"><summary>{escape(summary)}</summary><pre>{message}</pre></details>'
    return html


def fault_explanation(fault: Fault, reader: Reader) -> str:
    """What the error means to who wrote the code; empty where no rule knows it."""
    known = explain(fault, reader.source, reader.names, reader.language, columns=reader.columns)
    return explanation_block(known, say(reader.language, "explanation")) if known else ""


def explanation_block(explanation: Explanation, title: str) -> str:
    sentences = " ".join(_with_code(one) for one in explanation.sentences)
    summary = f"<summary>{escape(title)}</summary>"
    return f'<details class="explanation" open>{summary}<div><p>{sentences}</p></div></details>'


def end_note(done: CellDone, language: Language) -> str:
    """What the page says where a cell did not end by itself; nothing otherwise."""
    if done.status in ("ok", "error"):
        return ""
    text = say(language, f"note_{done.status}")
    if done.is_kernel_gone and done.status not in ("memory", "lost"):
        text += " " + say(language, "note_gone")
    return f'<div class="notice notice-warning"><div>{escape(text)}</div></div>'


def _rich(media_type: str, value: Any, metadata: Mapping[str, Any], reader: Reader) -> str:
    if media_type == tables.MEDIA_TYPE:
        table = tables.to_table(value)
        return tables.render_table(table, language=reader.language, caption=reader.label("table")) if table else ""
    if media_type in pictures.MEDIA_TYPES:
        picture = pictures.read_picture(media_type, value)
        return _picture(picture, media_type, metadata, reader) if picture else ""
    if not isinstance(value, str) or not value.strip():
        return ""
    if media_type == "text/html":
        return _html(value, reader)
    html = markdown_to_html(value) if media_type == "text/markdown" else latex_to_html(value)
    return f'<div class="rich-text">{html}</div>'


def _picture(data: bytes, media_type: str, metadata: Mapping[str, Any], reader: Reader) -> str:
    return pictures.render_picture(
        data,
        media_type,
        metadata,
        language=reader.language,
        cell_label=reader.cell_label,
        image_url=reader.image_url,
    )


def _html(value: str, reader: Reader) -> str:
    if len(value) > LARGEST_HTML:
        return ""
    html = sanitize_html(value)
    if not has_something_to_see(html):
        return ""
    name = escape(reader.label("html"))
    return f'<div class="rich-html" tabindex="0" role="group" aria-label="{name}">{html}</div>'


def _preformatted(text: str, classes: str, language: Language, before: str = "") -> str:
    """Terminal text; beyond 400 lines the rest is folded."""
    html = ansi.to_html(text, before)
    count = html.count("\n")
    if count <= FOLD_AFTER or "<span" in html:
        return _pre(html, classes)
    lines = html.split("\n")
    shown, rest = "\n".join(lines[:SHOWN_WHEN_FOLDED]), "\n".join(lines[SHOWN_WHEN_FOLDED:])
    more = say(language, "more", count=count_text(count - SHOWN_WHEN_FOLDED))
    folded = f'<details class="more"><summary>{escape(more)}</summary>{_pre(rest, classes)}</details>'
    return _pre(shown, classes) + folded


def _pre(html: str, classes: str) -> str:
    """Preformatted HTML. Browsers drop a line end that comes right after the tag, so such a text gets
    another."""
    first = "\n" if html.startswith("\n") else ""
    return f'<pre class="{classes}">{first}{html}</pre>'


def _with_code(sentence: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(sentence, quote=False))
