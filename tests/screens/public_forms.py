"""The forms of villagers, of the labels, and of bulletins."""

from __future__ import annotations

from tests.screens.form import Form

PUBLIC_FORMS = (
    Form(
        "public.report",
        "",
        "/b/{code}",
        "/b/{code}",
        {"kind": "dirty", "note": "玻璃积灰"},
        ("note",),
    ),
    Form("labels.make", "inspector", "/rounds/labels", "/rounds/labels"),
    Form(
        "labels.accept",
        "inspector",
        "/rounds/public-reports",
        "/rounds/public-reports/{report_id}/accept",
    ),
    Form(
        "labels.dismiss",
        "inspector",
        "/rounds/public-reports",
        "/rounds/public-reports/{report_id}/dismiss",
        {"reason": "已当场擦净"},
        ("reason",),
    ),
    Form(
        "bulletins.draft",
        "drafter",
        "/bulletins/new",
        "/bulletins/new",
        {"period": "month 2024-02-01", "section": "farming", "channels": "website"},
    ),
)
