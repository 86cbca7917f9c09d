"""Every form of the product, filled in well: who sends it, from which page, what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.screens.house import House
from tests.small_town import PASSWORD
from tests.web_client import Browserlike

FROM_THE_PAGE = ("revision", "seen", "article", "copy", "sequence")
WRITTEN = {
    "title": "示例镇召开会议",
    "body": "3月4日，示例镇召开会议。",
    "section": "farming",
    "channels": "website",
    "importance": "ordinary",
}
SUBMITTED = "/articles/{submitted}"
LONG = "Zhang-Lang_4417!"


@dataclass(frozen=True)
class Form:
    """One form.

    Args:
        endpoint: the view that takes it.
        login: who sends it.
        page: where it stands; ``{article_id}`` and the like from the furnished town.
        address: where it goes.
        sent: what is filled in.
        texts: fields in which a person writes freely.
    """

    endpoint: str
    login: str
    page: str
    address: str
    sent: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[str, ...] = ()


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
        "sections.make",
        "sysadmin",
        "/sections/new",
        "/sections/new",
        {"code": "culture", "name": "文化服务", "report_column": "工作动态"},
        ("code", "name", "report_column"),
    ),
    Form(
        "sections.change",
        "sysadmin",
        "/sections/{section_id}",
        "/sections/{section_id}",
        {"name": "农业", "report_column": "工作动态"},
        ("name", "report_column"),
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
    Form(
        "requests.register",
        "registrar",
        "/requests/new",
        "/requests/new",
        {
            "received_on": "2024-03-01",
            "way": "邮寄",
            "applicant_kind": "natural",
            "applicant_name": "张示例",
            "wants": "示例村道养护资金使用情况",
        },
        ("received_on", "applicant_name", "wants"),
    ),
    Form(
        "requests.answer",
        "registrar",
        "/requests/{request_id}",
        "/requests/{request_id}/answer",
        {
            "outcome": "granted",
            "text": "现予公开。",
            "basis": "",
            "answered_on": "2024-03-04",
        },
        ("text", "basis", "answered_on"),
    ),
    Form(
        "registers.add",
        "registrar",
        "/registers/new",
        "/registers/new",
        {
            "kind": "punishment",
            "number": "示例9号",
            "title": "示例处罚案",
            "dated": "2024-03-01",
            "source": "示例台账",
            "amount_yuan": "",
            "repealed_on": "",
        },
        ("number", "title", "dated", "source", "amount_yuan", "repealed_on"),
    ),
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
        "handling.circulate",
        "drafter",
        "/articles/{submitted}/circulate",
        "/articles/{submitted}/circulate",
        {"people": "{person_id}", "note": "请阅。"},
        ("note",),
    ),
    Form("handling.urge", "drafter", SUBMITTED, f"{SUBMITTED}/urge"),
    Form("handling.take_over", "director", SUBMITTED, f"{SUBMITTED}/take-over"),
    Form(
        "handling.take_back",
        "director",
        "/articles/{at_deputy}",
        "/articles/{at_deputy}/take-back",
    ),
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


def name_of(form: Form) -> str:
    """How a test calls it."""
    return form.address if form.endpoint == "articles.decide" else form.endpoint


def placed(house: House, words: str, *, theirs: bool = False) -> str:
    """An address or a value with the ids in it."""
    ids = house.ids.neighbours if theirs else house.ids.mine
    mark = house.marks["director" if theirs else "drafter"]
    return words.format(**ids, mark=mark)


def filled(house: House, browser: Browserlike, form: Form) -> dict[str, object]:
    """The form as a person sends it: what stands on its page, and what she fills in."""
    page = browser.get(placed(house, form.page))
    found: dict[str, object] = {
        one["name"]: one.get("value", "")
        for one in page.fields
        if one.get("name") in FROM_THE_PAGE
    }
    found |= {
        one["name"]: "yes"
        for one in page.fields
        if one.get("name", "").startswith("check-")
    }
    sent = {
        name: placed(house, value) if isinstance(value, str) else value
        for name, value in form.sent.items()
    }
    return {**found, **sent}
