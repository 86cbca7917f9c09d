"""Whoever disarms the triggers and bends the trail is found, and where."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from models.database import Database
from tests.stories import drafted, published, submitted
from tests.town import found_town
from tests.trail import Bender, bending
from workflow.audit import rules

TOWN, OTHER = "sample-town", "another-town"
MINE = f"agency_id = (SELECT id FROM agencies WHERE code = '{TOWN}')"
THEIRS = f"agency_id = (SELECT id FROM agencies WHERE code = '{OTHER}')"
MIDDLE = 4


@pytest.fixture(scope="module")
def towns(shared_database: Database) -> Database:
    """Two towns with a history each, committed."""
    with shared_database.writing.begin() as session:
        town = found_town(session, TOWN)
        published(town)
        submitted(town)
        other = found_town(session, OTHER)
        submitted(other)
        drafted(other)
    return shared_database


@pytest.fixture
def bender(towns: Database) -> Iterator[Bender]:
    """Somebody who has disarmed every trigger; each test begins unbent."""
    with bending(towns) as bender:
        assert bender.first_bad() is None
        bender.disarm()
        yield bender


def length(bender: Bender, whose: str = MINE) -> int:
    (found,) = bender.rows(f"SELECT max(seq) AS n FROM audit_entries WHERE {whose}")
    return int(found["n"])


def test_there_is_a_history_to_bend(bender: Bender) -> None:
    assert length(bender) > MIDDLE + 2
    assert length(bender, THEIRS) > MIDDLE


FIELDS = {
    "at": "at = '2020-01-01 00:00:00+00:00'",
    "act": "act = 'article.reject'",
    "outcome": "outcome = 'refused'",
    "rule": "rule = 'not-your-post'",
    "person_id": "person_id = (SELECT max(id) FROM people)",
    "nobody": "person_id = NULL",
    "person_name": "person_name = '别人'",
    "post": "post = '书记'",
    "on_behalf_of": "on_behalf_of = '别人'",
    "object_kind": "object_kind = 'person'",
    "object_id": "object_id = '999'",
    "digest": "digest = 'abc'",
    "details": "details = '{}'",
    "operation": "operation = 'other'",
    "session": "session = 'other'",
    "address": "address = '10.0.0.1'",
    "agent": "agent = 'other'",
    "alg": "alg = 'sha256'",
    "leaf": "leaf = 'abc'",
    "link": "link = 'abc'",
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_changed_field_is_found(bender: Bender, field: str) -> None:
    bender.run(
        f"UPDATE audit_entries SET {FIELDS[field]} WHERE {MINE} AND seq = {MIDDLE}"
    )

    assert found_at(bender) == (TOWN, MIDDLE)


def found_at(bender: Bender) -> tuple[str, int]:
    bad = bender.first_bad()
    assert bad is not None, "nobody noticed"
    assert bad.reason
    return bad.agency, bad.seq


def test_every_digested_field_is_tried() -> None:
    assert set(rules.FIELDS) - {"agency", "seq"} <= set(FIELDS)


GARBAGE = {
    "sqlite": ("details = 'not json'", "at = 'yesterday'", "seq = 'four'"),
    "postgresql": ("at = 'infinity'", "at = '20000-01-01'", "seq = -seq"),
}


@pytest.mark.parametrize("number", range(3))
def test_a_field_that_cannot_even_be_read_is_found(bender: Bender, number: int) -> None:
    garbage = GARBAGE[bender.dialect][number]
    bender.run(f"UPDATE audit_entries SET {garbage} WHERE {MINE} AND seq = {MIDDLE}")

    assert found_at(bender) == (TOWN, 1 if garbage == "seq = -seq" else MIDDLE)


def test_a_change_with_a_fitting_leaf_is_found(bender: Bender) -> None:
    forge(bender, MIDDLE, links=False)

    assert found_at(bender) == (TOWN, MIDDLE)


def test_a_change_with_a_fitting_leaf_and_link_is_found_by_the_next(
    bender: Bender,
) -> None:
    forge(bender, MIDDLE)

    assert found_at(bender) == (TOWN, MIDDLE + 1)


def test_the_last_entry_forged_whole_is_found_by_the_head(bender: Bender) -> None:
    forge(bender, length(bender))

    assert found_at(bender) == (TOWN, length(bender))


def test_the_same_change_of_nothing_is_not_found(bender: Bender) -> None:
    bender.run(f"UPDATE audit_entries SET act = act WHERE {MINE}")

    assert bender.first_bad() is None


def forge(bender: Bender, seq: int, *, links: bool = True) -> None:
    """Change who did it, and digest the entry anew, as the verifier would."""
    found = bender.rows(f"SELECT * FROM audit_entries WHERE {MINE} AND seq <= {seq}")
    by_seq = {row["seq"]: row for row in found}
    entry = {**by_seq[seq], "person_name": "别人", "agency": TOWN}
    entry["at"], entry["details"] = plain(entry["at"]), load(entry["details"])
    leaf = rules.leaf(entry["alg"], entry)
    link = rules.link(entry["alg"], by_seq[seq - 1]["link"], leaf)
    bender.run(
        "UPDATE audit_entries SET person_name = '别人', leaf = :leaf, link = :link "
        f"WHERE {MINE} AND seq = {seq}",
        leaf=leaf,
        link=link if links else by_seq[seq]["link"],
    )


def plain(at: object) -> datetime:
    if isinstance(at, datetime):
        return at
    return datetime.fromisoformat(str(at)).replace(tzinfo=UTC)


def load(details: object) -> object:
    return json.loads(details) if isinstance(details, str) else details


def test_one_deleted_in_the_middle_is_found(bender: Bender) -> None:
    bender.run(f"DELETE FROM audit_entries WHERE {MINE} AND seq = {MIDDLE}")

    assert found_at(bender) == (TOWN, MIDDLE)


def test_one_deleted_and_the_gap_closed_is_found(bender: Bender) -> None:
    bender.run(f"DELETE FROM audit_entries WHERE {MINE} AND seq = {MIDDLE}")
    for seq in range(MIDDLE + 1, length(bender) + 1):
        bender.run(
            f"UPDATE audit_entries SET seq = {seq - 1} WHERE {MINE} AND seq = {seq}"
        )

    assert found_at(bender) == (TOWN, MIDDLE)


@pytest.mark.parametrize("many", [1, 3])
def test_a_deleted_tail_is_found(bender: Bender, many: int) -> None:
    kept = length(bender) - many

    bender.run(f"DELETE FROM audit_entries WHERE {MINE} AND seq > {kept}")

    assert found_at(bender) == (TOWN, kept + 1)


def test_a_deleted_tail_with_the_head_counted_down_is_found(bender: Bender) -> None:
    kept = length(bender) - 1
    bender.run(f"DELETE FROM audit_entries WHERE {MINE} AND seq > {kept}")
    bender.run(f"UPDATE audit_chains SET seq = {kept} WHERE {MINE}")

    assert found_at(bender) == (TOWN, kept)


def test_everything_deleted_is_found(bender: Bender) -> None:
    bender.run(f"DELETE FROM audit_entries WHERE {MINE}")

    assert found_at(bender) == (TOWN, 1)


COPIED = (
    "at, act, outcome, rule, person_id, person_name, post, on_behalf_of, object_kind,"
    " object_id, digest, details, operation, session, address, agent, alg, leaf, link"
)


def insert(bender: Bender, copied: int, seq: int) -> None:
    bender.run(
        f"INSERT INTO audit_entries (agency_id, seq, {COPIED}) SELECT agency_id, "
        f"{seq}, {COPIED} FROM audit_entries WHERE {MINE} AND seq = {copied}"
    )


def test_one_inserted_in_the_middle_is_found(bender: Bender) -> None:
    for seq in range(length(bender), MIDDLE - 1, -1):
        bender.run(
            f"UPDATE audit_entries SET seq = {seq + 1} WHERE {MINE} AND seq = {seq}"
        )
    insert(bender, MIDDLE + 1, MIDDLE)

    assert found_at(bender)[0] == TOWN
    assert found_at(bender)[1] in (MIDDLE, MIDDLE + 1)


@pytest.mark.parametrize("seq", [0, -1])
def test_one_inserted_before_the_first_is_found(bender: Bender, seq: int) -> None:
    insert(bender, 1, seq)

    assert found_at(bender) == (TOWN, 1)


def test_one_appended_is_found(bender: Bender) -> None:
    last = length(bender)
    insert(bender, last, last + 1)

    assert found_at(bender) == (TOWN, last + 1)


def test_one_appended_with_fitting_digests_is_found(bender: Bender) -> None:
    last = length(bender)
    insert(bender, last, last + 1)
    forge(bender, last + 1)

    assert found_at(bender) == (TOWN, last + 1)


def test_two_swapped_are_found(bender: Bender) -> None:
    swap(bender, MIDDLE, MIDDLE + 1)

    assert found_at(bender) == (TOWN, MIDDLE)


def swap(bender: Bender, one: int, other: int) -> None:
    for before, after in ((one, -one), (other, one), (-one, other)):
        bender.run(
            f"UPDATE audit_entries SET seq = {after} WHERE {MINE} AND seq = {before}"
        )


def test_the_whole_order_turned_round_is_found(bender: Bender) -> None:
    last = length(bender)
    bender.run(f"UPDATE audit_entries SET seq = -seq WHERE {MINE}")
    bender.run(f"UPDATE audit_entries SET seq = {last + 1} + seq WHERE {MINE}")

    assert found_at(bender) == (TOWN, 1)


def test_rows_written_again_in_another_order_are_no_change(bender: Bender) -> None:
    bender.run(f"UPDATE audit_entries SET id = 100000 - id WHERE {MINE}")

    assert bender.first_bad() is None


@pytest.mark.parametrize("by", [-1, 1, 100])
def test_a_head_counted_otherwise_is_found(bender: Bender, by: int) -> None:
    last = length(bender)

    bender.run(f"UPDATE audit_chains SET seq = seq + ({by}) WHERE {MINE}")

    assert found_at(bender) == (TOWN, last if by < 0 else last + 1)


def test_a_head_with_another_link_is_found(bender: Bender) -> None:
    bender.run(f"UPDATE audit_chains SET link = 'abc' WHERE {MINE}")

    assert found_at(bender) == (TOWN, length(bender))


def test_a_head_with_another_algorithm_is_found(bender: Bender) -> None:
    bender.run(f"UPDATE audit_chains SET alg = 'sha256' WHERE {MINE}")

    assert found_at(bender) == (TOWN, 1)


def test_an_algorithm_nobody_knows_is_found(bender: Bender) -> None:
    bender.run(f"UPDATE audit_chains SET alg = 'md5' WHERE {MINE}")

    assert found_at(bender) == (TOWN, 1)


def test_a_removed_head_is_found(bender: Bender) -> None:
    bender.run(f"DELETE FROM audit_chains WHERE {MINE}")

    assert found_at(bender) == (TOWN, 0)


def test_a_renamed_agency_is_found(bender: Bender) -> None:
    bender.run(f"UPDATE agencies SET code = 'forged' WHERE code = '{TOWN}'")

    assert found_at(bender) == ("forged", 1)


def test_everything_chained_anew_under_another_genesis_is_found(
    bender: Bender,
) -> None:
    rechain(bender, "forged")

    assert found_at(bender) == (TOWN, 1)


def rechain(bender: Bender, code: str) -> None:
    """Digest and link every entry anew, as if the agency had that code."""
    rows = bender.rows(f"SELECT * FROM audit_entries WHERE {MINE} ORDER BY seq")
    link = rules.genesis(rows[0]["alg"], code)
    for row in rows:
        entry = {**row, "agency": code, "at": plain(row["at"])}
        entry["details"] = load(row["details"])
        leaf = rules.leaf(row["alg"], entry)
        link = rules.link(row["alg"], link, leaf)
        change = "UPDATE audit_entries SET leaf = :leaf, link = :link WHERE id = :id"
        bender.run(change, leaf=leaf, link=link, id=row["id"])
    bender.run(f"UPDATE audit_chains SET link = :link WHERE {MINE}", link=link)


def test_chaining_anew_is_how_the_verifier_does_it(bender: Bender) -> None:
    rechain(bender, TOWN)

    assert bender.first_bad() is None


def test_entries_moved_to_another_agency_are_found(bender: Bender) -> None:
    last = length(bender, THEIRS)
    seq = length(bender)
    assert last >= seq or seq > 0
    bender.run(
        f"UPDATE audit_entries SET agency_id = (SELECT id FROM agencies WHERE "
        f"code = '{OTHER}'), seq = {last + 1} WHERE {MINE} AND seq = {seq}"
    )

    assert found_at(bender) == (TOWN, seq)


def test_two_agencies_with_their_entries_exchanged_are_found(bender: Bender) -> None:
    bender.run(f"DELETE FROM audit_entries WHERE {MINE} AND seq >= {MIDDLE}")
    bender.run(
        f"UPDATE audit_entries SET agency_id = (SELECT id FROM agencies WHERE "
        f"code = '{TOWN}') WHERE {THEIRS} AND seq >= {MIDDLE}"
    )

    assert found_at(bender) == (TOWN, MIDDLE)


def test_a_bend_in_the_second_agency_is_found_too(bender: Bender) -> None:
    bender.run(f"UPDATE audit_entries SET act = 'x' WHERE {THEIRS} AND seq = {MIDDLE}")

    assert found_at(bender) == (OTHER, MIDDLE)


def test_a_leaf_can_be_repeated_by_an_outsider() -> None:
    entry: dict[str, object] = dict.fromkeys(rules.FIELDS, "")
    entry["at"] = datetime(2024, 3, 5, 1, 30, tzinfo=UTC)
    as_text = {**entry, "at": "2024-03-05T01:30:00.000000+00:00"}
    said = json.dumps(
        as_text, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )

    by_hand = hashlib.sha256(said.encode()).hexdigest()

    assert rules.leaf("sha256", entry) == by_hand
