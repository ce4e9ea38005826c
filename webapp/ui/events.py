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
        "work_marked": _("Calificó un trabajo"),
        "review_asked": _("Pidió una revisión"),
        "review_answered": _("Contestó una revisión"),
        "deadlines_set": _("Cambió las fechas de entrega de un grupo"),
        "class_started": _("Empezó una clase"),
        "class_ended": _("Terminó una clase"),
        "regrade_started": _("Empezó el ensayo de una recalificación"),
        "regrade_stopped": _("Detuvo una recalificación"),
        "regrade_apply_asked": _("Pidió aplicar una recalificación"),
        "regrade_applied": _("Se aplicó una recalificación"),
    }
    return str(words.get(action, action))
