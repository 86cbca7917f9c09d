"""Which page shows a thing that the trail or the report names."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from web.login import may_reach

# kind of thing: the endpoint of its page and the name of its id there
PAGES = {
    "article": ("articles.show", "article_id"),
    "check": ("rounds.check", "check_id"),
    "fault": ("faults.one", "fault_id"),
    "board": ("boards.one", "board_id"),
    "request": ("requests.one", "request_id"),
    "remedy": ("remedies.one", "remedy_id"),
    "register": ("registers.one", "entry_id"),
    "bulletin": ("bulletins.one", "bulletin_id"),
    "supervision": ("supervisions.one", "supervision_id"),
    "person": ("people.one", "person_id"),
    "absence": ("absences.brief", "absence_id"),
}


def address_of(kind: str, id_: str | int) -> str:
    """The address of a thing's page; empty when it has none that I may open."""
    endpoint, name = PAGES.get(kind, ("", ""))
    known = endpoint in current_app.view_functions and str(id_).isdigit()
    if not known or not may_reach(endpoint):
        return ""
    values: dict[str, Any] = {name: int(id_)}
    return url_for(endpoint, **values)
