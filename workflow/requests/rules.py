"""Disclosure on request: what has to be stated, the day of receipt, masks; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from models.requests import ApplicantKind, Channel, RequestOutcome
from workflow.errors import InvalidInput

SHORT_MAX = {
    "name": 120,
    "identity": 60,
    "identity_tail": 4,
    "contact": 120,
    "address": 300,
    "supply": 60,
    "basis": 300,
    "unit": 120,
    "addressee": 120,
}
TEXT_MAX = 20_000
NOTE_MAX = 2_000
# 条例第三十一条: on these ways the day is the one on which both sides confirm.
CONFIRMED = frozenset({Channel.LETTER, Channel.INTERNET, Channel.FAX})
# 条例第三十六条 and others: where the outcome comes from; empty where it is practice.
ARTICLES: Mapping[RequestOutcome, tuple[str, ...]] = {
    RequestOutcome.GRANTED: ("第三十六条",),
    RequestOutcome.PARTIAL: ("第三十七条",),
    RequestOutcome.DENY_STATE_SECRET: ("第十四条",),
    RequestOutcome.DENY_LAW: ("第十四条",),
    RequestOutcome.DENY_SAFETY: ("第十四条",),
    RequestOutcome.DENY_THIRD_PARTY: ("第十五条", "第三十二条"),
    RequestOutcome.DENY_INTERNAL: ("第十六条",),
    RequestOutcome.DENY_PROCESS: ("第十六条",),
    RequestOutcome.DENY_ENFORCEMENT: ("第十六条",),
    RequestOutcome.DENY_QUERY: ("第三十六条",),
    RequestOutcome.CANNOT_NOT_HELD: ("第三十六条",),
    RequestOutcome.CANNOT_CREATE: ("第三十八条",),
    RequestOutcome.CANNOT_UNCLEAR: ("第三十条",),
    RequestOutcome.REFUSE_PETITION: ("第三十九条",),
    RequestOutcome.REFUSE_REPEAT: ("第三十六条",),
    RequestOutcome.REFUSE_PUBLICATION: ("第三十九条",),
    RequestOutcome.REFUSE_EXCESSIVE: ("第三十五条",),
    RequestOutcome.REFUSE_REISSUE: (),
    RequestOutcome.OTHER_NO_CORRECTION: ("第三十条",),
    RequestOutcome.OTHER_NO_FEE: ("第四十二条", "109号"),
    RequestOutcome.OTHER_MISC: (),
}
# These close a request without a reply; nobody proposes them.
BY_LAPSE = (RequestOutcome.OTHER_NO_CORRECTION, RequestOutcome.OTHER_NO_FEE)
PROPOSABLE = tuple(one for one in RequestOutcome if one not in BY_LAPSE)


@dataclass(frozen=True, slots=True)
class NewApplicant:
    """Who asks (条例第二十九条第二款第一项); the purpose is not asked for.

    Args:
        identity: what proves the identity, seen by the office.
        identity_tail: its last four characters, the rest is not kept.
    """

    name: str
    identity: str = ""
    identity_tail: str = ""
    contact: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it comes in.

    Args:
        channel: how it came; it decides which day is the day of receipt.
        arrived_on: the day on which it came in.
        confirmed_on: the day on which both sides confirmed it (ordinary letter,
            internet, fax); none while that has not been done.
        applicant_kind: fixed at registration once and for all (R26).
        wants: the information asked for, in the applicant's words.
        supply: the form in which it is wanted.
    """

    channel: Channel
    arrived_on: date
    applicant: NewApplicant
    wants: str
    applicant_kind: ApplicantKind | None = None
    confirmed_on: date | None = None
    supply: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What turns an arrived request into a registered one."""

    applicant_kind: ApplicantKind
    confirmed_on: date

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the reply will say: one outcome, its article, who looked for secrets.

    Args:
        outcome: one of the rows of the annual report.
        basis: the article it rests on.
        secrecy: what the secrecy check found (条例第十七条), and by whom.
        note: what a rare case is (``other_misc``); compulsory there (R28).
    """

    outcome: RequestOutcome
    basis: str
    secrecy: str = ""
    note: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(slots=True)
