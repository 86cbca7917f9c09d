"""The forms about boards: faults, catalogue, plans and the roster."""

from __future__ import annotations

from tests.screens.form import Form

BOARD_FORMS = (
    Form(
        "faults.step",
        "inspector",
        "/faults/{fault_id}",
        "/faults/{fault_id}/notify",
        {"who": "李示例"},
        ("who",),
    ),
    Form(
        "faults.exempt",
        "principal",
        "/faults/{fault_id}",
        "/faults/{fault_id}/exempt",
        {"note": "公开栏拆除重建"},
        ("note",),
    ),
    Form(
        "faults.add",
        "inspector",
        "/faults/new",
        "/faults/new",
        {
            "board": "{board_id}",
            "kind": "stale",
            "note": "仍是上季度",
            "told": "李示例",
            "put_right_by": "2024-03-08",
        },
        ("note", "told", "put_right_by"),
    ),
    Form(
        "boards.set",
        "sysadmin",
        "/boards/{board_id}",
        "/boards/{board_id}",
        {"sections": "财务"},
    ),
    Form(
        "catalogue.set",
        "sysadmin",
        "/catalogue/item",
        "/catalogue/item",
        {
            "code": "notices",
            "section": "政务",
            "title": "通知",
            "frequency": "monthly",
            "due_days": "10",
            "basis": "示例制度",
            "state": "open",
        },
        ("code", "section", "title", "due_days", "basis"),
    ),
    Form("catalogue.adopt", "sysadmin", "/catalogue", "/catalogue/adopt"),
    Form(
        "plans.set",
        "sysadmin",
        "/plans",
        "/plans",
        {
            "code": "patrol",
            "name": "日巡查",
            "cycle": "daily",
            "days": "workdays",
            "ways": "photo",
            "since": "2024-03-05",
            "until": "",
        },
        ("code", "name", "since", "until"),
    ),
    Form(
        "plans.limits",
        "sysadmin",
        "/plans",
        "/plans/limits",
        {
            "limit-dirty": "2",
            "look_back_days": "90",
            "raise_after_days": "3",
            "show_days": "20",
        },
        ("limit-dirty", "look_back_days", "raise_after_days", "show_days"),
    ),
    Form(
        "plans.draw",
        "inspector",
        "/plans/roster",
        "/plans/roster",
        {"month": "2024-04-01"},
        ("month",),
    ),
    Form(
        "plans.change",
        "inspector",
        "/plans/roster",
        "/plans/roster/change",
        {"day": "2024-03-06", "person": "{duty_person}"},
        ("day",),
    ),
)
