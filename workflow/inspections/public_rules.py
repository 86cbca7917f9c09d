"""How often a report may come: by address, by board and by agency."""

from __future__ import annotations

from workflow.knocks import DAY, HOUR, Limit

NOTE_MAX = 300


def limits(agency_id: int, board_id: int, address: str) -> list[Limit]:
    """What one report counts against.

    Args:
        address: :func:`workflow.knocks.address_mark` of where it came from.
    """
    return [
        Limit(f"report address {address}", HOUR, 3),
        Limit(f"report address {address} day", DAY, 10),
        Limit(f"report board {board_id}", HOUR, 10),
        Limit(f"report agency {agency_id}", DAY, 200),
    ]
