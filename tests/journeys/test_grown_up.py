"""The same site by configuration: on a PostgreSQL server, with a broker that somebody else runs."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.postgres import private_cluster
from support.site import Site, free_port, running_site
from support.stores import fresh_database
from support.windows import Window

from webapp.cli.broker import find_server

LESSON = "/cursos/analisis-con-pandas/agrupar"


@contextmanager
def a_broker() -> Iterator[str]:
    """The address of a Valkey or Redis server on a port of this machine."""
    port, program = free_port(), find_server()
    assert program is not None
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--loglevel", "warning"]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """In place of the one on SQLite that the other journeys share."""
    folder = tmp_path_factory.mktemp("g")
    with private_cluster() as cluster, fresh_database(cluster, folder) as database, a_broker() as broker:
        yield from serve(folder / "h", {"DATABASE_URL": database, "AULA_BROKER_URL": broker})


def serve(home: Path, settings: Mapping[str, str]) -> Iterator[Site]:
    with running_site(home, settings) as running:
        yield running


def test_a_lesson_is_taken_and_graded_and_its_trainer_sees_it(site: Site, window: Callable[..., Window]) -> None:
    learner = window()
    learner.sign_in_as(site.accounts("learner")[0])
    learner.go(LESSON)
    expect(learner.run("cargar-gasto").locator("table")).to_contain_text("ramo_id")
    learner.exercise("salto-2023").get_by_label("El total aprobado creció").check()
    expect(learner.check("salto-2023")).to_contain_text("Superado: 2 de 2 puntos")
    learner.write("total-de-un-ramo", 'medio_ambiente = gasto.groupby("ramo_id")["millones"].sum().loc[16]')
    expect(learner.check("total-de-un-ramo")).to_contain_text("Superado: 3 de 3 puntos")
    trainer = window()
    trainer.sign_in_as(site.accounts("trainer")[0])
    page = trainer.go("/grupos/1")
    expect(page.get_by_role("row").filter(has_text="Ana Torres Medina")).to_contain_text("3")
