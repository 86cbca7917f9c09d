"""One article as an act needs it: its text, its plan, and which signatures count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from sqlalchemy import Row, bindparam, null, select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition, Section
from models.articles import Article, Attachment, Blob, Revision
from models.database import run_plain
from models.people import Person
from models.releases import Release
from models.sharing import AddedSignature, AddedSigner, Consultation
from models.signatures import Outcome, Signature
from workflow.articles.text import FileRef, Text, digest_of, facts_of, parts_of
from workflow.errors import NotFound, Superseded
from workflow.people.staffing import Staffing
from workflow.process import machine
from workflow.process.definition import Definition
from workflow.process.handover import joined
from workflow.process.machine import CLEARED, DRAFTING, PUBLISHED, Position
from workflow.process.plan import Plan, make_plan
from workflow.process.reading import read_definition


@dataclass(frozen=True, slots=True)
class Signed:
    """A revision that somebody signed, digested anew from its text."""

    digest: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """What has to be known of an article to decide anything about it.

    Args:
        revision: the latest revision, the only one that may be signed.
        signatures: every decision on record, oldest first.
        signed: the revisions that were approved at some rung, by id.
        released: the channels on which it is out already.
        standing: the approvals that still count for the present text.
        beside: what added signers signed (加签), for keeping persons apart only.
        shared: whether anybody was ever asked, or added.
        staffings: who holds what, by the day that was asked for; kept as long as the
            case, so that one act asks once.
    """

    article: Article
    drafter: Person
    revision: Revision
    text: Text
    plan: Plan
    signatures: tuple[Signature, ...]
    signed: Mapping[int, Signed]
    standing: tuple[machine.Signature, ...]
    released: frozenset[str] = frozenset()
    beside: tuple[machine.Signature, ...] = ()
    shared: bool = False
    staffings: dict[date, Staffing] = field(default_factory=dict, compare=False)

    @property
    def definition(self) -> Definition:
        """The version of the regulation that this article started under."""
        return self.plan.definition

    @property
    def position(self) -> Position:
        """Where it stands, and which acts of this rung and above are signed."""
        state, held, out = self.article.state, self.article.held, self.released
        if state == PUBLISHED:
            return Position(state, self._done_afterwards)
        placed = Position(state)
        if self.plan.has(state):
            placed = machine.place(self.plan, self.stood)
        if placed.state != state:
            return Position(state, held=held)
        return replace(placed, held=held, released=out)

    @property
    def _done_afterwards(self) -> frozenset[str]:
        return frozenset(
            act
            for signature in self.signatures
            if signature.stage == PUBLISHED and signature.outcome is Outcome.APPROVED
            for act in signature.acts
        )

    @property
    def stood(self) -> tuple[machine.Signature, ...]:
        """The approvals that still count, and who drafted it."""
        return (_drafted(self.article), *self.standing)

    @property
    def signed_ever(self) -> tuple[machine.Signature, ...]:
        """Every approval of its life: exclusive rungs are tested against all of them.

        A round that was returned still shows who has seen the text (谁审核谁负责).
        """
        own = (s for s in self.history if isinstance(s, machine.Signature))
        return (*own, *self.beside)

    @property
    def history(self) -> tuple[machine.Signature | machine.Return, ...]:
        """The decisions as the engine reads them, the drafting of it first."""
        return _history(self.article, self.signatures, self.signed)


DIRECT = "direct"
_DEFINITIONS = "process_definitions"
PUBLISH = "publish"
NOBODY = 0

# Built once: building a statement costs more than running it.
_WHOLE = (
    select(
        Article,
        Person,
        Revision,
        Section.code,
        ProcessDefinition.source,
        ProcessDefinition.successor,
    )
    .join(Person, Person.id == Article.drafter_id)
    .join(Revision, Revision.article_id == Article.id)
    .join(Section, Section.id == Revision.section_id)
    .join(ProcessDefinition, ProcessDefinition.id == Article.definition_id)
    .where(Article.id == bindparam("article"))
    .order_by(Revision.number.desc())
    .limit(1)
)
_FILES = (
    select(
        Attachment.name,
        Attachment.media_type,
        Attachment.digest,
        Blob.size,
        Attachment.kind,
    )
    .join(Blob, Blob.digest == Attachment.digest)
    .where(Attachment.revision_id == bindparam("revision"))
    .order_by(Attachment.position)
)
_SIGNATURES = (
    select(Signature)
    .where(Signature.article_id == bindparam("article"))
    .order_by(Signature.seq)
)
_RELEASED = select(Release.channel).where(
    Release.article_id == bindparam("article"), Release.taken_down_at.is_(None)
)
# who was added and what she signed; whom somebody asked, without a signature
_SHARED = (
    select(AddedSigner.id, AddedSigner.stage, AddedSignature.person_id)
    .outerjoin(AddedSignature, AddedSignature.signer_id == AddedSigner.id)
    .where(AddedSigner.article_id == bindparam("article"))
    .union_all(
        select(Consultation.id, Consultation.stage, null()).where(
            Consultation.article_id == bindparam("article")
        )
    )
)
_Whole = tuple[Article, Person, Revision, str, str, str]


def load(session: Session, agency_id: int, article_id: int) -> Case:
    """The case of one article of this agency.

    Raises:
        NotFound: no such article here.
    """
    row = session.execute(_WHOLE, {"article": article_id}).one_or_none()
    if row is None or row[0].agency_id != agency_id:
        raise NotFound("没有找到这篇稿件，可能不属于本单位。")
    return _case(session, row)


def load_at(
    session: Session, agency_id: int, article_id: int, revision_id: int
) -> Case:
    """The same, when the revision that was read is still the latest.

    Raises:
        NotFound: no such article here.
        Superseded: somebody has saved another revision since.
    """
    case = load(session, agency_id, article_id)
    if case.revision.id != revision_id:
        raise Superseded(
            f"您看到的不是最新一稿，现在是第{case.revision.number}稿，请刷新后再办。",
            subject=case.article.id,
        )
    return case


def of(session: Session, article: Article) -> Case:
    """Read everything about an article that was loaded already."""
    return _case(session, session.execute(_WHOLE, {"article": article.id}).one())


def _case(session: Session, row: Row[*_Whole]) -> Case:
    article, drafter, revision, section, source, successor = row
    text = _text(revision, section, files_of(session, revision.id))
    plan = make_plan(_read(source, successor), facts_of(text))
    signatures = tuple(session.scalars(_SIGNATURES, {"article": article.id}))
    present = parts_of(text)
    signed = _signed(session, signatures, {revision.id: present})
    history = _history(article, signatures, signed)
    standing = machine.standing(plan, history[1:], present)
    out = _released(session, plan, article)
    shared = run_plain(session, _SHARED, {"article": article.id}).all()
    return Case(
        article,
        drafter,
        revision,
        text,
        plan,
        signatures,
        signed,
        standing,
        out,
        tuple(_beside(*one) for one in shared if one[2] is not None),
        bool(shared),
    )


def _beside(signer: int, stage: str, person: int) -> machine.Signature:
    return machine.Signature(0, stage, frozenset({added_act(signer)}), person, {})


def added_act(signer_id: int) -> str:
    """The name of what an added signer does, where persons are kept apart."""
    return f"added.{signer_id}"


def _released(session: Session, plan: Plan, article: Article) -> frozenset[str]:
    """Asked only where one channel may be out while another waits."""
    waits = article.state == CLEARED
    if not (waits or plan.definition.releases_apart):
        return frozenset()
    rows = run_plain(session, _RELEASED, {"article": article.id})
    return frozenset(row[0] for row in rows)


def text_of(session: Session, revision: Revision) -> Text:
    """The text of a revision, read from what is kept and not from its digests."""
    section = session.get_one(Section, revision.section_id)
    return _text(revision, section.code, files_of(session, revision.id))


def _text(revision: Revision, section: str, files: tuple[FileRef, ...]) -> Text:
    return Text(
        title=revision.title,
        body=revision.body,
        section=section,
        channels=tuple(revision.channels),
        attributes={
            name: frozenset(value) if isinstance(value, list) else value
            for name, value in revision.attributes.items()
        },
        files=files,
        meaning=revision.meaning,
    )


def files_of(session: Session, revision_id: int) -> tuple[FileRef, ...]:
    """The files of a revision, in their order."""
    rows = run_plain(session, _FILES, {"revision": revision_id})
    return tuple(FileRef(*row) for row in rows)


def definition_of(session: Session, definition_id: int) -> Definition:
    """The definition an article runs under; read once, since versions never change."""
    known: dict[int, Definition] = session.info.setdefault(_DEFINITIONS, {})
    if definition_id not in known:
        row = session.get(ProcessDefinition, definition_id)
        if row is None:
            raise NotFound("没有找到这篇稿件所适用的流程定义。")
        known[definition_id] = _read(row.source, row.successor)
    return known[definition_id]


@lru_cache(maxsize=256)
def _read(source: str, successor: str = "") -> Definition:
    """The definition, with the ladder of the agency that it hands over to on top."""
    own = read_definition(source)
    return joined(own, read_definition(successor)) if successor else own


def _history(
    article: Article,
    signatures: Iterable[Signature],
    signed: Mapping[int, Signed],
) -> tuple[machine.Signature | machine.Return, ...]:
    """What was decided; who drafted it comes first, since she may be kept apart."""
    return (_drafted(article), *read_history(signatures, signed))


def _drafted(article: Article) -> machine.Signature:
    drafting = frozenset({DRAFTING})
    return machine.Signature(0, DRAFTING, drafting, article.drafter_id, {})


def read_history(
    signatures: Iterable[Signature], signed: Mapping[int, Signed]
) -> tuple[machine.Signature | machine.Return, ...]:
    """Decisions on record, as the engine's plain values."""
    found: list[machine.Signature | machine.Return] = []
    for row in signatures:
        if row.outcome is Outcome.APPROVED:
            found.append(_approval(row, signed[row.revision_id]))
        elif row.outcome in (Outcome.RETURNED, Outcome.OBJECTED):
            kept = frozenset(row.particulars.get(DIRECT, "").split(","))
            found.append(machine.Return(row.seq, row.returned_to, kept))
        elif row.outcome is Outcome.PUBLISHED:
            found.append(_publication(row))
        elif row.outcome is Outcome.RECALLED:
            found.append(machine.Return(row.seq, row.returned_to or DRAFTING))
    return tuple(found)


