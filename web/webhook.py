"""Saying outside that somebody has a message: one POST to a robot, or one letter.

WeCom (企业微信) and DingTalk (钉钉) robots take the same body.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from web.mailing import mailer
from workflow.schedule import Carry

SECONDS = 10


def carrier(address: str) -> Carry | None:
    """What sends to this address; ``None`` where no address is set.

    Raises:
        ValueError: neither an address of the web nor of a mail server.
    """
    if not address:
        return None
    scheme = urlsplit(address).scheme
    if scheme in ("smtp", "smtps"):
        return mailer(address)
    if scheme not in ("http", "https"):
        raise ValueError("SANSHEN_NOTICE_WEBHOOK begins with http(s):// or smtp(s)://")

    def carry(key: str, payload: Mapping[str, str]) -> None:
        body = {"msgtype": "text", "text": {"content": payload["text"]}}
        _post(address, key, body)

    return carry


def _post(address: str, key: str, body: Mapping[str, object]) -> None:
    request = Request(  # noqa: S310 -- the scheme was looked at above
        address,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json", "Idempotency-Key": key},
    )
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            _check(json.loads(answer.read() or b"{}"))
    except (HTTPException, ValueError) as wrong:
        raise OSError("the robot's answer could not be read") from wrong


def _check(answer: object) -> None:
    """A robot refuses with status 200 and a code of its own."""
    code = answer.get("errcode", 0) if isinstance(answer, dict) else 0
    if code != 0:
        raise OSError(f"the robot answered {code}")
