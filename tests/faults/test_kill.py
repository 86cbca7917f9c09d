"""Killed at any moment and started again: no half act, and nothing done twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from models.agencies import Operation
from models.articles import Article
from models.audit import AuditEntry
from models.releases import Release
from models.signatures import Outcome, Signature
from tests.schema import open_engine
from workflow.audit.questions import verify

HOME = Path(__file__).parents[2]
PROGRAM = "from web.commands import main; main()"
DEMO = ("demo", "--no-serve", "--items", "12")
WHOLE_SECONDS = 240
EARLY_KILLS = 2
KILLS = 3
NO_SIGNATURE = (
    "article.draft",
    "article.revise",
    "article.answer_finding",
    "article.fix_finding",
    "article.keep_finding",
    "article.plead_finding",
    "article.overrule_finding",
    "article.report_escaped",
)


@dataclass(frozen=True)
class Installation:
    """A folder and a database of its own, and the command run there."""

    folder: Path
    url: str

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Run the command in a process of its own."""
        known = {**os.environ, "PYTHONPATH": str(HOME), "PYTHONUTF8": "1"}
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=self.folder,
            env={**known, "SANSHEN_DATABASE_URL": self.url, "LANGUAGE": "zh"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> str:
        """Run it to its end, which has to be a good one."""
        process = self.start(*arguments)
        said, complaint = process.communicate(timeout=WHOLE_SECONDS)
        assert process.returncode == 0, complaint
        return said

    def killed_when(self, is_time: Callable[[], bool]) -> bool:
        """Kill it when the moment has come; whether it was still at work."""
        process = self.start(*DEMO)
        while process.poll() is None and not is_time():
            time.sleep(0.02)
        was_at_work = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return was_at_work

    def operations(self) -> int:
        """How many acts are done; none while there is no table to look into."""
        database = open_engine(self.url)
        try:
            with database.reading() as session:
                return session.scalar(select(func.count()).select_from(Operation)) or 0
        except DBAPIError:
            return 0
        finally:
            database.close()


def no_half_act(installation: Installation) -> None:
    """Each signature has its entry, each published article its release, the chain."""
    database = open_engine(installation.url)
    with database.reading() as session:
        assert verify(session).ok
        signed = session.scalar(select(func.count(Signature.id)))
        entries = select(func.count(AuditEntry.id)).where(
            AuditEntry.object_kind == "article",
            AuditEntry.outcome == "done",
            AuditEntry.act.not_in(NO_SIGNATURE),
        )
        assert session.scalar(entries) == signed
        out = select(Article).where(Article.state == "published")
        for article in session.scalars(out):
            mine = select(Release.digest).where(Release.article_id == article.id)
            assert set(session.scalars(mine)) == {article.published_digest}
        released = session.scalars(select(Release.article_id).distinct()).all()
        published = select(Signature.article_id).where(
            Signature.outcome == Outcome.PUBLISHED
        )
        assert sorted(released) == sorted(session.scalars(published))
        acts = Operation.act.startswith("article.")
        answers = session.scalars(select(Operation.answer).where(acts)).all()
        assert all(answers), "an operation was claimed and never answered"
        once = (
            select(func.count(AuditEntry.id))
            .where(AuditEntry.object_kind == "article")
            .group_by(AuditEntry.operation)
        )
        assert set(session.scalars(once)) <= {1}
    database.close()


def result(installation: Installation) -> dict[str, int]:
    """How much there is of everything, to compare with a year never broken off."""
    database = open_engine(installation.url)
    kinds = (Article, Signature, AuditEntry, Operation, Release)
    with database.reading() as session:
        counted = {
            kind.__tablename__: session.scalar(select(func.count()).select_from(kind))
            for kind in kinds
        }
    database.close()
    return {name: number or 0 for name, number in counted.items()}


def survives(installation: Installation, whole: dict[str, int]) -> None:
    """Kill at some moments of the year, then let it end; the year is the same."""
    moments = random.Random()  # noqa: S311 -- no secret
    for _ in range(EARLY_KILLS):
        installation.killed_when(after(moments.uniform(0.3, 2.5)))
    acts = sorted(moments.sample(range(1, whole["operations"] - 20), KILLS))
    for done in acts:
        late = moments.uniform(0, 0.02)
        killed = installation.killed_when(at_least(installation, done, late))
        assert killed, f"it was over before act {done} of {acts}"

    said = installation.run(*DEMO)

    assert "完全一致" in said
    no_half_act(installation)
    assert result(installation) == whole
    assert "留痕完整" in installation.run("audit", "verify")


def after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def at_least(installation: Installation, done: int, late: float) -> Callable[[], bool]:
    def is_time() -> bool:
        if installation.operations() < done:
            return False
        time.sleep(late)
        return True

    return is_time


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A year that nobody killed."""
    folder = tmp_path_factory.mktemp("unbroken")
    installation = Installation(folder, f"sqlite:///{folder / 'year.sqlite'}")
    installation.run(*DEMO)
    no_half_act(installation)
    return installation


def test_killed_and_started_again_on_sqlite(
    tmp_path: Path, unbroken: Installation
) -> None:
    installation = Installation(tmp_path, f"sqlite:///{tmp_path / 'year.sqlite'}")

    survives(installation, result(unbroken))


@pytest.mark.postgres
def test_killed_and_started_again_on_postgresql(
    tmp_path: Path, unbroken: Installation, empty_postgres_url: str
) -> None:
    survives(Installation(tmp_path, empty_postgres_url), result(unbroken))


def test_a_second_run_repeats_nothing(unbroken: Installation) -> None:
    whole = result(unbroken)

    unbroken.run(*DEMO)

    assert result(unbroken) == whole
