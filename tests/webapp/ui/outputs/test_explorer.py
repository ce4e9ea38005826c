"""What the variables panel and the table explorer are given to lay out."""

from notebooks import TableColumn, TablePage, Variable
from webapp.ui.outputs import VariableEntry, to_entries, to_page_view

VARIABLES = [
    vars(
        Variable(
            "df",
            "table",
            "DataFrame",
            (2496, 5),
            ("entidad", "ramo", "año", "concepto", "monto", "a", "b"),
            "",
        )
    ),
    vars(Variable("anio", "integer", "int", (), (), "2025")),
    vars(Variable("modelo", "raro", "LinearRegression", (), (), "")),
]


def test_variables_are_said_in_the_readers_language() -> None:
    assert to_entries(VARIABLES, "es") == (
        VariableEntry("df", "tabla · entidad, ramo, año, concepto, monto, a…", "2496 × 5", True),
        VariableEntry("anio", "número entero", "2025", False),
        VariableEntry("modelo", "LinearRegression", "", False),
    )
    assert to_entries(VARIABLES, "en")[1].kind == "whole number"


def test_a_series_tells_the_type_of_its_values_in_the_readers_language() -> None:
    series = vars(Variable("por_anio", "series", "Series", (12,), ("number",), "[1.0, 2.0]"))
    assert to_entries([series], "es") == (VariableEntry("por_anio", "serie · número", "12", True),)


def test_a_page_of_a_table_has_its_order_and_its_texts() -> None:
    page = TablePage(
        "df",
        (TableColumn("entidad", "text"), TableColumn("monto", "number")),
        (("Jalisco", 1.5), (None, 20000.0)),
        2,
        3,
        120,
        500,
    )
    view = to_page_view(page, "es", sort="monto", descending=True)
    assert view.caption == "df · 120 de 500 filas"
    assert [(one.name, one.kind, one.is_number, one.order) for one in view.columns] == [
        ("entidad", "texto", False, ""),
        ("monto", "número", True, "desc"),
    ]
    assert view.rows == (("Jalisco", "1.5"), ("NaN", "20\u202f000.0"))
    assert (view.number, view.last) == (2, 3)


def test_a_long_number_is_shortened_to_what_the_panel_holds() -> None:
    mean = vars(Variable("promedio", "number", "float", (), (), "481.7620390639476"))
    odd = vars(Variable("raro", "number", "complex", (), (), "(1.23456789+2j)"))
    assert [one.size for one in to_entries([mean, odd], "es")] == ["481.762", "(1.23456789+2j)"]
