"""`python -m webapp.cli serve`: every process of the site under one parent, until it is told to stop."""

import errno
import os
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from webapp.cli.children import Child, Family
from webapp.cli.demo import make_demo_school
from webapp.cli.processes import NO_SERVER, broker_child, kernels_child, web_child, worker_children
from webapp.cli.readiness import NotReady, wait_for_broker, wait_for_jobs, wait_for_kernels, wait_for_page
from webapp.cli.upgrade import upgrade
from webapp.factory import make_context, make_shelf
from webapp.jobs import make_celery, make_send, send_after_commit
from webapp.settings import Settings, load_secret_key, prepare_home

LEAST_FREE_MIB = 200
LOOK_S = 0.2


class CannotStart(click.ClickException):
    """The site does not start. The message says what happened, what was seen, and what to do."""


class Stopped(Exception):
    """Somebody asked the site to stop while it was still starting."""


def say(text: str) -> None:
    # click writes each line at once, also into a pipe.
    click.echo(text)


def serve(settings: Settings) -> None:
    """Start everything, say when it is ready, and keep it so until SIGTERM or Ctrl-C."""
    prepare(settings)
    family = Family(say)
    with stopping() as is_stopping:
        try:
            start(settings, family, is_stopping)
            say(f"Aula Abierta is ready at http://{settings.host}:{settings.port}")
            while not is_stopping():
                family.look_after()
                time.sleep(LOOK_S)
        except Stopped:
            say("Stopped before it was ready.")
        except NotReady as reason:
            raise CannotStart(f"Aula Abierta did not come up. {reason} The logs are in {settings.logs_dir}.") from None
        finally:
            family.stop()


def prepare(settings: Settings) -> None:
    """Folders, secret key, database and demo school. Raises: CannotStart."""
    try:
        prepare_home(settings)
        check_space(settings)
        check_port(settings)
        load_secret_key(settings)
        upgrade(settings)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CannotStart(f"The disk that holds {settings.home} is full. Make room and start again.") from None
        raise CannotStart(f"{error.filename or settings.home} cannot be used: {error.strerror}.") from None


def check_space(settings: Settings) -> None:
    free_mib = shutil.disk_usage(settings.home).free // 2**20
    if free_mib < LEAST_FREE_MIB:
        raise CannotStart(
            f"The disk that holds {settings.home} has {free_mib} MiB left. "
            f"Make room for at least {LEAST_FREE_MIB} MiB, or set AULA_HOME to a folder on another disk."
        )


def check_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            what = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise CannotStart(
                f"Port {settings.port} of {settings.host} {what}. "
                f"Stop what uses it, or choose another, for example PORT={settings.port + 1}."
            ) from None


def start(settings: Settings, family: Family, is_stopping: Callable[[], bool]) -> None:
    """Every process, each waited for until it answers. Raises: NotReady, Stopped, CannotStart."""
    say("Starting the kernels, the workers and the pages…")
    extra: dict[str, str] = {}
    broker = broker_child(settings)
    if broker is not None:
        family.add(broker)
    elif not settings.broker:
        say(NO_SERVER)
        extra["AULA_BROKER_URL"] = "filesystem://"
        settings = Settings.from_env({**os.environ, **extra})
    kernels = family.add(kernels_child(settings))
    if broker is not None:
        wait_for_broker(settings, watched([broker], is_stopping))
    workers = [family.add(one) for one in worker_children(settings, extra)]
    web = family.add(web_child(settings, extra))
    alive = watched([*filter(None, [broker]), kernels, *workers, web], is_stopping)
    context = make_context(settings)
    send_after_commit(context.sessions, make_send(make_celery(settings)))
    try:
        with context.session_scope() as session:
            make_shelf(settings, context.sessions).keep_shipped(session, now=context.clock())
        if settings.demo:
            make_demo_school(settings, context.sessions, context.catalogue, now=context.clock())
        grade = wait_for_kernels(settings, alive)
        say(f"The sandbox holds, grade {grade}.")
        wait_for_page(settings, alive)
        wait_for_jobs(context, alive)
    finally:
        context.sessions.engine.dispose()


def watched(children: list[Child], is_stopping: Callable[[], bool]) -> Callable[[], None]:
    """A check for those who wait: it raises Stopped, or NotReady with a dead child's last words."""

    def check() -> None:
        if is_stopping():
            raise Stopped
        for child in children:
            if child.exit_code is not None:
                raise NotReady(f"The process {child.name} ended with code {child.exit_code}:\n{child.last_words()}\n")

    return check


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Whether SIGTERM or SIGINT has come. Inside, neither ends this process by itself."""
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
