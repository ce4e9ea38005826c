"""A proof is a page and a badge for anybody, and tells nothing of a solution."""

from datetime import timedelta
from pathlib import Path

import pytest
from support.manuscripts import FROM
from support.webclient import School, open_school

from courses import Catalogue, LocalText
from graders import ExerciseStrength, Proof, ProofFinding, Survivor, image_version
from webapp.services.manuscripts import service as manuscripts
from webapp.services.manuscripts.records import ProofRecord
from webapp.store import Sessions

SECRET = 'df.groupby("ramo")["monto"].sum()'


@pytest.fixture
def shipped(sqlite_sessions: Sessions, tmp_path: Path, catalogue: Catalogue) -> School:
    return open_school(sqlite_sessions, tmp_path / "home", catalogue)


def keep(school: School, *findings: ProofFinding) -> ProofRecord:
    """The proof of a shipped lesson, kept as the command line keeps it."""
    lesson = school.aula.catalogue.find_lesson(*FROM.parts)
    assert lesson is not None
    what = LocalText("otra columna", "another column")
    survivor = Survivor("column", what, 1, SECRET, SECRET.replace("monto", "mes"))
    proof = Proof(
        lesson.course_id, lesson.id, lesson.version, school.clock(), image_version(), ("mx-presupuesto=1",), findings,
        (ExerciseStrength("cinco-ramos", 9, 8, (survivor,)),),
    )  # fmt: skip
    with school.aula.sessions.write() as session:
        return manuscripts.keep_proof(session, school.aula.catalogue, lesson, proof, seconds=4.2)


def test_anybody_reads_a_proof_without_its_solutions(shipped: School) -> None:
    record = keep(shipped)
    for prefix in ("", "/en"):
        page = shipped.browser().get(f"{prefix}/pruebas/{record.token}")
        assert page.status_code == 200
        assert record.version in page.text
        assert "groupby" not in page.text
        assert "9" in page.text


def test_a_red_proof_says_so(shipped: School) -> None:
    wrong = ProofFinding("solution_fails", "error", LocalText(f"La solución {SECRET} falla", "fails"))
    record = keep(shipped, wrong)
    page = shipped.browser().get(f"/pruebas/{record.token}").text
    assert "no pasa su prueba: 1 cosa por corregir" in page
    assert "groupby" not in page


def test_the_badge_of_a_lesson_follows_the_version_that_is_taught(shipped: School) -> None:
    address = f"/cursos/{'/'.join(FROM.parts)}/insignia.svg"
    assert "sin prueba" in shipped.browser().get(address).text
    keep(shipped)
    badge = shipped.browser().get(address)
    assert badge.mimetype == "image/svg+xml"
    assert "probada el 2 mar 2026" in badge.text
    assert "<script" not in badge.text


def test_a_proof_that_was_only_asked_for_has_no_page(shipped: School) -> None:
    assert shipped.browser().get("/pruebas/no-hay").status_code == 404
    assert shipped.browser().get("/pruebas/no-hay/insignia.svg").status_code == 404


def test_the_latest_proof_of_a_version_counts(shipped: School) -> None:
    keep(shipped)
    shipped.clock.advance(timedelta(days=40).total_seconds())
    keep(shipped, ProofFinding("cell_fails", "error", LocalText("Falla", "Fails")))
    badge = shipped.browser().get(f"/cursos/{'/'.join(FROM.parts)}/insignia.svg").text
    assert "con fallas el 11 abr 2026" in badge
