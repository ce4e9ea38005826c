"""The forms of accounts. Rules about passwords and names live with the people service; here is only what is missing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from webapp.services.people.rules import MOST_NAME, MOST_PASSWORD
from webapp.ui.forms import institution_choices

NEEDS_EMAIL = InputRequired(_l("Escribe tu correo."))
NEEDS_PASSWORD = InputRequired(_l("Escribe tu contraseña."))
NEEDS_NAME = InputRequired(_l("Escribe tu nombre."))
# One more than is allowed, so that a text that is too long is told of and not cut off.
EMAIL_FITS = Length(max=254, message=_l("Ese correo es demasiado largo."))
PASSWORD_FITS = Length(max=MOST_PASSWORD, message=_l("Usa 200 caracteres como máximo."))
NAME_FITS = Length(max=MOST_NAME, message=_l("Usa 120 caracteres como máximo."))


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    email = EmailField(_l("Correo"), [NEEDS_EMAIL, EMAIL_FITS])
    password = PasswordField(_l("Contraseña"), [NEEDS_PASSWORD, PASSWORD_FITS])


class InstitutionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form that asks for an institution, with those of the school to choose from."""

    institution = SelectField(_l("Institución"), default="")

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.institution.choices = institution_choices()


class SignUpForm(InstitutionForm):
    name = StringField(_l("Nombre"), [NEEDS_NAME, NAME_FITS])
    email = EmailField(_l("Correo"), [NEEDS_EMAIL, EMAIL_FITS])
    password = PasswordField(_l("Contraseña"), [NEEDS_PASSWORD, PASSWORD_FITS])
    code = StringField(_l("Código de tu grupo"), [Length(max=40, message=_l("Ese código es demasiado largo."))])

    def places(self) -> dict[str, Field]:
        """Beside which field each refusal is written."""
        return {
            "bad_email": self.email, "email_taken": self.email, "bad_name": self.name, "unknown_code": self.code,
            "unknown_institution": self.institution, **password_places(self.password),
        }  # fmt: skip


class ForgottenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    email = EmailField(_l("Correo"), [NEEDS_EMAIL, EMAIL_FITS])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    password = PasswordField(_l("Contraseña nueva"), [NEEDS_PASSWORD, PASSWORD_FITS])

    def places(self) -> dict[str, Field]:
        return password_places(self.password)


class InvitationForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    name = StringField(_l("Nombre"), [NEEDS_NAME, NAME_FITS])
    password = PasswordField(_l("Contraseña"), [NEEDS_PASSWORD, PASSWORD_FITS])

    def places(self) -> dict[str, Field]:
        return {"bad_name": self.name, **password_places(self.password)}


class ProfileForm(InstitutionForm):
    name = StringField(_l("Nombre"), [NEEDS_NAME, NAME_FITS])

    def places(self) -> dict[str, Field]:
        return {"bad_name": self.name, "unknown_institution": self.institution}


class PasswordForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    current_password = PasswordField(_l("Contraseña actual"), [NEEDS_PASSWORD, PASSWORD_FITS])
    new_password = PasswordField(_l("Contraseña nueva"), [NEEDS_PASSWORD, PASSWORD_FITS])

    def places(self) -> dict[str, Field]:
        return password_places(self.new_password)


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    code = StringField(_l("Código"), [InputRequired(_l("Escribe el código que te dieron.")), Length(max=40)])

    def places(self) -> dict[str, Field]:
        return {"unknown_code": self.code}


def password_places(field: Field) -> dict[str, Field]:
    codes = ("short", "long", "common", "plain", "personal")
    return {f"password_{code}": field for code in codes}
