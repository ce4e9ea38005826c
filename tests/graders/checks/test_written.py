"""Numbers as people write them, and the names of units."""

import pytest

from courses import Unit
from graders.checks.written import find_unit, read_written

UNITS = (
    Unit("kg", 1.0, ("kilos",)),
    Unit("$", 1.0, ("MXN", "pesos")),
    Unit("MW", 1.0),
    Unit("mW", 1e-9),
    Unit("km²", 1.0),
)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1234.5", 1234.5, ""),
        ("1234,5", 1234.5, ""),
        ("1 234,5 kg", 1234.5, "kg"),
        ("1\u202f234\u00a0567,5 kg", 1234567.5, "kg"),
        ("1'234.5", 1234.5, ""),
        ("1’234.5", 1234.5, ""),
        ("1,234,567", 1234567.0, ""),
        ("1.234.567", 1234567.0, ""),
        ("1,234.5", 1234.5, ""),
        ("1.234,5", 1234.5, ""),
        ("$1,234.50", 1234.5, "$"),
        ("$ 1 234.50 MXN", 1234.5, "$ MXN"),
        ("-$5", -5.0, "$"),
        ("−3", -3.0, ""),
        ("- 3 %", -3.0, "%"),
        ("12.5%", 12.5, "%"),
        ("0,125", 0.125, ""),
        (".5", 0.5, ""),
        ("45.", 45.0, ""),
        ("45 kg.", 45.0, "kg"),
        ("≈ 45", 45.0, ""),
        ("5 km²", 5.0, "km2"),
        ("1.2e6", 1_200_000.0, ""),
        ("1.2 × 10⁶ kg", 1_200_000.0, "kg"),
        ("1.2x10^-3", 0.0012, ""),
        ("１２", 12.0, ""),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, amount: float, unit: str) -> None:
    written = read_written(text)
    assert written is not None
    assert (written.readings, written.unit) == ((amount,), unit)


@pytest.mark.parametrize(("text", "readings"), [("1,234", (1234.0, 1.234)), ("1.234 kg", (1.234, 1234.0))])
def test_what_can_be_read_in_two_ways_is_read_in_both_the_local_one_first(
    text: str, readings: tuple[float, ...]
) -> None:
    written = read_written(text)
    assert written is not None
    assert written.readings == readings


@pytest.mark.parametrize(
    "text",
    ["", "kg", "doce", "1 23", "1,23,4.5", "1.2.3", "1/2", "5 5", "entre 3 y 4", "3-5 kg", "3×4", "1e999", "nan", "inf",
     "١٢", "1_000", "0x10", "9" * 61, "1\n2"],
)  # fmt: skip
def test_what_is_no_number_or_more_than_one_is_not_read(text: str) -> None:
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kg", "kg"),
        ("Kg", "kg"),
        ("KILOS", "kg"),
        ("$ MXN", "$"),
        ("MW", "MW"),
        ("mW", "mW"),
        ("km2", "km²"),
        ("km 2", "km²"),
        ("mw", None),
        ("kg $", None),
        ("toneladas", None),
        ("", None),
    ],
)
def test_a_unit_is_known_by_its_names_where_there_is_no_doubt(text: str, name: str | None) -> None:
    found = find_unit(text, UNITS)
    assert (found.name if found else None) == name
