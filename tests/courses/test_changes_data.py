"""A lesson reads other data wherever it read some, and what that leaves to mend by hand is told."""

from typing import Any

import pytest
from support.content import SHIPPED

from courses.changes import apply_change
from courses.complaints import Complaints
from courses.files import read_folder
from courses.lesson_edits import read_text
from courses.loader import load_datasets
from courses.refusals import Refused
from courses.sheet_edits import read_sheet_value
from courses.sources import Files, load_from_files
from courses.swap_losses import swap_warnings
from courses.swapped_code import swap_code

DATASETS = load_datasets(SHIPPED / "datasets")[0]
BUDGET, TOWNS, SEVERAL = "mx-presupuesto-cambio-climatico", "mx-municipios", "mx-salarios"
LESSONS = {path.parent.name: path.parent for path in sorted(SHIPPED.glob("analisis-con-pandas/*/lesson.yaml"))}


def files_of(name: str) -> Files:
    return read_folder(LESSONS[name], Complaints()).contents


def swap(files: Files, old: str, new: str) -> Files:
    return apply_change(files, {"do": "dataset.swap", "from": old, "to": new}, DATASETS)


def pins(files: Files) -> Any:
    return read_sheet_value(read_text(files, "lesson.yaml"))["datasets"]


@pytest.mark.parametrize("name", LESSONS)
def test_a_swap_reaches_every_place_and_back_again(name: str) -> None:
    files = files_of(name)
    old = pins(files)[0]["name"]
    new = "pe-dengue-microdatos"
    after = swap(files, old, new)
    assert not any(f'"{old}"'.encode() in raw for file, raw in after.items() if file.endswith((".py", ".md")))
    assert new in [one["name"] for one in pins(after)]
    lesson, problems = load_from_files(after, "curso", DATASETS, lesson_id=name)
    assert [str(one) for one in problems] == []
    assert lesson is not None


def test_a_swap_changes_nothing_else() -> None:
    files = files_of("agrupar")
    assert swap(swap(files, BUDGET, TOWNS), TOWNS, BUDGET) == files


def test_a_citation_is_that_of_the_new_data() -> None:
    files = files_of("unir")
    cited = apply_change(
        files,
        {"do": "block.insert", "language": "es", "index": 2, "kind": "dataset", "name": "mx-sismos-cdmx"},
        DATASETS,
    )
    after = swap(cited, "mx-sismos-cdmx", TOWNS)
    assert "Sismos con epicentro" not in read_text(after, "lesson.es.md")
    assert "Municipalities of Mexico" in read_text(after, "lesson.en.md")


def test_columns_that_the_new_data_do_not_have_are_told_where_they_stand() -> None:
    files = files_of("agrupar")
    warnings = swap_warnings(files, BUDGET, TOWNS, DATASETS)
    told = [one.es for one in warnings]
    assert told[0].startswith(
        "La celda «cargar-gasto» usa columnas que «mx-municipios» no tiene: monto. Tiene: cve_ent,"
    )
    assert any("El ejercicio «total-de-un-ramo» usa columnas" in one and "ramo_id" in one for one in told)
    assert any("La comprobación «montos» de «gasto-por-ramo»" in one for one in told)
    assert "números" in told[-1]
    assert swap_warnings(swap(files, BUDGET, TOWNS), BUDGET, TOWNS, DATASETS) == warnings


def test_a_file_that_has_no_like_is_told() -> None:
    files = files_of("forma")
    told = [one.en for one in swap_warnings(files, "mx-indicadores-ods", SEVERAL, DATASETS)]
    assert any("opens “mx-indicadores-ods-ancho.csv”, which “mx-salarios” does not have" in one for one in told)


def test_what_is_not_in_the_catalogue_or_in_the_lesson_is_refused() -> None:
    files = files_of("agrupar")
    for old, new in ((BUDGET, "nada"), ("nada", TOWNS)):
        with pytest.raises(Refused):
            swap(files, old, new)
    assert swap(files, BUDGET, BUDGET) == files
    assert swap_warnings(files, BUDGET, "nada", DATASETS) == ()


@pytest.mark.parametrize(
    ("source", "new", "expected"),
    [
        ("a = aula.datos('viejo')", TOWNS, "a = aula.datos('mx-municipios')"),
        ('a = aula.datos("viejo", "viejo-crudo")', BUDGET, f'a = aula.datos("{BUDGET}", "{BUDGET}-crudo")'),
        ('ñ = aula.ruta("viejo", "x.csv")  # ñ', TOWNS, 'ñ = aula.ruta("mx-municipios", "mx-municipios")  # ñ'),
        ('a = aula.datos("viejo")', SEVERAL, 'a = aula.datos("mx-salarios", "salario-minimo-crudo")'),
        ('aula.datos("viejo", "x.csv")', SEVERAL, 'aula.datos("mx-salarios", "x.csv")'),
        ('for x in "viejo" (', TOWNS, 'for x in "mx-municipios" ('),
        ("viejo = 'viejos'", TOWNS, "viejo = 'viejos'"),
    ],
)
def test_code_names_the_new_data_and_their_files(source: str, new: str, expected: str) -> None:
    assert swap_code(source, "viejo", DATASETS[new]) == expected
