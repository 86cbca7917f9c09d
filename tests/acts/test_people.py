"""What administrators do about people, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from models.agencies import Section
from models.people import Absence, Account, Holding, LoginSession, Person, Role, Slot
from tests.small_town import ENTERED, MONDAY, PASSWORD, Office, add
from workflow.agencies import acts as agencies
from workflow.audit.questions import verify
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OperationReused,
    WorkflowError,
    WrongState,
)
from workflow.occasion import Occasion
from workflow.people import acts, questions, registers
from workflow.people.questions import Limits

TODAY = date(2024, 3, 4)


@pytest.mark.parametrize("login", ["drafter", " DRAFTER "])
def test_one_login_name_is_one_account(office: Office, login: str) -> None:
    """S-01: not even in other letters, not even after its owner has left."""
    acts.person_leaves(
        office.session, office.by("sysadmin"), office.person("drafter"), TODAY
    )
    with pytest.raises(InvalidInput, match="已有人使用"):
        acts.add_person(office.session, office.by("sysadmin"), "乙", login, ENTERED)


def test_leaving_ends_sessions_posts_and_roles_but_not_the_name(
    office: Office,
) -> None:
    """S-26, S-28: from that day, and the record stays."""
    person = office.person("director")
    attempt = acts.note_attempt(office.session, MONDAY, "director")
    opened = acts.sign_in(office.session, office.by("director"), attempt, PASSWORD)
    acts.person_leaves(office.session, office.by("sysadmin"), person, TODAY)
    office.session.expire_all()
    mark = office.session.scalars(select(LoginSession.mark)).one()
    assert opened.person_id == person
    assert questions.signed_in(office.session, mark, MONDAY, Limits()) is None
    assert questions.roles_of(office.session, person, MONDAY) == frozenset()
    until = select(Holding.until).where(Holding.person_id == person)
    assert set(office.session.scalars(until)) == {TODAY}
    assert questions.name_of(office.session, person) == "示例主任"


def test_leaving_later_leaves_her_rights_until_then(office: Office) -> None:
    person, friday = office.person("drafter"), TODAY + timedelta(days=4)
    acts.person_leaves(office.session, office.by("sysadmin"), person, friday)
    assert questions.roles_of(office.session, person, MONDAY + timedelta(days=3))
    last_evening = MONDAY + timedelta(days=3, hours=14, minutes=59)
    assert questions.roles_of(office.session, person, last_evening)
    midnight = MONDAY + timedelta(days=3, hours=15)
    assert not questions.roles_of(office.session, person, midnight)


@pytest.mark.parametrize(
    ("held", "wanted", "allowed"),
    [
        (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, False),
        (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, False),
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, False),
        (Role.SYSTEM_ADMINISTRATOR, Role.REVIEWER, False),
        (Role.DRAFTER, Role.AUDIT_ADMINISTRATOR, False),
        (Role.SYSTEM_ADMINISTRATOR, Role.REGISTRAR, True),
        (Role.DRAFTER, Role.REVIEWER, True),
    ],
)
def test_which_roles_may_meet(
    office: Office, held: Role, wanted: Role, allowed: bool
) -> None:
    """S-24: the three administrators apart, and none of them writes or signs."""
    add(office.session, office.town, "zhonger", "示例众", held)
    person = office.person("zhonger")
    if allowed:
        acts.grant_role(office.session, office.by("secadmin"), person, wanted)
        return
    with pytest.raises(InvalidInput) as refused:
        acts.grant_role(office.session, office.by("secadmin"), person, wanted)
    assert refused.value.rule == "roles-apart"


def test_nobody_changes_her_own_rights(office: Office) -> None:
    """S-24."""
    sec, sys = office.person("secadmin"), office.person("sysadmin")
    post = office.town.posts["principal"]
    tries: list[Callable[[Occasion], object]] = [
        lambda by: acts.grant_role(office.session, by, sec, Role.REGISTRAR),
        lambda by: acts.take_role(office.session, by, sec, Role.SECURITY_ADMINISTRATOR),
    ]
    for attempt in tries:
        with pytest.raises(NotPermitted, match="不能给自己"):
            attempt(office.by("secadmin"))
    with pytest.raises(NotPermitted, match="不能给自己"):
        acts.fill_post(office.session, office.by("sysadmin"), post, sys, Slot.A, TODAY)


@pytest.mark.parametrize("login", ["sysadmin", "audadmin"])
def test_the_last_administrator_stays(office: Office, login: str) -> None:
    """Section 5: the last audit administrator cannot be removed."""
    role = (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)[login == "audadmin"]
    person = office.person(login)
    with pytest.raises(InvalidInput) as refused:
        acts.take_role(office.session, office.by("secadmin"), person, role)
    assert refused.value.rule == "last-administrator"


def test_a_role_taken_ends_her_sessions(office: Office) -> None:
    """S-07, S-26."""
    person = office.person("drafter")
    attempt = acts.note_attempt(office.session, MONDAY, "drafter")
    acts.sign_in(office.session, office.by("drafter"), attempt, PASSWORD)
    acts.take_role(office.session, office.by("secadmin"), person, Role.DRAFTER)
    assert questions.open_sessions(office.session, person) == []
    assert questions.roles_of(office.session, person, MONDAY) == frozenset()


def test_a_and_b_of_a_post_are_different_people(office: Office) -> None:
    post, director = office.town.posts["office_director"], office.person("director")
    with pytest.raises(InvalidInput) as refused:
        acts.fill_post(
            office.session, office.by("sysadmin"), post, director, Slot.B, TODAY
        )
    assert refused.value.rule == "a-and-b-differ"


def test_a_successor_takes_over_on_her_day(office: Office) -> None:
    """S-01: the successor gets the post, never the account."""
    post, friday = office.town.posts["principal"], TODAY + timedelta(days=4)
    line = registers.post_line(office.session, office.town.agency, post, TODAY)
    old = line.of(Slot.A)[0].holding
    acts.fill_post(
        office.session,
        office.by("sysadmin"),
        post,
        office.person("publisher"),
        Slot.A,
        friday,
        replacing=old.id,
    )
    holders = {
        day: [
            h.person_id
            for h in questions.every_holder(office.session, office.town.agency, day)
            if h.post_id == post and h.slot is Slot.A
        ]
        for day in (friday - timedelta(days=1), friday)
    }
    assert list(holders.values()) == [
        [office.person("principal")],
        [office.person("publisher")],
    ]


def record(office: Office, login: str, first: int, last: int) -> Absence:
    return acts.record_absence(
        office.session,
        office.by("sysadmin"),
        office.person(login),
        TODAY + timedelta(days=first),
        TODAY + timedelta(days=last),
        "培训",
    )


def test_a_and_b_are_not_away_together(office: Office) -> None:
    """The refusal names the post, the other and her days."""
    record(office, "principal", 1, 3)
    with pytest.raises(InvalidInput) as refused:
        record(office, "deputy", 3, 5)
    assert refused.value.rule == "a-and-b-both-away"
    for words in ("镇长", "示例镇长", "3月5日至3月7日", "3月7日将无人在岗"):
        assert words in refused.value.message
    record(office, "deputy", 4, 5)


def test_absences_of_one_person_do_not_overlap(office: Office) -> None:
    record(office, "inspector", 1, 3)
    with pytest.raises(InvalidInput, match="已有外出登记"):
        record(office, "inspector", 3, 4)


def test_while_a_is_away_b_acts_for_her(office: Office) -> None:
    record(office, "director", 0, 2)
    words = questions.capacities_of(
        office.session, office.town.agency, office.person("drafter"), TODAY
    )
    assert words == ("党政办主任（代 示例主任）",)


def test_coming_back_keeps_the_days_that_were(office: Office) -> None:
    """What B signed while A was away stays covered."""
    absence = record(office, "director", 0, 9)
    back = office.by("sysadmin", days=3)
    acts.cancel_absence(office.session, back, absence.id)
    assert absence.cancelled_at is None
    assert absence.last_day == TODAY + timedelta(days=2)
    with pytest.raises(WrongState):
        acts.cancel_absence(office.session, office.by("sysadmin", days=3), absence.id)


def test_an_absence_to_come_is_struck_whole(office: Office) -> None:
    absence = record(office, "director", 5, 9)
    acts.cancel_absence(office.session, office.by("sysadmin"), absence.id)
    assert absence.cancelled_at is not None
    record(office, "director", 5, 9)


@pytest.mark.parametrize(("first", "last"), [(3, 2), (0, 366)])
def test_days_out_of_order_or_too_many(office: Office, first: int, last: int) -> None:
    with pytest.raises(InvalidInput):
        record(office, "director", first, last)


def every_act(office: Office) -> list[tuple[str, Callable[[Occasion], object]]]:
    """Each administrator's act with good arguments, by who may do it."""
    town, person = office.town, office.person
    section = office.town.sections["farming"]
    post = town.posts["principal"]
    holding = office.session.scalars(select(Holding.id).order_by(Holding.id)).first()
    run = office.session
    return [
        ("sysadmin", lambda by: acts.add_person(run, by, "丙", "bing", ENTERED)),
        ("sysadmin", lambda by: acts.person_leaves(run, by, person("drafter"), TODAY)),
        ("sysadmin", lambda by: acts.make_post(run, by, "clerk", "信息员")),
        (
            "sysadmin",
            lambda by: acts.fill_post(
                run, by, post, person("publisher"), Slot.B, TODAY
            ),
        ),
        ("sysadmin", lambda by: acts.leave_post(run, by, holding or 0, TODAY)),
        ("sysadmin", lambda by: acts.set_portfolio(run, by, post, [section])),
        (
            "sysadmin",
            lambda by: acts.record_absence(
                run, by, person("registrar"), TODAY, TODAY, "公休"
            ),
        ),
        (
            "sysadmin",
            lambda by: agencies.make_section(run, by, "culture", "文化", "其他"),
        ),
        (
            "sysadmin",
            lambda by: agencies.change_section(
                run, by, section, "三农", "工作动态", is_open=False
            ),
        ),
        (
            "secadmin",
            lambda by: acts.grant_role(run, by, person("drafter"), Role.REVIEWER),
        ),
        (
            "secadmin",
            lambda by: acts.take_role(run, by, person("drafter"), Role.DRAFTER),
        ),
        ("secadmin", lambda by: acts.reset_password(run, by, person("drafter"))),
        ("secadmin", lambda by: acts.unlock(run, by, person("drafter"))),
    ]


