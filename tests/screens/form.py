"""One form of the product: who sends it, from which page, what is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.screens.house import House
from tests.web_client import Browserlike

FROM_THE_PAGE = (
    "revision",
    "seen",
    "article",
    "copy",
    "sequence",
    "digest",
    "articles",
)


@dataclass(frozen=True)
class Form:
    """One form.

    Args:
        endpoint: the view that takes it.
        login: who sends it.
        page: where it stands; ``{article_id}`` and the like from the furnished town.
        address: where it goes.
        sent: what is filled in.
        texts: fields in which a person writes freely.
    """

    endpoint: str
    login: str
    page: str
    address: str
    sent: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[str, ...] = ()


def name_of(form: Form) -> str:
    """How a test calls it."""
    return form.address if form.endpoint == "articles.decide" else form.endpoint


def placed(house: House, words: str, *, theirs: bool = False) -> str:
    """An address or a value with the ids in it."""
    ids = house.ids.neighbours if theirs else house.ids.mine
    mark = house.marks["director" if theirs else "drafter"]
    return words.format(**ids, mark=mark)


def filled(house: House, browser: Browserlike, form: Form) -> dict[str, object]:
    """The form as a person sends it: what stands on its page, and what she fills in."""
    page = browser.get(placed(house, form.page))
    found: dict[str, object] = {
        one["name"]: one.get("value", "")
        for one in page.fields
        if one.get("name") in FROM_THE_PAGE
    }
    found |= {
        one["name"]: "yes"
        for one in page.fields
        if one.get("name", "").startswith("check-")
    }
    sent = {
        name: placed(house, value) if isinstance(value, str) else value
        for name, value in form.sent.items()
    }
    return {**found, **sent}
