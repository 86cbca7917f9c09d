"""The verbs of the office: one member in permission table, trail and button."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Everything a person or the timer can do that leaves a trace."""

    # articles
    DRAFT = "article.draft"
    REVISE = "article.revise"
    SUBMIT = "article.submit"
    SIGN = "article.sign"
    SEND_BACK = "article.send_back"
    HOLD = "article.hold"
    RESUME = "article.resume"
    RAISE = "article.raise"
    LOWER = "article.lower"
    RECALL = "article.recall"
    REJECT = "article.reject"
    ANSWER = "article.answer_finding"
    PUBLISH = "article.publish"
    WITHDRAW = "article.withdraw"
    TAKE_BACK = "article.take_back"
    TAKE_OVER = "article.take_over"
    URGE = "article.urge"
    CIRCULATE = "article.circulate"
    OBJECT = "article.object"
    DOUBT = "article.doubt"
    DEEM = "article.deem"
    REMIND = "article.remind"
    ALERT = "article.alert"
    # notices
    READ_NOTICE = "notice.read"
    # people
    SIGN_IN = "person.sign_in"
    SIGN_OUT = "person.sign_out"
    SESSION_END = "person.session_end"
    CHANGE_PASSWORD = "person.change_password"  # noqa: S105 -- a verb
    RESET_PASSWORD = "person.reset_password"  # noqa: S105 -- a verb
    UNLOCK = "person.unlock"
    MAKE_TOKEN = "token.make"  # noqa: S105 -- a verb
    END_TOKEN = "token.end"  # noqa: S105 -- a verb
    ADD_PERSON = "person.add"
    PERSON_LEAVES = "person.leave"
    GRANT_ROLE = "person.grant_role"
    TAKE_ROLE = "person.take_role"
    MAKE_POST = "post.make"
    FILL_POST = "post.fill"
    LEAVE_POST = "post.leave"
    DELEGATE = "post.delegate"
    END_DELEGATION = "post.end_delegation"
    KEEP_CHANNELS = "post.keep_channels"
    SET_WORKPLACE = "person.workplace"
    SET_PORTFOLIO = "post.portfolio"
    RECORD_ABSENCE = "absence.record"
    CANCEL_ABSENCE = "absence.cancel"
    BRIEF = "absence.brief"
    HAND_OVER = "post.hand_over"
    # the agency
    FOUND_AGENCY = "agency.found"
    MAKE_SECTION = "section.make"
    CHANGE_SECTION = "section.change"
    ADOPT_DEFINITION = "definition.adopt"
    ENTER_CALENDAR = "calendar.enter"
    # inspections
    ADD_UNIT = "unit.add"
    OPEN_CHECKS = "checks.open"
    LOG_CHECK = "check.log"
    MISS_CHECK = "check.miss"
    FAULT_FIXED = "fault.fixed"
    # requests, registers, reports
    REGISTER_REQUEST = "request.register"
    ANSWER_REQUEST = "request.answer"
    ENTER_REGISTER = "register.enter"
    REPEAL_ENTRY = "register.repeal"
    IMPORT_REGISTER = "register.import"
    ENTER_SUPERVISION = "supervision.enter"
    MEND_SUPERVISION = "supervision.mend"
    WRITE_REPORT = "report.write"
    TAKE_IN_REPORT = "report.take_in"
    HAND_IN_REPORT = "report.hand_in"
    AMEND_REPORT = "report.amend"
    EXPORT = "export"
    # the installation
    BACKUP = "backup"
    RESTORE = "restore"
    # the trail itself
    VERIFY_TRAIL = "trail.verify"
