"""Every refusal has a status and a page: what happened, which rule, who can help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from web import typed
from web.clock import now
from web.login import is_for_machines
from web.transaction import READING, apart, close, occasion
from workflow.audit.acts import Subject, record_refusal
from workflow.errors import (
    CalendarUnknown,
    InvalidInput,
    NotFound,
    NotPermitted,
    SignInRefused,
    Superseded,
    TooOften,
    TrailBroken,
    WorkflowError,
    WrongState,
)
from workflow.occasion import Occasion

STATUS: dict[type[WorkflowError], int] = {
    NotFound: 404,
    NotPermitted: 403,
    WrongState: 409,
    Superseded: 409,
    InvalidInput: 422,
    CalendarUnknown: 409,
    TooOften: 429,
    TrailBroken: 503,
    WorkflowError: 409,
}
RECORDED = (NotFound, NotPermitted, Superseded)

HTTP_SENTENCES = {
    400: ("请求无法识别", "提交的内容不完整，没有办理。请返回后重新提交。"),
    401: ("登录已过期", "您离开太久，登录已过期，这次没有保存。请重新登录后再提交。"),
    404: ("没有这个页面", "没有找到您要的页面，可能已被移走，或地址有误。"),
    405: ("方式不对", "这个地址不能这样打开，请从页面上的按钮进入。"),
    413: ("内容太大", "提交的内容或附件超过大小限制，没有保存。请压缩或分开后再提交。"),
    429: ("操作太频繁", "操作太频繁，请稍等几分钟再试。"),
    500: ("系统出错", "系统出了错，这次没有保存。请把下面的编号告诉系统管理员。"),
    503: ("系统繁忙", "系统正忙，这次没有保存。请稍等一会儿再提交一次。"),
}
CSRF_SENTENCE = (
    "页面已过期",
    "页面打开太久或已重新登录，为安全起见没有保存。请返回刷新后再提交。",
)
TITLES = {403: "不能办理", 404: "没有找到", 409: "没有办理", 422: "填写有误"}


@dataclass(frozen=True)
class Refusal:
    """What the error page says."""

    status: int
    title: str
    message: str
    rule: str = ""
    basis: str = ""
    help_from: str = ""
    fields: Mapping[str, list[str]] = field(default_factory=dict)


def status_of(kind: type[WorkflowError]) -> int:
    """The HTTP status of a refusal: that of its nearest ancestor in the table."""
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def join(app: Flask) -> None:
    """Answer every refusal and every accident with a page of our own."""
    app.register_error_handler(WorkflowError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _accident)


def _refused(error: WorkflowError) -> ResponseReturnValue:
    close()
    g.refused = True
    _note(error)
    status = status_of(type(error))
    again = _the_form_again(error)
    if again is not None:
        return again, status
    title = TITLES.get(status, "没有办理")
    fields = error.fields if isinstance(error, InvalidInput) else {}
    return _page(
        Refusal(
            status,
            title,
            error.message,
            error.rule,
            error.basis,
            error.help_from,
            fields,
        )
    )


def _note(error: WorkflowError) -> None:
    """Record the refused attempt in a transaction of its own, after the rollback."""
    attempted = request.method not in READING or isinstance(error, NotPermitted)
    by = _who()
    if by is None or not attempted or not isinstance(error, RECORDED):
        return
    on = Subject(
        str(error.facts.get("kind", "page")),
        str(error.facts.get("id", request.path))[:80],
        details={"endpoint": request.endpoint or ""},
    )
    apart(lambda session: record_refusal(session, by, error, on))


def _who() -> Occasion | None:
    """Who was refused: the person signed in, or the one who knocked (``g.door``)."""
    at_the_door: Occasion | None = g.get("door")
    if at_the_door is not None:
        return at_the_door if at_the_door.agency_id else None
    return occasion() if g.get("me") is not None else None


def _the_form_again(error: WorkflowError) -> str | None:
    """The form's own page with what was typed and what is wrong beside each field."""
    view = current_app.view_functions.get(request.endpoint or "")
    again = getattr(view, "again", None)
    after = (InvalidInput, SignInRefused, *getattr(view, "again_after", ()))
    if again is None or not isinstance(error, after):
        return None
    g.form_error = error
    try:
        return str(again(**(request.view_args or {})))
    except WorkflowError:
        return None
    finally:
        close()


def problem(refusal: Refusal) -> ResponseReturnValue:
    """The same refusal as a problem document (RFC 9457), for programs."""
    document: dict[str, object] = {
        "type": f"urn:sanshen:rule:{refusal.rule}" if refusal.rule else "about:blank",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.message,
        "instance": f"urn:sanshen:request:{g.get('request_id', '')}",
    }
    more = {
        "rule": refusal.rule,
        "basis": refusal.basis,
        "help_from": refusal.help_from,
        "fields": dict(refusal.fields),
    }
    document.update({name: value for name, value in more.items() if value})
    answer = current_app.json.response(document)
    answer.content_type = "application/problem+json"
    return answer, refusal.status


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _page(Refusal(400, *CSRF_SENTENCE, rule="csrf"))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    title, sentence = HTTP_SENTENCES.get(status, HTTP_SENTENCES[400])
    return _page(Refusal(status, title, sentence))


def _busy(error: OperationalError) -> ResponseReturnValue:
    close()
    current_app.logger.warning("database busy, request %s: %s", g.request_id, error)
    return _page(Refusal(503, *HTTP_SENTENCES[503]))


def _accident(error: Exception) -> ResponseReturnValue:
    close()
    current_app.logger.error("request %s failed", g.request_id, exc_info=error)
    if current_app.testing or current_app.debug:
        raise error
    return _page(Refusal(500, *HTTP_SENTENCES[500]))


def _page(refusal: Refusal) -> ResponseReturnValue:
    if is_for_machines() or request.is_json:
        return problem(refusal)
    g.setdefault("me", None)
    # translated here and not in the template, where _() would trust what a person typed
    context: dict[str, Any] = {
        "refusal": refusal,
        "title": gettext(refusal.title),
        "message": gettext(refusal.message),
        "at": now(),
    }
    if request.method not in READING:
        context["rescued"] = typed.fields()
    return render_template("error.html", **context), refusal.status
