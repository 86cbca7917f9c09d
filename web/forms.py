"""What the form macros ask: what was typed, and what is wrong with it."""

from __future__ import annotations

from flask import Flask, g, request

from workflow.errors import InvalidInput, WorkflowError


def join(app: Flask) -> None:
    """Let the macros of ``_forms.html`` ask."""
    app.jinja_env.globals.update(
        typed=typed, wrong=wrong, form_error=form_error, was_sent=was_sent
    )


def form_error() -> WorkflowError | None:
    """The refusal because of which the form is shown again."""
    error: WorkflowError | None = g.get("form_error")
    return error


def was_sent() -> bool:
    """Whether the form is being shown again."""
    return form_error() is not None


def typed(name: str, otherwise: object = "") -> str:
    """What stands in the field: what was typed, else the given value."""
    if was_sent() and name in request.form:
        return request.form[name]
    return "" if otherwise is None else str(otherwise)


def wrong(name: str) -> list[str]:
    """The sentences that belong beside this field."""
    error = form_error()
    return error.fields.get(name, []) if isinstance(error, InvalidInput) else []
