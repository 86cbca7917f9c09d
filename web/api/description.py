"""The interface described for programs (OpenAPI 3.1), made from its doors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version

import msgspec
from flask import jsonify
from flask.typing import ResponseReturnValue

from web.api.doors import DOORS, Door, blueprint
from web.login import everyone

REF = "#/components/schemas/{name}"
PROBLEM: Mapping[str, object] = {
    "description": "A refusal: which rule, and who can help (RFC 9457).",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                    "rule": {"type": "string"},
                    "basis": {"type": "string"},
                    "help_from": {"type": "string"},
                    "fields": {"type": "object"},
                },
            }
        }
    },
}


@blueprint.get("/openapi.json")
@everyone
def document() -> ResponseReturnValue:
    """The description; it tells of doors, not of what is behind them."""
    return jsonify(openapi())


def openapi() -> dict[str, object]:
    """The whole document, its schemas taken from the shapes themselves."""
    shapes = {s for door in DOORS.values() for s in (door.answer, door.sent) if s}
    ordered = sorted(shapes, key=lambda shape: shape.__name__)
    _, schemas = msgspec.json.schema_components(ordered, ref_template=REF)
    paths: dict[str, dict[str, object]] = {}
    for name, door in DOORS.items():
        methods = paths.setdefault(_template(door.path), {})
        methods[door.method.lower()] = _operation(name, door)
    return {
        "openapi": "3.1.0",
        "info": {"title": "三审 Sanshen", "version": version("sanshen")},
        "servers": [{"url": "/api/v1"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _template(path: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)


def _operation(name: str, door: Door) -> dict[str, object]:
    said: dict[str, object] = {
        "operationId": name,
        "summary": door.summary,
        "parameters": _parameters(door),
        "responses": {
            str(door.status): {
                "description": "Done.",
                "content": _content(door.answer.__name__),
            },
            "default": PROBLEM,
        },
    }
    if door.sent is not None:
        said["requestBody"] = {
            "required": True,
            "content": _content(door.sent.__name__),
        }
    return said


def _parameters(door: Door) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        for name in re.findall(r"<int:(\w+)>", door.path)
    ]
    found += [
        {
            "name": name,
            "in": "query",
            "description": words,
            "schema": {"type": "string"},
        }
        for name, words in door.asked
    ]
    if door.changes:
        found.append(
            {
                "name": "X-Operation-Id",
                "in": "header",
                "required": True,
                "description": "Made by you; the same id again gives the same answer.",
                "schema": {"type": "string", "maxLength": 80},
            }
        )
    return found


def _content(name: str) -> dict[str, object]:
    return {"application/json": {"schema": {"$ref": REF.format(name=name)}}}
