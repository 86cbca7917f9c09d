"""What every answer tells the browser to refuse (S-43), and its request id."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request

from web.login import STATIC

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


def join(app: Flask) -> None:
    """Give each request an id and each answer its headers."""
    app.before_request(_name_the_request)
    app.after_request(_add)


def _name_the_request() -> None:
    g.request_id = secrets.token_hex(6)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint not in STATIC:
        response.headers["Cache-Control"] = "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
