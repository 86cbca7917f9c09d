"""Two in the same instant: one wins, the other is told; nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import func, select

from models.articles import Article, Revision
from models.audit import AuditEntry
from models.database import Database
from models.findings import Answer, FindingKind, Grade
from models.people import Holding, Slot
from models.signatures import Outcome, Signature
from tests.schema import open_engine
from tests.stories import (
    approved,
    at_deputy,
    cleared,
    drafted,
    publish,
    revision_of,
    sent_back,
    submitted,
    written,
)
from tests.town import Town, found_town
from workflow.articles import acts, findings, noting
from workflow.articles.acts import Approval
from workflow.articles.findings import NewFinding, Reply
from workflow.audit.questions import verify
from workflow.errors import (
    FindingsOpen,
    NotPermitted,
    Superseded,
    WorkflowError,
    WrongState,
)
from workflow.occasion import Occasion

ROUNDS = 8
TOO_LATE = (Superseded, NotPermitted, WrongState)


@dataclass(frozen=True)
class Told:
    """What one of them got: the article's id, or the refusal."""

    article: int | None
    refusal: WorkflowError | None


Act = Callable[[Town], Article]


@dataclass
class Office:
    """A founded town whose people act from threads of their own."""

    database: Database
    town: Town

    @contextmanager
    def alone(self) -> Iterator[Town]:
        """One transaction of the test itself."""
        with self.database.writing.begin() as session:
            yield replace(self.town, session=session)

    def together(self, *wishes: Act) -> list[Told]:
        """Let everyone start at the same instant; what each of them was told."""
        barrier = Barrier(len(wishes))

        def one(wish: Act) -> Told:
            with self.database.writing() as session:
                barrier.wait()
                try:
                    with session.begin():
                        return Told(wish(replace(self.town, session=session)).id, None)
                except WorkflowError as refusal:
                    return Told(None, refusal)

        with ThreadPoolExecutor(len(wishes)) as pool:
            return list(pool.map(one, wishes))

    def count(self, kind: type, **where: object) -> int:
        """How many rows there are."""
        with self.database.reading() as session:
            query = select(func.count()).select_from(kind).filter_by(**where)
            return session.scalar(query) or 0

    def is_whole(self) -> bool:
        """Whether the trail holds, gapless."""
        with self.database.reading() as session:
            entries = select(AuditEntry.seq).where(
                AuditEntry.agency_id == self.town.agency.id
            )
            seqs = sorted(session.scalars(entries))
            return verify(session).ok and seqs == list(range(1, len(seqs) + 1))


@pytest.fixture
def office(database: Database) -> Office:
    """A committed town with two directors, both A holders."""
    return settled(database)


def settled(database: Database) -> Office:
    with database.writing.begin() as session:
        town = found_town(session)
        _second_director(town)
    return Office(database, town)


def _second_director(town: Town) -> None:
    town.session.add(
        Holding(
            post_id=town.posts["director"].id,
            person_id=town.people["inspector"].id,
            slot=Slot.A,
            since=date(2024, 1, 1),
        )
    )


def prepared(office: Office, story: Act) -> tuple[int, int, Approval]:
    """A committed article, its revision, and every line of its rung answered."""
    with office.alone() as town:
        article = story(town)
        return article.id, revision_of(town, article), approved(town, article)


def signing(who: str, article: int, revision: int, approval: Approval) -> Act:
    def act(town: Town) -> Article:
        return acts.sign(town.session, town.by(who), article, revision, approval)

    return act


def letting_out(article: int) -> Act:
    return lambda town: publish(town, town.session.get_one(Article, article))


def the_winner(told: Sequence[Told]) -> Told:
    winners = [one for one in told if one.refusal is None]
    losers = [one.refusal for one in told if one.refusal is not None]
    assert len(winners) == 1, losers
    assert all(isinstance(refusal, TOO_LATE) for refusal in losers), losers
    return winners[0]