def left_alone(case: Case, to: str) -> dict[str, str]:
    """What the record of a direct return says: the stages that it leaves alone."""
    alone = machine.between(case.plan, to, case.article.state)
    return {DIRECT: ",".join(item.stage.id for item in alone)}


def _approval(row: Signature, signed: Signed) -> machine.Signature:
    """A signature whose digest is not that of the text it names is on nothing."""
    parts = signed.parts if row.digest == signed.digest else {}
    acts, nobody = frozenset(row.acts), row.person_id is None
    person = row.person_id or NOBODY
    return machine.Signature(row.seq, row.stage, acts, person, parts, deemed=nobody)


def _publication(row: Signature) -> machine.Signature:
    """Who published counts in the sets of persons, and nowhere else."""
    acts, person = frozenset({PUBLISH}), row.person_id or NOBODY
    return machine.Signature(row.seq, PUBLISH, acts, person, {})


def _signed(
    session: Session,
    signatures: Sequence[Signature],
    known: Mapping[int, Mapping[str, str]],
) -> dict[int, Signed]:
    """Every revision that was approved at some rung, digested anew from its text.

    Args:
        known: parts that were recomputed already, by revision.
    """
    ids = {s.revision_id for s in signatures if s.outcome is Outcome.APPROVED}
    parts = {key: found for key, found in known.items() if key in ids}
    for revision in _revisions(session, ids - parts.keys()):
        parts[revision.id] = parts_of(text_of(session, revision))
    return {key: Signed(digest_of(found), found) for key, found in parts.items()}


def _revisions(session: Session, ids: Set[int]) -> Iterable[Revision]:
    if not ids:
        return ()
    return session.scalars(select(Revision).where(Revision.id.in_(ids)))
