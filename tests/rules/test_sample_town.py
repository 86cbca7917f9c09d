"""The sample town is called a sample, and somebody is left for every rung."""

from collections import Counter

import pytest

from tests.rules.sample_sources import calendar, table, town
from workflow.calendar import days_after
from workflow.errors import InvalidInput
from workflow.sample_year.town import read_town

COLUMNS = {"工作动态", "财经信息", "概况信息", "人事信息", "政策文件", "计划总结"}
ROLE_OF_KIND = {
    "principal": "reviewer",
    "deputy_head": "reviewer",
    "office_director": "reviewer",
    "publisher": "inspector",
    "inspector": "inspector",
    "registrar": "registrar",
    "drafter": "drafter",
}


def changed(part: str, index: int, **values: object) -> dict[str, object]:
    source = table("town_jiangkou.toml")
    rows = source[part]
    assert isinstance(rows, list)
    rows[index] = {**rows[index], **values}
    return source


def test_it_says_that_it_is_a_sample_and_so_does_every_name() -> None:
    assert town().sample
    assert all(person.name.endswith("（示例）") for person in town().people)


def test_eighteen_units_of_which_one_is_a_residents_committee() -> None:
    kinds = Counter(unit.kind for unit in town().units)
    assert kinds == {"village": 17, "residents_committee": 1}
    assert all(unit.board for unit in town().units)


def test_every_column_has_a_section_and_work_news_has_ten() -> None:
    columns = Counter(section.report_column for section in town().sections)
    assert set(columns) == COLUMNS
    assert columns["工作动态"] == 10


@pytest.mark.parametrize("kind", ["deputy_head", "drafter"])
def test_every_section_is_in_exactly_one_portfolio(kind: str) -> None:
    held = Counter(s for post in town().posts_of(kind) for s in post.portfolio)
    assert held == {section.code: 1 for section in town().sections}


def test_holders_have_the_role_their_post_needs() -> None:
    roles = {person.login: person.roles for person in town().people}
    for post in town().posts:
        for login in (post.a, post.b):
            assert ROLE_OF_KIND[post.kind] in roles[login], (post.code, login)


def test_administrators_hold_no_post_and_nothing_else() -> None:
    holders = {login for post in town().posts for login in (post.a, post.b)}
    for role in (
        "system_administrator",
        "security_administrator",
        "audit_administrator",
    ):
        people = [person for person in town().people if role in person.roles]
        assert [person.roles for person in people] == [(role,)]
        assert people[0].login not in holders


def test_three_people_do_disclosure_work() -> None:
    assert len(set(town().disclosure_staff)) == 3


def test_on_every_day_of_the_year_each_rung_has_somebody_of_its_own() -> None:
    start, end = calendar().known_from, calendar().known_until
    for day in (d for d in days_after(start, end) if d.year == 2024):
        for section in town().sections:
            posts = [
                town().post_for("drafter", section.code),
                town().post("office_director"),
                town().post_for("deputy_head", section.code),
                town().post("principal"),
            ]
            signers = [town().acting_holder(post, day) for post in posts]
            publisher = town().acting_holder(town().post("publisher"), day)
            assert len({*signers, publisher}) == 5, (day, section.code)
            assert not any(town().is_away(s, day) for s in [*signers, publisher])


def test_any_one_absence_leaves_each_rung_somebody_of_its_own() -> None:
    for away in (person.login for person in town().people):
        for section in town().sections:
            posts = [
                town().post_for("drafter", section.code),
                town().post("office_director"),
                town().post_for("deputy_head", section.code),
                town().post("principal"),
                town().post("publisher"),
            ]
            holders = {p.b if p.a == away else p.a for p in posts}
            assert len(holders) == 5, (away, section.code)


def test_a_and_b_of_a_post_are_never_away_together() -> None:
    days = [d for a in town().absences for d in (a.first, a.last)]
    for post in town().posts:
        for day in days:
            assert not (town().is_away(post.a, day) and town().is_away(post.b, day))


def test_absences_are_approved_by_another_and_b_acts() -> None:
    assert len(town().absences) >= 5
    for absence in town().absences:
        assert absence.person != absence.approved_by
        assert absence.first <= absence.last
        post = next(post for post in town().posts if post.a == absence.person)
        assert town().acting_holder(post, absence.first) == post.b


@pytest.mark.parametrize(
    ("part", "values", "complaint"),
    [
        ("posts", {"b": "zhengwenbo"}, "同一人"),
        ("posts", {"a": "nobody"}, "没有这样的人员"),
        ("posts", {"portfolio": ["nothing"]}, "没有这样的栏目"),
        ("posts", {"portfolio": "nothing"}, "应当是文字清单"),
        ("posts", {"code": "publisher"}, "岗位代码重复"),
        ("people", {"login": "hejianmin"}, "登录名重复"),
        ("people", {"name": 7}, "应当是文字"),
        ("sections", {"code": "finance"}, "栏目代码重复"),
        ("units", {"code": "360704103200"}, "村（居）代码重复"),
        ("absences", {"first": "today"}, "应当是日期"),
    ],
)
def test_a_faulty_town_is_refused(
    part: str, values: dict[str, object], complaint: str
) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        read_town(changed(part, 0, **values))


def test_a_town_that_does_not_say_sample_is_refused() -> None:
    with pytest.raises(InvalidInput, match="sample"):
        read_town({**table("town_jiangkou.toml"), "sample": False})


def test_a_part_that_is_no_list_of_tables_is_refused() -> None:
    with pytest.raises(InvalidInput, match="表格清单"):
        read_town({**table("town_jiangkou.toml"), "units": ["江口村"]})
    with pytest.raises(InvalidInput, match="应当是表格"):
        read_town({**table("town_jiangkou.toml"), "agency": "江口镇"})
