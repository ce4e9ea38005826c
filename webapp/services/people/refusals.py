"""The ways in which the people service says no."""

from webapp.store import Refusal


class EmailTaken(Refusal):
    """There is an account with this address; readers are not told so in these words."""

    code = "email_taken"


class BadEmail(Refusal):
    code = "bad_email"


class BadName(Refusal):
    code = "bad_name"


class WeakPassword(Refusal):
    """code: password_short, password_long, password_common, password_personal or password_plain."""

    code = "password_short"


class DeadLink(Refusal):
    """A reset or invitation link that was used, is too old, or never was."""

    code = "dead_link"


class UnknownPerson(Refusal):
    code = "unknown_person"


class UnknownInstitution(Refusal):
    code = "unknown_institution"


class OwnRole(Refusal):
    """Nobody changes their own role or closes their own account here: the last admin could lock everybody out."""

    code = "own_role"


class NotInvited(Refusal):
    """The invitation is for another account than the one that is signed in."""

    code = "not_invited"
