"""Who writes a lesson: its owner, and those whom the owner lets in."""

from typing import Any

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import EmailField
from wtforms.validators import InputRequired

from webapp.access import Permission, may
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import Manuscript
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.teach import blueprint
from webapp.teach.editor import BASE, find
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error
from webapp.ui.urls import url
from webapp.ui.visitor import get_person


class AuthorForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    email = EmailField(_l("Correo de la otra persona"), [InputRequired(_l("Escribe su correo."))])


@blueprint.get(f"{BASE}/personas")
@door(Permission.WRITE_LESSONS, find)
def manuscripts_people(manuscript: Manuscript) -> str:
    return people_page(manuscript, AuthorForm(formdata=None))


@blueprint.post(f"{BASE}/personas")
@door(Permission.OWN_LESSON, find)
def manuscripts_invite(manuscript: Manuscript) -> BaseResponse | tuple[str, int]:
    form = AuthorForm()
    if form.validate_on_submit():
        person = find_trainer(form.email.data)
        if person is not None:
            manuscripts.add_author(
                g.db, manuscript.id, actor_id=get_person().id, person_id=person.id, now=current_aula().clock()
            )
            flash(_("%(name)s ya puede escribir esta lección.", name=person.name), "success")
            return redirect(url("teach.manuscripts_people", manuscript_id=manuscript.id), 303)
        add_error(
            form,
            form.email,
            _("Nadie que escriba lecciones tiene ese correo. Revísalo, o pide que le den el papel de docente."),
        )
    return people_page(manuscript, form), 422


@blueprint.post(f"{BASE}/personas/<int:person_id>/quitar")
@door(Permission.OWN_LESSON, find)
def manuscripts_dismiss(manuscript: Manuscript) -> BaseResponse:
    person_id = int((request.view_args or {})["person_id"])
    manuscripts.remove_author(
        g.db, manuscript.id, actor_id=get_person().id, person_id=person_id, now=current_aula().clock()
    )
    flash(_("Ya no escribe esta lección. Lo que escribió se queda."), "success")
    return redirect(url("teach.manuscripts_people", manuscript_id=manuscript.id), 303)


@blueprint.post(f"{BASE}/mostrar")
@door(Permission.OWN_LESSON, find)
def manuscripts_share(manuscript: Manuscript) -> BaseResponse:
    """Show the lesson to other trainers before it is published, or no longer."""
    is_shared = request.form.get("shared") == "1"
    manuscripts.share(
        g.db, manuscript.id, actor_id=get_person().id, is_shared=is_shared, now=current_aula().clock()
    )  # fmt: skip
    told = (
        _("Otros docentes ya pueden verla y hacer su versión.") if is_shared else _("Solo la ven quienes la escriben.")
    )
    flash(told, "success")
    return redirect(url("teach.manuscripts_people", manuscript_id=manuscript.id), 303)


def find_trainer(email: str) -> Person | None:
    """Somebody who may write lessons at all."""
    person = people.find_person_by_email(g.db, email)
    return person if person is not None and person.is_active and may(person, Permission.WRITE_LESSONS) else None


def people_page(manuscript: Manuscript, form: AuthorForm) -> str:
    found = people.map_people(g.db, manuscript.author_ids)
    lines: list[dict[str, Any]] = [
        {"id": found[one].id, "name": found[one].name, "is_owner": one == manuscript.owner_id}
        for one in manuscript.author_ids
        if one in found
    ]
    return render_template(
        "teach/editor/people.html", manuscript=manuscript, title=manuscript.title.for_language(g.language),
        people=lines, form=form, is_owner=may(get_person(), Permission.OWN_LESSON, manuscript),
    )  # fmt: skip
