"""The screens for people, roles, posts, sections and absences."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.agencies import Section
from models.people import Absence, Account, Holding, LoginSession, Person, RoleGrant
from tests.small_town import PASSWORD
from tests.web_client import Browserlike

SignIn = Callable[[str], Browserlike]
NEWCOMER = {"name": "示例新人", "login": "xinren", "entered_on": "2024-03-04"}
NEW_PASSWORD = "Bai-Yun_4466?"


def reading(app: Flask) -> Session:
    session: Session = app.extensions["database"].reading()
    return session


def count(app: Flask, table: type[object]) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_person_from_the_register_to_her_first_page(
    app: Flask, signed_in: SignIn
) -> None:
    """Two administrators, a one-time code, her own password, her own page."""
    system = signed_in("sysadmin")
    system.get("/people/new")
    shown = system.post("/people/new", NEWCOMER)
    code = re.search(r"([0-9a-f]{6}-){4}[0-9a-f]{6}", shown.text)
    assert code is not None
    person = person_id(app, "示例新人")
    security = signed_in("secadmin")
    security.get(f"/people/{person}")
    page = security.post(f"/people/{person}/roles", {"role": "drafter"})
    assert "已授予“拟稿人员”。" in page.text
    newcomer = Browserlike(app)
    assert newcomer.sign_in("xinren", code.group()).h1 == ["修改密码"]
    sent = {"new_password": NEW_PASSWORD, "new_password_again": NEW_PASSWORD}
    assert newcomer.post("/password", sent).h1 == ["登录"]
    assert newcomer.sign_in("xinren", NEW_PASSWORD).h1 == ["我的待办"]


def person_id(app: Flask, name: str) -> int:
    with reading(app) as session:
        return session.scalars(select(Person.id).where(Person.name == name)).one()


def test_the_same_form_sent_twice_adds_one_person(
    app: Flask, signed_in: SignIn
) -> None:
    system = signed_in("sysadmin")
    system.get("/people/new")
    system.post("/people/new", NEWCOMER, operation="one-and-the-same")
    before = count(app, Person)
    page = system.post(
        "/people/new", NEWCOMER, operation="one-and-the-same", status=409
    )
    assert "不能再次显示" in page.text
    assert count(app, Person) == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "请填写姓名。"),
        ({"name": "长" * 81}, "姓名最多80个字，现在有81个。"),
        ({"name": "甲\u202e乙"}, "姓名里有不能使用的控制字符"),
        ({"name": "甲\x00乙"}, "姓名里有不能使用的控制字符"),
        ({"login": "sysadmin"}, "已有人使用"),
        ({"login": "中文名"}, "登录名用小写字母开头"),
        ({"entered_on": "三月四日"}, "到岗日期请按“2024-03-05”的样子填写。"),
        ({"operation": ""}, "缺少操作编号"),
        ({"operation": "x" * 81}, "缺少操作编号"),
    ],
)
def test_bad_input_comes_back_beside_its_field(
    app: Flask, signed_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    """S-40, S-47: 422, the sentence, and everything typed still there."""
    system, before = signed_in("sysadmin"), count(app, Person)
    system.get("/people/new")
    page = system.post("/people/new", {**NEWCOMER, **changed}, status=422)
    assert sentence in page.text
    kept = {f.get("name"): f.get("value") for f in page.fields}
    typed = {**NEWCOMER, **changed}
    for name in set(NEWCOMER) - set(changed):
        assert kept[name] == typed[name]
    assert count(app, Person) == before


def test_four_byte_characters_are_names_too(app: Flask, signed_in: SignIn) -> None:
    """S-40: 𠮷 is a surname."""
    system = signed_in("sysadmin")
    system.get("/people/new")
    system.post("/people/new", {**NEWCOMER, "name": "𠮷示例"})
    assert person_id(app, "𠮷示例")


def test_markup_in_a_name_is_only_text(app: Flask, signed_in: SignIn) -> None:
    """S-41."""
    system = signed_in("sysadmin")
    system.get("/people/new")
    system.post("/people/new", {**NEWCOMER, "name": "<script>alert(1)</script>"})
    answer = system.http.get("/people")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_fields_nobody_asked_for_change_nothing(app: Flask, signed_in: SignIn) -> None:
    """S-23: thirty of them, with the names of columns."""
    names = [c.name for t in (Person, Account, RoleGrant) for c in t.__table__.columns]
    extra = {name: "9" for name in names if name not in NEWCOMER}
    system = signed_in("sysadmin")
    system.get("/people/new")
    system.post("/people/new", {**extra, **NEWCOMER})
    with reading(app) as session:
        person = session.scalars(select(Person).where(Person.name == "示例新人")).one()
        account = session.get_one(Account, person.id)
        assert person.agency_id == 1
        assert person.left_on is None
        assert account.must_change
        assert account.failures == 0


def test_a_role_taken_away_ends_the_door_at_once(app: Flask, signed_in: SignIn) -> None:
    """S-26."""
    registrar, security = signed_in("registrar"), signed_in("secadmin")
    person = person_id(app, "示例登记")
    security.get(f"/people/{person}")
    security.post(f"/people/{person}/roles/take", {"role": "registrar"})
    assert registrar.get("/sessions").h1 == ["登录"]


def test_nobody_grants_herself_and_the_try_is_on_record(
    app: Flask, signed_in: SignIn
) -> None:
    """S-24."""
    security = signed_in("secadmin")
    me = person_id(app, "示例安全")
    assert "不能给自己授予或收回角色" in security.get(f"/people/{me}").text
    page = security.post(f"/people/{me}/roles", {"role": "leader"}, status=403)
    assert "不能给自己授予角色" in page.text


def test_roles_that_must_not_meet_come_back_beside_the_field(
    app: Flask, signed_in: SignIn
) -> None:
    security = signed_in("secadmin")
    person = person_id(app, "示例拟稿")
    security.get(f"/people/{person}")
    sent = {"role": "audit_administrator"}
    page = security.post(f"/people/{person}/roles", sent, status=422)
    assert "三员不拟稿、不审稿、不发布" in page.text
    assert "三员分立，相互制约" in page.text, "the basis is quoted"


def test_resetting_shows_a_code_and_ends_her_sessions(
    app: Flask, signed_in: SignIn
) -> None:
    drafter, security = signed_in("drafter"), signed_in("secadmin")
    person = person_id(app, "示例拟稿")
    security.get(f"/people/{person}")
    assert "一次性口令" in security.post(f"/people/{person}/reset").h1[0]
    assert drafter.get("/sessions").h1 == ["登录"]


def test_leaving_takes_the_person_out_of_every_list(
    app: Flask, signed_in: SignIn
) -> None:
    """S-07: the session too."""
    director, system = signed_in("director"), signed_in("sysadmin")
    person = person_id(app, "示例主任")
    system.get(f"/people/{person}/leave")
    page = system.post(f"/people/{person}/leave", {"on": "2024-03-04"})
    assert "已为示例主任办理离岗。" in page.text
    assert director.get("/sessions").h1 == ["登录"]
    assert "示例主任" not in system.get("/posts").text
    assert "2024年3月4日离岗" in system.get("/people").text


def test_the_list_of_posts_names_what_is_missing(app: Flask, signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    system.get("/posts/new")
    page = system.post("/posts/new", {"code": "clerk", "title": "信息员"})
    assert page.h1 == ["为“信息员”安排任岗"]
    listed = system.get("/posts").text
    assert "缺A岗" in listed
    assert "缺B岗" in listed


def test_a_and_b_are_two_people_also_on_screen(app: Flask, signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    system.get("/posts/1/fill")
    sent = {"person": person_id(app, "示例主任"), "slot": "B", "since": "2024-03-04"}
    page = system.post("/posts/1/fill", sent, status=422)
    assert "同一岗位的A岗、B岗须是不同的人" in page.text
    assert page.h1 == ["为“党政办主任”安排任岗"]


def test_a_holder_is_added_and_removed(app: Flask, signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    system.get("/posts/1/fill")
    sent = {"person": person_id(app, "示例登记"), "slot": "B", "since": "2024-03-05"}
    assert "示例登记（2024年3月5日起）" in system.post("/posts/1/fill", sent).text
    with reading(app) as session:
        holding = session.scalars(select(func.max(Holding.id))).one()
    system.get(f"/posts/holdings/{holding}/leave")
    page = system.post(f"/posts/holdings/{holding}/leave", {"until": "2024-03-05"})
    assert page.h1 == ["岗位与AB岗"]
    system.post(f"/posts/holdings/{holding}/leave", {"until": "2024-03-05"}, status=409)


def test_a_portfolio_is_the_list_that_was_ticked(signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    system.get("/posts/2/portfolio")
    assert "安全生产" in system.post("/posts/2/portfolio", {"sections": ["2"]}).text
    assert "安全生产" not in system.post("/posts/2/portfolio", {}).text
    system.get("/posts/2/portfolio")
    system.post("/posts/2/portfolio", {"sections": ["99"]}, status=404)
    system.post("/posts/2/portfolio", {"sections": ["一"]}, status=422)


def test_a_section_is_made_renamed_and_closed(app: Flask, signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    system.get("/sections/new")
    sent = {"code": "culture", "name": "文化服务", "report_column": "工作动态"}
    assert "文化服务" in system.post("/sections/new", sent).text
    system.post("/sections/new", sent, status=422)
    with reading(app) as session:
        made = session.scalars(select(Section.id).where(Section.code == "culture"))
        number = made.one()
    system.get(f"/sections/{number}")
    changed = {"name": "公共文化服务", "report_column": "工作动态"}
    page = system.post(f"/sections/{number}", changed)
    assert "已停用" in page.text


def test_an_absence_from_record_to_return(app: Flask, signed_in: SignIn) -> None:
    system = signed_in("sysadmin")
    assert "近一个月没有人登记外出" in system.get("/absences").text
    system.get("/absences/new")
    sent = {
        "person": person_id(app, "示例主任"),
        "first_day": "2024-03-04",
        "last_day": "2024-03-06",
        "reason": "外出培训",
    }
    page = system.post("/absences/new", sent)
    for words in ("今天不在岗", "党政办主任：示例拟稿", "2024年3月4日至3月6日"):
        assert words in page.text
    assert "代 示例主任" in signed_in("drafter").get("/").text
    with reading(app) as session:
        number = session.scalars(select(Absence.id)).one()
    assert "已销假" in system.post(f"/absences/{number}/cancel").text


def test_both_away_is_refused_with_the_others_days(
    app: Flask, signed_in: SignIn
) -> None:
    system = signed_in("sysadmin")
    days = {"first_day": "2024-03-05", "last_day": "2024-03-06", "reason": "公休"}
    system.get("/absences/new")
    system.post("/absences/new", {**days, "person": person_id(app, "示例镇长")})
    system.get("/absences/new")
    deputy = {**days, "person": person_id(app, "示例副镇长")}
    page = system.post("/absences/new", deputy, status=422)
    assert "“镇长”的其他任岗人员示例镇长（3月5日至3月6日）也已登记外出" in page.text
    assert count(app, Absence) == 1


def test_readers_see_the_lists_but_no_buttons(signed_in: SignIn) -> None:
    reader = signed_in("drafter")
    for path in ("/posts", "/sections", "/absences"):
        page = reader.get(path)
        assert not [f for f in page.forms if f["action"].startswith(path)]
        for words in ("安排任岗", "设立", "登记外出\n"):
            assert words not in page.text.replace("外出登记", "")


def test_the_signed_in_session_names_its_browser(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in("drafter")
    assert "就是这里" in browser.get("/sessions").text
    assert count(app, LoginSession) == 1
    assert PASSWORD not in browser.page.text
