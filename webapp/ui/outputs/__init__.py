"""What cells show, as HTML that is safe whatever the kernel said, made when it is read."""

from webapp.ui.outputs.errors import Explanation, explain
from webapp.ui.outputs.explorer import PageView, VariableEntry, to_entries, to_page_view
from webapp.ui.outputs.parts import Reader, fault_explanation
from webapp.ui.outputs.pictures import ImageUrl
from webapp.ui.outputs.render import (
    describe_end,
    needs_replace,
    render_event,
    render_events,
    settle,
    summarise,
)
from webapp.ui.outputs.sanitize import sanitize_html
from webapp.ui.outputs.words import Language

__all__ = [
    "Explanation",
    "ImageUrl",
    "Language",
    "PageView",
    "Reader",
    "VariableEntry",
    "describe_end",
    "explain",
    "fault_explanation",
    "needs_replace",
    "render_event",
    "render_events",
    "sanitize_html",
    "settle",
    "summarise",
    "to_entries",
    "to_page_view",
]
