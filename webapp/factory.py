"""The only place where things are wired: the world of jobs, and the site itself."""

from threading import BoundedSemaphore

from flask import Flask

from courses import load_catalogue
from webapp import account, api, learn, manage, teach
from webapp.jobs import JobContext, KernelDoor, make_celery, make_send, send_after_commit
from webapp.learn.runs import OPEN_STREAMS
from webapp.services.catalogue.shelf import Shelf
from webapp.services.gradebook import tasks as gradebook_tasks
from webapp.services.messages import tasks as messages_tasks
from webapp.services.practice import tasks as practice_tasks
from webapp.services.practice.service import LogTail
from webapp.services.proofs import tasks as proofs_tasks
from webapp.services.regrades import tasks as regrades_tasks
from webapp.settings import Settings
from webapp.store import Sessions, make_engine, session_factory
from webapp.ui import edge
from webapp.ui.context import Aula

# Importing these registers the jobs.
TASKS = (gradebook_tasks, messages_tasks, practice_tasks, proofs_tasks, regrades_tasks)
BLUEPRINTS = (learn.blueprint, account.blueprint, teach.blueprint, manage.blueprint, api.blueprint)


def open_sessions(settings: Settings) -> Sessions:
    """Sessions over the database that is set. Nothing is connected before the first use."""
    return session_factory(make_engine(settings.database_url))


def make_shelf(settings: Settings, sessions: Sessions) -> Shelf:
    """What the school teaches: its files, and what was written here and is offered."""
    return Shelf(load_catalogue(settings.content), sessions, settings.content)


def make_context(settings: Settings) -> JobContext:
    """The world of a process that carries out jobs."""
    door = KernelDoor(settings)
    sessions = open_sessions(settings)
    return JobContext(
        sessions=sessions,
        settings=settings,
        shelf=make_shelf(settings, sessions),
        kernels=door.host,
        fork_server=door.fork_server,
    )


def make_aula(settings: Settings) -> Aula:
    """The world of a process that serves pages. Jobs that it writes are sent to the broker after each commit."""
    door = KernelDoor(settings)
    sessions = open_sessions(settings)
    send_after_commit(sessions, make_send(make_celery(settings)))
    return Aula(
        settings=settings,
        sessions=sessions,
        shelf=make_shelf(settings, sessions),
        kernels=door.host,
        sandbox_grade=door.grade,
        tail=LogTail(sessions),
    )


def create_app(settings: Settings, aula: Aula | None = None) -> Flask:
    """The site. aula: the world to serve, where a test has made its own."""
    app = Flask("webapp")
    app.extensions[OPEN_STREAMS] = BoundedSemaphore(settings.open_streams)
    edge.install(app, aula or make_aula(settings))
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
