"""Verify an exported trail with nothing but Python: no part of Sanshen is needed.

    python verify_trail.py              (in the folder of the export)

Reads ``chains.json`` and one ``<agency>.jsonl`` for each agency, repeats every digest
and every link, and names the first entry that does not hold.  Exit 0: whole; 1: broken.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from pathlib import Path

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
WORD = 0xFFFFFFFF


def turn(x: int, n: int) -> int:
    """Rotate a 32-bit word to the left."""
    n %= 32
    return ((x << n) | (x >> (32 - n))) & WORD


def sm3(content: bytes) -> str:
    """SM3 after GB/T 32905-2016, for a Python whose OpenSSL has it not."""
    state = struct.unpack(
        ">8I",
        bytes.fromhex(
            "7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e"
        ),
    )
    size = len(content) * 8
    content += b"\x80" + b"\0" * ((55 - len(content)) % 64) + struct.pack(">Q", size)
    for at in range(0, len(content), 64):
        state = _compressed(state, struct.unpack(">16I", content[at : at + 64]))
    return struct.pack(">8I", *state).hex()


def _expanded(block: tuple[int, ...]) -> list[int]:
    w = list(block)
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
        w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
    return w


def _compressed(state: tuple[int, ...], block: tuple[int, ...]) -> tuple[int, ...]:
    w = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = turn((turn(a, 12) + e + turn(t, j)) & WORD, 7)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g & WORD)
        tt1 = (ff + d + (ss1 ^ turn(a, 12)) + (w[j] ^ w[j + 4])) & WORD
        tt2 = (gg + h + ss1 + w[j]) & WORD
        a, b, c, d = tt1, a, turn(b, 9), c
        e, f, g, h = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def digest(alg: str, text: str) -> str:
    """Hex digest of a text under ``sm3`` or ``sha256``."""
    content = text.encode("utf-8")
    if alg == "sm3" and "sm3" not in hashlib.algorithms_available:
        return sm3(content)
    return hashlib.new(alg, content).hexdigest()


def fault_of(entry: dict[str, object], before: str, seq: int, alg: str) -> str:
    """Why an entry does not hold; empty when it does."""
    if entry["seq"] != seq:
        return "missing, inserted or out of order (缺失、插入或次序被改动)"
    if entry["alg"] != alg:
        return "another algorithm than the chain's (摘要算法不一致)"
    own = {name: entry[name] for name in FIELDS}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if digest(alg, text) != entry["leaf"]:
        return "altered (内容被改动)"
    if digest(alg, f"{before}\n{entry['leaf']}") != entry["link"]:
        return "not linked to the one before (衔接被改动)"
    return ""


def verify(folder: Path) -> tuple[int, str]:
    """How many entries were read, and what is wrong; empty when all is whole."""
    count = 0
    for chain in json.loads((folder / "chains.json").read_text(encoding="utf-8")):
        code, alg = chain["agency"], chain["alg"]
        link, seq = digest(alg, f"sanshen-trail-1\n{code}\n{alg}"), 0
        with (folder / f"{code}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                count, seq = count + 1, seq + 1
                entry = json.loads(line)
                if fault := fault_of(entry, link, seq, alg):
                    return count, f"{code} {seq}: {fault}"
                link = entry["link"]
        if (seq, link) != (chain["seq"], chain["link"]):
            return count, f"{code} {seq + 1}: the end is missing (末尾缺失)"
    return count, ""


def main() -> int:
    """Verify the folder that is named, or this file's own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    count, fault = verify(folder)
    told = f"BROKEN (有误): {fault}" if fault else f"WHOLE (完整): {count}"
    sys.stdout.write(f"{told}\n")
    return 1 if fault else 0


if __name__ == "__main__":
    raise SystemExit(main())
