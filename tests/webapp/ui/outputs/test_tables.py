"""Tables that a screen reader can read and an eye can compare."""

from typing import Any

import pytest

from notebooks import Display
from webapp.ui.outputs import render_event
from webapp.ui.outputs.tables import format_column, to_table

THIN = "\u202f"


def a_table(**changes: Any) -> dict[str, Any]:
    return {
        "index": [{"name": "entidad", "type": "text"}],
        "columns": [{"name": "monto", "type": "integer"}, {"name": "parte", "type": "number"}],
        "rows": [["Ciudad de México", 218402911350, 9.7], ["Colima", None, 0.25]],
        "shape": [32, 2],
    } | changes


def rendered(data: Any, language: Any = "es") -> str:
    return render_event(Display({"application/vnd.aula.table+json": data}), language=language, cell_label="la celda 4")


def test_a_table_has_its_caption_its_scopes_and_its_region() -> None:
    html = rendered(a_table())
    assert '<caption class="visually-hidden">Tabla de resultado de la celda 4</caption>' in html
    assert 'tabindex="0" role="group" aria-label="Tabla de resultado de la celda 4"' in html
    assert html.count('<th scope="col"') == 3
    assert '<th scope="row">Ciudad de México</th>' in html


def test_numbers_stand_to_the_right_in_groups_of_three() -> None:
    html = rendered(a_table())
    assert f'<td class="number">218{THIN}402{THIN}911{THIN}350</td>' in html
    assert '<td class="number">9.70</td>' in html
    assert '<th scope="col" class="number">monto<small>entero</small></th>' in html


def test_a_missing_value_is_told_apart() -> None:
    assert '<td class="number"><span class="missing">NaN</span></td>' in rendered(a_table())


@pytest.mark.parametrize(
    ("language", "shape", "text"),
    [
        ("es", [32, 2], "2 de 32 filas"),
        ("en", [32, 2], "2 of 32 rows"),
        ("es", [2, 2], "2 filas"),
        ("es", [120000, 9], f"2 de 120{THIN}000 filas · 2 de 9 columnas"),
        ("es", ["x", -1], "2 filas"),
    ],
)
def test_how_much_is_shown_is_said(language: str, shape: list[Any], text: str) -> None:
    assert f'<p class="output-foot"><span>{text}</span></p>' in rendered(a_table(shape=shape), language)


def test_a_table_without_rows_says_so() -> None:
    assert "La tabla no tiene filas" in rendered(a_table(rows=[], shape=[0, 2]))


def test_a_named_table_can_be_explored() -> None:
    assert '<button type="button" class="link-button" data-table="gasto">Explorar la tabla</button>' in rendered(
        a_table(name="gasto")
    )


def test_an_unnamed_index_still_has_a_heading() -> None:
    assert '<th scope="col">índice<small>entero</small></th>' in rendered(
        a_table(index=[{"name": "", "type": "integer"}])
    )


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([2024, 2025], "integer", ["2024", "2025"]),
        ([2024, 123456], "integer", [f"2{THIN}024", f"123{THIN}456"]),
        ([-1234567, 5], "integer", [f"\u22121{THIN}234{THIN}567", "5"]),
        ([0.5, 2], "number", ["0.5", "2.0"]),
        ([1.0, 2.0], "number", ["1", "2"]),
        ([1 / 3, 10.0], "number", ["0.3333", "10.0000"]),
        ([1234.5678, -1], "number", ["1234.57", "\u22121.00"]),
        ([1e-7, 3e20], "number", ["1e-07", "3e+20"]),
        ([float("nan"), None], "number", [None, None]),
        (["Jalisco", None, 5], "text", ["Jalisco", None, "5"]),
        (["2024-01-31T00:00:00", "2024-01-31T10:30:00"], "datetime", ["2024-01-31", "2024-01-31T10:30:00"]),
        ([True, False], "boolean", ["True", "False"]),
        (["x" * 400], "text", ["x" * 300 + "…"]),
    ],
)
def test_the_values_of_a_column_read_well_together(values: list[Any], kind: str, texts: list[str | None]) -> None:
    assert format_column(values, kind) == texts


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"rows": []}, {"rows": [[1]], "columns": []}, {"rows": [[]], "columns": [{"name": "a"}]}],
)
def test_what_is_no_table_is_none(data: Any) -> None:
    assert to_table(data) is None
