"""Pages about one's own account: signing up, in and out, passwords, invitations, open sessions."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

# The views add themselves to the blueprint.
from webapp.account import account, passwords, sign_in, sign_up  # noqa: E402,F401 - they need the blueprint above
