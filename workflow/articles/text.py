"""What is written: cleaned, bounded, digested part by part.

The body is plain text, one paragraph a line; headings follow the norm of official
documents (一、（一）1.（1）) and a table row is a line with tabs, which is what a
browser gives when a table is pasted from Word.  So a span is a pair of code-point
offsets, a difference is by character, and nothing in a text runs in anyone's browser.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.errors import InvalidInput
from workflow.process.definition import MEANING

TITLE_MAX = 120
BODY_MAX = 100_000
READ_PARTS = ("title", "body", "attachments")  # what a proofread looks at
Value = str | bool | frozenset[str]

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u00ad\u200b-\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that belongs to a text: its name and the SHA-256 of its bytes.

    Args:
        kind: the regulation's word for what it is (审批表); empty for any other.
    """

    name: str
    media_type: str
    digest: str
    size: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One whole text as it is signed.

    Args:
        section: code of the section (栏目).
        channels: codes of the channels it shall go out on, sorted.
        attributes: the attributes that the definition declares, by name.
        meaning: digest of the wording whose meaning it still has; empty where the
            regulation does not tell meaning from wording.
    """

    title: str
    body: str
    section: str
    channels: tuple[str, ...]
    attributes: Mapping[str, Value]
    files: tuple[FileRef, ...] = field(default_factory=tuple)
    meaning: str = ""


def clean_title(typed: str) -> str:
    """The title on one line, without invisible characters.

    Raises:
        InvalidInput: empty, or longer than 120 characters.
    """
    title = " ".join(_clean(typed, "title").split())
    if not title:
        raise InvalidInput({"title": ["请填写标题。"]})
    if len(title) > TITLE_MAX:
        line = f"标题最多{TITLE_MAX}字，现有{len(title)}字。"
        raise InvalidInput({"title": [line]})
    return title


def clean_body(typed: str) -> str:
    """The body with one paragraph a line and no invisible characters.

    Raises:
        InvalidInput: empty, or longer than 100,000 characters.
    """
    lines = _clean(typed, "body").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "\n".join(line.rstrip(" \u3000") for line in lines).strip("\n")
    body = re.sub(r"\n{3,}", "\n\n", body)
    if not body.strip():
        raise InvalidInput({"body": ["请填写正文。"]})
    if len(body) > BODY_MAX:
        raise InvalidInput({"body": [f"正文最多{BODY_MAX}字，现有{len(body)}字。"]})
    return body


def _clean(typed: str, name: str) -> str:
    if _SURROGATE.search(typed):
        raise InvalidInput({name: ["文字中有无法识别的编码，请重新粘贴。"]})
    plain = unicodedata.normalize("NFC", typed).replace("\u00a0", " ")
    return _INVISIBLE.sub("", plain)


def parts_of(text: Text) -> dict[str, str]:
    """Digest by part; a signature depends on some parts and not on others."""
    parts = {
        "title": _sha(text.title),
        "body": _sha(text.body),
        "attachments": _sha([_named(f) for f in text.files]),
        "section": _sha(text.section),
        "channels": _sha(sorted(text.channels)),
    }
    for name, value in sorted(text.attributes.items()):
        parts[f"attributes.{name}"] = _sha(plain(value))
    if text.meaning:
        parts[MEANING] = text.meaning
    return parts


def wording_of(title: str, body: str) -> str:
    """The digest of a wording, by which its meaning goes until it is changed."""
    return _sha([title, body])


def plain(value: Value) -> str | bool | list[str]:
    """A value as it is kept: a set as a sorted list."""
    return sorted(value) if isinstance(value, frozenset) else value


def _named(file: FileRef) -> list[str]:
    return [file.name, file.digest, *([file.kind] if file.kind else [])]


def digest_of(parts: Mapping[str, str]) -> str:
    """The digest that a signature names: over all parts."""
    return _sha(dict(parts))


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Names of the parts that differ between two revisions."""
    names = sorted(set(before) | set(after))
    return [name for name in names if before.get(name) != after.get(name)]


def facts_of(text: Text) -> dict[str, Value]:
    """What the definition's conditions may ask about a text."""
    return {
        **text.attributes,
        "section": text.section,
        "channels": frozenset(text.channels),
    }


def _sha(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
