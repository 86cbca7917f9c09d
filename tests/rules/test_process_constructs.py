"""What a regulation can say, each construct played as a paper case."""

from __future__ import annotations

import pytest

from tests.regulations import definition_text, whole
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import Report, ScenarioFaults
from workflow.process.soundness import check

PEOPLE = """
title = "示例"

[calendar]
off = [2024-04-04, 2024-04-05]
work = [2024-04-07]

[[people]]
name = "拟"
section = "land"

[[people]]
name = "主"
posts = ["director"]

[[people]]
name = "副"
posts = ["deputy"]
oversees = ["land"]

[[people]]
name = "长"
posts = ["principal"]

[[people]]
name = "宣"
posts = ["publicity"]

[[people]]
name = "密"
posts = ["secrecy"]

[[people]]
name = "法"
posts = ["legal", "proofreader"]

[[people]]
name = "发"
posts = ["clerk"]

[[people]]
name = "栏"
keeps = ["wechat"]
heads = ["land"]
b_for = ["宣"]
"""
ARTICLE = 'title = "示例", drafter = "拟", section = "land", channels = ["website"]'


def case(*steps: str, article: str = "", extra: str = "") -> str:
    told = "\n".join(f"  {{ {step} }}," for step in steps)
    more = f", {article}" if article else ""
    return (
        f'{PEOPLE}\n[[scenarios]]\nname = "事例"\n{extra}\n'
        f"article = {{ {ARTICLE}{more} }}\nsteps = [\n{told}\n]\n"
    )


def played(fragment: str, text: str) -> Report:
    definition = read_definition(whole(fragment))
    assert check(definition).faults == ()
    return play(read_scenarios(text), definition)


def told(report: Report) -> list[str]:
    return [mismatch.told for mismatch in report.mismatches]


SUBMIT = 'at = "2024-04-01 09:00", who = "拟", do = "submit"'
STAGE = '[[stages]]\nid = "extra"\nname = "本级"\n'
BODIES = (
    '[bodies]\nbureau = "县保密局"\n\n[collectives]\nboard = "编委会"\n\n'
    '[attributes.joint]\nlabel = "涉及他部门"\ntype = "flag"\n\n'
)
ASK = (
    'kind = "consult", actor = { body = "bureau", recorded_by = "secrecy" }, '
    'limit = { amount = 2, unit = "working_days", '
)


def test_everybody_countersigns_in_whatever_order() -> None:
    acts = 'acts = [{ kind = "sign_off", actor = { all_of = ["director", "legal"] } }]'
    text = case(
        SUBMIT,
        'who = "法", do = "approve", expect = { open = "extra.sign_off.1" }',
        'who = "法", do = "approve", refused = "not-your-post"',
        'who = "主", do = "approve", expect = { state = "签发" }',
    )
    assert told(played(STAGE + acts, text)) == []


def test_one_after_the_other_in_the_order_given() -> None:
    actor = '{ in_sequence = ["publicity", "deputy"] }'
    text = case(
        SUBMIT + ', expect = { may_act = "宣" }',
        'who = "副", do = "approve", refused = "not-open"',
        'who = "宣", do = "approve", expect = { may_act = "副" }',
        'who = "副", do = "approve", expect = { state = "签发" }',
    )
    acts = f'acts = [{{ kind = "review", actor = {actor} }}]'
    assert told(played(STAGE + acts, text)) == []


def test_two_of_three_are_two_different_people() -> None:
    actor = '{ any_of = ["publicity", "deputy", "director"], count = 2 }'
    text = case(
        SUBMIT,
        'who = "副", do = "approve"',
        'who = "副", do = "approve", refused = "persons:extra.review"',
        'who = "主", do = "approve", expect = { state = "签发", cancelled = "宣" }',
    )
    acts = f'acts = [{{ kind = "review", actor = {actor} }}]'
    assert told(played(STAGE + acts, text)) == []


