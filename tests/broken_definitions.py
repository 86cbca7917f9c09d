"""Definitions that cannot be read: what is changed, and the fault it must give."""

from __future__ import annotations

CHIEF_ACTOR = 'actor = { post = "chief" }'
CHIEF_LIMIT = 'limit = { amount = 2, unit = "working_days" }'
CHIEF_ACTS = 'acts = [{ kind = "review" }, { kind = "proofread" }]'
DECIDE = 'acts = [{ kind = "decide" }]'

BROKEN = {
    "not toml": (('title = "示例流程"', "title = 示例"), "not-toml", "title ="),
    "unknown key of the file": (("[publish]", "[publsh]"), "unknown-key", "[publsh]"),
    "unknown key of a stage": (
        ('name = "主任审核"', 'name = "主任审核"\nnme = "x"'),
        "unknown-key",
        "nme =",
    ),
    "unknown key of an act": (
        (DECIDE, 'acts = [{ kind = "decide", who = "x" }]'),
        "unknown-key",
        '"decide", who',
    ),
    "unknown key of a limit": (
        (CHIEF_LIMIT, 'limit = { amount = 2, unit = "hours", pause = true }'),
        "unknown-key",
        "pause =",
    ),
    "missing title": (('title = "示例流程"', ""), "missing-key", "[process]"),
    "missing name": (('name = "领导审定"', ""), "missing-key", None),
    "number not a number": (("number = 1", 'number = "1"'), "wrong-type", "number ="),
    "number zero": (("number = 1", "number = 0"), "wrong-type", "number ="),
    "flag as text": (("joint = true", 'joint = "yes"'), "wrong-type", "joint ="),
    "empty name": (('name = "领导审定"', 'name = " "'), "wrong-type", 'name = " "'),
    "stage named like a state": (
        ('id = "decision"', 'id = "published"'),
        "bad-id",
        '"published"',
    ),
    "stage twice": (
        ('id = "decision"', 'id = "check"'),
        "duplicate-id",
        None,
    ),
    "post named like a relation": (
        ('chief = "主任"', 'drafter = "主任"'),
        "bad-id",
        "drafter =",
    ),
    "same act twice": (
        (DECIDE, 'acts = [{ kind = "decide" }, { kind = "decide" }]'),
        "duplicate-id",
        None,
    ),
    "unknown post": (
        (CHIEF_ACTOR, 'actor = { post = "chef" }'),
        "unknown-post",
        "chef",
    ),
    "relation as a post": (
        (CHIEF_ACTOR, 'actor = { post = "section_head" }'),
        "unknown-post",
        "section_head",
    ),
    "unknown relation": (
        (CHIEF_ACTOR, 'actor = { relation = "cousin" }'),
        "unknown-relation",
        "cousin",
    ),
    "attribute named like a word of the language": (
        ("[attributes.special]", "[attributes.not]"),
        "bad-id",
        "[attributes.not]",
    ),
    "attribute named like a fact that is always there": (
        ("[attributes.special]", "[attributes.section]"),
        "bad-id",
        "[attributes.section]",
    ),
    "actor in two ways": (
        (CHIEF_ACTOR, 'actor = { post = "chief", relation = "drafter" }'),
        "actor-unclear",
        'post = "chief", relation',
    ),
    "actor nobody": ((CHIEF_ACTOR, "actor = { any_of = [] }"), "no-actor", "any_of"),
    "count without any_of": (
        (CHIEF_ACTOR, 'actor = { relation = "section_head", count = 2 }'),
        "actor-unclear",
        "count = 2",
    ),
    "too many seats": (
        (CHIEF_ACTOR, 'actor = { any_of = ["chief"], count = 10 }'),
        "quorum-too-large",
        "count = 10",
    ),
    "no acts": ((CHIEF_ACTS, "acts = []"), "no-acts", "acts = []"),
    "unknown act kind": (
        (DECIDE, 'acts = [{ kind = "bless" }]'),
        "unknown-value",
        None,
    ),
    "publishing inside a stage": (
        (DECIDE, 'acts = [{ kind = "publish" }]'),
        "act-misplaced",
        None,
    ),
    "limit without a unit": (
        (CHIEF_LIMIT, "limit = { amount = 2 }"),
        "limit-without-unit",
        "amount = 2",
    ),
    "limit of nothing": (
        (CHIEF_LIMIT, 'limit = { amount = 0, unit = "hours" }'),
        "wrong-type",
        "amount = 0",
    ),
    "limit in weeks": (
        (CHIEF_LIMIT, 'limit = { amount = 1, unit = "weeks" }'),
        "unknown-value",
        "weeks",
    ),
    "silence approves": (
        (
            CHIEF_LIMIT,
            'limit = { amount = 1, unit = "hours", silence = "deemed_approved" }',
        ),
        "silence-publishes",
        "deemed_approved",
    ),
    "urgent limit, but nothing is urgent": (
        (CHIEF_LIMIT, 'limit = { amount = 2, unit = "hours", urgent = 1 }'),
        "urgent-undeclared",
        None,
    ),
    "unknown part": (
        ('independent_of = ["attributes.importance"]', 'depends_on = ["subtitle"]'),
        "unknown-part",
        "subtitle",
    ),
    "signature about nothing": (
        ('independent_of = ["attributes.importance"]', "depends_on = []"),
        "depends-on-nothing",
        "depends_on",
    ),
    "return upwards": (
        ("joint = true", 'joint = true\nreturns_to = ["decision"]'),
        "bad-return",
        "returns_to",
    ),
    "condition on an undeclared attribute": (
        ("or special'", "or secret'"),
        "condition-unknown-name",
        "secret",
    ),
    "condition on an undeclared value": (
        ('"major" or special', '"grave" or special'),
        "condition-unknown-value",
        "grave",
    ),
    "condition of the wrong type": (
        ("or special'", "or importance'"),
        "condition-type",
        "or importance",
    ),
    "condition that is code": (
        ("or special'", "or __import__(1)'"),
        "condition-syntax",
        "__import__",
    ),
    "empty condition": (
        ("when = 'importance == \"major\" or special'", "when = ''"),
        "condition-syntax",
        "when =",
    ),
    "exclusive with a stranger": (
        ('["check", "chief_review", "decision"]', '["check", "chif"]'),
        "unknown-stage",
        "chif",
    ),
    "exclusive of one": (
        ('stages = ["check", "chief_review", "decision"]', 'stages = ["check"]'),
        "set-too-small",
        "[[exclusive]]",
    ),
    "exclusive repeating itself": (
        ('["check", "chief_review", "decision"]', '["check", "check"]'),
        "repeated",
        '"check", "check"',
    ),
    "importance of an unknown attribute": (
        ('attribute = "importance"', 'attribute = "weight"'),
        "unknown-attribute",
        "weight",
    ),
    "importance raised to its default": (
        ('raised = "major"', 'raised = "ordinary"'),
        "unknown-value",
        "raised",
    ),
    "default outside the values": (
        ('type = "flag"', 'type = "flag"\ndefault = "maybe"'),
        "bad-default",
        "maybe",
    ),
    "attribute of an unknown type": (
        ('type = "flag"', 'type = "number"'),
        "unknown-value",
        '"number"',
    ),
    "joint by two posts": (
        (
            'joint = true\nactor = { relation = "drafter" }',
            'joint = true\nactor = { all_of = ["chief", "deputy"] }',
        ),
        "joint-by-many",
        "joint = true",
    ),
    "joint and parallel": (
        ("joint = true", "joint = true\nparallel = true"),
        "joint-parallel",
        "parallel",
    ),
    "posts without names": (('chief = "主任"', "chief = 1"), "wrong-type", None),
    "table as a number": (
        ("[process]", "urgency = 1\n\n[process]"),
        "wrong-type",
        "urgency = 1",
    ),
    "labels as a number": (
        ("[process]", "sections = 1\n\n[process]"),
        "wrong-type",
        "sections = 1",
    ),
    "attribute that is no table": (
        ("[attributes.special]", "[attributes]\npace = 1\n\n[attributes.special]"),
        "wrong-type",
        "pace = 1",
    ),
    "acts as a number": ((CHIEF_ACTS, "acts = 3"), "wrong-type", "acts = 3"),
    "list of numbers": (
        ('independent_of = ["attributes.importance"]', "independent_of = [1]"),
        "wrong-type",
        "independent_of",
    ),
    "values of a flag": (
        ('type = "flag"', 'type = "flag"\nvalues = { a = "甲" }'),
        "attribute-values",
        'a = "甲"',
    ),
    "number as a default": (
        ('type = "flag"', 'type = "flag"\ndefault = 3'),
        "bad-default",
        "default = 3",
    ),
    "urgent unit without an amount": (
        (
            CHIEF_LIMIT,
            'limit = { amount = 2, unit = "hours", urgent_unit = "hours" }',
        ),
        "missing-key",
        "urgent_unit",
    ),
    "act without a kind": (
        (DECIDE, 'acts = [{ basis = "审定" }]'),
        "missing-key",
        None,
    ),
    "dependence said twice": (
        (
            'independent_of = ["attributes.importance"]',
            'independent_of = ["title"]\ndepends_on = ["body"]',
        ),
        "depends-twice",
        "depends_on =",
    ),
    "publisher many": (
        ('actor = { post = "clerk" }', 'actor = { all_of = ["clerk", "chief"] }'),
        "publish-by-many",
        '"clerk", "chief"',
    ),
}
