"""Roles in words."""

from flask_babel import gettext as _

from webapp.services.people.records import ROLES, Role


def role_name(role: Role) -> str:
    names: dict[Role, str] = {
        "learner": _("Participante"),
        "trainer": _("Docente"),
        "manager": _("Responsable de institución"),
        "admin": _("Administración"),
    }
    return names[role]


def role_choices() -> list[tuple[str, str]]:
    return [(role, role_name(role)) for role in ROLES]
