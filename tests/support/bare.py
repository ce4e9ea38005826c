"""The site as it is wired, over an empty database that is never asked: for rules about views and templates."""

from functools import lru_cache

from flask import Flask
from support.jobs import no_kernels

from courses import Catalogue
from webapp.factory import create_app
from webapp.services.catalogue.shelf import Shelf
from webapp.services.practice.service import LogTail
from webapp.settings import Settings
from webapp.store import make_engine, session_factory
from webapp.ui.context import Aula


@lru_cache(maxsize=1)
def bare_app() -> Flask:
    settings = Settings.from_env({"AULA_SECRET_KEY": "k" * 40, "AULA_HOME": "/nonexistent/aula"})
    sessions = session_factory(make_engine(settings.database_url))
    aula = Aula(
        settings=settings, sessions=sessions, shelf=Shelf(Catalogue((), (), ()), sessions), kernels=no_kernels,
        sandbox_grade=lambda: None, tail=LogTail(sessions),
    )  # fmt: skip
    return create_app(settings, aula)
