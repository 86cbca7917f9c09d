"""A client that behaves like a browser and reads every page with a critical eye."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FIELDS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}


@dataclass
class Page:
    """What a page is made of, as far as a test wants to know."""

    title: str = ""
    h1: list[str] = field(default_factory=list)
    text: str = ""
    labels: set[str] = field(default_factory=set)
    fields: list[dict[str, str]] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    form_fields: list[list[str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[str] = []
        self._in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self._open.append(tag)
        self._look_for_faults(tag, found)
        if tag == "label":
            self.page.labels.add(found.get("for", ""))
        if tag == "h1":
            self.page.h1.append("")
        if tag == "form":
            self.page.forms.append(found)
            self.page.form_fields.append([])
            self._in_form = True
        if tag in FIELDS:
            self._note_field(tag, found)

    def _note_field(self, tag: str, found: dict[str, str]) -> None:
        inside_label = "label" in self._open
        labelled = {**found, "tag": tag, "inside": "yes" if inside_label else ""}
        self.page.fields.append(labelled)
        if self._in_form:
            self.page.form_fields[-1].append(found.get("name", ""))
        if found.get("name") == "csrf_token":
            self.page.tokens.append(found.get("value", ""))
        if tag == "input":
            self._open.pop()

    def _look_for_faults(self, tag: str, found: dict[str, str]) -> None:
        if tag == "style" or "style" in found:
            self.page.faults.append(f"inline style in <{tag}>")
        if tag == "script" and not found.get("src"):
            self.page.faults.append("inline script")
        if any(name.startswith("on") for name in found):
            self.page.faults.append(f"inline handler in <{tag}>")
        for name in ("src", "href", "action"):
            if re.match(r"(https?:)?//|javascript:", found.get(name, "")):
                self.page.faults.append(f"leaves the house: {found[name]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.page.text += data
        if self._open[-1:] == ["title"]:
            self.page.title += data
        if "h1" in self._open:
            self.page.h1[-1] += data


def read(html: str) -> Page:
    """Take a page apart, and hold it to the standard of every page."""
    reader = _Reader()
    reader.feed(html)
    page = reader.page
    assert page.title.strip(), "a page without a title"
    assert len([h for h in page.h1 if h.strip()]) == 1, f"h1: {page.h1}"
    assert not page.faults, page.faults
    for one in page.fields:
        assert _is_labelled(one, page), f"no label for {one}"
    for form, names in zip(page.forms, page.form_fields, strict=True):
        if form.get("method", "get").lower() == "post":
            assert "csrf_token" in names, f"no CSRF token in {form}"
    return page


def _is_labelled(one: dict[str, str], page: Page) -> bool:
    if one.get("type") in UNLABELLED_TYPES or one["inside"]:
        return True
    return one.get("id", "") in page.labels or bool(one.get("aria-label"))


class Browserlike:
    """Signs in, follows redirects, sends tokens, and checks every page it gets."""

    def __init__(self, app: Flask) -> None:
        self.http: FlaskClient = app.test_client()
        self.page = Page()
        self._token = ""
        self._operations = 0

    def get(self, address: str, *, status: int = 200) -> Page:
        """Open a page; redirects are followed."""
        return self._seen(self.http.get(address, follow_redirects=True), status)

    def post(
        self,
        address: str,
        sent: Mapping[str, object] | None = None,
        *,
        status: int = 200,
        **more: object,
    ) -> Page:
        """Send a form with the token of the last page and a fresh operation id."""
        self._operations += 1
        full = {
            "csrf_token": self._token,
            "operation": f"test-{id(self)}-{self._operations}",
            **(sent or {}),
            **more,
        }
        answer = self.http.post(address, data=full, follow_redirects=True)
        return self._seen(answer, status)

    def sign_in(self, login: str, password: str, *, status: int = 200) -> Page:
        """Go to the door and sign in."""
        self.get("/login")
        return self.post(
            "/login", {"login": login, "password": password}, status=status
        )

    def _seen(self, answer: TestResponse, status: int) -> Page:
        html = answer.get_data(as_text=True)
        assert answer.status_code == status, f"{answer.status_code}: {html[-3000:]}"
        if answer.mimetype == "text/html":
            self.page = read(html)
            self._token = (self.page.tokens or [self._token])[0]
        return self.page
