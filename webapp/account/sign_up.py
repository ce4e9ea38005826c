"""Opening an account: by oneself, or by an invitation."""

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.access import Permission
from webapp.account import blueprint
from webapp.account.forms import InvitationForm, SignUpForm
from webapp.services.cohorts import service as cohorts
from webapp.services.enrolment import service as enrolment
from webapp.services.messages import service as messages
from webapp.services.people import service as people
from webapp.services.people.records import Invitation, NewPerson, Person, PersonId
from webapp.ui.context import current_aula
from webapp.ui.database import keep_writes
from webapp.ui.doors import door, public
from webapp.ui.forms import chosen_institution, try_filling
from webapp.ui.limits import SIGN_UPS_BY_ADDRESS, limiter
from webapp.ui.roles import role_name
from webapp.ui.urls import safe_next, url
from webapp.ui.visitor import current_person, get_person, let_in

Answer = Response | tuple[str, int]


@blueprint.route("/registro", methods=["GET", "POST"])
@public
@limiter.limit(SIGN_UPS_BY_ADDRESS)
def sign_up() -> Answer:
    back = safe_next(request.args.get("next"), url("learn.catalogue_show"))
    if current_person() is not None:
        return redirect(back)
    form = SignUpForm()
    if form.validate_on_submit() and try_filling(form, lambda: open_account(form), form.places()):
        flash(_("Tu cuenta está lista."), "success")
        return redirect(back, 303)
    page = render_template("account/sign_up.html", form=form, back=back)
    return page, 422 if form.is_submitted() else 200


def open_account(form: SignUpForm) -> None:
    """Open the account and sign its owner in, or refuse and write nothing."""
    name, email, password = form.name.data, form.email.data, form.password.data
    people.require_good_password(password, email=email, name=name)
    new = NewPerson(name, email, people.hash_password(password), g.language, chosen_institution(form.institution))
    try:
        person = people.open_account(g.db, new, now=current_aula().clock())
    except people.EmailTaken:
        # The page says only that it did not work; the owner of the address hears the reason by mail.
        messages.ask_for_mail(g.db, "account_there", email=email, language=g.language)
        keep_writes()
        raise
    code = (form.code.data or "").strip()
    if code:
        join_cohort(person.id, code)
    let_in(person)


def join_cohort(person_id: PersonId, code: str) -> str:
    """Join the cohort and take its course; the cohort's name. Raises: UnknownCode."""
    now = current_aula().clock()
    cohort = cohorts.join(g.db, actor=person_id, code=code, now=now)
    enrolment.enrol(g.db, actor=person_id, course_id=cohort.course_id, now=now)
    return cohort.name


@blueprint.route("/invitacion/<token>", methods=["GET", "POST"])
@public
@limiter.limit(SIGN_UPS_BY_ADDRESS)
def invitation_show(token: str) -> Answer:
    """For somebody without an account a short sign-up form; for somebody with one, the way to accept it as oneself."""
    invitation, is_known = find_invitation(token)
    if invitation is None:
        return render_template("account/dead_link.html", is_invitation=True), 404
    person = current_person()
    role = role_name(invitation.role)
    if is_known:
        is_theirs = person is not None and person.email == invitation.email
        page = render_template(
            "account/invitation_own.html", invitation=invitation, token=token, role=role, is_theirs=is_theirs
        )
        return page, 200
    form = InvitationForm()
    if form.validate_on_submit() and try_filling(form, lambda: accept(form, token, invitation), form.places()):
        flash(_("Tu cuenta está lista."), "success")
        return redirect(url("learn.catalogue_show"), 303)
    page = render_template("account/invitation.html", form=form, invitation=invitation, token=token, role=role)
    return page, 422 if form.is_submitted() else 200


def find_invitation(token: str) -> tuple[Invitation | None, bool]:
    """The invitation if its link is good, and whether its address has an account already."""
    with current_aula().sessions.read() as session:
        try:
            found = people.get_invitation(session, token, now=current_aula().clock())
        except people.DeadLink:
            return None, False
        return found, people.find_person_by_email(session, found.email) is not None


def accept(form: InvitationForm, token: str, invitation: Invitation) -> None:
    name, password = form.name.data, form.password.data
    people.require_good_password(password, email=invitation.email, name=name)
    new = NewPerson(name, invitation.email, people.hash_password(password), g.language)
    let_in(people.accept_as_new(g.db, token, new, now=current_aula().clock()))


@blueprint.post("/invitacion/<token>/aceptar")
@door(Permission.KEEP_ACCOUNT)
def invitation_accept(token: str) -> Response:
    person: Person = people.accept_as_oneself(g.db, token, actor=get_person().id, now=current_aula().clock())
    flash(_("Aceptaste la invitación. Tu rol es ahora: %(role)s.", role=role_name(person.role)), "success")
    return redirect(url("account.account_show"), 303)
