"""``sanshen init``: a real agency, its three administrators, no account seeded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from config.sample_year import TOWN
from models.agencies import Agency, Section
from models.database import open_database
from models.inspections import Unit
from models.people import Account, Holding, Post
from web.commands import main
from workflow.audit.questions import verify

NAMES = "系统员\nxitong\n安全员\nanquan\n审计员\nshenji\n"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path / 'real.sqlite'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANSHEN_DATABASE_URL", address)
    monkeypatch.delenv("SANSHEN_CONFIG", raising=False)
    return address


def test_an_agency_is_asked_for_and_gets_three_one_time_codes(url: str) -> None:
    answers = f"t1\n某镇人民政府\ntownship\n某县\n{NAMES}"

    result = CliRunner().invoke(main, ["init"], input=answers)

    assert result.exit_code == 0, result.output
    codes = re.findall(r"\t([0-9a-f]{6}(?:-[0-9a-f]{6})+)$", result.output, re.M)
    assert len(set(codes)) == 3
    database = open_database(url)
    with database.reading() as session:
        assert session.scalar(select(func.count(Account.person_id))) == 3
        assert verify(session).ok
    database.close()


def test_the_agencys_own_file_furnishes_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANSHEN_CONFIG", str(TOWN))

    result = CliRunner().invoke(main, ["init"], input=f"\n\n\n\n{NAMES}")

    assert result.exit_code == 0, result.output
    database = open_database(url)
    with database.reading() as session:
        assert session.scalars(select(Agency.code)).one() == "360704103"
        counts = [
            session.scalar(select(func.count(kind.id)))
            for kind in (Section, Post, Unit, Holding)
        ]
    database.close()
    assert counts == [15, 19, 18, 0]


def test_a_second_agency_is_not_made_over_the_first(url: str) -> None:
    answers = f"t1\n某镇人民政府\ntownship\n某县\n{NAMES}"
    CliRunner().invoke(main, ["init"], input=answers)

    again = CliRunner().invoke(main, ["init"], input=answers)

    assert again.exit_code == 1
    assert "没有改动" in again.output
