"""The machine pre-check of any text, with the agency's own tables."""

from __future__ import annotations

import msgspec

from web.api.doors import Door, operation
from web.api.shapes import MachineFinding, Read, ToRead
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import precheck


@operation(
    Door(
        "POST",
        "/proofread",
        "The machine pre-check of one text; nothing is kept (机器预检).",
        AT_WORK,
        Read,
        ToRead,
        once=False,
    )
)
def proofread(sent: ToRead) -> Read:
    """Rules, speller, the town's words; the same as on the screens."""
    found = precheck.look_at(db(), occasion(), sent.text)
    wanted = [f for f in found if sent.level is None or sent.level in f.levels]
    shown = [msgspec.convert(f.as_json(), MachineFinding) for f in wanted]
    return Read(len(sent.text), shown)
