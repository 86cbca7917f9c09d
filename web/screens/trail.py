"""The trail: read, filtered, verified, taken away as a file."""

from __future__ import annotations

import json
from datetime import time, timedelta
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.audit import AuditEntry
from models.people import Role
from web import asked
from web.display import full_moment
from web.login import may_enter, may_reach
from web.spreadsheet import spreadsheet
from web.trail_words import KINDS, OUTCOMES, Line, act_words, line
from web.transaction import db, occasion, peek
from workflow.actions import Action
from workflow.audit import acts, questions
from workflow.audit.permits import Sight, may_read
from workflow.audit.questions import TrailFilter
from workflow.calendar import town_moment
from workflow.people.questions import name_of

screen = Blueprint("trail", __name__)
READERS = (Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.LEADER)
FILTERS = ("person", "act", "object_kind", "object_id", "outcome", "since", "until")
PAGE = 50
EXPORT_MAX = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEEN: dict[Sight, str] = {
    Sight.ALL: "您是审计管理员，看到全部留痕。",
    Sight.ORDINARY: "您是安全管理员，看到除三员以外人员的留痕。",
    Sight.ARTICLES: "您看到的是稿件的留痕。",
}
HEADS = (
    "序号",
    "时间",
    "人员",
    "事项",
    "对象",
    "结果",
    "规则",
    "意见",
    "详情",
    "稿件摘要",
    "来源地址",
    "链值",
)


@screen.get("/trail")
@may_enter(*READERS)
def show() -> ResponseReturnValue:
    """One page of the trail, the newest first."""
    sight, wanted = may_read(db(), occasion()), _wanted()
    before, agency = asked.number("before"), g.me.agency_id
    found = questions.entries(db(), agency, wanted, before, PAGE + 1, sight=sight)
    page = found[:PAGE]
    return render_template(
        "trail/show.html",
        lines=_lines(page),
        seen=gettext(SEEN[sight]),
        acts=[(act.value, act_words(act)) for act in Action],
        kinds=[(kind, gettext(word)) for kind, word in KINDS.items()],
        outcomes=[(one, gettext(word)) for one, word in OUTCOMES.items()],
        older=_older(found),
        newer=_newer(page, wanted, sight) if before is not None else "",
        last=questions.last_verification(db(), agency) if sight is Sight.ALL else None,
        keeps=may_reach("trail.verify"),
        filtered=_filtered(),
        most=EXPORT_MAX,
    )


@screen.post("/trail/verify")
@may_enter(Role.AUDIT_ADMINISTRATOR)
def verify() -> ResponseReturnValue:
    """Recompute the chain, and put the verdict on record.

    The recomputing is done before the writing begins: nobody waits for it.
    """
    by = occasion()
    verdict = peek(lambda session: acts.verify_trail(session, by))
    acts.note_verdict(db(), by, verdict)
    if verdict.ok:
        flash(gettext("校验完毕：留痕完整，共%(n)d条。", n=verdict.entries))
    else:
        flash(gettext("校验完毕：留痕不完整，请看下面。"))
    return redirect(url_for("trail.show"), 303)


@screen.post("/trail.xlsx")
@may_enter(Role.AUDIT_ADMINISTRATOR)
def export() -> ResponseReturnValue:
    """The matching entries as a file; who took it stands in the trail."""
    found = acts.export_trail(db(), occasion(), _wanted(), EXPORT_MAX)
    heads = [gettext(head) for head in HEADS]
    content = spreadsheet(gettext("留痕"), heads, map(_row, _lines(found)))
    answer = Response(content, mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.xlsx"'
    return answer


def _wanted() -> TrailFilter:
    since, until = asked.day("since", "起始日期"), asked.day("until", "截止日期")
    sent = {name: request.values.get(name, "").strip()[:80] for name in FILTERS[:5]}
    midnight = time(0)
    return TrailFilter(
        **sent,
        since=town_moment(since, midnight) if since else None,
        until=town_moment(until + timedelta(days=1), midnight) if until else None,
    )


def _filtered() -> dict[str, str]:
    """What the address filters by: only names we know."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _lines(entries: list[AuditEntry]) -> list[Line]:
    ids = {e.object_id for e in entries if e.object_kind == "person"}
    names = {id_: name_of(db(), int(id_)) for id_ in ids if id_.isdigit()}
    return [line(entry, names) for entry in entries]


def _older(found: list[AuditEntry]) -> str:
    return _page(found[PAGE - 1].seq) if len(found) > PAGE else ""


def _newer(page: list[AuditEntry], wanted: TrailFilter, sight: Sight) -> str:
    first = page[0].seq if page else 0
    start = questions.newer_start(
        db(), g.me.agency_id, wanted, first, PAGE, sight=sight
    )
    return _page(start) if start else ""


def _page(before: int) -> str:
    asked_for = {**_filtered(), "before": str(before)}
    return f"{url_for('trail.show')}?{urlencode(asked_for)}"


def _row(one: Line) -> list[str]:
    entry = one.entry
    return [
        str(entry.seq),
        full_moment(entry.at),
        one.who,
        one.act,
        one.thing,
        one.outcome,
        entry.rule,
        one.opinion,
        json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
        entry.digest,
        entry.address,
        entry.link,
    ]
