"""Who is asking: the person of this request's session, or a visitor."""

import logging
from dataclasses import dataclass

from flask import Flask, g, has_request_context, request
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError

from webapp.access import Permission, may
from webapp.services.people import service as people
from webapp.services.people.records import Person, SignInId
from webapp.services.people.rules import SEEN_EVERY
from webapp.ui.context import current_aula

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person with the session that they came by. Its token is what the cookie carries."""

    person: Person
    sign_in_id: SignInId
    token: str

    @property
    def name(self) -> str:
        return self.person.name

    def get_id(self) -> str:
        return self.token


def load_visitor(token: str) -> SignedIn | None:
    """The person with this open session. Read apart from the request's session, so that nobody holds up a writer."""
    aula = current_aula()
    now = aula.clock()
    with aula.sessions.read() as session:
        sign_in = people.find_sign_in(session, token, now=now)
        person = people.get_person(session, sign_in.person_id) if sign_in else None
    if sign_in is None or person is None or not person.is_active:
        return None
    if now - sign_in.seen_at > SEEN_EVERY:
        try:
            with aula.sessions.write() as session:
                people.keep_seen(session, sign_in.id, now=now)
        except SQLAlchemyError:
            # A full disk must not keep anybody from reading.
            log.warning("The use of a session could not be written down.", exc_info=True)
    return SignedIn(person, sign_in.id, token)


def current_person() -> Person | None:
    """The person who is signed in; None for a visitor."""
    if not has_request_context() or not current_user.is_authenticated:
        return None
    person: Person = current_user.person
    return person


def get_person() -> Person:
    """The person who is signed in, for views whose door lets nobody else in."""
    person = current_person()
    if person is None:
        raise LookupError("this view has a door for visitors, but asks for a person")
    return person


def current_sign_in() -> SignInId:
    """The session of the person who is signed in."""
    sign_in_id: SignInId = current_user.sign_in_id
    return sign_in_id


def let_in(person: Person) -> None:
    """Open a session for somebody who has just shown who they are. Their cookie begins anew; older ones are void."""
    now = current_aula().clock()
    device = request.user_agent.string if has_request_context() else ""
    opened, token = people.sign_in(g.db, person_id=person.id, device=device, now=now)
    cookie.clear()
    cookie.permanent = True
    login_user(SignedIn(person, opened.id, token))


def let_out() -> None:
    """End this session, here and in the cookie."""
    people.end_sign_in(g.db, actor=get_person().id, sign_in_id=current_sign_in(), now=current_aula().clock())
    logout_user()
    cookie.clear()


def initials(name: str) -> str:
    """Two letters that stand for a name: "Ana María Ruiz" → "AR"."""
    words = [word for word in name.split() if word[:1].isalnum()]
    letters = [word[0] for word in (words[:1] + words[1:][-1:])]
    return "".join(letters).upper()


def template_may(permission: str, thing: object = None) -> bool:
    """For templates: whether the reader may, by the permission's name."""
    return may(current_person(), Permission(permission), thing)


def install_visitor(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # the session lives in the database, and phones change their address
    manager.user_loader(load_visitor)
    app.jinja_env.globals.update(may=template_may, initials=initials)
