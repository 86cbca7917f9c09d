"""A paper case played with real acts, beside the paper that says what must come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.clocks import ArticleClock
from models.releases import Release
from tests.acts.paper_office import ANY, RealOffice
from workflow.articles import acts, cases, limits, silence, tasks
from workflow.articles.acts import Approval, Return
from workflow.articles.cases import Case
from workflow.articles.desks import able_to, everything_open
from workflow.articles.doubts import object_to, raise_doubt
from workflow.articles.drafts import Draft
from workflow.articles.files import NewFile
from workflow.articles.tasks import Box
from workflow.articles.text import Value
from workflow.calendar import TOWN_TIME, town_day
from workflow.errors import WorkflowError
from workflow.people.staffing import staffing
from workflow.process.plan import Plan
from workflow.process.scenario.running import Running
from workflow.process.scenario.script import Paper, Step
from workflow.process.scenario.ticking import clocks, due_of

SOON = timedelta(microseconds=1)

# The same refusal, by the name that the paper and by the name that the office has for
# it: who is early is told "not yet" on paper, and whose turn it is by the office.
SAME = {
    "away": {"recorded-absent"},
    "a-is-here": {"b-only-while-a-away"},
    "not-open": {"not-your-post", "no-rung-open", "not-the-drafter", "wrong-state"},
    "not-in-plan": {"not-open", "not-your-post"},
    "missing": {"review-before-publishing"},
    "not-your-post": {"not-the-drafter", "with-the-reviewer"},
}


def tells_the_same(paper: str, office: str) -> bool:
    return office == paper or office in SAME.get(paper, ())


@dataclass
class Playing:
    """One article on the database, driven by the steps of a paper case."""

    office: RealOffice
    paper: Paper
    article: Article
    pending: str = ""
    numbered: dict[int, int] = field(default_factory=dict)
    verbs: Mapping[str, Callable[[Step, datetime], object]] = field(init=False)

    def __post_init__(self) -> None:
        self.verbs = {
            "submit": self._submit,
            "approve": self._approve,
            "send_back": self._send_back,
            "object": self._object,
            "doubt": self._doubt,
            "edit": self._edit,
            "set": self._set,
            "publish": self._publish,
            "hold": self._reasoned(acts.hold),
            "resume": self._reasoned(acts.resume),
            "reject": self._reasoned(acts.reject),
            "recall": self._reasoned(acts.recall),
            "withdraw": self._reasoned(acts.withdraw),
        }

    @property
    def session(self) -> Session:
        return self.office.session

    @property
    def case(self) -> Case:
        """As it stands now."""
        return cases.load(self.session, self.office.agency_id, self.article.id)

    @property
    def at(self) -> tuple[int, int]:
        return self.article.id, self.case.revision.id

    def do(self, step: Step, at: datetime) -> WorkflowError | None:
        """Do what the step says; what was refused has changed nothing."""
        with self.session.begin_nested() as inner:
            try:
                self.verbs[step.do](step, at)
            except WorkflowError as refusal:
                inner.rollback()
                self.session.expire_all()
                return refusal
        return None

    def _submit(self, step: Step, at: datetime) -> None:
        by = self.office.by(step.who, at)
        said = self._approval(step)
        acts.submit(self.session, by, *self.at, said)

    def _approve(self, step: Step, at: datetime) -> None:
        by = self.office.by(step.who, at)
        acts.sign(self.session, by, *self.at, self._approval(step))

    def _approval(self, step: Step) -> Approval:
        refused = step.given.get("no", ())
        items = [i for s in self.case.definition.stages for i in s.checklist]
        answers = {i.id: "no" if i.id in refused else "yes" for i in items}
        keys = ("minutes", "met_on", "document")
        particulars = {k: _one(step, k) for k in keys if k in step.given}
        return Approval(
            answers,
            _one(step, "opinion"),
            _one(step, "act"),
            particulars,
            self.paper.needed_by,
        )

    def _send_back(self, step: Step, at: datetime) -> None:
        names = {s.name: s.id for s in self.case.definition.stages}
        wanted = _one(step, "to") or "drafting"
        to = {**names, "拟稿": "drafting"}.get(wanted, wanted)
        back = Return(to, _one(step, "reason"))
        acts.send_back(self.session, self.office.by(step.who, at), *self.at, back)

    def _object(self, step: Step, at: datetime) -> None:
        said = Approval({}, _one(step, "reason"), _one(step, "act"))
        object_to(self.session, self.office.by(step.who, at), *self.at, said)

    def _doubt(self, step: Step, at: datetime) -> None:
        by, reason = self.office.by(step.who, at), _one(step, "reason")
        subjects = step.given.get("subjects", ())
        raise_doubt(self.session, by, *self.at, subjects, reason)

    def _edit(self, step: Step, at: datetime) -> None:
        text, given = self.case.text, step.given
        kinds = given.get("attachments")
        written = Draft(
            title=_one(step, "title") or text.title,
            body=_one(step, "body") or text.body,
            section=text.section,
            channels=text.channels,
            attributes=text.attributes,
            kept=[] if kinds is not None else [f.digest for f in text.files],
            added=[] if kinds is None else [attached(kind) for kind in kinds],
            minor="minor" in given,
        )
        acts.revise(self.session, self.office.by(step.who, at), *self.at, written)

    def _set(self, step: Step, at: datetime) -> None:
        rule = self.case.definition.importance
        for name, value in step.facts.items():
            by = self.office.by(step.who, at)
            now = self.case.text.attributes.get(name)
            handed_in = self.case.article.submitted_at is not None
            if rule and name == rule.attribute and value != now and handed_in:
                up = rule.weight(value) > rule.weight(now)
                doing = acts.raise_importance if up else acts.lower_importance
                doing(self.session, by, *self.at, "示例理由")
            else:
                self._change(by.person_id or 0, name, value, at)

    def _change(self, person: int, name: str, value: Value, at: datetime) -> None:
        text = self.case.text
        attributes = dict(text.attributes)
        section, channels = text.section, text.channels
        if name == "section":
            section = str(value)
        elif name == "channels" and isinstance(value, frozenset):
            channels = tuple(sorted(value))
        else:
            attributes[name] = value
        kept = [file.digest for file in text.files]
        written = Draft(text.title, text.body, section, channels, attributes, kept)
        by = replace(self.office.by("", at), person_id=person)
        acts.revise(self.session, by, *self.at, written)

    def _publish(self, step: Step, at: datetime) -> None:
        by = self.office.by(step.who, at)
        channels = step.given.get("channels", ())
        acts.publish(self.session, by, *self.at, channels)

    def _reasoned(self, act: Callable[..., Article]) -> Callable[..., object]:
        def doing(step: Step, at: datetime) -> None:
            by = self.office.by(step.who, at)
            act(self.session, by, *self.at, _one(step, "reason"))

        return doing


def begin(office: RealOffice, paper: Paper, running: Running, at: datetime) -> Playing:
    """The article of a paper case, drafted for real."""
    channels = running.facts["channels"]
    declared = running.definition.attributes["channels"].values
    only = [next(iter(declared), "website")]
    attributes = {
        name: frozenset(value) if isinstance(value, tuple) else value
        for name, value in paper.attributes.items()
    }
    written = Draft(
        title=paper.title,
        body=paper.body,
        section=paper.section or ANY,
        channels=sorted(channels) if isinstance(channels, frozenset) else only,
        attributes=attributes,
        added=[attached(kind) for kind in sorted(paper.attachments)],
    )
    by = office.by(paper.drafter, at)
    article = acts.draft(office.session, by, written)
    return Playing(office, paper, article)


def attached(kind: str) -> NewFile:
    return NewFile(f"{kind}.pdf", b"%PDF-1.4 " + kind.encode(), kind)


@dataclass(frozen=True)
class Look:
    """What one sees of an article, on paper or in the office."""

    state: str
    held: bool
    plan: tuple[str, ...]
    tasks: Mapping[str, frozenset[str]]
    signed: frozenset[str]
    released: frozenset[str]
    waits_for: frozenset[str]
    due: Mapping[str, str]
    facts: Mapping[str, object]


def on_paper(running: Running, at: datetime) -> Look:
    position = running.position
    tasks = {
        act: frozenset(c.person.name for c in found)
        for act, found in running.tasks(at).items()
    }
    stood = (item for item in running.stood if item.seq)
    out = position.released
    if position.state == "published":
        out = running.plan.channels
    return Look(
        position.state,
        position.held,
        running.plan.ids,
        tasks,
        frozenset().union(*(s.acts for s in stood)) - {"publish"},
        out,
        frozenset().union(*tasks.values()),
        {c.key: _moment(due_of(running, c)) for c in clocks(running)},
        _facts(running.plan),
    )


def in_office(playing: Playing, at: datetime, *, lists: bool = True) -> Look:
    """What the office shows.

    Args:
        lists: also in whose lists it stands, which takes many questions.
    """
    case = playing.case
    staff = staffing(playing.session, playing.office.agency_id, town_day(at), at)
    can = {
        key: frozenset(playing.office.name(p) for p in able_to(staff, case, act))
        for key, act in everything_open(case)
        if not case.article.held
    }
    query = select(Release.channel).where(
        Release.article_id == case.article.id, Release.taken_down_at.is_(None)
    )
    return Look(
        case.article.state,
        case.article.held,
        case.plan.ids,
        can,
        frozenset().union(*(s.acts for s in case.standing)),
        frozenset(playing.session.scalars(query)),
        waiting(playing, at) if can and lists else frozenset().union(*can.values()),
        dues(playing, case),
        _facts(case.plan),
    )


def waiting(playing: Playing, at: datetime) -> frozenset[str]:
    """In whose list of what waits the article stands."""
    found = set()
    for name in playing.office.people:
        desk = tasks.desk(playing.session, playing.office.by(name, at))
        rows = tasks.in_box(playing.session, desk, Box.WAITING)
        if playing.article.id in {row.article.id for row in rows}:
            found.add(name)
    return frozenset(found)


def dues(playing: Playing, case: Case) -> dict[str, str]:
    """When each limit runs out, as the office has it."""
    if limits.keeps_clocks(case.definition):
        rows = limits.open_rows(playing.session, case.article.id)
        return {row.key: _moment(row.due_at) for row in rows}
    key = "publish" if case.article.state == "cleared" else case.article.state
    return {key: _moment(case.article.due_at)} if case.article.due_at else {}


def let_time_pass(playing: Playing, until: datetime) -> None:
    """Each limit speaks a moment after it has run out, in order."""
    session, agency = playing.session, playing.office.agency_id
    query = select(ArticleClock.due_at).where(
        ArticleClock.agency_id == agency,
        ArticleClock.ended_at.is_(None),
        ArticleClock.spoken_at.is_(None),
        ArticleClock.due_at < until,
    )
    while (moment := session.scalars(query.order_by(ArticleClock.due_at)).first()) and (
        silence.let_limits_speak(session, playing.office.by("", moment + SOON))
    ):
        session.flush()


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(TOWN_TIME):%Y-%m-%d %H:%M}" if at else "暂停"


def _facts(plan: Plan) -> dict[str, object]:
    return {k: v for k, v in plan.facts.items() if k not in ("section", "channels")}


def _one(step: Step, key: str) -> str:
    return "".join(step.given.get(key, ()))
