"""Python source in colours, ready for a template."""

from markupsafe import Markup

import courses


def highlight_python(source: str) -> Markup:
    """As `courses.highlight_python`, which colours the prose of lessons too."""
    return Markup(courses.highlight_python(source))  # noqa: S704 - escaped there
