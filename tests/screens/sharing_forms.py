"""The forms of handing on, asking, adding signers, the rule and its calendar."""

from __future__ import annotations

from tests.screens.form import Form
from tests.town import JIANGKOU

SUBMITTED = "/articles/{submitted}"
_NEXT = JIANGKOU.read_text("utf-8").replace("number = 1\n", "number = 2\n", 1)
RULE = _NEXT.replace("{", "{{").replace("}", "}}")
SHARING_AND_RULES = (
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
    Form(
        "sharing.transfer",
        "publisher",
        "/articles/{cleared}/share",
        "/articles/{cleared}/share/transfer",
        {"transfer_to": "{helper_id}", "transfer_why": "外出学习。"},
        ("transfer_why",),
    ),
    Form(
        "sharing.ask",
        "director",
        f"{SUBMITTED}/share",
        f"{SUBMITTED}/share/ask",
        {"ask_person": "{person_id}", "ask_question": "数字是否属实？"},
        ("ask_question",),
    ),
    Form(
        "sharing.answer",
        "drafter",
        "/articles/{shared}/share",
        "/articles/{shared}/share/answer/{consultation_id}",
        {"answer": "属实。"},
        ("answer",),
    ),
    Form(
        "sharing.end",
        "director",
        "/articles/{shared}/share",
        "/articles/{shared}/share/end/{consultation_id}",
    ),
    Form(
        "sharing.add",
        "director",
        f"{SUBMITTED}/share",
        f"{SUBMITTED}/share/add",
        {"signer_post": "{post_id}", "signer_why": "事关全镇。"},
        ("signer_why",),
    ),
    Form(
        "sharing.remove",
        "deputy",
        "/articles/{signed_more}/share",
        "/articles/{signed_more}/share/remove/{signer_id}",
        {"remove_why": "已当面核实。"},
        ("remove_why",),
    ),
    Form(
        "sharing.sign",
        "principal",
        "/articles/{signed_more}/share",
        "/articles/{signed_more}/share/sign/{signer_id}",
        {"beside_opinion": "属实。"},
        ("beside_opinion",),
    ),
    Form(
        "telephone.record",
        "director",
        "/articles/{at_deputy}/telephone",
        "/articles/{at_deputy}/telephone",
        {
            "leader": "{deputy_id}",
            "said_at": "2024-03-04T16:40",
            "words": "同意，先发预警。",
        },
        ("said_at", "words"),
    ),
    Form(
        "batches.approve",
        "director",
        "/tasks/batch",
        "/tasks/batch",
        {"opinion": "同意。"},
        ("opinion",),
    ),
    Form(
        "regulation.save",
        "sysadmin",
        "/rule/edit",
        "/rule/edit",
        {"source": RULE, "cases": ""},
        ("source", "cases"),
    ),
    Form(
        "regulation.adopt",
        "sysadmin",
        "/rule/edit",
        "/rule/adopt",
    ),
    Form(
        "calendars.enter",
        "sysadmin",
        "/calendars/{year}",
        "/calendars/{year}",
        {"off": "2024-01-01\n2024-05-01至2024-05-05", "work": "", "source": "示例"},
        ("off", "work", "source"),
    ),
)
