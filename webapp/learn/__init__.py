"""Pages and addresses for learners: catalogue, lessons, practice, data and progress."""

from flask import Blueprint

blueprint = Blueprint("learn", __name__)

# The views register themselves on the blueprint above, so they come after it: Flask's own documented pattern.
from webapp.learn import (  # noqa: E402  # see above
    attempts,
    catalogue,
    class_help,
    datasets,
    earlier_work,
    environment,
    help,
    lessons,
    practice,
    progress,
    proofs,
    questions,
    runs,
)

__all__ = [
    "attempts",
    "blueprint",
    "catalogue",
    "class_help",
    "datasets",
    "earlier_work",
    "environment",
    "help",
    "lessons",
    "practice",
    "progress",
    "proofs",
    "questions",
    "runs",
]
