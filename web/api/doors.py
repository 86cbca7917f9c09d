"""One operation of the machine interface: its address, who comes in, its shapes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from models.people import Role
from web.login import may_enter
from workflow.errors import InvalidInput

blueprint = Blueprint("api", __name__, url_prefix="/api")
Shape = type[msgspec.Struct]
View = Callable[..., msgspec.Struct]


@dataclass(frozen=True)
class Door:
    """One operation, as the description tells of it.

    Args:
        method: of HTTP; path: below ``/v1``, in Flask's notation.
        summary: what it does, in one sentence.
        roles: who may come in.
        answer: the shape of what comes back; sent: of what is sent, if anything is.
        asked: names of query parameters with what they mean.
        status: of the answer when it went well.
        once: whether what is sent changes something, which happens once an id.
    """

    method: str
    path: str
    summary: str
    roles: tuple[Role, ...]
    answer: Shape
    sent: Shape | None = None
    asked: tuple[tuple[str, str], ...] = ()
    status: int = 200
    once: bool = True

    @property
    def changes(self) -> bool:
        """Whether it changes something and so needs an operation id."""
        return self.method != "GET" and self.once


DOORS: dict[str, Door] = {}


def operation(door: Door) -> Callable[[View], View]:
    """Hang a function behind its door; it takes what was sent first, if anything.

    Args:
        door: described, guarded and read by this.
    """

    def declare(view: View) -> View:
        def answer(**places: object) -> ResponseReturnValue:
            given = view(_read(door.sent), **places) if door.sent else view(**places)
            encoded = msgspec.json.encode(given)
            return current_app.response_class(
                encoded, status=door.status, mimetype="application/json"
            )

        answer.__doc__ = view.__doc__
        DOORS[view.__name__] = door
        blueprint.add_url_rule(
            f"/v1{door.path}",
            endpoint=view.__name__,
            view_func=may_enter(*door.roles)(answer),
            methods=[door.method],
        )
        return view

    return declare


def _read(shape: Shape) -> msgspec.Struct:
    """What was sent, in its shape.

    Raises:
        InvalidInput: no JSON, a field missing, unknown or of another kind.
    """
    try:
        return msgspec.json.decode(request.get_data(), type=shape)
    except msgspec.ValidationError as wrong:
        raise InvalidInput(
            message=f"内容不合接口说明，没有办理。{wrong}", rule="shape"
        ) from wrong
    except msgspec.DecodeError as wrong:
        raise InvalidInput(message="内容不是JSON，没有办理。", rule="json") from wrong
