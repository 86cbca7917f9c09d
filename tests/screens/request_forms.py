"""The forms of disclosure on request, filled in well."""

from __future__ import annotations

import io

from models.request_files import LetterKind
from tests.furnished_requests import CODE
from tests.screens.form import Form
from workflow.requests.letters.standard import standard_template


class Again(io.BytesIO):
    """A template to be handed in, as often as wished: closing begins it anew."""

    def __init__(self) -> None:
        super().__init__(standard_template(LetterKind.RECEIPT))

    def close(self) -> None:
        self.seek(0)


REQUEST = "/requests/{request_id}"
NEW = {
    "channel": "signed_post",
    "arrived_on": "2024-03-01",
    "applicant_kind": "natural",
    "name": "张示例",
    "contact": "13800000000",
    "wants": "示例村道养护资金使用情况",
}
ASKED = {
    "name": "张示例",
    "contact": "13800000000",
    "wants": "示例村道养护资金使用情况",
    "office": "small",
}
# six of the longest are as much as a form may hold
TEXTS = ("name", "contact", "wants", "address", "supply")
SERVED = {"method": "direct", "served_on": "2024-03-04"}
FORMS = (
    Form(
        "requests.register",
        "registrar",
        "/requests/new",
        "/requests/new",
        NEW,
        ("arrived_on", *TEXTS),
    ),
    Form("requests.applicant", "registrar", REQUEST, f"{REQUEST}/applicant"),
    Form(
        "requests.do",
        "drafter",
        f"{REQUEST}/do/propose",
        f"{REQUEST}/do/propose",
        {
            "outcome": "granted",
            "basis": "条例第三十六条第（二）项",
            "secrecy": "不涉密",
            "body": "现将示例信息提供给您。",
            "section": "farming",
        },
        ("basis", "secrecy", "body", "note"),
    ),
    Form("requests.file", "registrar", REQUEST, f"{REQUEST}/files/{{file_id}}"),
    Form(
        "letters.write",
        "registrar",
        f"{REQUEST}/letters/consult_notice",
        f"{REQUEST}/letters/consult_notice",
        {"said": "须征求示例公司的意见"},
        ("said",),
    ),
    Form("letters.file", "registrar", REQUEST, "/requests/letters/{letter_id}/file"),
    Form(
        "letters.serve",
        "registrar",
        "/requests/letters/{letter_id}/serve",
        "/requests/letters/{letter_id}/serve",
        SERVED,
        ("served_on", "reached_on"),
    ),
    Form(
        "letters.reached",
        "registrar",
        "/requests/letters/{posted}/reached",
        "/requests/letters/{posted}/reached",
        {"on": "2024-03-04"},
        ("on",),
    ),
    Form(
        "letters.opinion",
        "registrar",
        "/requests/letters/{asking}/opinion",
        "/requests/letters/{asking}/opinion",
        {"on": "2024-03-04", "answer": "agrees"},
        ("on",),
    ),
    Form(
        "letters.change",
        "registrar",
        "/requests/templates/one?kind=receipt",
        "/requests/templates/one",
        {"kind": "receipt", "file": (Again(), "回执.docx")},
    ),
    Form(
        "remedies.file",
        "registrar",
        "/remedies/new?request={request_id}",
        "/remedies/new",
        {
            "kind": "review",
            "received_on": "2024-03-04",
            "body": "示例区人民政府",
            "request_id": "{request_id}",
            "number": "示例2号",
            "matter": "示例事由",
        },
        ("received_on", "body", "number", "matter"),
    ),
    Form(
        "remedies.settle",
        "registrar",
        "/remedies/{remedy_id}",
        "/remedies/{remedy_id}/result",
        {"result": "upheld", "result_on": "2024-03-04", "note": "示例"},
        ("result_on", "note", "new_answer_by"),
    ),
    Form(
        "remedies.answered",
        "registrar",
        "/remedies/{corrected}",
        "/remedies/{corrected}/answered",
        {"on": "2024-03-04"},
        ("on",),
    ),
    Form("asking.file", "", "/ask?office=small", "/ask", ASKED, TEXTS),
    Form(
        "asking.look",
        "",
        "/ask/status?office=small",
        "/ask/status",
        {"code": CODE, "office": "small"},
        ("code",),
    ),
)
