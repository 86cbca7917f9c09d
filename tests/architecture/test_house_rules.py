"""The whole repository keeps the rules of the house, and each rule can refuse."""

from __future__ import annotations

import pytest

from tests.architecture import house_rules as rules
from tests.architecture.reading import FLOORS, Source, repository

LONG_BODY = "".join(f"    step_{n}()\n" for n in range(26))
SHORT_BODY = "".join(f"    step_{n}()\n" for n in range(24))

REFUSED = [
    (rules.libraries_stay_in_their_place, "workflow/articles/acts.py", "import flask"),
    (
        rules.libraries_stay_in_their_place,
        "workflow/process/plan.py",
        "from transitions.core import Machine",
    ),
    (
        rules.libraries_stay_in_their_place,
        "web/app.py",
        "from apscheduler.schedulers import blocking",
    ),
    (
        rules.config_is_read_where_the_parts_are_joined,
        "web/screens/desk.py",
        "from config import load",
    ),
    (
        rules.screens_build_no_queries,
        "web/screens/desk.py",
        "from sqlalchemy import select",
    ),
    (
        rules.time_comes_in_as_an_argument,
        "workflow/articles/acts.py",
        "at = datetime.now(UTC)",
    ),
    (rules.time_comes_in_as_an_argument, "models/base.py", "on = date.today()"),
    (rules.time_comes_in_as_an_argument, "web/login.py", "time.time()"),
    (rules.workflow_never_commits, "workflow/people/acts.py", "session.commit()"),
    (
        rules.a_state_is_set_in_one_place,
        "workflow/articles/acts.py",
        "article.state = State.PUBLISHED",
    ),
    (
        rules.a_state_is_set_in_one_place,
        "web/commands.py",
        "setattr(article, 'state', 'published')",
    ),
    (
        rules.a_state_is_set_in_one_place,
        "workflow/articles/acts.py",
        "update(Article).values(state='published')",
    ),
    (
        rules.a_state_is_set_in_one_place,
        "tests/acts/test_it.py",
        "article.state = State.PUBLISHED",
    ),
    (
        rules.what_others_use_is_explained,
        "web/display.py",
        "class Light:\n    '''Red or green.'''\n    def colour(self): ...",
    ),
    (
        rules.workflow_signatures_say_what_they_take,
        "workflow/reports/rules.py",
        "def add(cells: dict[str, Any]) -> int: ...",
    ),
    (rules.files_are_short, "web/display.py", "pass\n" * 401),
    (rules.functions_are_short, "web/display.py", f"def draw():\n{LONG_BODY}"),
    (rules.things_have_names, "web/utils.py", ""),
    (rules.things_have_names, "workflow/common/dates.py", ""),
    (
        rules.refusals_live_in_one_tree,
        "workflow/people/acts.py",
        "class Absent(WorkflowError): ...",
    ),
    (
        rules.refusals_live_in_one_tree,
        "workflow/people/acts.py",
        "class Absent(Exception): ...",
    ),
    *[
        (rules.nothing_tells_of_the_desk_it_was_written_at, "README.md", said)
        for said in (
            "cd /work" + "/main",
            "/root" + "/venv/bin/python",
            "see py" + "pi.org",
            "written with Clau" + "de",
            "TO" + "DO: the rest",
        )
    ],
]

ALLOWED = [
    (
        rules.libraries_stay_in_their_place,
        "workflow/process/machine.py",
        "import transitions",
    ),
    (rules.libraries_stay_in_their_place, "web/screens/desk.py", "import flask"),
    (
        rules.config_is_read_where_the_parts_are_joined,
        "web/app.py",
        "from config import load",
    ),
    (
        rules.screens_build_no_queries,
        "workflow/people/questions.py",
        "import sqlalchemy",
    ),
    (rules.time_comes_in_as_an_argument, "web/clock.py", "datetime.now(UTC)"),
    (rules.time_comes_in_as_an_argument, "web/bench.py", "time.perf_counter()"),
    (rules.workflow_never_commits, "web/transaction.py", "session.commit()"),
    (
        rules.a_state_is_set_in_one_place,
        "workflow/articles/moves.py",
        "article.state = to",
    ),
    (
        rules.a_state_is_set_in_one_place,
        "workflow/articles/acts.py",
        "if article.state == 1: ...",
    ),
    (rules.what_others_use_is_explained, "web/display.py", "def _draw(): ..."),
    (
        rules.workflow_signatures_say_what_they_take,
        "workflow/reports/rules.py",
        "def add(cells: dict[str, object]) -> int: ...",
    ),
    (rules.files_are_short, "web/display.py", "pass\n" * 400),
    (
        rules.functions_are_short,
        "web/display.py",
        f'def draw():\n    """One.\n\n    Two.\n    """\n{SHORT_BODY}',
    ),
    (rules.things_have_names, "web/display.py", ""),
    (
        rules.refusals_live_in_one_tree,
        "workflow/errors.py",
        "class Absent(WorkflowError): ...",
    ),
]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: rules.Rule) -> None:
    faults = [fault for source in repository() for fault in rule(source)]

    assert faults == [], "\n".join([str(rule.__doc__), *faults])


@pytest.mark.parametrize(("rule", "path", "text"), REFUSED)
def test_it_refuses(rule: rules.Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) != []


@pytest.mark.parametrize(("rule", "path", "text"), ALLOWED)
def test_it_allows(rule: rules.Rule, path: str, text: str) -> None:
    assert list(rule(Source(path, text))) == []


def test_every_rule_is_shown_to_refuse() -> None:
    assert {rule for rule, _, _ in REFUSED} == set(rules.RULES)


def test_the_repository_is_read() -> None:
    assert set(FLOORS) <= {source.floor for source in repository() if source.is_ours}
