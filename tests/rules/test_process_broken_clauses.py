"""Broken regulations in the wider vocabulary: each caught for its own reason."""

from __future__ import annotations

import pytest

from tests.regulations import definition_text, whole
from workflow.process.definition import DefinitionFaults, Fault
from workflow.process.reading import read_definition
from workflow.process.soundness import check

DOUBTS = """
[attributes.doubts]
label = "存疑"
type = "set"
values = { law = "法律", secrecy = "保密" }

[doubts]
attribute = "doubts"
"""
GRADE = """
[attributes.grade]
label = "级别"
values = { c = "一般", b = "重要", a = "敏感" }

[importance]
attribute = "grade"
raised = "a"
"""
BODY = """
[bodies]
bureau = "县保密局"

[collectives]
board = "编委会"
"""
ASK = '{ kind = "consult", actor = { body = "bureau", recorded_by = "clerk" }'


def stage(rest: str, actor: str = '{ post = "director" }') -> str:
    actor = f"actor = {actor}\n" if actor else ""
    return f'\n[[stages]]\nid = "extra"\nname = "加审"\n{actor}{rest}\n'


REVIEW = 'acts = [{ kind = "review" }]'

UNREADABLE = {
    "a body that signs off": (
        BODY + stage('acts = [{ kind = "sign_off" }]', ASK.partition("actor = ")[2]),
        "body-signs",
    ),
    "a body nobody declared": (stage(f"acts = [{ASK} }}]", ""), "unknown-body"),
    "a body that nobody records": (
        BODY + stage('acts = [{ kind = "consult", actor = { body = "bureau" } }]', ""),
        "missing-key",
    ),
    "recorded without a body": (
        stage(REVIEW, '{ post = "director", recorded_by = "clerk" }'),
        "actor-unclear",
    ),
    "two ways at once": (
        stage(REVIEW, '{ post = "director", relation = "drafter" }'),
        "actor-unclear",
    ),
    "no way at all": (stage(REVIEW, "{ delegable = true }"), "actor-unclear"),
    "a relation nobody knows": (
        stage(REVIEW, '{ relation = "cousin" }'),
        "unknown-relation",
    ),
    "a sequence of a stranger": (
        stage(REVIEW, '{ in_sequence = ["director", "mayor"] }'),
        "unknown-post",
    ),
    "nine passes are the most": (
        stage('acts = [{ kind = "proofread", passes = 10 }]'),
        "quorum-too-large",
    ),
    "passes by many": (
        stage(
            'acts = [{ kind = "proofread", passes = 2 }]',
            '{ all_of = ["director", "legal"] }',
        ),
        "passes-by-many",
    ),
    "a check before publishing": (
        stage('acts = [{ kind = "post_check" }]'),
        "act-misplaced",
    ),
    "a sign-off after publishing": (
        '[[after]]\nid = "late"\nkind = "sign_off"\nactor = { post = "clerk" }\n',
        "act-misplaced",
    ),
    "a channel nobody declared": (
        stage(f'{REVIEW}\nchannels = ["radio"]'),
        "unknown-part",
    ),
    "a requirement of nothing": (
        stage(f'{REVIEW}\nrequires = ["attachments.form"]'),
        "unknown-part",
    ),
    "a block without a reason": (
        stage(f"{REVIEW}\nblocks = [{{ when = 'section == \"x\"' }}]"),
        "missing-key",
    ),
    "no approval among the outcomes": (
        stage(f'{REVIEW}\noutcomes = ["send_back"]'),
        "no-approval",
    ),
    "an outcome nobody knows": (
        stage(f'{REVIEW}\noutcomes = ["approve", "shrug"]'),
        "unknown-value",
    ),
    "an objection that leads upwards": (
        stage(f'{REVIEW}\nobjection_to = "sign"'),
        "bad-return",
    ),
    "bound to something else": (stage(f'{REVIEW}\nbinds = "spirit"'), "unknown-value"),
    "silence is consent to a review": (
        stage(
            f'{REVIEW}\nlimit = {{ amount = 1, unit = "hours", '
            'silence = "deemed_approved", basis = "视为同意" }'
        ),
        "silence-publishes",
    ),
    "silence is refusal of a review": (
        stage(
            f'{REVIEW}\nlimit = {{ amount = 1, unit = "hours", '
            'silence = "deemed_rejected" }'
        ),
        "silence-publishes",
    ),
    "silence without the rule's words": (
        BODY
        + stage(
            f'acts = [{ASK}, limit = {{ amount = 1, unit = "hours", '
            'silence = "deemed_approved" } }]',
            "",
        ),
        "silence-without-basis",
    ),
    "counted in a way nobody knows": (
        stage(f'{REVIEW}\nlimit = {{ amount = 1, unit = "hours", count = "moon" }}'),
        "unknown-value",
    ),
    "no hours at all": (
        stage(f'{REVIEW}\nlimit = {{ amount = 0, unit = "hours" }}'),
        "wrong-type",
    ),
    "escalated to a stranger": (
        stage(
            f'{REVIEW}\nlimit = {{ amount = 1, unit = "hours", escalate_to = "mayor" }}'
        ),
        "unknown-post",
    ),
    "a stated time without urgency": (
        stage(f'{REVIEW}\nlimit = {{ amount = 1, unit = "hours", stated = true }}'),
        "missing-key",
    ),
    "doubts of what is no set": (
        GRADE + '[doubts]\nattribute = "grade"\n',
        "unknown-attribute",
    ),
    "doubts raised where there is nobody": (
        f'{DOUBTS}raised_at = ["nowhere"]\n',
        "unknown-stage",
    ),
    "levels that leave one out": (f'{GRADE}levels = ["c", "a"]\n', "unknown-value"),
    "lowered where there is nobody": (
        f'{GRADE}lowered_at = ["nowhere"]\n',
        "unknown-stage",
    ),
    "words that set nothing": (
        '[[triggers]]\nattribute = "sensitive"\nwords = ["事故"]\n',
        "unknown-attribute",
    ),
    "a list that is not there": (
        GRADE + '[[triggers]]\nattribute = "grade"\nvalue = "a"\nlist = "none"\n',
        "unknown-list",
    ),
    "a minimum of nonsense": (
        '[[minimum]]\nkind = "dance"\nnumber = 3\n',
        "unknown-value",
    ),
    "another definition without a condition": (
        '[[uses]]\nprocess = "other"\n',
        "missing-key",
    ),
    "another definition on a path": (
        '[hand_over]\nprocess = "../secret"\nagency = "某局"\n',
        "bad-id",
    ),
    "a member of a set that is not there": (
        '[[exclusive]]\nid = "apart"\nstages = ["sign", "nowhere"]\n',
        "unknown-stage",
    ),
    "a channel published twice": (
        '[publish]\nactor = { post = "clerk" }\n[[publish.by_channel]]\n'
        'channels = ["wechat"]\nactor = { post = "clerk" }\n[[publish.by_channel]]\n'
        'channels = ["wechat"]\nactor = { post = "deputy" }\n',
        "repeated",
    ),
    "published by a body": (
        BODY + '[publish]\nactor = { body = "bureau", recorded_by = "clerk" }\n',
        "body-signs",
    ),
    "a list compared as text": (
        stage(f"{REVIEW}\nwhen = 'section in white_list'"),
        "condition-syntax",
    ),
}

