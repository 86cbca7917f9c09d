"""The only import of ``diff_match_patch``: two strings, compared by character."""

from __future__ import annotations

from diff_match_patch.diff_match_patch import diff_match_patch

REMOVE, KEEP, ADD = -1, 0, 1
Diff = tuple[int, str]


def compared(before: str, after: str, seconds: float) -> list[Diff]:
    """What was removed, kept and added, edges moved to where a reader sees them.

    Args:
        seconds: after which a coarser, still correct answer is taken.
    """
    engine = diff_match_patch()  # type: ignore[no-untyped-call]
    engine.Diff_Timeout = seconds
    diffs = engine.diff_main(before, after, checklines=False)  # type: ignore[no-untyped-call]
    engine.diff_cleanupSemanticLossless(diffs)  # type: ignore[no-untyped-call]
    return [(int(op), text) for op, text in diffs if text]
