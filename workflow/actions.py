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
    SET_PLAN = "plan.set"
    DRAW_ROSTER = "roster.draw"
    CHANGE_DUTY = "roster.change"
    SET_CATALOGUE = "catalogue.set"
    SET_BOARD = "board.set"
    SET_INSPECTION = "inspection.set"
    SHEET_SEEN = "sheet.seen"
    SEND_ENTRY = "entry.send"
    FAULT_FOUND = "fault.find"
    FAULT_NOTIFY = "fault.notify"
    FAULT_ACKNOWLEDGE = "fault.acknowledge"
    FAULT_START = "fault.start"
    FAULT_REPORT = "fault.report"
    FAULT_RECHECK = "fault.recheck"
    FAULT_RETURN = "fault.return"
    FAULT_CLOSE = "fault.close"
    FAULT_EXEMPT = "fault.exempt"
    FAULT_LATE = "fault.late"
    FAULT_RAISE = "fault.raise"
    FAULT_FIXED = "fault.fixed"
    # patrols and trainings
    SET_COLUMN = "column.set"
    OPEN_READINGS = "readings.open"
    LOG_READING = "reading.log"
    MISS_READING = "reading.miss"
    RECORD_VISITS = "visits.record"
    PLAN_TRAINING = "training.plan"
    HOLD_TRAINING = "training.hold"
    MISS_TRAINING = "training.miss"
    EXPLAIN_GAP = "training.explain"
    # requests, registers, reports
    REGISTER_REQUEST = "request.register"
    ANSWER_REQUEST = "request.answer"
    ENTER_REGISTER = "register.enter"
    EXPORT = "export"
    # the trail itself
    VERIFY_TRAIL = "trail.verify"
