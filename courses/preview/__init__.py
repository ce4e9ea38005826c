"""A page of a lesson on the author's own machine, written anew whenever a file is saved. No code of the lesson runs."""

from courses.preview.server import PreviewServer, open_preview

__all__ = ["PreviewServer", "open_preview"]
