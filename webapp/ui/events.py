"""Lines of the audit log in words."""

from flask_babel import gettext as _


def event_words(action: str) -> str:
    """What was done; an action that nobody has put in words shows its own name."""
    words = {
        "account_opened": _("Se abrió la cuenta"),
        "signed_in": _("Entró"),
        "sign_in_failed": _("Alguien falló al entrar"),
        "sign_in_ended": _("Se cerró una sesión"),
        "password_changed": _("Cambió su contraseña"),
        "password_reset": _("Eligió otra contraseña con un enlace"),
        "name_changed": _("Cambió sus datos"),
        "invitation_accepted": _("Aceptó una invitación"),
        "role_changed": _("Cambió su rol"),
        "closed": _("Se cerró la cuenta"),
        "reopened": _("Se reabrió la cuenta"),
    }
    return str(words.get(action, action))
