"""Trainings are planned, held and missed."""

from __future__ import annotations

from datetime import date

import pytest

from models.database import Database
from models.notices import Notice
from models.trainings import TrainingGap
from tests.acts.town_on_rounds import Town, clock, found_town, refused, trail
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OpinionRequired,
    WrongState,
)
from workflow.trainings import acts, questions
from workflow.trainings.rules import (
    Attendee,
    Held,
    NewTraining,
    Quarter,
    read_attendees,
    without_training,
)

PLANNED = NewTraining("政务公开业务（示例）", date(2024, 2, 20), "会议室", "示例讲师")
CAME = (Attendee("李示例", "示例村"), Attendee("王示例"))
PDF = b"%PDF-1.4 sample"


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def planned(database: Database, town: Town) -> int:
    with database.writing.begin() as session:
        return acts.plan(session, town.by("丙", clock(5)), PLANNED).id


def test_a_training_is_planned_and_held(database: Database, sample: Town) -> None:
    number = planned(database, sample)
    held = Held(date(2024, 2, 21), CAME, "结合案例", ("材料.pdf", PDF))
    with database.writing.begin() as session:
        acts.hold(session, sample.by("丙", clock(22, month=2)), number, held)

    with database.reading() as session:
        first, *_ = questions.year_of(session, sample.agency, 2024)
        (training,) = first.trainings
        names = [one.name for one in questions.attendees(session, training.id)]
        assert names == ["李示例", "王示例"]
        assert questions.material(session, sample.agency, training.id) == (
            "材料.pdf",
            PDF,
        )
        assert [e.act for e in trail(session, "training.hold")] == ["training.hold"]
    refused(
        database,
        WrongState,
        lambda s: acts.hold(s, sample.by("丙", clock(23, month=2)), number, held),
    )


def test_what_has_not_been_is_not_recorded(database: Database, sample: Town) -> None:
    number = planned(database, sample)
    by = sample.by("丙", clock(20, month=2))
    bad = (
        (Held(date(2024, 2, 21), CAME), "held_on"),
        (Held(date(2024, 2, 20), ()), "attendees"),
        (Held(date(2024, 2, 20), CAME, "", ("材料.exe", b"MZ")), "files"),
    )
    for held, field in bad:
        error = refused(
            database,
            InvalidInput,
            lambda s, held=held: acts.hold(s, by, number, held),  # type: ignore[misc]
        )
        assert isinstance(error, InvalidInput)
        assert list(error.fields) == [field]
    outsider = sample.by("外人", clock(20, month=2))
    refused(database, NotPermitted, lambda s: acts.plan(s, outsider, PLANNED))
    other = found_town(database, code="other").by("丙", clock(20, month=2))
    held = Held(date(2024, 2, 20), CAME)
    refused(database, NotFound, lambda s: acts.hold(s, other, number, held))


def test_a_quarter_without_one_is_a_finding_told_once_and_explained(
    database: Database, sample: Town
) -> None:
    number = planned(database, sample)
    with database.writing.begin() as session:
        held = Held(date(2024, 2, 20), CAME)
        acts.hold(session, sample.by("丙", clock(20, month=2)), number, held)
    found = []
    for month in (4, 7, 10):
        with database.writing.begin() as session:
            by = sample.by("系统", clock(1, month=month))
            found.append(acts.find_gaps(session, by))
    assert found == [[], [Quarter(2024, 2)], [Quarter(2024, 3)]]
    with database.reading() as session:
        assert len(trail(session, "training.miss")) == 2
        titles = {notice.title for notice in session.query(Notice)}
        assert "2024年第二季度没有开展培训，请说明原因并补训" in titles
        gap = session.query(TrainingGap).first()
        assert gap is not None
        gap_id = gap.id
    by = sample.by("丙", clock(8, month=7))
    refused(database, OpinionRequired, lambda s: acts.explain_gap(s, by, gap_id, " "))
    with database.writing.begin() as session:
        acts.explain_gap(session, by, gap_id, "防汛期间，已在七月补训")
    with database.reading() as session:
        quarters = questions.year_of(session, sample.agency, 2024)
        assert quarters[1].gap is not None
        assert quarters[1].gap.reason == "防汛期间，已在七月补训"


def test_a_quarter_that_had_begun_is_not_owed() -> None:
    owed = list(
        without_training(date(2023, 11, 2), date(2024, 7, 1), {Quarter(2024, 1)})
    )

    assert owed == [Quarter(2024, 2)]


def test_names_are_read_as_people_type_them() -> None:
    read = read_attendees("李示例 示例村\n\n 王示例，示例 社区 \n")

    assert read == (Attendee("李示例", "示例村"), Attendee("王示例", "示例 社区"))
    for bad in ("", "李示例\n李示例 别村", "长" * 81):
        with pytest.raises(InvalidInput):
            read_attendees(bad)