@pytest.mark.parametrize(
    "pair", [("director", "inspector"), ("director", "director")], ids=["two", "twice"]
)
def test_of_two_who_approve_in_one_instant_one_wins(
    office: Office, pair: tuple[str, str]
) -> None:
    for _ in range(ROUNDS):
        at = prepared(office, submitted)
        entries = office.count(AuditEntry)

        told = office.together(*(signing(who, *at) for who in pair))

        the_winner(told)
        where = {"article_id": at[0], "stage": "office_review"}
        assert office.count(Signature, **where) == 1
        assert office.count(AuditEntry) == entries + 1
    assert office.is_whole()


@pytest.mark.postgres
def test_on_postgresql_the_loser_was_overtaken_not_forbidden(
    postgres_url: str,
) -> None:
    """SQLite lets writers in one by one: there the loser comes wholly after."""
    database = open_engine(postgres_url)
    office = settled(database)
    refusals = []
    for _ in range(ROUNDS):
        at = prepared(office, submitted)
        told = office.together(*(signing(w, *at) for w in ("director", "inspector")))
        refusals += [one.refusal for one in told if one.refusal]

    assert any(isinstance(refusal, Superseded) for refusal in refusals)
    database.close()


def test_approving_and_returning_in_one_instant_is_one_decision(
    office: Office,
) -> None:
    for _ in range(ROUNDS):
        at = prepared(office, submitted)

        def back(town: Town, article: int = at[0]) -> Article:
            found = town.session.get_one(Article, article)
            return sent_back(town, found, "inspector")

        told = office.together(signing("director", *at), back)

        the_winner(told)
        assert office.count(Signature, article_id=at[0]) == 2
    assert office.is_whole()


def test_two_who_change_the_text_make_one_revision(office: Office) -> None:
    for _ in range(ROUNDS):
        article, revision, _ = prepared(office, drafted)

        def change(title: str, at: tuple[int, int] = (article, revision)) -> Act:
            return lambda town: acts.revise(
                town.session, town.by("drafter"), *at, written(title=title)
            )

        told = office.together(change("标题甲"), change("标题乙"))

        the_winner(told)
        assert office.count(Revision, article_id=article) == 2
    assert office.is_whole()


def test_two_who_answer_one_finding_leave_one_answer(office: Office) -> None:
    finding = NewFinding(FindingKind.WORDING, "用词再斟酌")
    for _ in range(ROUNDS):
        with office.alone() as town:
            story = sent_back(town, submitted(town), "director", raised=(finding,))
            at = story.id, revision_of(town, story)
            (raised,) = findings.open_of(town.session, story.id)
        entries = office.count(AuditEntry)

        def answer(how: Answer, at: tuple[int, int] = at, key: int = raised.id) -> Act:
            replies = {key: Reply(how, "已核对")}
            return lambda town: acts.answer_findings(
                town.session, town.by("drafter"), *at, replies
            )

        told = office.together(answer(Answer.FIXED), answer(Answer.KEPT))

        assert len([one for one in told if one.refusal is None]) == 1
        assert office.count(AuditEntry) == entries + 1
    assert office.is_whole()


def test_noting_what_must_be_changed_and_signing_are_not_both_done(
    office: Office,
) -> None:
    hard = NewFinding(FindingKind.FACT, "日期有误", "3月4日", Grade.BLOCK, "body")
    for _ in range(ROUNDS):
        *at, approval = prepared(office, submitted)

        def note(town: Town, at: tuple[int, ...] = tuple(at)) -> Article:
            return noting.add_finding(
                town.session, town.by("inspector"), at[0], at[1], hard
            )

        told = office.together(note, signing("director", at[0], at[1], approval))

        (refusal,) = (one.refusal for one in told if one.refusal is not None)
        assert isinstance(refusal, (*TOO_LATE, FindingsOpen))
    assert office.is_whole()


