"""The forms about findings and the town's own tables."""

from __future__ import annotations

from tests.screens.form import Form

FINDING_FORMS = (
    *(
        Form(
            f"findings.{what}",
            login,
            "/articles/{prechecked}",
            f"/articles/{{prechecked}}/findings/{{{finding}}}/{what}",
            {"choice": "0", "reason": "与原件一致。"},
            ("reason",) if what != "fix" else (),
        )
        for what, login, finding in (
            ("fix", "drafter", "blocking"),
            ("keep", "drafter", "finding_id"),
            ("plead", "drafter", "blocking"),
            ("overrule", "director", "blocking"),
        )
    ),
    Form(
        "findings.note",
        "director",
        "/articles/{submitted}",
        "/articles/{submitted}/findings",
        {
            "noted-kind": "fact",
            "noted-grade": "warn",
            "noted-part": "body",
            "noted-quote": "3月4日",
            "noted-which": "1",
            "noted-note": "日期与通知不符。",
        },
        ("noted-quote", "noted-which", "noted-note"),
    ),
    Form(
        "findings.withdraw",
        "director",
        "/articles/{noted}",
        "/articles/{noted}/findings/{noted_finding}/withdraw",
        {"reason": "看错了。"},
        ("reason",),
    ),
    Form(
        "findings.answer",
        "drafter",
        "/articles/{noted}",
        "/articles/{noted}/findings/{noted_finding}/answer",
        {"answer": "kept", "reply": "与通知一致。"},
        ("reply",),
    ),
    Form(
        "findings.escaped",
        "drafter",
        "/articles/{published}",
        "/articles/{published}/escaped",
        {
            "escaped-kind": "fact",
            "escaped-quote": "3月4日",
            "escaped-note": "日期与通知不符。",
        },
        ("escaped-quote", "escaped-note"),
    ),
    Form(
        "lexicon.enter",
        "director",
        "/lexicon?kind=word",
        "/lexicon?kind=word",
        {
            "kind": "word",
            "text": "村委居委",
            "more": "村（居）",
            "grade": "warn",
            "since": "2024-03-04",
            "reason": "示例依据",
        },
        ("text", "more", "since", "reason"),
    ),
    Form(
        "lexicon.end",
        "director",
        "/lexicon/{table_entry}",
        "/lexicon/{table_entry}/end",
        {"on": "2024-03-31", "reason": "撤并（示例）"},
        ("on", "reason"),
    ),
)
