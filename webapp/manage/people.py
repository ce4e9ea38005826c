"""The school's people: finding them, and for admins inviting them, giving roles, closing and reopening accounts."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectField
from wtforms.validators import InputRequired, Length

from webapp.access import Permission
from webapp.manage import blueprint
from webapp.services.audit.service import list_events
from webapp.services.people import service as people
from webapp.services.people.records import InstitutionId, Person, PersonId, Role
from webapp.services.people.rules import INVITATION_LASTS
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.events import event_words
from webapp.ui.forms import chosen_institution, institution_choices, try_filling
from webapp.ui.roles import role_choices, role_name
from webapp.ui.urls import url
from webapp.ui.visitor import get_person

EVENTS_SHOWN = 30


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    role = SelectField(_l("Rol"), [InputRequired(_l("Elige un rol."))])

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.role.choices = role_choices()


class InviteForm(RoleForm):
    email = EmailField(_l("Correo"), [InputRequired(_l("Escribe el correo.")), Length(max=254)])
    institution = SelectField(_l("Institución"), default="")

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.institution.choices = institution_choices()


@blueprint.get("/administracion/personas")
@door(Permission.SEE_ADMINISTRATION)
def people_list() -> str:
    query = request.args.get("q", "").strip()[:100]
    number = request.args.get("pagina", 1, type=int)
    page = people.list_people(g.db, query=query, institution_id=own_institution(), number=number)
    return render_template(
        "manage/people/list.html",
        page=page,
        query=query,
        institutions={one.id: one.name for one in people.list_institutions(g.db)},
        role_name=role_name,
    )


def own_institution() -> InstitutionId | None:
    """The institution outside of which the reader sees nobody; None for an admin."""
    person = get_person()
    return None if person.role == "admin" else person.institution_id


def load_person(person_id: int) -> Person:
    """Raises: UnknownPerson, which is answered with 404."""
    return people.get_person(g.db, person_id)


@blueprint.get("/administracion/personas/<int:person_id>")
@door(Permission.SEE_ADMINISTRATION, load_person)
def people_show(person: Person) -> str:
    return person_page(person, RoleForm(formdata=None, role=person.role))


def person_page(person: Person, form: RoleForm) -> str:
    institution = person.institution_id
    events = list_events(g.db, subject=f"person:{person.id}", limit=EVENTS_SHOWN)
    actors = people.map_people(g.db, [one.actor_id for one in events if one.actor_id is not None])
    return render_template(
        "manage/people/show.html",
        person=person,
        role=role_name(person.role),
        institution=people.get_institution(g.db, institution).name if institution is not None else "",
        form=form,
        is_self=person.id == get_person().id,
        events=[(one.at, event_words(one.action), actors[one.actor_id].name if one.actor_id else "") for one in events],
    )


@blueprint.post("/administracion/personas/<int:person_id>/rol")
@door(Permission.CHANGE_PEOPLE)
def people_change_role(person_id: int) -> Response | tuple[str, int]:
    form = RoleForm()
    if form.validate_on_submit() and try_filling(form, lambda: change_role(PersonId(person_id), form.role.data), {}):
        flash(_("El rol cambió."), "success")
        return redirect(url("manage.people_show", person_id=person_id), 303)
    return person_page(load_person(person_id), form), 422


def change_role(person_id: PersonId, role: Role) -> None:
    people.change_role(g.db, actor=get_person().id, person_id=person_id, role=role, now=current_aula().clock())


@blueprint.post("/administracion/personas/<int:person_id>/cerrar")
@door(Permission.CHANGE_PEOPLE)
def people_close(person_id: int) -> Response:
    people.close_account(g.db, actor=get_person().id, person_id=PersonId(person_id), now=current_aula().clock())
    flash(_("La cuenta quedó cerrada y salió de todos sus equipos. No se borró nada."), "success")
    return redirect(url("manage.people_show", person_id=person_id), 303)


@blueprint.post("/administracion/personas/<int:person_id>/reabrir")
@door(Permission.CHANGE_PEOPLE)
def people_reopen(person_id: int) -> Response:
    people.reopen_account(g.db, actor=get_person().id, person_id=PersonId(person_id), now=current_aula().clock())
    flash(_("La cuenta está abierta de nuevo."), "success")
    return redirect(url("manage.people_show", person_id=person_id), 303)


@blueprint.route("/administracion/invitaciones", methods=["GET", "POST"])
@door(Permission.CHANGE_PEOPLE)
def people_invite() -> FlaskResponse:
    """The link is shown once, here, for whoever invites to pass on."""
    form = InviteForm()
    made: list[str] = []
    if form.validate_on_submit():
        try_filling(form, lambda: made.append(invite(form)), {"bad_email": form.email})
    link = f"{current_aula().settings.public_address}{url('account.invitation_show', token=made[0])}" if made else ""
    page = render_template("manage/people/invite.html", form=form, link=link, days=INVITATION_LASTS.days)
    response = make_response(page, 422 if form.is_submitted() and not made else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def invite(form: InviteForm) -> str:
    return people.invite(
        g.db, email=form.email.data, role=form.role.data, institution_id=chosen_institution(form.institution),
        actor=get_person().id, now=current_aula().clock(),
    )  # fmt: skip
