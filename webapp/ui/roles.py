"""Roles in words."""

from flask_babel import gettext as _

from webapp.services.people.records import ROLES, Role


def role_name(role: Role) -> str:
    return {
        "learner": _("Estudiante"),
        "trainer": _("Capacitación"),
        "manager": _("Enlace de institución"),
        "admin": _("Administración del sitio"),
    }[role]


def role_choices() -> list[tuple[str, str]]:
    return [(role, role_name(role)) for role in ROLES]
