"""The benches run, say what they promise, leave nothing behind; no time is judged."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from tests.postgres import PostgresServer
from web.commands import main
from web.commands.benches.replaying import differing_tables
from web.commands.benches.scratch import scratch_at
from workflow.agencies import acts as agencies
from workflow.agencies.acts import NewAgency
from workflow.occasion import Occasion

NOBODY = Occasion(0, None, datetime(2024, 1, 1, tzinfo=UTC), "bench-test")
APPROVALS = {
    "database",
    "durability",
    "clients",
    "approval_ms",
    "bare_ms",
    "ratio",
    "http_approval_ms",
    "statements",
}


def bench(name: str, url: str, *options: str) -> dict[str, Any]:
    """Run one bench; its one JSON document."""
    asked = ["bench", name, "--database-url", url, "--format", "json", *options]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_approvals_on_sqlite(tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    mine.write_bytes(b"not to be touched")

    found = bench("approvals", f"sqlite:///{mine}", "--approvals", "2")

    assert set(found) == APPROVALS
    assert found["database"] == "sqlite"
    assert found["durability"] == "journal_mode=wal, synchronous=full"
    assert found["clients"] == 1
    assert 0 < found["statements"] < 20
    assert min(found["approval_ms"], found["bare_ms"], found["http_approval_ms"]) > 0
    assert [one.name for one in tmp_path.iterdir()] == ["mine.sqlite"]
    assert mine.read_bytes() == b"not to be touched"


@pytest.mark.postgres
def test_approvals_on_postgresql(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    before = databases(postgres_server)

    found = bench("approvals", postgres_url, "--approvals", "2")

    assert set(found) == APPROVALS
    assert found["database"] == "postgresql"
    assert "fsync=" in found["durability"]
    assert "synchronous_commit=" in found["durability"]
    assert databases(postgres_server) == before


def test_the_ledger(tmp_path: Path) -> None:
    found = bench("ledger", f"sqlite:///{tmp_path / 'x.sqlite'}", "--rows", "1200")

    assert found["rows"] == 1200
    assert found["few_rows"] == 1000
    assert min(found["first_ms"], found["deep_ms"]) > 0
    assert min(found["first_ratio"], found["deep_ratio"]) > 0
    assert list(tmp_path.iterdir()) == []


def databases(server: PostgresServer) -> set[str]:
    """The names of all databases on the server."""
    engine = create_engine(server.url("postgres"))
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return found


def test_a_replay_that_did_something_else_is_noticed(tmp_path: Path) -> None:
    with scratch_at(f"sqlite:///{tmp_path / 'x.sqlite'}") as scratch:
        one = scratch.fresh()
        other = scratch.twin(one)
        before = differing_tables(one, other)
        with other.writing.begin() as session:
            agencies.found(
                session, NOBODY, NewAgency("s", "示例镇人民政府", "township")
            )

        assert before == []
        assert differing_tables(one, other) == [
            "agencies",
            "audit_chains",
            "audit_entries",
        ]


def test_rules_on_a_file_of_cases(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"rule": "T05", "text": "这是我镇的的重点工作。", "fire": True},
        {"rule": "T05", "text": "这是我镇的重点工作。", "fire": False},
        {"rule": "T01", "text": "完善农产品上行发展机智。", "fire": True},
    ]
    cases.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    asked = ["bench", "rules", "--format", "json", str(cases)]
    result = CliRunner().invoke(main, asked)

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["should_fire"], found["fired"]) == (1, 1)
    assert (found["should_not"], found["wrongly"]) == (1, 0)
    assert found["chars_per_second"] > 0
