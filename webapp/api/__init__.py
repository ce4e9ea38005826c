"""What programs ask: whether the site lives and works, its measures, and a description of the API."""

from flask import Blueprint

blueprint = Blueprint("api", __name__)

# The views add themselves to the blueprint.
from webapp.api import description, health, metrics  # noqa: E402,F401 - they need the blueprint above
