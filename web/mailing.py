"""Saying by mail that somebody has a message: one letter to the office's mailbox.

The letter says nothing of a text, as a robot's line does not.  Its Message-ID is made
from the event, so that a letter sent twice is seen by mail programs as one.
"""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SECONDS = 10
Carry = Callable[[str, Mapping[str, str]], None]


def mailer(address: str) -> Carry:
    """What sends letters.

    Args:
        address: ``smtp://user:password@host:port/?from=a@b&to=c@d``; ``smtps`` for TLS
            from the first byte.

    Raises:
        ValueError: a part of the address is missing.
    """
    place = urlsplit(address)
    asked = parse_qs(place.query)
    if not place.hostname or not asked.get("from") or not asked.get("to"):
        raise ValueError("a mail address needs a host, ?from= and &to=")

    def carry(key: str, payload: Mapping[str, str]) -> None:
        _send(place, _letter(asked["from"][0], asked["to"][0], key, payload["text"]))

    return carry


def _letter(sender: str, to: str, key: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, text[:60]
    mark = hashlib.sha256(key.encode()).hexdigest()[:32]
    letter["Message-ID"] = f"<{mark}@{sender.rpartition('@')[2]}>"
    letter.set_content(text)
    return letter


def _send(place: SplitResult, letter: EmailMessage) -> None:
    tls = place.scheme == "smtps"
    opened = smtplib.SMTP_SSL if tls else smtplib.SMTP
    host, port = place.hostname or "", place.port or (465 if tls else 25)
    try:
        with opened(host, port, timeout=SECONDS) as server:
            if place.username:
                server.login(unquote(place.username), unquote(place.password or ""))
            server.send_message(letter)
    except smtplib.SMTPException as refused:
        raise OSError("the mail server did not take the letter") from refused
