"""Every form of the product, filled in well: who sends it, from which page, what."""

from __future__ import annotations

from tests.screens import request_forms
from tests.screens.board_forms import BOARD_FORMS
from tests.screens.finding_forms import FINDING_FORMS
from tests.screens.form import Form
from tests.screens.public_forms import PUBLIC_FORMS
from tests.screens.report_forms import REPORT_FORMS
from tests.screens.sharing_forms import SHARING_AND_RULES
from tests.screens.special_forms import SPECIAL_FORMS
from tests.small_town import PASSWORD

WRITTEN = {
    "title": "示例镇召开会议",
    "body": "3月4日，示例镇召开会议。",
    "section": "farming",
    "channels": "website",
    "importance": "ordinary",
}
SUBMITTED = "/articles/{submitted}"
LONG = "Zhang-Lang_4417!"


DECISIONS = {
    "hold": ("director", "submitted"),
    "raise": ("deputy", "at_deputy"),
    "lower": ("principal", "at_principal"),
    "recall": ("drafter", "submitted"),
    "reject": ("director", "submitted"),
    "withdraw": ("drafter", "drafted"),
}
FORMS = (
    Form("front.set_view", "", "/login", "/view", {"language": "en", "back": "/login"}),
    Form(
        "access.enter",
        "",
        "/login",
        "/login",
        {"login": "drafter", "password": PASSWORD, "next": ""},
        ("login",),
    ),
    Form(
        "access.set_password",
        "drafter",
        "/password",
        "/password",
        {
            "password": PASSWORD,
            "new_password": LONG,
            "new_password_again": LONG,
        },
    ),
    Form("access.logout", "drafter", "/password", "/logout"),
    Form("access.end", "drafter", "/sessions", "/sessions/{mark}/end"),
    Form(
        "people.add",
        "sysadmin",
        "/people/new",
        "/people/new",
        {"name": "示例新人", "login": "xinren", "entered_on": "2024-03-01"},
        ("name", "login", "entered_on"),
    ),
    Form(
        "people.grant",
        "secadmin",
        "/people/{person_id}",
        "/people/{person_id}/roles",
        {"role": "inspector"},
    ),
    Form(
        "people.take",
        "secadmin",
        "/people/{person_id}",
        "/people/{person_id}/roles/take",
        {"role": "publisher"},
    ),
    Form(
        "people.reset", "secadmin", "/people/{person_id}", "/people/{person_id}/reset"
    ),
    Form(
        "people.unlock", "secadmin", "/people/{person_id}", "/people/{person_id}/unlock"
    ),
    Form(
        "people.leave",
        "sysadmin",
        "/people/{person_id}/leave",
        "/people/{person_id}/leave",
        {"on": "2024-03-31"},
        ("on",),
    ),
    Form(
        "posts.make",
        "sysadmin",
        "/posts/new",
        "/posts/new",
        {"code": "deputy_head", "title": "副镇长二"},
        ("code", "title"),
    ),
    Form(
        "posts.fill",
        "sysadmin",
        "/posts/{post_id}/fill",
        "/posts/{post_id}/fill",
        {"person": "{person_id}", "slot": "B", "since": "2024-03-04"},
        ("since",),
    ),
    Form(
        "posts.leave",
        "sysadmin",
        "/posts/holdings/{holding_id}/leave",
        "/posts/holdings/{holding_id}/leave",
        {"until": "2024-03-31"},
        ("until",),
    ),
    Form(
        "posts.set_portfolio",
        "sysadmin",
        "/posts/{post_id}/portfolio",
        "/posts/{post_id}/portfolio",
        {"sections": "{section_id}"},
    ),
    Form(
        "absences.record",
        "sysadmin",
        "/absences/new",
        "/absences/new",
        {
            "person": "{person_id}",
            "first_day": "2024-03-11",
            "last_day": "2024-03-12",
            "reason": "参加培训",
        },
        ("first_day", "last_day", "reason"),
    ),
    Form("absences.cancel", "sysadmin", "/absences", "/absences/{absence_id}/cancel"),
    Form(
        "articles.sign",
        "director",
        "/articles/{submitted}",
        "/articles/{submitted}/sign",
        {"opinion": "同意。"},
        ("opinion",),
    ),
    Form(
        "articles.send_back",
        "director",
        "/articles/{submitted}",
        "/articles/{submitted}/send-back",
        {
            "to": "drafting",
            "opinion": "请核对日期。",
            "finding-1-kind": "fact",
            "finding-1-quote": "3月4日",
            "finding-1-note": "日期与通知不符。",
        },
        ("opinion", "finding-1-quote", "finding-1-note"),
    ),
    Form(
        "articles.publish",
        "publisher",
        "/articles/{cleared}",
        "/articles/{cleared}/publish",
        {"opinion": ""},
        ("opinion",),
    ),
    *SPECIAL_FORMS,
    *(
        Form(
            "articles.decide",
            login,
            f"/articles/{{{story}}}",
            f"/articles/{{{story}}}/{what}",
            {"opinion": "另有安排。"},
            ("opinion",),
        )
        for what, (login, story) in DECISIONS.items()
    ),
    Form(
        "drafts.create",
        "drafter",
        "/articles/new",
        "/articles/new",
        WRITTEN,
        ("title", "body"),
    ),
    Form(
        "drafts.save",
        "drafter",
        "/articles/{returned}/edit",
        "/articles/{returned}/edit",
        {**WRITTEN, "answer-1": "kept", "reply-1": "与通知一致。"},
        ("title", "body", "reply-1"),
    ),
    Form(
        "drafts.submit",
        "drafter",
        "/articles/{drafted}/submit",
        "/articles/{drafted}/submit",
        {"opinion": "请审。"},
        ("opinion",),
    ),
    Form(
        "drafts.preview",
        "drafter",
        "/articles/new",
        "/articles/preview",
        WRITTEN,
        ("title", "body"),
    ),
    Form(
        "drafts.autosave",
        "drafter",
        "/articles/{drafted}/edit",
        "/autosave",
        WRITTEN,
        ("title", "body"),
    ),
    Form("drafts.discard", "drafter", "/articles/new", "/articles/copies/discard"),
    Form(
        "ledger.export",
        "drafter",
        "/ledger",
        "/ledger.xlsx",
        {"words": "示例", "drafter": "示例", "since": "2024-01-01"},
        ("words", "drafter", "since"),
    ),
    Form(
        "rounds.log",
        "inspector",
        "/rounds/checks/{check_id}",
        "/rounds/checks/{check_id}",
        {
            "way": "on_site",
            "fault": "dirty",
            "note-dirty": "玻璃积灰",
            "by-dirty": "2024-03-08",
            "looked_at": "2024-03-04T08:50",
            "note": "下雨",
        },
        ("note-dirty", "by-dirty", "looked_at", "note"),
    ),
    Form(
        "rounds.fixed", "inspector", "/rounds/faults", "/rounds/faults/{fault_id}/fixed"
    ),
    *BOARD_FORMS,
    *PUBLIC_FORMS,
    *request_forms.FORMS,
    *REPORT_FORMS,
    *FINDING_FORMS,
    Form("notices.read", "drafter", "/notices", "/notices/{notice_id}/read"),
    Form("notices.read_all", "drafter", "/notices", "/notices/read"),
    Form(
        "phrases.keep",
        "drafter",
        "/phrases",
        "/phrases",
        {"words": "同意，请抓紧办理。"},
        ("words",),
    ),
    Form("phrases.drop", "drafter", "/phrases", "/phrases/{phrase_id}/drop"),
    Form(
        "tokens.make",
        "drafter",
        "/tokens",
        "/tokens",
        {"name": "示例程序", "days": "30"},
        ("name", "days"),
    ),
    Form("tokens.end", "drafter", "/tokens", "/tokens/{token_id}/end"),
    *SHARING_AND_RULES,
    Form("trail.verify", "audadmin", "/trail", "/trail/verify"),
    Form(
        "trail.export",
        "audadmin",
        "/trail",
        "/trail.xlsx",
        {"person": "示例", "since": "2024-01-01"},
        ("person", "since"),
    ),
)
