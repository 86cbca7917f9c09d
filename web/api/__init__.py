"""The machine interface ``/api/v1``: the same acts and refusals as the screens.

A program carries a key of one person (``Authorization: Bearer``); what it does is done
by her.  A changing call names its operation in ``X-Operation-Id``: the same id again
gives the same answer.  Refusals are problem documents (RFC 9457).
"""

from __future__ import annotations

from web.api import articles, description, desk, findings, proofreading
from web.api.doors import blueprint

__all__ = ["articles", "blueprint", "description", "desk", "findings", "proofreading"]
