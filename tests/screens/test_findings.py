"""The machine's findings on the screens, the town's tables, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screens.house import House
from tests.web_client import Browserlike


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("findings"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def draft(house: House) -> str:
    return f"/articles/{house.ids.mine['prechecked']}"


def of(house: House, name: str, act: str) -> str:
    return f"{draft(house)}/findings/{house.ids.mine[name]}/{act}"


def revision(page: object) -> str:
    fields = page.fields  # type: ignore[attr-defined]
    return str(next(f["value"] for f in fields if f.get("name") == "revision"))


def sent(browser: Browserlike, house: House, **more: str) -> dict[str, str]:
    page = browser.get(f"{draft(house)}/submit")
    return {"revision": revision(page), "page": "check", **more}


def test_findings_are_underlined_and_listed_with_their_acts(house: House) -> None:
    answer = house.at("drafter").http.get(f"{draft(house)}/submit").text

    assert answer.count("span-block") == 1
    assert answer.count("span-warn") == 1
    assert "2 条须处理" in answer
    assert "改为“已”" in answer
    assert "申请上一级裁定" in answer
    assert "保留并说明" in answer


def test_one_click_fixes_and_comes_back_to_the_check(house: House) -> None:
    browser = house.at("drafter")
    page = browser.post(of(house, "blocking", "fix"), sent(browser, house, choice="0"))
    assert "已改正" in page.text
    assert "我镇已完成" in page.text


def test_handing_in_with_what_blocks_is_refused_and_says_which(house: House) -> None:
    browser = house.at("drafter")
    page = browser.get(f"{draft(house)}/submit")
    checks = {
        f["name"]: "yes" for f in page.fields if f.get("name", "").startswith("check-")
    }
    refused = browser.post(
        f"{draft(house)}/submit", {"revision": revision(page), **checks}, status=422
    )
    assert "T15" in refused.text
    assert "必须改正，或请上一级书面裁定" in refused.text


def test_the_next_level_rules_in_writing_and_the_reason_stays(house: House) -> None:
    drafter = house.at("drafter")
    form = sent(drafter, house, reason="原件如此")
    drafter.post(of(house, "blocking", "plead"), form)

    director = house.at("director")
    page = director.get(draft(house))
    assert "申请保留：原件如此" in page.text
    ruled = director.post(
        of(house, "blocking", "overrule"),
        {"revision": revision(page), "page": "show", "reason": "经核对，同意"},
    )
    assert "上级裁定保留" in ruled.text
    assert "经核对，同意" in ruled.text


def test_a_finding_is_noted_and_the_text_stays(house: House) -> None:
    director = house.at("director")
    address = f"/articles/{house.ids.mine['submitted']}"
    form = {
        "revision": revision(director.get(address)),
        "noted-kind": "wording",
        "noted-grade": "warn",
        "noted-part": "title",
        "noted-quote": "示例",
        "noted-note": "请写全称",
    }
    page = director.post(f"{address}/findings", form)
    assert "意见已记下" in page.text
    html = director.http.get(address).text
    assert '<mark class="span span-finding "' in html.partition("</h1>")[0]
    assert "随文意见" in html
    assert "请答复" in house.at("drafter").get("/notices").text


def test_what_is_wrong_with_a_noted_finding_stands_beside_its_field(
    house: House,
) -> None:
    director = house.at("director")
    address = f"/articles/{house.ids.mine['submitted']}"
    form = {
        "revision": revision(director.get(address)),
        "noted-kind": "",
        "noted-grade": "x",
        "noted-part": "body",
        "noted-quote": "抄写的原文",
        "noted-which": "很多",
        "noted-note": "",
    }
    page = director.post(f"{address}/findings", form, status=422)
    for sentence in ("请选择问题类别", "请选择轻重", "请填写问题和改法"):
        assert sentence in page.text
    fields = {f.get("name", ""): f.get("value", "") for f in page.fields}
    assert fields["noted-quote"] == "抄写的原文"
    good = {**form, "noted-kind": "fact", "noted-grade": "hint", "noted-note": "错"}
    good["noted-which"] = ""
    page = director.post(f"{address}/findings", good, status=422)
    assert "不在现在的正文里" in page.text


def test_an_open_one_that_blocks_is_told_before_signing_and_refused(
    house: House,
) -> None:
    director = house.at("director")
    address = f"/articles/{house.ids.mine['noted']}"
    page = director.get(address)
    html = director.http.get(address).text
    assert 'data-open-findings="1"' in html
    assert "答复以前不能签" in page.text
    checks = {
        f["name"]: "yes" for f in page.fields if f.get("name", "").startswith("check-")
    }
    sent = {"revision": revision(page), **checks}
    refused = director.post(f"{address}/sign", sent, status=422)
    assert "还没有答复" in refused.text
    assert "可以找：拟稿人 示例拟稿（答复）" in refused.text


def test_an_answer_is_chosen_and_a_refusal_without_reason(house: House) -> None:
    drafter = house.at("drafter")
    address = f"/articles/{house.ids.mine['noted']}"
    here = f"{address}/findings/{house.ids.mine['noted_finding']}/answer"
    read = {"revision": revision(drafter.get(address))}
    page = drafter.post(here, {**read, "reply": "与通知一致"}, status=422)
    assert "请选择答复" in page.text
    assert "与通知一致" in page.text
    page = drafter.post(here, {**read, "answer": "kept", "reply": ""}, status=422)
    assert "不采纳意见须写明理由" in page.text
    page = drafter.post(here, {**read, "answer": "fixed", "reply": ""}, status=422)
    assert "还没有改动" in page.text
    page = drafter.post(here, {**read, "answer": "overruled", "reply": "x"}, status=422)
    assert "只能答复" in page.text
    page = drafter.post(here, {**read, "answer": "kept", "reply": "与通知一致"})
    assert "已答复" in page.text


def test_an_attachment_shows_what_was_read_and_says_why_not(house: House) -> None:
    browser = house.at("drafter")
    ids = house.ids.mine
    address = f"/articles/{ids['published']}/files/{ids['attachment_id']}"
    page = browser.get(address)
    assert page.h1 == ["附件：示例附件.pdf"]
    assert "机器没有检查" in page.text
    other = f"/articles/{ids['drafted']}/files/{ids['attachment_id']}"
    assert "这一稿没有这个附件" in browser.get(other, status=404).text


def test_an_escaped_fault_is_in_the_ledger_and_opens_its_article(
    house: House,
) -> None:
    browser = house.at("drafter")
    address = f"/articles/{house.ids.mine['published']}"
    page = browser.get(address)
    browser.post(
        f"{address}/escaped",
        {
            "revision": revision(page),
            "escaped-kind": "name",
            "escaped-quote": "",
            "escaped-note": "村名写错（示例）",
        },
    )

    ledger = browser.get("/catches")
    assert "人名、地名、职务发布后发现 1" in browser.http.get("/catches").text
    assert "三校台账" in ledger.text
    records = browser.get("/catches/records?what=escaped&kind=name")
    assert "村名写错（示例）" in records.text


@pytest.mark.parametrize("bad", ["x", "2024-13-01", "１"])
def test_a_day_that_is_none_is_refused(house: House, bad: str) -> None:
    answer = house.at("drafter").http.get(f"/catches?since={bad}")
    assert answer.status_code == 422


def test_an_entry_is_made_shown_and_ended_with_its_reasons(house: House) -> None:
    browser = house.at("director")
    assert "S01、S02、S03" in browser.get("/lexicon?kind=leader").text
    made = browser.post(
        "/lexicon?kind=leader",
        {
            "kind": "leader",
            "text": "陈示例",
            "more": "镇长",
            "rank": "1",
            "since": "2024-03-04",
            "reason": "示例任命文件",
        },
    )
    assert "陈示例" in made.text
    assert "示例任命文件" in made.text
    assert "S01、S02、S03" not in made.text
    number = house.ids.mine["table_entry"]
    ended = browser.post(
        f"/lexicon/{number}/end", {"on": "2024-03-31", "reason": "撤并（示例）"}
    )
    assert "撤并（示例）" in ended.text


def test_who_may_not_keep_the_tables_reads_them_without_a_form(house: House) -> None:
    page = house.at("drafter").get("/lexicon")
    assert "登记一条" not in page.text
