"""docs/proof.md says what the proof of today does."""

import re
from pathlib import Path

from courses import Catalogue
from graders.mutants import list_mutants

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "proof.md").read_text("utf-8")
ROW = re.compile(r"^\| ([a-z-]+/[a-z-]+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
CODE = re.compile(r'(?:ProofFinding\(|_finding\([a-z, ]*|Complaint\([a-z., ]*|yield |yield \(\s*)"([a-z]+_[a-z_]+)"')


def test_its_table_has_every_shipped_lesson_with_the_mistakes_that_are_made_in_it(catalogue: Catalogue) -> None:
    made = {}
    for course in catalogue.courses:
        for lesson in course.lessons:
            found = [catalogue.find_dataset(pin.name) for pin in lesson.datasets]
            columns = [column.name for one in found if one for resource in one.resources for column in resource.columns]
            sources = [one.solutions[0] for one in lesson.exercises if one.kind == "code"]
            names = tuple(dict.fromkeys(columns))
            made[f"{course.id}/{lesson.id}"] = sum(len(list_mutants(source, columns=names)) for source in sources)
    assert {name: int(count) for name, count, _, _ in ROW.findall(PAGE)} == made


def test_its_rows_add_up() -> None:
    assert ROW.findall(PAGE)
    assert all(int(made) == int(caught) + int(survived) for _, made, caught, survived in ROW.findall(PAGE))


def test_it_names_every_code_that_a_proof_has() -> None:
    sources = [*(ROOT / "graders" / "proving").glob("*.py"), ROOT / "graders" / "proof.py"]
    codes = {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}
    assert len(codes) > 10
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()
