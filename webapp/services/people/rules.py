"""What an account must keep: passwords, names, addresses, and how long things stay open. Facts in, decisions out."""

import hashlib
import unicodedata
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
MOST_NAME = 120
RESET_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=14)
# A session ends after this long without use, and after this long in any case.
IDLE_LASTS, SESSION_LASTS = timedelta(days=14), timedelta(days=60)
# How often the moment of last use is written down.
SEEN_EVERY = timedelta(minutes=10)

# Of the passwords with 10 or more characters that turn up most in leaks, in Spanish and English, those that people
# still choose. Written without accents, capitals or what is not a letter or digit.
COMMON_WORDS = """
    1234567890 0123456789 0987654321 12345678910 123456789a 1234567891 1q2w3e4r5t q1w2e3r4t5 qwertyuiop
    qwerty12345 qwertyuiop123 asdfghjkl1 asdfghjklñ zxcvbnm123 abcdefghij abcdefg123 abcd123456 abc1234567
    a123456789 aa12345678 password12 password123 password1234 passw0rd123 contrasena contrasena1 contrasena12
    contrasena123 contrasena1234 micontrasena clavesecreta administrador administrator admin12345 admin123456
    usuario123 bienvenido bienvenida bienvenido1 bienvenido123 welcome123 letmein1234 iloveyou12 iloveyou123
    teamomucho teamo12345 tequieromucho mexico2020 mexico2021 mexico2022 mexico2023 mexico2024 mexico2025
    mexico2026 mexico12345 mexicolindo vivamexico guadalupe1 guadalupana america123 chivas1234 pumas12345
    estrella123 princesa123 fernando123 alejandro1 alejandro123 gobierno123 hola123456 hola1234567 temporal123
    temporal01 cambiame123 changeme123 aulaabierta aulaabierta1 aulaabierta123 1111111111 0000000000 2222222222
    1122334455 1212121212 1234512345 9876543210
"""
COMMON = frozenset(COMMON_WORDS.split())


def clean_email(text: str) -> str | None:
    """The address as it is kept, in lower case; None if it cannot be one. No name server is asked."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        return None


def clean_name(text: str) -> str | None:
    """The name as written, without control characters or doubled blanks; None if empty or longer than 120 characters.

    Capitals, particles and accents are the person's own business.
    """
    printable = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    name = unicodedata.normalize("NFC", " ".join(printable.split()))
    return name if 0 < len(name) <= MOST_NAME else None


def plain(text: str) -> str:
    """Letters and digits only, without accents, in lower case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def password_fault(password: str, *, email: str, name: str) -> str | None:
    """Why a password is refused, as a code; None if it is good. No demands on kinds of characters.

    Source: NIST SP 800-63B-4 §3.1.1.2 and OWASP ASVS 5.0 §6.2: length, no common passwords, no composition rules.
    """
    if len(password) < LEAST_PASSWORD:
        return "password_short"
    if len(password) > MOST_PASSWORD:
        return "password_long"
    core = plain(password)
    if core in COMMON or plain(password).replace("ñ", "n") in COMMON:
        return "password_common"
    if len(set(password)) < 5:
        return "password_plain"
    personal = {plain(email), plain(email.partition("@")[0]), plain(name)}
    return "password_personal" if core in personal else None


def token_hash(token: str) -> str:
    """What the database keeps of a token: tokens are long and random, so a plain hash cannot be undone."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_open(*, created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session that nobody ended is still good."""
    return now - seen_at < IDLE_LASTS and now - created_at < SESSION_LASTS
