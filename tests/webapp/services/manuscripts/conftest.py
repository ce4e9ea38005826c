"""A site with the shipped courses and a trainer, without kernels, on each engine."""

from pathlib import Path

import pytest
from support.webclient import School, open_school

from courses import Catalogue
from webapp.services.people.records import Person
from webapp.store import Sessions


@pytest.fixture
def workshop(sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sessions, tmp_path / "home", catalogue)


@pytest.fixture
def teresa(workshop: School) -> Person:
    return workshop.person("trainer", name="Teresa Rivas")