UNSOUND = {
    "silence is the last word": (
        BODY
        + "[[stages]]\n"
        + 'id = "sign2"\nname = "审核"\nactor = { post = "deputy" }\n'
        + 'acts = [{ kind = "review" }]\n'
        + '# replace: acts = [{ kind = "sign_off" }] => '
        + f'acts = [{ASK}, limit = {{ amount = 1, unit = "hours", '
        + 'silence = "deemed_approved", basis = "视为同意" } }]\n',
        "silence-publishes",
    ),
    "nobody but a body approves": (
        BODY
        + '# replace: acts = [{ kind = "sign_off" }] => acts = [{ kind = "review" }]\n'
        + '# replace: actor = { post = "principal" } => '
        + 'actor = { body = "bureau", recorded_by = "clerk" }\n',
        "nobody-approves",
    ),
    "a channel with nobody": (
        '# replace: acts = [{ kind = "sign_off" }] => '
        'acts = [{ kind = "sign_off" }]\\nchannels = ["website", "newspaper"]\n'
        + stage('acts = [{ kind = "proofread" }]'),
        "channel-unapproved",
    ),
    "a block that always holds": (
        GRADE
        + stage(
            f"{REVIEW}\nwhen = 'grade == \"a\"'\n"
            'blocks = [{ when = \'grade != "c"\', text = "不得同意" }]'
        ),
        "always-blocked",
    ),
    "a block that never holds": (
        GRADE
        + stage(
            f"{REVIEW}\n"
            'blocks = [{ when = \'grade == "a" and grade == "b"\', text = "无" }]'
        ),
        "never-true",
    ),
    "a doubt that nobody answers": (
        DOUBTS + stage(f"{REVIEW}\nwhen = '\"law\" in doubts'"),
        "doubt-unheard",
    ),
    "a doubt that skips a stage": (
        DOUBTS
        + stage(f'{REVIEW}\nwhen = \'not ("law" in doubts or "secrecy" in doubts)\''),
        "raise-skips",
    ),
    "a middle level that skips a stage": (
        f'{GRADE}levels = ["c", "b", "a"]\n'
        + stage(f"{REVIEW}\nwhen = 'grade != \"b\"'"),
        "raise-skips",
    ),
    "a replacement that is not declared": (
        f'{GRADE}replaces = ["sign"]\n' + stage(f"{REVIEW}\nwhen = 'grade == \"c\"'"),
        "raise-skips",
    ),
    "urgent is slower": (
        '[attributes.pace]\nlabel = "缓急"\nvalues = { calm = "平件", now = "急件" }\n'
        '[urgency]\nattribute = "pace"\nurgent = "now"\n'
        + stage(f'{REVIEW}\nlimit = {{ amount = 2, unit = "hours", urgent = 3 }}'),
        "urgent-slower",
    ),
    "too few for the important": (
        GRADE
        + stage('acts = [{ kind = "proofread", passes = 3 }]')
        + '[[minimum]]\nkind = "proofread"\nnumber = 3\n'
        + '[[minimum]]\nkind = "proofread"\nnumber = 4\nwhen = \'grade == "a"\'\n',
        "too-few-passes",
    ),
    "the drafter may not check her own": (
        stage(REVIEW, '{ relation = "drafter" }')
        + '[[exclusive]]\nid = "apart"\nstages = ["drafting", "extra"]\n',
        "drafter-excluded",
    ),
    "different and the same": (
        stage(REVIEW)
        + '[[exclusive]]\nid = "apart"\nstages = ["extra", "sign"]\n'
        + '[[same_person]]\nid = "one"\nstages = ["extra", "sign"]\n',
        "contradictory-sets",
    ),
    "the meaning is nobody's": (
        stage('acts = [{ kind = "proofread" }]')
        + '# replace: acts = [{ kind = "sign_off" }] => '
        + 'acts = [{ kind = "sign_off" }]\\nindependent_of = ["body"]\n',
        "unsigned-part",
    ),
    "the wording is nobody's": (
        '# replace: acts = [{ kind = "sign_off" }] => '
        'acts = [{ kind = "sign_off" }]\\nbinds = "meaning"\n'
        + stage('acts = [{ kind = "proofread" }]', '{ relation = "drafter" }'),
        "unsigned-part",
    ),
    "sends articles to itself": (
        GRADE + '[[uses]]\nprocess = "sample"\nwhen = \'grade == "a"\'\n',
        "uses-itself",
    ),
    "uses another one never": (
        GRADE
        + '[[uses]]\nprocess = "other"\nwhen = \'grade == "a" and grade == "b"\'\n',
        "never-true",
    ),
    "a channel stage that is never climbed": (
        stage(f'{REVIEW}\nchannels = ["wechat"]\nwhen = \'"wechat" not in channels\''),
        "never-true",
    ),
}
FOLLOWS_FROM = {
    "nobody-approves": ("unsigned-part",),
    "channel-unapproved": ("unsigned-part", "nobody-approves"),
}
WITH_A_PATH = {
    "silence-publishes",
    "nobody-approves",
    "channel-unapproved",
    "always-blocked",
    "raise-skips",
    "too-few-passes",
    "unsigned-part",
}


def faults(text: str) -> tuple[Fault, ...]:
    try:
        return check(read_definition(text)).faults
    except DefinitionFaults as refused:
        return refused.faults


def test_what_the_broken_ones_are_made_of_is_sound() -> None:
    assert faults(definition_text("base")) == ()
    assert faults(whole(BODY + GRADE + stage(REVIEW))) == ()


@pytest.mark.parametrize("name", UNREADABLE)
def test_it_cannot_be_read_for_its_own_reason(name: str) -> None:
    fragment, code = UNREADABLE[name]
    with pytest.raises(DefinitionFaults) as refused:
        read_definition(whole(fragment))
    assert {fault.code for fault in refused.value.faults} == {code}


@pytest.mark.parametrize("name", UNSOUND)
def test_it_is_unsound_for_its_own_reason(name: str) -> None:
    fragment, code = UNSOUND[name]
    found = check(read_definition(whole(fragment))).faults
    codes = {fault.code for fault in found}
    assert code in codes
    assert codes <= {code, *FOLLOWS_FROM.get(code, ())}
    if code in WITH_A_PATH:
        assert all(fault.path for fault in found)


def test_there_are_enough_of_them() -> None:
    assert len(UNREADABLE) + len(UNSOUND) >= 40
