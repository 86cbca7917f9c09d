"""Section four and the fee statement follow from the register of requests."""

from __future__ import annotations

from models.remedies import RemedyKind, RemedyResult
from models.request_files import LetterKind
from tests.requests_town import Desk, day
from workflow.reports.prose import fee_sentence
from workflow.reports.questions import annual_report, records_behind
from workflow.reports.report import Report
from workflow.reports.rules import check
from workflow.requests import acts
from workflow.requests.remedies import NewRemedy, Settled, file_remedy, settle_remedy


def report_of(at: Desk, year: int = 2025) -> Report:
    return annual_report(at.session, at.by().agency_id, year)


def filed(at: Desk, kind: RemedyKind, on: str) -> int:
    new = NewRemedy(kind, day(on), "示例区人民政府", matter="示例事由")
    return file_remedy(at.session, at.by(), new).id


def test_a_pending_review_is_there_again_until_it_ends(at: Desk) -> None:
    at.on("2025-12-01")
    review = filed(at, RemedyKind.REVIEW, "2025-11-03")
    filed(at, RemedyKind.SUIT_DIRECT, "2025-11-04")
    ended = Settled(RemedyResult.UPHELD, day("2025-12-01"))
    settle_remedy(at.session, at.by(), review, ended)
    report = report_of(at)
    assert report.remedies["review"]["upheld"] == 1
    assert report.remedies["review"]["total"] == 1
    assert report.remedies["suit_direct"]["pending"] == 1
    assert report_of(at, 2026).remedies["suit_direct"]["total"] == 1
    assert report_of(at, 2026).remedies["review"]["total"] == 0
    (behind,) = records_behind(
        at.session, at.by().agency_id, 2025, "remedies.review.total"
    )
    assert (behind.kind, behind.id) == ("remedy", review)


def test_the_fee_is_told_with_all_three_numbers(at: Desk) -> None:
    assert "均为0。" in fee_sentence(report_of(at))
    request = at.in_review("2025-04-18")
    at.send(request, LetterKind.FEE, "2025-04-24", {"pages": "72"})
    fee = report_of(at).fee
    assert (fee.notices, fee.amount_notified, fee.amount_received) == (1, 420, 0)
    at.on("2025-05-12")
    acts.take_payment(at.session, at.by(), request.id, day("2025-05-12"))
    report = report_of(at)
    assert (report.fee.amount_received, report.fee.paid_count) == (420, 1)
    said = "发出收费通知1件，通知收取总金额420元，实际收取总金额420元"
    assert said in fee_sentence(report)
    assert {finding.rule for finding in check(report)} == {"R54"}
