"""Fields and answers that forms of several audiences share."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, SelectField

from webapp.services.people import service as people
from webapp.services.people.records import InstitutionId
from webapp.store import Refusal
from webapp.ui.context import current_aula
from webapp.ui.words import sentence


def institution_choices() -> list[tuple[str, str]]:
    """Every institution, and none. Read apart, for a form is filled before anything is to be written."""
    with current_aula().sessions.read() as session:
        found = people.list_institutions(session)
    return [("", _("Ninguna o no está en la lista")), *((str(one.id), one.name) for one in found)]


def chosen_institution(field: SelectField) -> InstitutionId | None:
    return InstitutionId(int(field.data)) if field.data else None


def try_filling(form: FlaskForm, act: Callable[[], None], places: dict[str, Field]) -> bool:
    """Whether the act went through. A refusal is written beside its field, or above the form where it has none."""
    try:
        act()
    except Refusal as refusal:
        add_error(form, places.get(refusal.code), sentence(refusal.code))
        return False
    return True


def add_error(form: FlaskForm, field: Field | None, text: str) -> None:
    """Write what is wrong beside a field, or above the whole form."""
    if field is None:
        form.form_errors.append(text)
    else:
        field.errors = [*field.errors, text]