def test_changing_and_publishing_never_lets_out_what_nobody_signed(
    office: Office,
) -> None:
    for _ in range(ROUNDS):
        article, revision, _ = prepared(office, cleared)

        def change(town: Town, at: tuple[int, int] = (article, revision)) -> Article:
            new = written(title="悄悄改过的标题")
            return acts.revise(town.session, town.by("drafter"), *at, new)

        def let_out(town: Town, at: tuple[int, int] = (article, revision)) -> Article:
            return acts.publish(town.session, town.by("publisher"), *at)

        the_winner(office.together(change, let_out))

        with office.database.reading() as session:
            found = session.get_one(Article, article)
            last = session.scalars(
                select(Revision)
                .where(Revision.article_id == article)
                .order_by(Revision.number.desc())
            ).first()
        assert last is not None
        assert found.published_digest in (None, last.digest)
    assert office.is_whole()


def test_one_operation_from_two_windows_is_one_article(office: Office) -> None:
    for number in range(ROUNDS):
        entries = office.count(AuditEntry)

        def write(town: Town, operation: str = f"once-{number}") -> Article:
            return acts.draft(town.session, town.by("drafter", operation), written())

        told = office.together(write, write)

        assert [one.refusal for one in told] == [None, None]
        assert told[0].article == told[1].article
        assert office.count(AuditEntry) == entries + 1
    assert office.count(Article) == ROUNDS
    assert office.is_whole()


def test_one_signing_operation_from_two_windows_is_one_signature(
    office: Office,
) -> None:
    for number in range(ROUNDS):
        at = prepared(office, submitted)

        def press(
            town: Town,
            at: tuple[int, int, Approval] = at,
            operation: str = f"pressed-{number}",
        ) -> Article:
            by = town.by("director", operation)
            return acts.sign(town.session, by, *at)

        told = office.together(press, press)

        assert [one.article for one in told] == [at[0], at[0]]
        where = {"article_id": at[0], "stage": "office_review"}
        assert office.count(Signature, **where) == 1


def test_drafts_in_one_instant_get_serials_without_gap_or_twin(
    office: Office,
) -> None:
    for _ in range(ROUNDS):
        told = office.together(drafted, lambda town: drafted(town, "colleague"))
        assert [one.refusal for one in told] == [None, None]

    with office.database.reading() as session:
        serials = sorted(session.scalars(select(Article.serial)))
    assert serials == list(range(1, 2 * ROUNDS + 1))


def test_ten_at_work_on_different_articles_keep_the_chain_whole(
    office: Office,
) -> None:
    waiting = [prepared(office, story) for story in (submitted, at_deputy) * 3]
    ready = [prepared(office, cleared)[0] for _ in range(2)]
    who = ("director", "deputy") * 3
    wishes: list[Act] = [
        signing(name, *at) for name, at in zip(who, waiting, strict=True)
    ]
    wishes += [letting_out(article) for article in ready]
    wishes += [drafted, submitted]
    signed = office.count(Signature)
    entries = office.count(AuditEntry)

    told = office.together(*wishes)

    assert [one.refusal for one in told] == [None] * 10
    assert office.count(Signature) == signed + 9
    assert office.count(AuditEntry) == entries + 11
    assert office.count(Signature, outcome=Outcome.PUBLISHED) == 2
    assert office.is_whole()


def test_two_agencies_at_once_do_not_wait_for_ever(office: Office) -> None:
    with office.alone() as town:
        other = found_town(town.session, "another-town")

    def elsewhere(town: Town) -> Article:
        return drafted(replace(other, session=town.session))

    for _ in range(ROUNDS):
        told = office.together(drafted, elsewhere)
        assert [one.refusal for one in told] == [None, None]
    with office.database.reading() as session:
        assert verify(session).ok


def test_an_occasion_belongs_to_one_person(office: Office) -> None:
    """The same id by another person is another person's, not an answer to her."""
    with office.alone() as town:
        acts.draft(town.session, town.by("drafter", "mine"), written())

    def borrowed(town: Town) -> Article:
        by: Occasion = town.by("colleague", "mine")
        return acts.draft(town.session, by, written())

    (told,) = office.together(borrowed)

    assert isinstance(told.refusal, Superseded)
