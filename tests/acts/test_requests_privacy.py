"""Who asks: masked, shown with a trace, erased in time; and what speaks up when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.audit import AuditEntry
from models.notices import Notice
from models.remedies import RemedyKind, RemedyResult
from models.request_files import Applicant, LetterKind, RequestFile
from models.requests import ApplicantKind, Channel, RequestOutcome
from tests.requests_town import WHO, Desk, asked, day
from workflow.articles.files import NewFile
from workflow.errors import InvalidInput, NotFound, NotPermitted, Superseded
from workflow.knocks import DAY, HOUR, Limit, address_mark, counted, forget
from workflow.occasion import Occasion
from workflow.reports.questions import annual_report
from workflow.requests import (
    acts,
    alarms,
    intake,
    privacy,
    questions,
    remedies,
    retention,
)
from workflow.requests.intake import Filing
from workflow.requests.letters import questions as letters
from workflow.requests.remedies import NewRemedy, Settled
from workflow.requests.rules import Confirmation

PNG = b"\x89PNG\r\n\x1a\n" + b"sample"
REVIEW = NewRemedy(RemedyKind.REVIEW, day("2025-11-20"), "示例区人民政府")


def system(at: Desk) -> Occasion:
    """The timer, now."""
    return replace(at.by(), person_id=None)


def trail(at: Desk, act: str) -> list[AuditEntry]:
    at.session.commit()
    query = select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.seq)
    return list(at.session.scalars(query))


def test_looking_leaves_a_trace_without_the_name(at: Desk) -> None:
    request = at.register("2025-09-22")
    with pytest.raises(NotPermitted):
        privacy.show_applicant(at.session, at.by("principal"), request.id)
    by = at.by(operation="look-1")
    for _ in range(2):
        assert privacy.show_applicant(at.session, by, request.id).name == WHO.name
    (entry,) = trail(at, "request.show_applicant")
    assert WHO.name not in str(entry.details)


def test_a_firm_is_no_personal_data_and_a_person_is(at: Desk) -> None:
    at.register("2025-09-22")
    firm = replace(WHO, name="示例公司")
    kind = ApplicantKind.BUSINESS
    at.register("2025-09-22", applicant=firm, applicant_kind=kind)

    lines = questions.lines_of(at.session, at.by("principal"), 2025)

    assert [line.applicant for line in lines] == ["示例公司", "张**"]


def file_with_proof(at: Desk) -> int:
    at.on("2025-09-22")
    filing = Filing(WHO, "示例内容", "", proof=NewFile("证件.png", PNG))
    return intake.file(at.session, system(at), filing, "mark").id


def test_proofs_go_when_no_suit_can_follow_and_names_after_ten_years(at: Desk) -> None:
    request_id = file_with_proof(at)
    what = Confirmation(ApplicantKind.NATURAL, day("2025-09-22"))
    request = acts.confirm(at.session, at.by(), request_id, what)
    at.assign(request)
    at.answered(request, "2025-10-20")

    def erased(on: str) -> int:
        at.on(on)
        return retention.erase_due(at.session, system(at))

    assert erased("2026-04-20") == 0
    assert erased("2026-04-21") == 1
    assert at.session.scalars(select(RequestFile)).all() == []
    assert at.session.get(Applicant, request_id) is not None
    assert erased("2035-12-31") == 0
    assert erased("2036-01-01") == 1
    assert at.session.get(Applicant, request_id) is None
    assert request.wants == retention.ERASED
    assert request.outcome is RequestOutcome.GRANTED
    assert [e.details["what"] for e in trail(at, "request.erase")] == [
        "identity",
        "applicant",
    ]
    with pytest.raises(NotFound):
        privacy.show_applicant(at.session, at.by(), request_id)


def test_nothing_goes_while_a_review_is_open(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.answered(request, "2025-10-20")
    at.on("2025-11-20")
    new = replace(REVIEW, request_id=request.id)
    found = remedies.file_remedy(at.session, at.by(), new)
    at.on("2040-01-01")
    assert retention.erase_due(at.session, system(at)) == 0

    settled = Settled(RemedyResult.UPHELD, day("2025-12-20"))
    remedies.settle_remedy(at.session, at.by(), found.id, settled)
    assert retention.erase_due(at.session, system(at)) == 1


def test_a_letter_of_an_erased_applicant_names_nobody(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    letter = at.write(request, LetterKind.RECEIPT)
    at.answered(request, "2025-10-20")
    at.on("2036-01-01")
    retention.erase_due(at.session, system(at))

    content = letters.document_of(at.session, letter)

    assert WHO.name.encode() not in content
    assert request.receipt_mark is None


def test_a_request_speaks_up_once_for_each_step(at: Desk) -> None:
    at.register("2025-09-22")

    def said(on: str) -> list[str]:
        at.on(on)
        before = {notice.id for notice in at.session.scalars(select(Notice))}
        for _ in range(2):
            alarms.watch(at.session, system(at))
        now = at.session.scalars(select(Notice).order_by(Notice.id))
        return [one.title for one in now if one.id not in before]

    assert said("2025-10-09") == []
    assert said("2025-10-21") == ["公开申请2025-1号：答复期限还剩3个工作日"]
    assert said("2025-10-24") == ["公开申请2025-1号：答复期限今天到期"]
    assert said("2025-10-25") == []
    late = "公开申请2025-1号：已超过答复期限（2025-10-24）"
    assert said("2025-10-27") == [late, late]


def test_an_unconfirmed_letter_is_pointed_out_the_next_day(at: Desk) -> None:
    at.on("2025-09-22")
    new = asked("2025-09-22", channel=Channel.LETTER, applicant_kind=None)
    acts.arrive(at.session, at.by(), new)
    assert alarms.watch(at.session, system(at)) == 0
    at.on("2025-09-23")
    assert alarms.watch(at.session, system(at)) == 1


def test_section_four_counts_pending_again_next_year(at: Desk) -> None:
    request = at.in_review("2025-09-22")
    at.answered(request, "2025-10-20")
    at.on("2025-11-20")
    review = remedies.file_remedy(
        at.session, at.by(), replace(REVIEW, request_id=request.id)
    )
    at.on("2026-02-10")
    settled = Settled(RemedyResult.CORRECTED, day("2026-02-10"), "", day("2026-03-10"))
    bad = replace(settled, result=RemedyResult.UPHELD)
    with pytest.raises(InvalidInput):
        remedies.settle_remedy(at.session, at.by(), review.id, bad)
    remedies.settle_remedy(at.session, at.by(), review.id, settled)
    with pytest.raises(Superseded):
        remedies.settle_remedy(at.session, at.by(), review.id, settled)
    suit = NewRemedy(
        RemedyKind.SUIT_AFTER_REVIEW, day("2026-02-10"), "示例法院", request.id
    )
    with pytest.raises(InvalidInput):
        remedies.file_remedy(at.session, at.by(), suit)
    suit = replace(suit, review_id=review.id)
    remedies.file_remedy(at.session, at.by(), suit)

    def cells(year: int) -> dict[str, int]:
        agency = at.town.agency.id
        found = remedies.remedy_figures(at.session, agency, year)
        return {cell: number for cell, number in found.items() if number}

    report = annual_report(at.session, at.town.agency.id, 2026)
    assert report.remedies["review"] == {
        "upheld": 0,
        "corrected": 1,
        "other": 0,
        "pending": 0,
        "total": 1,
    }
    assert cells(2024) == {}
    assert cells(2025) == {"review.pending": 1}
    assert cells(2026) == {"review.corrected": 1, "suit_after_review.pending": 1}
    assert cells(2027) == {"suit_after_review.pending": 1}
    assert request.outcome is RequestOutcome.GRANTED
    remedies.answer_anew(at.session, at.by(), review.id, day("2026-02-10"))
    assert review.new_answered_on == day("2026-02-10")


def test_an_open_door_counts_by_the_hour_and_the_day(at: Desk) -> None:
    at.on("2025-09-22", 10)
    now = at.town.at
    address = address_mark("k" * 32, "192.0.2.1", now)
    limits = [Limit(f"ask {address}", HOUR, 2), Limit(f"ask {address}", DAY, 3)]

    def over(hours: float) -> bool:
        return counted(at.session, now + timedelta(hours=hours), limits)

    assert [over(0), over(0.1), over(0.2)] == [False, False, True]
    assert over(1) is True, "the day is full although the hour is new"
    assert "192.0.2.1" not in address
    assert address != address_mark("k" * 32, "192.0.2.1", now + timedelta(days=1))
    assert forget(at.session, now) == 0
    assert forget(at.session, now + timedelta(days=4)) == 3
