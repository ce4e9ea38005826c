"""One's own account: name, password, cohorts and open sessions."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.access import Permission
from webapp.account import blueprint
from webapp.account.devices import device_name
from webapp.account.forms import CodeForm, PasswordForm, ProfileForm
from webapp.account.sign_up import join_cohort
from webapp.services.cohorts import service as cohorts
from webapp.services.people import service as people
from webapp.ui.context import current_aula
from webapp.ui.doors import door
from webapp.ui.forms import add_error, chosen_institution, try_filling
from webapp.ui.limits import CODES_BY_PERSON, FAILED_BY_ACCOUNT, has_failed, limiter
from webapp.ui.roles import role_name
from webapp.ui.urls import url
from webapp.ui.visitor import current_sign_in, get_person

Answer = Response | tuple[str, int]


@blueprint.get("/cuenta")
@door(Permission.KEEP_ACCOUNT)
def account_show() -> str:
    return account_page()


@blueprint.post("/cuenta/perfil")
@door(Permission.KEEP_ACCOUNT)
def profile_change() -> Answer:
    form = ProfileForm()
    if form.validate_on_submit() and try_filling(form, lambda: change_profile(form), form.places()):
        return back_with(_("Guardamos tus datos."))
    return account_page(profile=form), 422


def change_profile(form: ProfileForm) -> None:
    people.change_profile(
        g.db, actor=get_person().id, name=form.name.data, institution_id=chosen_institution(form.institution),
        now=current_aula().clock(),
    )  # fmt: skip


@blueprint.post("/cuenta/clave")
@door(Permission.KEEP_ACCOUNT)
@limiter.limit(FAILED_BY_ACCOUNT, key_func=lambda: f"person:{get_person().id}", deduct_when=has_failed)
def password_change() -> Answer:
    form = PasswordForm()
    if form.validate_on_submit() and is_own(form) and try_filling(form, lambda: change_password(form), form.places()):
        return back_with(_("Tu contraseña cambió y se cerraron tus otras sesiones."))
    return account_page(password=form), 422


def is_own(form: PasswordForm) -> bool:
    with current_aula().sessions.read() as session:
        is_right = people.is_own_password(session, actor=get_person().id, password=form.current_password.data)
    if not is_right:
        add_error(form, form.current_password, _("Esa no es tu contraseña actual."))
    return is_right


def change_password(form: PasswordForm) -> None:
    person, password = get_person(), form.new_password.data
    people.require_good_password(password, email=person.email, name=person.name)
    people.change_password(
        g.db, actor=person.id, password_hash=people.hash_password(password), keep=current_sign_in(),
        now=current_aula().clock(),
    )  # fmt: skip


@blueprint.post("/cuenta/grupos")
@door(Permission.KEEP_ACCOUNT)
@limiter.limit(CODES_BY_PERSON, key_func=lambda: f"person:{get_person().id}", deduct_when=has_failed)
def cohorts_join() -> Answer:
    form = CodeForm()
    if form.validate_on_submit() and try_filling(form, lambda: join(form), form.places()):
        return redirect(url("account.account_show"), 303)
    return account_page(code=form), 422


def join(form: CodeForm) -> None:
    name = join_cohort(get_person().id, form.code.data)
    flash(_("Ya estás en el grupo «%(name)s». Quien lo lleva verá tus calificaciones del curso.", name=name), "success")


@blueprint.post("/cuenta/sesiones/<int:sign_in_id>/cerrar")
@door(Permission.KEEP_ACCOUNT)
def sessions_end(sign_in_id: int) -> Response:
    now = current_aula().clock()
    if people.end_sign_in(g.db, actor=get_person().id, sign_in_id=sign_in_id, now=now):
        return back_with(_("Cerramos esa sesión."))
    return back_with(_("Esa sesión ya estaba cerrada."))


@blueprint.post("/cuenta/sesiones/cerrar-otras")
@door(Permission.KEEP_ACCOUNT)
def sessions_end_others() -> Response:
    people.end_others(g.db, actor=get_person().id, keep=current_sign_in(), now=current_aula().clock())
    return back_with(_("Cerramos tus otras sesiones."))


def back_with(text: str) -> Response:
    flash(text, "success")
    return redirect(url("account.account_show"), 303)


def account_page(
    *, profile: ProfileForm | None = None, password: PasswordForm | None = None, code: CodeForm | None = None
) -> str:
    """The whole page. A form that was sent comes back with what is wrong; the others are as new."""
    person = get_person()
    institution = "" if person.institution_id is None else str(person.institution_id)
    return render_template(
        "account/show.html",
        person=person,
        role=role_name(person.role),
        profile=profile or ProfileForm(formdata=None, name=person.name, institution=institution),
        password=password or PasswordForm(formdata=None),
        code=code or CodeForm(formdata=None),
        cohorts=[cohort_line(one.name, one.course_id) for one in cohorts.list_cohorts_of(g.db, person_id=person.id)],
        sessions=session_lines(),
    )


def cohort_line(name: str, course_id: str) -> Mapping[str, str]:
    course = current_aula().catalogue.find_course(course_id)
    return {
        "name": name,
        "course": course.title.for_language(g.language) if course else course_id,
        "href": url("learn.courses_show", course_id=course_id) if course else "",
    }


def session_lines() -> list[Mapping[str, Any]]:
    found = people.list_sign_ins(g.db, actor=get_person().id, now=current_aula().clock())
    return [
        {
            "id": one.id,
            "device": device_name(one.device),
            "created_at": one.created_at,
            "seen_at": one.seen_at,
            "is_this": one.id == current_sign_in(),
        }
        for one in found
    ]
