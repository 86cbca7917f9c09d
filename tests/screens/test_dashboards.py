"""The year in pictures: the counts, their lists, and whose times are whose."""

from __future__ import annotations

import re

from models.findings import Answer, FindingKind
from tests import stories
from tests.screens.desks import Desks
from tests.town import Town
from workflow.articles import acts, findings
from workflow.articles.findings import NewFinding, Reply

YEAR = "/dashboards?year=2024"


def a_year(town: Town) -> None:
    stories.published(town, title="示例已发一")
    stories.published(town, title="示例已发二")
    wrong = NewFinding(FindingKind.TYPO, "示例错字")
    back = stories.submitted(town, title="示例退回")
    stories.sent_back(town, back, "director", raised=(wrong,))
    raised = findings.open_of(town.session, back.id)
    replies = {one.id: Reply(Answer.FIXED) for one in raised}
    revision = stories.revision_of(town, back)
    by = town.by("drafter")
    acts.answer_findings(town.session, by, back.id, revision, replies)
    gone = stories.published(town, title="示例撤下")
    by, revision = town.by("publisher"), stories.revision_of(town, gone)
    acts.withdraw(town.session, by, gone.id, revision, "示例：内容有误。")
    stories.submitted(town, title="示例压在二审")


def test_leaders_see_the_office_and_every_number_opens_its_list(desks: Desks) -> None:
    desks.make(a_year)
    desks.clock.move(days=14)
    browser = desks.at("principal")
    page = browser.get(YEAR)
    assert page.h1 == ["2024年工作情况"]
    said = " ".join(page.text.split())
    assert "停住的稿件 1" in said
    assert "2024年发布后撤下 1" in said
    html = browser.http.get(YEAR).text
    assert html.count("<svg") >= 1
    assert "每一环节都在收到当日作出决定。" in html
    links = re.findall(r'href="(/dashboards/[^"]+|/ledger[^"]+)"', html)
    pages = {link: browser.get(link.replace("&amp;", "&")).text for link in links}
    assert "示例压在二审" in pages["/dashboards/stuck"]
    assert "示例撤下" in pages["/dashboards/withdrawn?year=2024"]
    assert any("示例已发一" in text for link, text in pages.items() if "ledger" in link)


def test_a_number_and_its_list_agree(desks: Desks) -> None:
    desks.make(a_year)
    browser = desks.at("principal")
    html = browser.http.get(YEAR).text
    rows = re.findall(r'href="(/dashboards/decisions[^"]*person[^"]*)">(\d+)<', html)
    assert rows
    for link, number in rows:
        listed = browser.http.get(link.replace("&amp;", "&")).text
        assert listed.count('href="/articles/') == int(number), link


def test_others_see_their_own_times_only(desks: Desks) -> None:
    desks.make(a_year)
    browser = desks.at("director")
    html = browser.http.get(YEAR).text
    assert "我的用时" in html
    assert "示例director" in html
    assert "示例deputy" not in html
    other = desks.ids["deputy"]
    listed = browser.http.get(f"/dashboards/decisions?year=2024&person={other}").text
    assert "示例deputy" not in listed
    assert browser.http.get("/dashboards/stuck").status_code == 403


def test_people_stand_in_the_order_of_rungs_and_names(desks: Desks) -> None:
    desks.make(a_year)
    html = desks.at("principal").http.get(YEAR).text
    table = html[html.index("按环节和姓名排列") :]
    names = re.findall(r'<td data-head="环节">([^<]+)<', table)
    assert names == sorted(names, key=list(dict.fromkeys(names)).index)
    assert names[0] == "拟稿人自查自校"


def test_a_year_without_work_says_so(desks: Desks) -> None:
    page = desks.at("principal").get("/dashboards?year=2020")
    assert "这段时间还没有数据。" in page.text
    assert "这一年还没有作出的决定。" in page.text


def test_what_each_proofread_caught_opens_its_records(desks: Desks) -> None:
    desks.make(a_year)
    browser = desks.at("principal")
    html = browser.http.get(YEAR).text
    link = next(
        one
        for one in re.findall(r'href="(/catches/records[^"]+)"', html)
        if "level=2" in one
    )
    assert "示例错字" in browser.http.get(link.replace("&amp;", "&")).text