NUMBER_OF_ACTS = 13


@pytest.mark.parametrize("which", range(NUMBER_OF_ACTS))
def test_each_act_is_one_entry_by_its_own_administrator_once(
    office: Office, which: int
) -> None:
    """S-30, S-24: others are refused; the same form again changes nothing."""
    acts_ = every_act(office)
    assert len(acts_) == NUMBER_OF_ACTS
    who, act = acts_[which]
    before = len(office.entries())
    for login in {"sysadmin", "secadmin", "audadmin", "director"} - {who}:
        with pytest.raises(NotPermitted) as refused:
            act(office.by(login))
        assert refused.value.help_from
        office.session.rollback()
    by = office.by(who)
    act(by)
    assert len(office.entries()) == before + 1
    try:
        act(by)
    except WorkflowError as said:
        assert isinstance(said, WrongState | OperationReused)  # noqa: PT017 -- either
        office.session.rollback()
    assert len(office.entries()) == before + 1
    assert verify(office.session).ok


def test_rows_of_another_agency_are_not_found(office: Office) -> None:
    """S-22."""
    by = office.by("sysadmin")
    elsewhere = type(by)(office.town.agency + 1, None, by.at, "elsewhere")
    for act in (
        lambda: acts.person_leaves(
            office.session, elsewhere, office.person("drafter"), TODAY
        ),
        lambda: acts.set_portfolio(
            office.session, elsewhere, office.town.posts["principal"], []
        ),
        lambda: agencies.change_section(
            office.session,
            elsewhere,
            office.town.sections["farming"],
            "x",
            "x",
            is_open=True,
        ),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_closed_section_keeps_its_name_on_record(office: Office) -> None:
    section = office.town.sections["farming"]
    agencies.change_section(
        office.session,
        office.by("sysadmin"),
        section,
        "三农工作",
        "工作动态",
        is_open=False,
    )
    found = office.session.get_one(Section, section)
    assert (found.name, found.open) == ("三农工作", False)
    assert office.entries()[-1].details["before"] == "农业农村"


def test_everybody_keeps_one_account(office: Office) -> None:
    people = office.session.scalar(select(func.count()).select_from(Person))
    assert office.session.scalar(select(func.count()).select_from(Account)) == people