class Faults:
    """Sentences beside fields, collected, so that all are seen at once."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, sentence: str, *, when: bool = True) -> None:
        """Note one."""
        if when:
            self.found.setdefault(name, []).append(sentence)

    def short(self, name: str, text: str, missing: str = "") -> None:
        """A line of text that must be there, when ``missing`` is said, and fit."""
        self.add(name, missing, when=bool(missing) and not text.strip())
        most = SHORT_MAX[name]
        self.add(name, f"最多{most}字。", when=len(text) > most)

    def text(self, name: str, text: str, missing: str = "", most: int = 0) -> None:
        """The same for a longer text."""
        most = most or NOTE_MAX
        self.add(name, missing, when=bool(missing) and not text.strip())
        self.add(name, f"最多{most}字。", when=len(text) > most)

    def day(self, name: str, day: date, today: date, label: str = "日期") -> None:
        """A day that may not lie ahead."""
        self.add(name, f"{label}晚于今天。", when=day > today)

    def refuse(self) -> None:
        """Refuse when anything was found.

        Raises:
            InvalidInput: with the sentences beside each field.
        """
        if self.found:
            raise InvalidInput(self.found)


def received_on(
    channel: Channel, arrived_on: date, confirmed_on: date | None
) -> date | None:
    """The day of receipt (条例第三十一条); none while both sides have not confirmed.

    In person, by signed post and by word of mouth it is the day of arrival; by ordinary
    letter, over the internet and by fax the day of confirmation.  Where the applicant
    could not be reached, that is the day on which contact was restored.
    """
    return confirmed_on if channel in CONFIRMED else arrived_on


def masked(name: str) -> str:
    """A name for those who need not know it (个人信息保护法第六条)."""
    return name[:1] + "**" if name else ""


def refuse_bad_request(new: NewRequest, today: date, *, register: bool) -> None:
    """Refuse a request that lacks what 条例第二十九条 asks for, all fields at once.

    Args:
        register: whether it is to be registered at once, with its kind and its day.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults = Faults()
    _look_at_applicant(faults, new.applicant)
    faults.text("wants", new.wants, "请写明申请公开的内容。", TEXT_MAX)
    faults.short("supply", new.supply)
    faults.day("arrived_on", new.arrived_on, today, "来件日期")
    if register:
        _look_at_registering(faults, new, today)
    faults.refuse()


def _look_at_applicant(faults: Faults, who: NewApplicant) -> None:
    faults.short("name", who.name, "请写明申请人姓名或名称。")
    for name in ("identity", "identity_tail", "address"):
        faults.short(name, getattr(who, name))
    faults.short("contact", who.contact, "请写明联系方式。")


def _look_at_registering(faults: Faults, new: NewRequest, today: date) -> None:
    faults.add("applicant_kind", "请选择申请人类别。", when=new.applicant_kind is None)
    needs_day = new.channel in CONFIRMED and new.confirmed_on is None
    faults.add("confirmed_on", "请填写双方确认的日期（第三十一条）。", when=needs_day)
    if new.confirmed_on is not None:
        _look_at_confirming(faults, new.confirmed_on, new.arrived_on, today)


def _look_at_confirming(faults: Faults, on: date, arrived: date, today: date) -> None:
    faults.day("confirmed_on", on, today, "确认日期")
    faults.add("confirmed_on", "确认日期早于来件日期。", when=on < arrived)


def refuse_bad_confirmation(on: date, arrived_on: date, today: date) -> None:
    """Refuse a day of confirmation that cannot be.

    Raises:
        InvalidInput: ahead of today, or before the request came in.
    """
    faults = Faults()
    _look_at_confirming(faults, on, arrived_on, today)
    faults.refuse()


def refuse_bad_proposal(wanted: Proposal) -> None:
    """Refuse a proposed answer without its article, or with one of another outcome.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults = Faults()
    by_lapse = wanted.outcome in BY_LAPSE
    faults.add("outcome", "这一结果由逾期产生，不作答复。", when=by_lapse)
    faults.short("basis", wanted.basis, "请写明所依据的条款。")
    named = ARTICLES[wanted.outcome]
    cites = not named or any(article in wanted.basis for article in named)
    faults.add("basis", f"这一结果的依据应当是{'或'.join(named)}。", when=not cites)
    gives = wanted.outcome in (RequestOutcome.GRANTED, RequestOutcome.PARTIAL)
    faults.text(
        "secrecy", wanted.secrecy, "请写明保密审查情况（第十七条）。" if gives else ""
    )
    rare = wanted.outcome is RequestOutcome.OTHER_MISC
    faults.text("note", wanted.note, "“其他”须写明情况。" if rare else "")
    faults.refuse()
