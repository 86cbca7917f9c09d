"""What a form is to the tests that try every form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
