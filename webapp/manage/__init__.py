"""Pages for those who run the school: its people, its courses, and whether all of it works."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__)

# The views add themselves to the blueprint.
from webapp.manage import courses, people, status  # noqa: E402,F401 - they need the blueprint above
