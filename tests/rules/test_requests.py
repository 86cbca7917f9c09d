"""What a request has to state, its day of receipt, its states; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.requests import ApplicantKind, Channel, RequestOutcome, RequestState
from workflow.errors import InvalidInput, WrongState
from workflow.requests import machine, rules
from workflow.requests.letters.forms import FORMS, IS_REPLY, REPLIES
from workflow.requests.letters.remedy_sentence import remedy_sentence
from workflow.requests.machine import Trigger
from workflow.requests.rules import NewApplicant, NewRequest, Proposal

TODAY = date(2024, 6, 3)
WHO = NewApplicant("示例申请人", contact="13800000000")
REQUEST = NewRequest(
    Channel.LETTER, TODAY, WHO, "示例内容", ApplicantKind.NATURAL, TODAY
)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"arrived_on": date(2024, 6, 4)}, "arrived_on"),
        ({"applicant": NewApplicant(" ", contact="1")}, "name"),
        ({"applicant": NewApplicant("长" * 121, contact="1")}, "name"),
        ({"applicant": NewApplicant("示例")}, "contact"),
        ({"wants": ""}, "wants"),
        ({"wants": "长" * 20_001}, "wants"),
        ({"supply": "长" * 61}, "supply"),
        ({"applicant_kind": None}, "applicant_kind"),
        ({"confirmed_on": None}, "confirmed_on"),
        ({"confirmed_on": date(2024, 6, 2)}, "confirmed_on"),
    ],
)
def test_a_registration_that_lacks_something_is_refused(
    changed: dict[str, object], field: str
) -> None:
    rules.refuse_bad_request(REQUEST, TODAY, register=True)
    bad = replace(REQUEST, **changed)  # type: ignore[arg-type]

    with pytest.raises(InvalidInput) as refused:
        rules.refuse_bad_request(bad, TODAY, register=True)

    assert field in refused.value.fields


def test_a_purpose_is_never_asked_for() -> None:
    assert not any("purpose" in name for name in NewRequest.__dataclass_fields__)


@pytest.mark.parametrize("outcome", rules.PROPOSABLE)
def test_an_outcome_cites_its_article(outcome: RequestOutcome) -> None:
    named = rules.ARTICLES[outcome]
    good = Proposal(outcome, f"条例{''.join(named[:1]) or '示例'}", "不涉密", "示例")
    rules.refuse_bad_proposal(good)

    for basis in ["", "条例第一条"] if named else [""]:
        with pytest.raises(InvalidInput) as refused:
            rules.refuse_bad_proposal(replace(good, basis=basis))
        assert "basis" in refused.value.fields


def test_every_outcome_but_a_lapse_has_its_reply() -> None:
    assert set(REPLIES) == set(rules.PROPOSABLE)
    assert all(FORMS[kind].series == "公复" for kind in IS_REPLY)


def test_every_open_state_has_a_way_on_and_the_closed_one_only_an_amendment() -> None:
    for state in RequestState:
        assert machine.possible(state)
    assert machine.possible(RequestState.CLOSED) == {Trigger.AMEND}


def test_every_state_reaches_the_end() -> None:
    reached = {RequestState.CLOSED}
    while True:
        more = {s for _, sources, to in machine.MOVES for s in sources if to in reached}
        if more <= reached:
            break
        reached |= more
    assert reached == set(RequestState)


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("trigger", Trigger)
def test_the_machine_follows_its_table(state: RequestState, trigger: Trigger) -> None:
    table = {(t, s): to for t, sources, to in machine.MOVES for s in sources}
    if (trigger, state) in table:
        assert machine.step(state, trigger) is table[trigger, state]
        return
    with pytest.raises(WrongState) as refused:
        machine.step(state, trigger)
    assert machine.NAMES[state] in refused.value.message


def test_what_is_decided_is_never_withdrawn_or_closed_without_service() -> None:
    assert machine.possible(RequestState.DECIDED) == {Trigger.SERVE}


@pytest.mark.parametrize(
    ("outcome", "on", "either"),
    [
        (RequestOutcome.DENY_LAW, date(2023, 12, 31), True),
        (RequestOutcome.DENY_LAW, date(2024, 1, 1), False),
        (RequestOutcome.PARTIAL, date(2025, 3, 1), False),
        (RequestOutcome.GRANTED, date(2025, 3, 1), True),
    ],
)
def test_who_was_refused_is_told_to_ask_for_a_review_first(
    outcome: RequestOutcome, on: date, either: bool
) -> None:
    assert ("六个月" in remedy_sentence(outcome, on)) is either


def test_a_name_is_masked_to_its_first_character() -> None:
    assert rules.masked("欧阳示例") == "欧**"
    assert rules.masked("") == ""
