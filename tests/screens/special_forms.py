"""The forms of doubts, objections and mandates, filled in well."""

from __future__ import annotations

from tests.screens.form import Form

SPECIAL_FORMS = (
    Form(
        "mandates.name",
        "principal",
        "/mandates",
        "/mandates",
        {
            "post": "{post_id}",
            "to": "{person_id}",
            "since": "2024-03-05T09:00",
            "until": "2024-03-06T09:00",
            "document": "示例委托书",
        },
        ("since", "until", "document"),
    ),
    Form("mandates.end", "principal", "/mandates", "/mandates/{mandate_id}/end"),
    Form(
        "mandates.keep_channels",
        "sysadmin",
        "/posts/{post_id}/channels",
        "/posts/{post_id}/channels",
        {"channels": "website"},
    ),
    Form(
        "mandates.set_workplace",
        "sysadmin",
        "/people/{person_id}/workplace",
        "/people/{person_id}/workplace",
        {"section": "{section_id}"},
    ),
    Form(
        "articles.object_to",
        "principal",
        "/articles/{special}",
        "/articles/{special}/object",
        {"opinion": "数据未经核定。", "act": "special.law"},
        ("opinion",),
    ),
    Form(
        "articles.doubt",
        "director",
        "/articles/{doubtable}",
        "/articles/{doubtable}/doubt",
        {"opinion": "统计口径存疑。", "subject": "law"},
        ("opinion",),
    ),
)
