"""The front page, the reader's own view settings, and the signs of life."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import looks
from web.login import everyone, may_reach, signed_in
from web.transaction import peek
from workflow.agencies.questions import is_founded

screen = Blueprint("front", __name__)
# the first of these that a person may enter is her front page
FIRST_PAGES = (
    "leader.home",
    "tasks.mine",
    "rounds.week",
    "requests.all",
    "people.all",
    "trail.show",
)


@screen.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """To where the day's work of this person begins, else where one may go."""
    for endpoint in FIRST_PAGES:
        if endpoint in current_app.view_functions and may_reach(endpoint):
            return redirect(url_for(endpoint), 303)
    return render_template("front/home.html")


@screen.post("/view")
@everyone
def set_view() -> ResponseReturnValue:
    """Change language or type size, and return to the page one came from."""
    response = redirect(looks.inner_address(request.form.get("back", "")), 303)
    chosen = request.form.get("language", "")
    if chosen in looks.LANGUAGES:
        looks.keep(response, "language", chosen)
    size = request.form.get("type", "")
    if size in ("large", "normal"):
        looks.keep(response, "type", size)
    return response


@screen.get("/healthz")
@everyone
def healthz() -> ResponseReturnValue:
    """The process answers; says nothing else (S-62)."""
    return {"status": "ok"}


@screen.get("/readyz")
@everyone
def readyz() -> ResponseReturnValue:
    """The database answers and an agency is founded."""
    ready = peek(is_founded)
    return {"status": "ok" if ready else "not ready"}, 200 if ready else 503
