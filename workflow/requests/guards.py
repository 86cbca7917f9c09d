"""What has to hold before a request may move; pure, each refusal with its article."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from models.requests import RequestEventKind as Kind
from models.requests import RequestOutcome
from workflow.errors import InvalidInput, OpinionRequired, WrongState
from workflow.requests.clock import EXTENSION_MAX, Clock, Running

CORRECTION = "给予指导和释明……一次性告知申请人作出补正（条例第三十条）。"
EXTENSION = (
    "需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，"
    "延长的期限最长不得超过20个工作日（条例第三十三条）。"
)
NO_CORRECTION = (
    "申请人无正当理由，逾期不补正的，视为放弃申请，行政机关不再处理"
    "该政府信息公开申请（条例第三十条）。"
)
FEE = (
    "申请人应当自收到通知次日起20个工作日内缴纳信息处理费；"
    "逾期未缴纳的，视为放弃申请（国办函〔2020〕109号）。"
)
THIRD_PARTY = (
    "公开会损害第三方合法权益的，行政机关应当书面征求第三方的意见（条例第三十二条）。"
)
EXCESSIVE = "数量、频次明显超过合理范围，可以要求申请人说明理由（条例第三十五条）。"


def day_fits(name: str, on: date, first: date, today: date) -> None:
    """A recorded day lies between what it answers and today.

    Raises:
        InvalidInput: beside the field.
    """
    if on > today:
        raise InvalidInput({name: ["日期晚于今天。"]})
    if on < first:
        raise InvalidInput({name: [f"日期早于{first.isoformat()}，不合先后次序。"]})


def asked_once(happened: Iterable[Kind]) -> None:
    """A correction is asked for once only.

    Raises:
        WrongState: it was asked for before.
    """
    if Kind.CORRECTION_ASKED in happened:
        raise WrongState(
            "已经告知过一次补正，不能再次要求补正；仍不明确的，依法作出答复。",
            rule="correction-asked-once",
            basis=CORRECTION,
        )


def fee_asked_once(happened: Iterable[Kind]) -> None:
    """One fee notice for one request.

    Raises:
        WrongState: there was one.
    """
    if Kind.FEE_ASKED in happened:
        raise WrongState(
            "这件申请已发过收费通知，不能再发。", rule="fee-asked-once", basis=FEE
        )


def may_approve_extension(
    clock: Clock, happened: Collection[Kind], days: int, today: date
) -> None:
    """An extension: once, at most twenty working days, before the time runs out.

    Raises:
        WrongState: extended or approved before, or too late.
        InvalidInput: not 1 to 20 days.
    """
    if not 1 <= days <= EXTENSION_MAX:
        raise InvalidInput({"days": [f"延长1至{EXTENSION_MAX}个工作日。"]})
    if clock.ever_extended or Kind.EXTENSION_APPROVED in happened:
        raise WrongState(
            "延期只能有一次，这件申请已经批准过延期。",
            rule="extended-once",
            basis=EXTENSION,
        )
    _in_time(clock, today, "答复期限已过，不能再延期。", "extended-in-time")


def extension_is_approved(happened: Collection[Kind]) -> None:
    """The head of the office agreed before the applicant is told.

    Raises:
        WrongState: nobody has agreed, or it was told already.
    """
    if Kind.EXTENSION_APPROVED not in happened:
        raise WrongState(
            "延期还没有经政府信息公开工作机构负责人同意。",
            rule="extension-not-approved",
            basis=EXTENSION,
            help_from="政府信息公开工作机构负责人",
        )
    if Kind.EXTENDED in happened:
        raise WrongState(
            "延期只能有一次，已经告知过申请人。",
            rule="extended-once",
            basis=EXTENSION,
        )


def served_in_time(clock: Clock, served_on: date) -> None:
    """The notice of the extension is served before the time runs out.

    Raises:
        WrongState: it is not; the request stays late.
    """
    _in_time(
        clock,
        served_on,
        "延期告知书没有在答复期限届满前送达，延期不成立。",
        "extension-served-in-time",
    )


def _in_time(clock: Clock, on: date, message: str, rule: str) -> None:
    if clock.due is None or on > clock.due:
        raise WrongState(message, rule=rule, basis=EXTENSION)


def fee_in_time(clock: Clock, served_on: date) -> None:
    """The fee notice goes out within the time for the answer (D10).

    Raises:
        WrongState: it does not.
    """
    if clock.due is None or served_on > clock.due:
        raise WrongState(
            "收费通知应当在答复期限内发出，现已超过期限，不能再收费。",
            rule="fee-in-time",
            basis=FEE,
        )


def fee_is_due(yuan: int) -> None:
    """There is something to pay: more than the free band.

    Raises:
        InvalidInput: the number lies within what is free.
    """
    if yuan <= 0:
        line = "件数或页数在免费范围内（每月10件、30页），不收费。"
        raise InvalidInput({"amount": [line]})


def paid_in_time(clock: Clock, on: date) -> None:
    """Payment comes within twenty working days of receiving the notice (D11).

    Raises:
        WrongState: it came too late: the request is taken as given up.
    """
    if clock.period_ends is not None and on > clock.period_ends:
        raise WrongState(
            f"缴费期限到{clock.period_ends.isoformat()}为止，逾期视为放弃申请。",
            rule="paid-in-time",
            basis=FEE,
        )


def period_is_over(clock: Clock, today: date, basis: str) -> None:
    """The applicant's own period has run out.

    Raises:
        WrongState: it still runs.
    """
    if clock.period_ends is None or today <= clock.period_ends:
        ends = clock.period_ends.isoformat() if clock.period_ends else ""
        raise WrongState(
            f"申请人的期限到{ends}为止，还没有届满，不能按逾期办结。",
            rule="period-not-over",
            basis=basis,
        )


def late_with_reason(clock: Clock, on: date, reason: str) -> None:
    """A correction after its period is taken with a good reason only.

    Raises:
        OpinionRequired: it is late and no reason is written down.
    """
    if clock.period_ends is not None and on > clock.period_ends and not reason.strip():
        line = "补正已逾期；有正当理由的请写明，没有的按逾期不补正办结。"
        raise OpinionRequired({"reason": [line]}, basis=NO_CORRECTION)


def still_running(clock: Clock) -> None:
    """Something outside is asked while the clock runs or others are asked.

    Raises:
        WrongState: the clock stands still.
    """
    if clock.running not in (Running.RUNS, Running.SUSPENDED):
        raise WrongState("期限已中止，现在不能办理此事。", rule="clock-stopped")


def outcome_has_its_steps(outcome: RequestOutcome, happened: Collection[Kind]) -> None:
    """Some outcomes need something on file first.

    Raises:
        WrongState: names what is missing and the article that asks for it.
    """
    needed = _NEEDS.get(outcome)
    if needed is None or any(kind in happened for kind in needed[0]):
        return
    raise WrongState(needed[1], rule=f"outcome-needs-{outcome.value}", basis=needed[2])


_NEEDS: dict[RequestOutcome, tuple[tuple[Kind, ...], str, str]] = {
    RequestOutcome.DENY_THIRD_PARTY: (
        (Kind.CONSULTED,),
        "以保护第三方合法权益为由不予公开，须先书面征求第三方意见。",
        THIRD_PARTY,
    ),
    RequestOutcome.CANNOT_UNCLEAR: (
        (Kind.CORRECTED,),
        "“补正后仍不明确”须先告知补正并收到补正。",
        CORRECTION,
    ),
    RequestOutcome.REFUSE_EXCESSIVE: (
        (Kind.REASONS_REFUSED,),
        "以大量反复申请为由不予处理，须先要求申请人说明理由。",
        EXCESSIVE,
    ),
}


def only_after_refused_reasons(
    outcome: RequestOutcome, happened: Collection[Kind]
) -> None:
    """Reasons that were found wanting lead to that answer and to no other.

    Raises:
        WrongState: another outcome was proposed.
    """
    refused = Kind.REASONS_REFUSED in happened
    if refused and outcome is not RequestOutcome.REFUSE_EXCESSIVE:
        raise WrongState(
            "申请理由已认定为不合理，答复结果应当是“无正当理由大量反复申请”。",
            rule="reasons-were-refused",
            basis=EXCESSIVE,
        )
