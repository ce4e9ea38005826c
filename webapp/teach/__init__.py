"""Pages for trainers and managers: cohorts, their marks, and the attempts behind them."""

from flask import Blueprint

blueprint = Blueprint("teach", __name__)

# The views add themselves to the blueprint.
from webapp.teach import attempts, cohorts, deadlines, marking, regrades, study  # noqa: E402,F401 - they need the blueprint above
