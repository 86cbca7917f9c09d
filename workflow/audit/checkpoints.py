"""A signed note of every chain's head, to be kept where nobody here can reach it.

Whoever rewrites the whole database rewrites its chains too; what she cannot rewrite is
a note that left the house before.  (security.md S-32, S-33; Ed25519, RFC 8032.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditChain, AuditEntry
from workflow.audit.questions import FirstBad
from workflow.errors import InvalidInput

FORMAT = "sanshen-checkpoint-1"


@dataclass(frozen=True, slots=True)
class Head:
    """Where one agency's chain stood: its last entry and that entry's link."""

    agency: str
    alg: str
    seq: int
    link: str


def heads(session: Session) -> list[Head]:
    """The head of every chain now."""
    query = select(Agency.code, AuditChain).join(Agency).order_by(Agency.id)
    return [
        Head(code, chain.alg, chain.seq, chain.link)
        for code, chain in session.execute(query)
    ]


def checkpoint(session: Session, at: datetime, key: bytes) -> dict[str, object]:
    """The heads of this moment, signed.

    Args:
        key: 32 bytes, the private key of this installation.
    """
    said: dict[str, object] = {
        "format": FORMAT,
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "heads": [asdict(head) for head in heads(session)],
    }
    private = Ed25519PrivateKey.from_private_bytes(key)
    signature = private.sign(_signed(said))
    public = private.public_key().public_bytes_raw()
    return {**said, "key": public.hex(), "signature": signature.hex()}


def read_checkpoint(document: Mapping[str, object], key: bytes) -> list[Head]:
    """The heads that a checkpoint of this installation tells of.

    Raises:
        InvalidInput: not a checkpoint, not ours, or altered.
    """
    public = Ed25519PrivateKey.from_private_bytes(key).public_key()
    if document.get("key") != public.public_bytes_raw().hex():
        raise InvalidInput(message="检查点不是本系统的密钥签的。", rule="checkpoint")
    said = {name: document.get(name) for name in ("format", "at", "heads")}
    try:
        _check(public, said, str(document.get("signature")))
        return [_head(row) for row in _rows(said["heads"])]
    except (InvalidSignature, ValueError, TypeError, KeyError) as wrong:
        raise InvalidInput(
            message="检查点被改动过，不能用。", rule="checkpoint"
        ) from wrong


def first_past(session: Session, kept: Sequence[Head]) -> FirstBad | None:
    """The first chain that does not run through a head it once had."""
    for head in kept:
        query = (
            select(AuditEntry.link)
            .join(Agency, Agency.id == AuditEntry.agency_id)
            .where(Agency.code == head.agency, AuditEntry.seq == head.seq)
        )
        link = session.scalars(query).first()
        if head.seq and link is None:
            return FirstBad(head.agency, head.seq, "检查点之前的记录被截去")
        if head.seq and link != head.link:
            return FirstBad(head.agency, head.seq, "与检查点不符，整条链被改写过")
    return None


def _rows(heads: object) -> list[dict[str, str]]:
    return list(heads) if isinstance(heads, list) else []


def _head(row: Mapping[str, str]) -> Head:
    return Head(row["agency"], row["alg"], int(row["seq"]), row["link"])


def _signed(said: Mapping[str, object]) -> bytes:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _check(key: Ed25519PublicKey, said: Mapping[str, object], signature: str) -> None:
    key.verify(bytes.fromhex(signature), _signed(said))
