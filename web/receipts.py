"""The receipt code of a request: given once, unguessable, kept only as a digest."""

from __future__ import annotations

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U to be misread
LENGTH = 20
GROUP = 4
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def code_of(secret: str, operation: str) -> str:
    """The code for one sending of the form: a hundred bits, the same if sent again.

    Args:
        secret: a key that only this installation knows.
        operation: the form's operation id.
    """
    text = f"receipt {operation}".encode("utf-8", "surrogatepass")
    number = int.from_bytes(hmac.new(secret.encode(), text, hashlib.sha256).digest())
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    groups = [letters[i : i + GROUP] for i in range(0, LENGTH, GROUP)]
    return "-".join("".join(group) for group in groups)


def mark_of(code: str) -> str:
    """The digest under which the request is found; case and dashes are forgiven."""
    plain = "".join(one for one in code.upper() if one.isalnum()).translate(MISREAD)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
