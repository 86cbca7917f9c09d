"""How an entry is digested and linked: pure, so that an outsider can repeat it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

FIELDS = (
    "agency",
    "seq",
    "at",
    "act",
    "outcome",
    "rule",
    "person_id",
    "person_name",
    "post",
    "on_behalf_of",
    "object_kind",
    "object_id",
    "digest",
    "details",
    "operation",
    "session",
    "address",
    "agent",
    "alg",
)


ALGORITHMS = ("sm3", "sha256")


class Trace(NamedTuple):
    """What an entry says that a signature must agree with."""

    act: str
    person_id: int | None
    at: datetime
    digest: str


def strongest_algorithm() -> str:
    """SM3 (GB/T 32905) where this Python's OpenSSL has it, else SHA-256."""
    return "sm3" if "sm3" in hashlib.algorithms_available else "sha256"


def digest(alg: str, content: str) -> str:
    """Hex digest of ``content`` under the named algorithm.

    Raises:
        ValueError: the algorithm is neither ``sm3`` nor ``sha256``.
    """
    if alg not in ALGORITHMS:
        raise ValueError(f"unknown digest algorithm: {alg}")
    return hashlib.new(alg, content.encode("utf-8")).hexdigest()


def genesis(alg: str, agency_code: str) -> str:
    """The link before the first entry: names the agency and the algorithm."""
    return digest(alg, f"sanshen-trail-1\n{agency_code}\n{alg}")


def leaf(alg: str, entry: Mapping[str, object]) -> str:
    """Digest of one entry's own fields, in canonical JSON."""
    own = {name: plain(entry[name]) for name in FIELDS}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(alg, text)


def link(alg: str, before: str, leaf_: str) -> str:
    """The chain: each link covers the one before and this entry's leaf."""
    return digest(alg, f"{before}\n{leaf_}")


def plain(value: object) -> object:
    """A value as it is digested: a moment in UTC to the microsecond."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
