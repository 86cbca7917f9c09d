"""Writing a regulation: kept as typed, adopted by its own act."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.agencies import ProcessDefinition
from models.audit import AuditEntry
from models.people import Role, RoleGrant
from tests.stories import at_deputy, drafted, sign, submitted
from tests.town import JIANGKOU, MORNING, Town
from workflow.agencies import acts as agencies
from workflow.agencies import holidays, regulations
from workflow.agencies.acts import HolidayList
from workflow.articles import cases, rehearsal
from workflow.errors import InvalidInput, NotFound, NotPermitted, Superseded
from workflow.process.checking import checked, tried
from workflow.process.definition import DefinitionFaults
from workflow.process.reading import read_definition

SOURCE = JIANGKOU.read_text("utf-8")
NEXT = SOURCE.replace("number = 1\n", "number = 2\n", 1)
LONGER = NEXT.replace(
    'id = "deputy_review"',
    'id = "office_again"\nname = "党政办再校"\nactor = { post = "office_director" }\n'
    'acts = [{ kind = "proofread" }]\n\n[[stages]]\nid = "deputy_review"',
    1,
)


@pytest.fixture
def keeper(town: Town) -> Town:
    """The auditor keeps the rule too."""
    town.session.add(
        RoleGrant(
            person_id=town.people["auditor"].id,
            role=Role.SYSTEM_ADMINISTRATOR,
            since=MORNING,
        )
    )
    town.session.flush()
    return town


def save(town: Town, source: str, who: str = "auditor") -> str:
    return regulations.save_draft(town.session, town.by(who), source, "").digest


def test_what_was_typed_is_kept_sound_or_not(keeper: Town) -> None:
    save(keeper, "这不是 TOML")
    row = regulations.draft_of(keeper.session, keeper.by("auditor"))
    assert row is not None
    assert row.source == "这不是 TOML"
    assert not checked(row.source).sound
    save(keeper, NEXT)
    assert row.source == NEXT
    assert regulations.draft_of(keeper.session, keeper.by("director")) is None
    with pytest.raises(InvalidInput):
        save(keeper, " ")


def test_only_who_keeps_the_rule_writes_or_adopts_it(keeper: Town) -> None:
    with pytest.raises(NotPermitted):
        save(keeper, NEXT, "director")
    with pytest.raises(NotPermitted):
        regulations.adopt(keeper.session, keeper.by("director"), "x")
    with pytest.raises(NotFound):
        regulations.adopt(keeper.session, keeper.by("auditor"), "x")


def test_what_was_checked_is_what_is_adopted(keeper: Town) -> None:
    running = submitted(keeper)
    seen = save(keeper, NEXT)
    now = save(keeper, LONGER)
    with pytest.raises(Superseded):
        regulations.adopt(keeper.session, keeper.by("auditor"), seen)
    keeper.later(minutes=1)
    row = regulations.adopt(keeper.session, keeper.by("auditor", "once"), now)
    again = regulations.adopt(keeper.session, keeper.by("auditor", "once"), now)
    assert (row.id, row.number) == (again.id, 2)
    assert len(keeper.session.scalars(select(ProcessDefinition)).all()) == 2
    case = cases.of(keeper.session, running)
    assert case.definition.number == 1
    assert "office_again" not in case.plan.ids
    begun = cases.of(keeper.session, drafted(keeper))
    assert (begun.definition.number, "office_again" in begun.plan.ids) == (2, True)
    sign(keeper, running, "director")
    keeper.session.commit()
    acts = select(AuditEntry.act).where(AuditEntry.object_kind == "definition")
    assert list(keeper.session.scalars(acts)).count("definition.adopt") == 2


def test_an_unsound_text_is_not_adopted(keeper: Town) -> None:
    unsound = NEXT.replace("number = 2", "number = 2", 1).replace(
        "[publish]",
        '[[exclusive]]\nid = "x"\nstages = ["self_check", "nobody"]\n\n[publish]',
    )
    digest = save(keeper, unsound)
    with pytest.raises(DefinitionFaults):
        regulations.adopt(keeper.session, keeper.by("auditor"), digest)
    digest = save(keeper, SOURCE)
    with pytest.raises(InvalidInput):
        regulations.adopt(keeper.session, keeper.by("auditor"), digest)


def test_the_text_to_begin_from_has_the_next_number(keeper: Town) -> None:
    assert regulations.beginning(keeper.session, keeper.agency.id) == NEXT
    assert regulations.next_number(keeper.session, keeper.agency.id, "other") == 1


def test_a_dry_run_names_what_is_running_and_how_its_way_would_differ(
    keeper: Town,
) -> None:
    article = at_deputy(keeper)
    by = keeper.by("auditor")
    (same,) = rehearsal.touched(keeper.session, by, read_definition(NEXT))
    assert (same.article.id, same.number, same.differs) == (article.id, 1, False)
    (longer,) = rehearsal.touched(keeper.session, by, read_definition(LONGER))
    assert (longer.added, longer.dropped) == (("党政办再校",), ())
    assert rehearsal.running(keeper.session, by) == 1
    renamed = read_definition(NEXT.replace("ordinary", "routine"))
    (misfit,) = rehearsal.touched(keeper.session, by, renamed)
    assert "重要程度" in misfit.misfit
    assert misfit.differs


def test_people_who_are_missing_today_are_named(keeper: Town) -> None:
    by = keeper.by("auditor")
    rule = checked(NEXT).definition
    assert rule is not None
    assert rehearsal.missing_people(keeper.session, by, rule) == ()
    keeper.away("principal")
    keeper.away("principal_b")
    faults = rehearsal.missing_people(keeper.session, by, rule)
    assert {fault.code for fault in faults} == {"no-holder"}


def test_paper_cases_are_tried_before_anything_is_adopted() -> None:
    cases_text = (JIANGKOU.with_name("jiangkou.scenarios.toml")).read_text("utf-8")
    rule = checked(SOURCE).definition
    assert rule is not None
    assert tried(cases_text, rule).report.as_expected
    assert not tried(cases_text.replace('"已发布"', '"拟稿"'), rule).report.as_expected
    assert tried("x =", rule).faults[0].code == "not-toml"


def test_a_rule_that_hands_over_to_nobody_known_is_told() -> None:
    over = SOURCE + '\n[hand_over]\nprocess = "portal"\nagency = "示例市"\n'
    assert [f.code for f in checked(over).faults] == ["unknown-process"]
    assert checked(over).by_line


def test_holidays_are_read_as_typed_and_told_as_they_can_be_typed_again(
    keeper: Town,
) -> None:
    days = holidays.read_days("2025-01-01、2025-05-01 至 2025-05-05\n", "off")
    assert len(days) == 6
    assert holidays.told(days) == "2025-01-01\n2025-05-01至2025-05-05"
    assert holidays.read_days(holidays.told(days), "off") == days
    for wrong in (
        "五一",
        "2025-13-01",
        "2025-05-05至2025-05-01",
        "2025-01-01至2025-12-31",
    ):
        with pytest.raises(InvalidInput) as refused:
            holidays.read_days(wrong, "off")
        assert wrong[:2] in refused.value.fields["off"][0]
    table = HolidayList(2025, days, [], "示例")
    with pytest.raises(NotPermitted):
        agencies.enter_calendar(keeper.session, keeper.by("director"), table)
    agencies.enter_calendar(keeper.session, keeper.by("auditor"), table)
    newest = holidays.years(keeper.session, keeper.agency.id)[0]
    assert (newest.year, newest.off) == (2025, tuple(days))
