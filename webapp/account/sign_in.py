"""Signing in and out."""

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.access import Permission
from webapp.account import blueprint
from webapp.account.forms import SignInForm
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.ui.context import current_aula
from webapp.ui.database import keep_writes
from webapp.ui.doors import door, public
from webapp.ui.limits import FAILED_BY_ACCOUNT, FAILED_BY_ADDRESS, account_key, has_failed, limiter
from webapp.ui.urls import safe_next, url
from webapp.ui.visitor import current_person, let_in, let_out

Answer = Response | tuple[str, int]


@blueprint.route("/entrar", methods=["GET", "POST"])
@public
@limiter.limit(FAILED_BY_ADDRESS, deduct_when=has_failed)
@limiter.limit(FAILED_BY_ACCOUNT, key_func=account_key, deduct_when=has_failed)
def sign_in() -> Answer:
    back = safe_next(request.args.get("next"), url("learn.catalogue_show"))
    if current_person() is not None:
        return redirect(back)
    form = SignInForm()
    if form.validate_on_submit():
        person = check(form.email.data, form.password.data)
        if person is not None:
            let_in(person)
            return redirect(back, 303)
        form.form_errors.append(_("El correo o la contraseña no son correctos."))
    page = render_template("account/sign_in.html", form=form, back=back)
    return page, 422 if form.is_submitted() else 200


def check(email: str, password: str) -> Person | None:
    """The person with this address and password. A failure is noted, alike for every address."""
    with current_aula().sessions.read() as session:
        # Hashing takes its time on purpose, and must not hold up those who write.
        person = people.check_password(session, email=email, password=password)
        meant = people.find_person_by_email(session, email)
    if person is None:
        people.note_failed_sign_in(g.db, person_id=meant.id if meant else None, now=current_aula().clock())
        keep_writes()
    return person


@blueprint.post("/salir")
@door(Permission.KEEP_ACCOUNT)
def sign_out() -> Response:
    let_out()
    flash(_("Saliste de tu cuenta. Tu trabajo está guardado."), "success")
    return redirect(url("learn.catalogue_show"), 303)