def test_a_collective_decides_with_its_date_and_minutes() -> None:
    acts = (
        'acts = [{ kind = "decide", '
        'actor = { collective = "board", recorded_by = "director" } }]'
    )
    text = case(
        SUBMIT,
        'who = "主", do = "approve", refused = "minutes-required"',
        'who = "主", do = "approve", minutes = "示例纪要〔2024〕1号", '
        'met_on = "2024-04-01", expect = { entries = "示例纪要〔2024〕1号" }',
    )
    assert told(played(BODIES + STAGE + acts, text)) == []


def test_while_an_outsider_is_asked_our_clocks_stand_still() -> None:
    fragment = (
        '[limit]\namount = 3\nunit = "working_days"\n\n'
        + BODIES
        + '[[stages]]\nid = "ask"\nname = "征求意见"\n'
        + f'acts = [{{ {ASK}silence = "escalate" }} }}]\n'
    )
    text = case(
        SUBMIT + ', expect = { due = { whole = "暂停", '
        '"ask.consult" = "2024-04-03 23:59" } }',
        'at = "2024-04-07 09:00", expect = { late = "ask.consult" }',
        'who = "密", do = "approve", document = "示例复函", '
        'expect = { due = { whole = "2024-04-10" } }',
    )
    assert told(played(fragment, text)) == []


def test_silence_is_consent_only_by_the_system_and_on_record() -> None:
    acts = f'acts = [{{ {ASK}silence = "deemed_approved", basis = "视为同意" }} }}]\n'
    text = case(
        SUBMIT,
        'at = "2024-04-03 23:00", expect = { state = "本级" }',
        'at = "2024-04-04 00:00", expect = { state = "签发", late = [], '
        'entries = "系统：“征求意见”逾期未复，视为同意（视为同意）" }',
        'who = "发", do = "publish", refused = "missing"',
    )
    assert told(played(BODIES + STAGE + acts, text)) == []


def test_silence_may_be_refusal() -> None:
    acts = f'acts = [{{ {ASK}silence = "deemed_rejected" }} }}]\n'
    text = case(
        SUBMIT,
        'at = "2024-04-04 00:00", expect = { state = "拟稿", entries = "视为不同意" }',
    )
    assert told(played(BODIES + STAGE + acts, text)) == []


def test_a_reminder_comes_before_and_silence_may_only_remind() -> None:
    acts = 'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'
    limit = (
        'limit = { amount = 8, unit = "hours", remind_hours = 2, silence = "remind" }'
    )
    text = case(
        SUBMIT,
        'at = "2024-04-01 18:00", expect = { entries = '
        '["2024-04-01 15:00 提醒", "2024-04-01 17:00 “本级”已逾期，催办"] }',
    )
    assert told(played(STAGE + acts + limit, text)) == []


def test_what_is_due_the_same_day_ends_with_the_day() -> None:
    acts = 'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'
    limit = 'limit = { amount = 0, unit = "working_days" }'
    text = case(
        'at = "2024-04-06 09:00", who = "拟", do = "submit", '
        'expect = { due = { extra = "2024-04-07" } }',
    )
    assert told(played(STAGE + acts + limit, text)) == []


@pytest.mark.parametrize(
    ("unit", "end"),
    [("calendar_days", "2024-03-16 10:00"), ("working_days", "2024-03-18 10:00")],
)
def test_days_from_moment_to_moment_over_a_weekend(unit: str, end: str) -> None:
    acts = 'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'
    limit = f'limit = {{ amount = 2, unit = "{unit}", count = "moments" }}'
    text = case(
        'at = "2024-03-14 10:00", who = "拟", do = "submit", '
        f'expect = {{ due = {{ extra = "{end}" }} }}',
    )
    assert told(played(STAGE + acts + limit, text)) == []


AFTER = """
[[after]]
id = "check"
kind = "post_check"
actor = { post = "director" }
limit = { amount = 0, unit = "calendar_days" }

[[after]]
id = "line"
kind = "register"
actor = { relation = "channel_owner" }
when = '"wechat" in channels'

[[after]]
id = "filing"
kind = "file"
actor = { relation = "section_head" }
"""


