"""What browsers are told they may do with our pages, and where the site answers at all."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.services.people.rules import SESSION_LASTS
from webapp.settings import Settings
from webapp.ui.uploads import FORM_PARTS, make_room
from webapp.ui.visitor import current_person

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FORM_BYTES = 256 * 1024
# JSON may write one byte of text as six (\u00e9); the rest is room for what surrounds the text.
JSON_GROWTH, AROUND_TEXT = 6, 64 * 1024


def csp_nonce() -> str:
    """This request's nonce for style elements that a script makes (the editor's); scripts have none, on purpose."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def frame_own_pages() -> None:
    """Let this answer show another page of the site in a frame: the preview beside the editor."""
    g.frame_source = "'self'"


def let_own_pages_frame() -> None:
    """Let another page of the site show this answer in a frame. Nobody else's page may, ever."""
    g.framed_by = "'self'"


def content_policy(nonce: str, *, frame_source: str = "'none'", framed_by: str = "'none'") -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            f"frame-src {frame_source}",
            f"frame-ancestors {framed_by}",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def is_https(settings: Settings) -> bool:
    return settings.public_address.startswith("https://")


def trusted_hosts(settings: Settings) -> list[str] | None:
    """The host names that requests may come by; None, which is any, where nobody has said how the site is called."""
    named = urlsplit(settings.public_address).hostname or ""
    if settings.public_url:
        return [f"[{named}]" if ":" in named else named, *LOOPBACK]
    return list(LOOPBACK) if settings.host in ("127.0.0.1", "localhost", "::1") else None


def configure(app: Flask, settings: Settings, secret_key: str) -> None:
    app.config.update(
        SECRET_KEY=secret_key,
        SESSION_COOKIE_NAME="__Host-aula" if is_https(settings) else "aula",
        SESSION_COOKIE_SECURE=is_https(settings),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSION_LASTS,
        PREFERRED_URL_SCHEME="https" if is_https(settings) else "http",
        TRUSTED_HOSTS=trusted_hosts(settings),
        MAX_CONTENT_LENGTH=settings.answer_kib * 1024 * JSON_GROWTH + AROUND_TEXT,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
    )


def install_policy(app: Flask, settings: Settings) -> None:
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own documented way
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.before_request
    def keep_forms_small() -> None:
        make_room(FORM_BYTES)

    @app.after_request
    def add_headers(response: Response) -> Response:
        frames = {"frame_source": g.get("frame_source", "'none'"), "framed_by": g.get("framed_by", "'none'")}
        if frames["framed_by"] != "'none'":
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", content_policy(csp_nonce(), **frames))
        if is_https(settings):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            # What a person sees must not stay on a shared computer; public pages are asked for again each time.
            response.headers["Cache-Control"] = "no-store" if is_known() else "no-cache"
        return response


def is_known() -> bool:
    """Whether this request already knows its reader; asking only now could need a database that is away."""
    return "_login_user" in g and current_person() is not None
