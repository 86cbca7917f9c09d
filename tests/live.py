"""The application behind a real socket, for tests that drive a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.small_town import PASSWORD


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def sign_in(page: Page, site: str, login: str) -> None:
    """Sign in as people do; ends on the first page that the person may enter."""
    page.goto(f"{site}/login")
    page.fill("#field-login", login)
    page.fill("#field-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".who-name")
