"""How often one may try: limits on what guesses passwords or sends mail."""

import hashlib
import logging

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from webapp.jobs import embedded_socket
from webapp.settings import Settings
from webapp.ui.database import SAFE_METHODS

# Only failures count, so that a classroom behind one address is not shut out by signing in.
FAILED_BY_ACCOUNT = "10 per 15 minutes"
FAILED_BY_ADDRESS = "60 per 15 minutes"
SIGN_UPS_BY_ADDRESS = "100 per hour"
RESETS_BY_ACCOUNT = "5 per hour"
RESETS_BY_ADDRESS = "60 per hour"
CODES_BY_PERSON = "20 per 15 minutes"


def is_only_reading() -> bool:
    return request.method in SAFE_METHODS


limiter = Limiter(
    key_func=get_remote_address,
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    strategy="fixed-window",
    key_prefix="aula",
)
limiter.request_filter(is_only_reading)


def account_key() -> str:
    """The account that a form is about, as a hash: addresses do not belong in the limiter's store."""
    email = request.form.get("email", "").strip().lower()
    return hashlib.sha256(email.encode("utf-8", "replace")).hexdigest()[:32]


def has_failed(response: Response) -> bool:
    return response.status_code == 422


def storage_address(settings: Settings) -> str:
    """Where the counts are kept: with the jobs' broker if that is Redis or Valkey, so that all processes share them."""
    if settings.broker.startswith(("redis://", "rediss://")):
        return settings.broker
    socket = embedded_socket(settings)
    return f"redis+unix://{socket}" if not settings.broker and socket.exists() else "memory://"


def install_limits(app: Flask, settings: Settings) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = storage_address(settings)
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)
    limiter.init_app(app)
