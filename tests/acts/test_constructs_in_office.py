"""What a regulation can say, carried out with real acts as it is on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEntry
from models.database import Database
from models.signatures import Signature
from tests.acts.agreeing import disagreements
from tests.regulations import whole
from tests.rules.test_process_constructs import (
    AFTER,
    ASK,
    BODIES,
    STAGE,
    SUBMIT,
    case,
)

BY_DIRECTOR = 'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """A session whose transaction is taken back."""
    with shared_database.writing() as opened:
        yield opened
        opened.rollback()


def signing(actor: str) -> str:
    return f'{STAGE}acts = [{{ kind = "sign_off", actor = {{ {actor} }} }}]\n'


CASES = {
    "all_of": (
        signing('all_of = ["director", "legal"]'),
        case(
            SUBMIT,
            'who = "法", do = "approve"',
            'who = "法", do = "approve", refused = "not-your-post"',
            'who = "主", do = "approve"',
        ),
    ),
    "in_sequence": (
        signing('in_sequence = ["publicity", "deputy"]'),
        case(
            SUBMIT,
            'who = "副", do = "approve", refused = "not-open"',
            'who = "宣", do = "approve"',
            'who = "副", do = "approve"',
        ),
    ),
    "two_of_three": (
        signing('any_of = ["publicity", "deputy", "director"], count = 2'),
        case(
            SUBMIT,
            'who = "副", do = "approve"',
            'who = "副", do = "approve", refused = "persons:extra.sign_off"',
            'who = "主", do = "approve"',
        ),
    ),
    "drafter_s_own_deputy": (
        signing('relation = "drafter_deputy"'),
        case(SUBMIT, 'who = "副", do = "approve"'),
    ),
    "collective": (
        BODIES
        + STAGE
        + 'acts = [{ kind = "decide", '
        + 'actor = { collective = "board", recorded_by = "director" } }]',
        case(
            SUBMIT,
            'who = "主", do = "approve", refused = "minutes-required"',
            'who = "主", do = "approve", minutes = "示例纪要〔2024〕1号", '
            'met_on = "2024-04-01"',
        ),
    ),
    "clocks_stand_still": (
        '[limit]\namount = 3\nunit = "working_days"\n\n'
        + BODIES
        + '[[stages]]\nid = "ask"\nname = "征求意见"\n'
        + f'acts = [{{ {ASK}silence = "escalate" }} }}]\n',
        case(
            SUBMIT,
            'at = "2024-04-07 09:00"',
            'who = "密", do = "approve", document = "示例复函"',
            'at = "2024-04-11 09:00", who = "长", do = "approve"',
        ),
    ),
    "silence_is_consent": (
        BODIES
        + STAGE
        + f'acts = [{{ {ASK}silence = "deemed_approved", basis = "视为同意" }} }}]\n',
        case(
            SUBMIT,
            'at = "2024-04-03 23:00"',
            'at = "2024-04-04 00:00"',
            'who = "发", do = "publish", refused = "missing"',
            'who = "长", do = "approve"',
            'who = "发", do = "publish"',
        ),
    ),
    "silence_is_refusal": (
        BODIES + STAGE + f'acts = [{{ {ASK}silence = "deemed_rejected" }} }}]\n',
        case(SUBMIT, 'at = "2024-04-04 00:00"', 'who = "拟", do = "submit"'),
    ),
    "same_day": (
        STAGE + BY_DIRECTOR + 'limit = { amount = 0, unit = "working_days" }',
        case('at = "2024-04-06 09:00", who = "拟", do = "submit"'),
    ),
    "afterwards": (
        AFTER,
        case(
            SUBMIT,
            'who = "长", do = "approve"',
            'who = "栏", do = "approve", act = "filing", refused = "not-open"',
            'who = "发", do = "publish"',
            'at = "2024-04-02 09:00"',
            'who = "发", do = "approve", act = "check", refused = "not-your-post"',
            'who = "主", do = "approve", act = "check"',
            'who = "栏", do = "approve"',
            'who = "栏", do = "approve", refused = "not-open"',
        ),
    ),
    "few_outcomes": (
        STAGE + BY_DIRECTOR + 'outcomes = ["approve", "send_back"]\n',
        case(
            SUBMIT,
            'who = "主", do = "reject", reason = "不用", refused = "wrong-state"',
            'who = "主", do = "hold", reason = "等等", refused = "wrong-state"',
            'who = "主", do = "approve"',
            'who = "长", do = "hold", reason = "等等"',
            'who = "长", do = "approve", refused = "wrong-state"',
            'who = "长", do = "resume"',
            'who = "长", do = "reject", reason = "不用"',
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_construct_is_carried_out_as_on_paper(session: Session, name: str) -> None:
    fragment, text = CASES[name]

    assert disagreements(session, [whole(fragment)], text) == []


def test_consent_by_silence_is_the_system_s_on_record(session: Session) -> None:
    fragment, text = CASES["silence_is_consent"]
    disagreements(session, [whole(fragment)], text)
    session.commit()

    query = select(Signature).order_by(Signature.id)
    (deemed,) = (one for one in session.scalars(query) if one.person_id is None)
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.act == "article.deem")
    ).one()

    assert (deemed.person_name, deemed.acts) == ("系统", ["extra.consult"])
    assert "视为同意" in deemed.opinion
    assert (entry.person_id, entry.details["deemed"]) == (None, True)