def test_what_is_done_after_publishing() -> None:
    text = case(
        SUBMIT,
        'who = "长", do = "approve"',
        'who = "栏", do = "approve", act = "filing", refused = "not-open"',
        'who = "发", do = "publish", expect = { open = ["check", "filing"] }',
        'at = "2024-04-02 09:00", expect = { late = "check" }',
        'who = "发", do = "approve", act = "check", refused = "not-your-post"',
        'who = "主", do = "approve", act = "check", expect = { open = "filing" }',
        'who = "主", do = "approve", act = "line", refused = "not-in-plan"',
        'who = "栏", do = "approve", expect = { open = [], entries = "发布后：归档" }',
        'who = "栏", do = "approve", refused = "not-open"',
    )
    assert told(played(AFTER, text)) == []


def test_a_level_may_only_approve_or_send_back() -> None:
    rest = (
        'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'
        'outcomes = ["approve", "send_back"]\n'
    )
    text = case(
        SUBMIT,
        'who = "主", do = "reject", reason = "不用", refused = "wrong-state"',
        'who = "主", do = "hold", reason = "等等", refused = "wrong-state"',
        'who = "主", do = "send_back", to = "签发", reason = "错", '
        'refused = "wrong-target"',
        'who = "主", do = "approve"',
        'who = "长", do = "reject", reason = "不用", expect = { state = "不予采用" }',
    )
    assert told(played(STAGE + rest, text)) == []


def test_the_drafter_takes_it_back_before_anyone_has_acted() -> None:
    acts = 'actor = { post = "director" }\nacts = [{ kind = "review" }]\n'
    text = case(
        SUBMIT,
        'who = "主", do = "recall", refused = "not-the-drafter"',
        'who = "拟", do = "recall", expect = { state = "拟稿" }',
        'who = "拟", do = "submit"',
        'who = "主", do = "approve"',
        'who = "拟", do = "recall", refused = "wrong-state"',
        'who = "宣", do = "withdraw", reason = "错", '
        'refused = "not-a-reviewer-of-this"',
        'who = "主", do = "withdraw", reason = "错", expect = { state = "已撤稿" }',
    )
    assert told(played(STAGE + acts, text)) == []


def test_a_drafter_who_is_away_has_no_stand_in() -> None:
    acts = 'actor = { relation = "drafter" }\nacts = [{ kind = "review" }]\n'
    text = case(
        SUBMIT,
        'at = "2024-04-02 09:00", expect = { nobody = "extra.review" }',
        extra='absences = [{ person = "拟", from = "2024-04-02", until = "2024-04-03",'
        ' stand_in = "主" }]',
    )
    assert told(played(STAGE + acts, text)) == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ('who = "谁", do = "submit"', "unknown-person"),
        ('who = "拟", do = "jump"', "unknown-verb"),
        ('who = "拟"', "missing-key"),
        ('who = "拟", do = "submit", article = "b"', "unknown-article"),
        ('at = "昨天"', "wrong-type"),
        ("expect = { mood = 1 }", "unknown-key"),
        ('whom = "拟"', "unknown-key"),
    ],
)
def test_a_step_that_cannot_be_read_is_named(step: str, code: str) -> None:
    with pytest.raises(ScenarioFaults) as refused:
        read_scenarios(case(step))
    assert [fault.code for fault in refused.value.faults] == [code]


def test_an_article_of_another_kind_follows_another_definition() -> None:
    own = read_definition(definition_text("contributor"))
    others = {n: read_definition(definition_text(n)) for n in ("base", "portal")}
    text = case(
        'at = "2024-04-01", expect = { process = "sample", '
        'plan = ["办公室审核", "签发"] }',
        article='attributes = { kind = "notice" }',
    )
    report = play(read_scenarios(text), own, others)
    assert [m.came for m in report.mismatches] == ["本单位流程没有声明属性“kind”。"]
