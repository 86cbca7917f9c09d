"""The small town with its regulation, and articles where a test wants them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency, Section
from models.articles import Article
from models.database import Database, open_database
from models.people import Account, Holding, Person, Post, Slot
from tests import stories
from tests.schema import make_tables
from tests.small_town import ENTERED, MONDAY, build, occasion
from tests.small_town import Town as SmallTown
from tests.town import JIANGKOU, Town
from workflow.agencies import acts as agencies
from workflow.agencies.acts import HolidayList
from workflow.articles import cases, questions, reviewing
from workflow.occasion import Occasion
from workflow.people import acts


def equip(database: Database) -> None:
    """Adopt the regulation, enter the calendar, fill the publisher's post."""
    with database.writing.begin() as session:
        agency = session.scalars(select(Agency)).one()
        system = Occasion(agency.id, None, MONDAY, "equip")
        off = [date(2024, 1, 1), date(2024, 5, 1)]
        holidays = HolidayList(2024, off, [], "示例")
        agencies.enter_calendar(session, system.under("equip-calendar"), holidays)
        source = Path(JIANGKOU).read_text("utf-8")
        agencies.adopt_definition(session, system.under("equip-rule"), source)
        _fill(session, _small(session, agency))


def build_at(path: Path) -> None:
    """The small town with all this, as a new database file."""
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    build(database)
    equip(database)
    database.close()


def _fill(session: Session, town: SmallTown) -> None:
    sections = [town.sections["farming"], town.sections["safety"]]
    deputy = session.scalars(select(Post).where(Post.code == "deputy_head")).one()
    acts.set_portfolio(session, occasion(town), deputy.id, sections)
    post = acts.make_post(session, occasion(town), "publisher", "信息发布岗")
    for slot, login in ((Slot.A, "publisher"), (Slot.B, "drafter")):
        person = town.people[login]
        acts.fill_post(session, occasion(town), post.id, person, slot, ENTERED)


def _small(session: Session, agency: Agency) -> SmallTown:
    logins = session.execute(select(Account.login, Account.person_id))
    rows = session.execute(select(Section.code, Section.id))
    return SmallTown(
        agency.id,
        people={row.login: row.person_id for row in logins},
        sections={row.code: row.id for row in rows},
    )


@contextmanager
def stage(database: Database) -> Iterator[Town]:
    """The town as ``tests/stories.py`` wants it; committed at the end."""
    with database.writing.begin() as session:
        agency = session.scalars(select(Agency)).one()
        small = _small(session, agency)
        people = {
            login: session.get_one(Person, person_id)
            for login, person_id in small.people.items()
        }
        yield Town(session, agency, people, at=MONDAY)


def told(database: Database, story: str, **changes: object) -> int:
    """The id of an article with this story from ``tests/stories.py``."""
    changes.setdefault("section", "farming")
    with stage(database) as town:
        article: Article = getattr(stories, story)(town, **changes)
        return article.id


def take_over(town: Town, code: str, login: str) -> None:
    """One more A holder of a post, beside the first."""
    post = town.session.scalars(select(Post).where(Post.code == code)).one()
    holding = Holding(
        post_id=post.id, person_id=town.people[login].id, slot=Slot.A, since=ENTERED
    )
    town.session.add(holding)
    town.session.flush()


def present(database: Database, article_id: int) -> dict[str, object]:
    """The fields that a form under the present text carries."""
    with database.reading() as session:
        agency = session.scalars(select(Agency)).one()
        case = cases.load(session, agency.id, article_id)
        items = reviewing.checklist(case)
        return {
            "revision": case.revision.id,
            "seen": len(questions.story(session, case)),
            **{f"check-{item.id}": "yes" for item in items},
        }


def trail_of(database: Database, article_id: int) -> list[str]:
    """What the story of an article says was done, oldest first."""
    with database.reading() as session:
        agency = session.scalars(select(Agency)).one()
        case = cases.load(session, agency.id, article_id)
        return [line.act for line in questions.story(session, case)]
