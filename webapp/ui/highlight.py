"""Python source in colours, ready for a template."""

from functools import lru_cache

from markupsafe import Markup

import courses

# Most cells are shown as the lesson has them, to everybody. A few megabytes for them; long texts are coloured anew.
KEPT, LONGEST_KEPT = 1024, 4096


def highlight_python(source: str) -> Markup:
    """As `courses.highlight_python`, which colours the prose of lessons too."""
    return _kept(source) if len(source) <= LONGEST_KEPT else _coloured(source)


def _coloured(source: str) -> Markup:
    return Markup(courses.highlight_python(source))  # noqa: S704 - escaped there


_kept = lru_cache(KEPT)(_coloured)
