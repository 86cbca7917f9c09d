"""Passwords: what is refused, how they are kept (GB/T 22239-2019, 8.1.4.1 a).

Profile ``dengbao``: at least ten characters, three of four classes, not common, not
containing the login name or the town's words.  Kept as argon2id.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workflow.errors import InvalidInput

SHORTEST = 10
LONGEST = 128
CLASSES = 3
PRODUCT_WORDS = ("sanshen", "三审", "三校")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def hashed(password: str) -> str:
    """The argon2id hash that is kept; normalised first, so that input methods agree."""
    return _HASHER.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether the password is the one kept; an empty or foreign hash matches none."""
    try:
        return _HASHER.verify(kept, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def decoy() -> str:
    """A hash that nobody's password has: for unknown names, so that time tells nothing.

    S-06: a sign-in takes as long for a name that does not exist.
    """
    return hashed(secrets.token_urlsafe(16))


def one_time_code() -> str:
    """A random code of 120 bits, in groups that can be read out (S-13)."""
    letters = secrets.token_hex(15)
    return "-".join(letters[i : i + 6] for i in range(0, 30, 6))


def check(password: str, login: str, local_words: Collection[str] = ()) -> None:
    """Refuse a weak password, saying everything that is wrong with it (S-03).

    Args:
        login: the login name; three of its letters in a row are refused.
        local_words: names of the town and the like, refused in any spelling of case.

    Raises:
        InvalidInput: field ``new_password``, one sentence per fault.
    """
    faults = list(_faults(_normal(password), login, local_words))
    if faults:
        raise InvalidInput({"new_password": faults}, rule="weak-password")


def _faults(password: str, login: str, local_words: Collection[str]) -> Iterable[str]:
    if len(password) < SHORTEST:
        yield f"密码至少{SHORTEST}个字符。"
    if len(password) > LONGEST:
        yield f"密码最多{LONGEST}个字符。"
    if sum(bool(re.search(kind, password)) for kind in _KINDS) < CLASSES:
        yield "密码须含大写字母、小写字母、数字、其他符号中的三类。"
    if _is_common(password):
        yield "这个密码太常见，容易被猜中。"
    yield from _borrowed(password.lower(), login.lower(), local_words)


def _borrowed(password: str, login: str, local_words: Collection[str]) -> Iterable[str]:
    parts = {login[i : i + 3] for i in range(len(login) - 2)}
    if any(part in password for part in parts):
        yield "密码不能含有登录名中连续的三个字符。"
    words = (*local_words, *PRODUCT_WORDS)
    if any(word and word.lower() in password for word in words):
        yield "密码不能含有本地地名或本系统名称。"
    if re.search(r"(19|20)\d\d", password):
        yield "密码不能含有年份。"


def _is_common(password: str) -> bool:
    plain = password.lower()
    bare = re.sub(r"[^a-z]", "", plain.translate(_LOOKALIKES))
    runs = re.search(r"(.)\1{3,}", plain) or _walks(plain)
    return bool(runs) or any(
        word in (plain, bare) or _is_most(word, bare) for word in _common()
    )


def _is_most(word: str, bare: str) -> bool:
    return len(word) >= 5 and word in bare and len(bare) - len(word) <= 3


def _walks(plain: str) -> bool:
    rows = (
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    )
    both = [line for row in rows for line in (row, row[::-1])]
    steps = (plain[i : i + 5] for i in range(len(plain) - 4))
    return any(step in line for step in steps for line in both)


@cache
def _common() -> frozenset[str]:
    text = resources.files("workflow.people").joinpath("common_passwords.txt")
    lines = text.read_text(encoding="utf-8").split()
    return frozenset(line.lower() for line in lines)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
