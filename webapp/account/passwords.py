"""A forgotten password: asking for a link, and choosing a new one with it."""

from flask import Response as FlaskResponse
from flask import flash, g, make_response, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.account import blueprint
from webapp.account.forms import ForgottenForm, NewPasswordForm
from webapp.services.messages import service as messages
from webapp.services.people import service as people
from webapp.services.people.records import Person
from webapp.ui.context import current_aula
from webapp.ui.doors import public
from webapp.ui.forms import try_filling
from webapp.ui.limits import RESETS_BY_ACCOUNT, RESETS_BY_ADDRESS, account_key, limiter
from webapp.ui.urls import url

Answer = Response | tuple[str, int]


@blueprint.route("/clave/olvidada", methods=["GET", "POST"])
@public
@limiter.limit(RESETS_BY_ADDRESS)
@limiter.limit(RESETS_BY_ACCOUNT, key_func=account_key)
def password_forgotten() -> Answer:
    """The answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    if form.validate_on_submit():
        messages.ask_for_mail(g.db, "password_reset", email=form.email.data, language=g.language)
        flash(
            _("Si hay una cuenta con ese correo, en unos minutos te llegará un enlace para elegir otra contraseña."),
            "info",
        )
        return redirect(url("account.sign_in"), 303)
    return render_template("account/password_forgotten.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/clave/nueva/<token>", methods=["GET", "POST"])
@public
@limiter.limit(RESETS_BY_ADDRESS)
def password_renew(token: str) -> FlaskResponse | Response:
    form = NewPasswordForm()
    try:
        person = find_owner(token)
        if form.validate_on_submit() and try_filling(form, lambda: require(form, person), form.places()):
            finish(form, token)
            flash(_("Tu contraseña cambió y se cerraron tus sesiones abiertas. Entra con la nueva."), "success")
            return redirect(url("account.sign_in"), 303)
    except people.DeadLink:
        return unkept(render_template("account/dead_link.html", is_invitation=False), 404)
    page = render_template("account/password_renew.html", form=form, token=token, email=person.email)
    return unkept(page, 422 if form.is_submitted() else 200)


def find_owner(token: str) -> Person:
    """Whose password the link sets. Raises: DeadLink."""
    with current_aula().sessions.read() as session:
        return people.get_reset(session, token, now=current_aula().clock())


def require(form: NewPasswordForm, person: Person) -> None:
    people.require_good_password(form.password.data, email=person.email, name=person.name)


def finish(form: NewPasswordForm, token: str) -> None:
    password_hash = people.hash_password(form.password.data)
    people.finish_reset(g.db, token, password_hash=password_hash, now=current_aula().clock())


def unkept(page: str, status: int) -> FlaskResponse:
    """A page whose address is a secret: no browser keeps it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
