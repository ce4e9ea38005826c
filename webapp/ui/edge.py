"""The edge of the site: everything that happens to each request before and after its view."""

from pathlib import Path

from flask import Flask, g
from flask_babel import Babel, format_datetime
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from webapp.settings import load_secret_key
from webapp.ui.assets import install_assets
from webapp.ui.context import Aula
from webapp.ui.database import install_database
from webapp.ui.doors import install_doors
from webapp.ui.failures import answer_failed_commit, install_failures
from webapp.ui.language import LanguagePrefix
from webapp.ui.limits import install_limits
from webapp.ui.policy import configure, install_policy
from webapp.ui.urls import RowNumber, other_language_path, url
from webapp.ui.visitor import install_visitor

TRANSLATIONS = Path(__file__).parents[1] / "translations"
# The shipped courses are about Mexico; moments are kept in UTC and shown on its central clock.
SHOWN_ZONE = "America/Mexico_City"


def install(app: Flask, aula: Aula) -> None:
    """Call once, before the blueprints are registered."""
    app.extensions["aula"] = aula
    configure(app, aula.settings, load_secret_key(aula.settings))
    app.url_map.converters["int"] = RowNumber
    install_languages(app)
    install_templates(app)
    # Functions after a request run last first: the commit, which may still fail, comes before the headers.
    install_policy(app, aula.settings)
    install_database(app, answer_failed_commit)
    install_doors(app)
    install_forms(app)
    install_visitor(app)
    install_limits(app, aula.settings)
    install_failures(app)


def install_languages(app: Flask) -> None:
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own documented way
    Babel(
        app,
        default_locale="es",
        default_timezone=SHOWN_ZONE,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: g.language,
    )


def install_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(url=url, other_language_path=other_language_path)
    app.jinja_env.filters["moment"] = lambda moment: format_datetime(moment, "medium")
    install_assets(app)


def install_forms(app: Flask) -> None:
    # A lesson may stay open all day; the token lives as long as the session that it belongs to.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    CSRFProtect(app)
