"""Pages for trainers and managers: cohorts, their marks, and the attempts behind them."""

from flask import Blueprint

blueprint = Blueprint("teach", __name__)

# The views add themselves to the blueprint.
from webapp.teach import (  # noqa: E402,F401 - they need the blueprint above
    attempts,
    checklists,
    classes,
    cohorts,
    courses_written,
    deadlines,
    editor,
    editor_data,
    editor_images,
    editor_people,
    editor_work,
    exporting,
    forking,
    handouts,
    history,
    importing,
    importing_guided,
    manuscripts,
    marking,
    merging,
    presenting,
    preview,
    regrades,
    study,
    suggestions,
    suggestions_review,
    versions,
)
