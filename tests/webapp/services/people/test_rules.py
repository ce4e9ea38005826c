"""Names, addresses, passwords and how long things stay open: pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.services.cohorts.rules import LETTERS, clean_code, new_code, shown_code
from webapp.services.people.passwords import hash_password, is_password
from webapp.services.people.rules import (
    IDLE_LASTS,
    SESSION_LASTS,
    clean_email,
    clean_name,
    is_open,
    password_fault,
    plain,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ana@Prueba.TEST", "ana@prueba.test"), (" ana@prueba.test ", "ana@prueba.test"), ("ana+1@prueba.test",) * 2,
        ("ana", None), ("", None), ("ana@", None), ("@prueba.test", None), ("ana@prueba", None),
        ("a b@prueba.test", None),
        ("ana@prueba.test\x00", None), ("ana@prueba.test, b@prueba.test", None), ("x" * 300 + "@prueba.test", None),
    ],
)  # fmt: skip
def test_an_address_is_kept_in_one_form(written: str, kept: str | None) -> None:
    assert clean_email(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ana Ruiz",) * 2, ("  Ana \t Ruiz\n", "Ana Ruiz"), ("María José de la Cruz-Ñáñez",) * 2, ("O’Brian",) * 2,
        ("李",) * 2, ("Ana\x00Ruiz", "Ana Ruiz"), ("A\u0303na", "Ãna"), ("", None), (" \u200b ", None),
        ("n" * 121, None),
        ("n" * 120,) * 2,
    ],
)  # fmt: skip
def test_a_name_is_kept_as_written_in_one_line(written: str, kept: str | None) -> None:
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("cuatro palabras sin prisa", None), ("ñandú-azul-7", None), ("123456789", "password_short"),
        ("a" * 201, "password_long"), ("Contraseña123", "password_common"), ("CONTRASENA-123", "password_common"),
        ("qwertyuiop", "password_common"), ("abababababab", "password_plain"),
        ("ana.ruiz@prueba.test", "password_personal"), ("Ana-Ruiz-Pérez", "password_personal"),
        ("ana.ruiz.perez", "password_personal"), (" " * 12, "password_plain"), ("0123456789", "password_common"),
    ],
)  # fmt: skip
def test_a_password_is_judged_by_length_and_by_how_well_known_it_is(password: str, fault: str | None) -> None:
    assert password_fault(password, email="ana.ruiz@prueba.test", name="Ana Ruiz Pérez") == fault


def test_plain_is_for_searching() -> None:
    assert plain("  Ñáñez-Pérez 2º ") == "nanezperez2o"


@pytest.mark.parametrize(
    ("age", "idle", "good"),
    [
        (timedelta(0), timedelta(0), True), (SESSION_LASTS, timedelta(0), False),
        (SESSION_LASTS - timedelta(seconds=1), timedelta(0), True), (IDLE_LASTS, IDLE_LASTS, False),
        (IDLE_LASTS, IDLE_LASTS - timedelta(seconds=1), True),
    ],
)  # fmt: skip
def test_a_session_is_open_while_it_is_used_and_not_too_old(age: timedelta, idle: timedelta, good: bool) -> None:
    assert is_open(created_at=NOON - age, seen_at=NOON - idle, now=NOON) is good


def test_a_hash_is_of_one_password_only_and_never_the_same() -> None:
    first, second = hash_password("cuatro palabras"), hash_password("cuatro palabras")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(first, "cuatro palabras")
    assert not is_password(first, "cuatro palabras ")


@pytest.mark.parametrize("kept", [None, "", "!", "$argon2id$broken"])
def test_who_has_no_password_has_none_that_is_right(kept: str | None) -> None:
    assert not is_password(kept, "")
    assert not is_password(kept, "cuatro palabras")


def test_a_code_is_easy_to_read_aloud_and_to_type() -> None:
    code = new_code()
    assert len(code) == 8
    assert set(code) <= set(LETTERS)
    assert not set(LETTERS) & set("01OIL")
    assert clean_code(f" {shown_code(code).lower()} ") == code
