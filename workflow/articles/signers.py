"""加签、减签: one who holds a rung demands another post's signature on the same text.

The regulation's own signatures are demanded as before.  The added post is held by A, or
by B while A is away, like every post; who signed a rung that excludes this one cannot
sign here either, and who signs here cannot sign there.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.notices import NoticeKind
from models.people import Post
from models.sharing import AddedSignature, AddedSigner
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import added, beside, cases
from workflow.articles.added import Demand
from workflow.articles.cases import Case
from workflow.articles.desks import Asking
from workflow.articles.doing import on_article
from workflow.articles.moves import Decision, note, take
from workflow.articles.permits import current_stage, holders_of_stage
from workflow.articles.proofread import nothing_noted_blocks
from workflow.articles.rules import opinion_fits, reason_given
from workflow.audit.acts import Plain, Subject, actor_name, record
from workflow.errors import InvalidInput, NotFound, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people import rules as people
from workflow.people.rules import Capacity


def may_be_added(session: Session, by: Occasion, case: Case) -> list[Post]:
    """The posts whose signature may be demanded: held, not this rung's, not added."""
    asking = Asking(session, by, case, Action.ADD_SIGNER)
    stage = current_stage(case)
    own = {h.post_id for h in holders_of_stage(asking, stage)} if stage else set()
    there = {one.row.post_id for one in added.demands(session, case) if _stands(one)}
    held = {h.post_id for h in people.acting(asking.staffing.holders)}
    query = select(Post).where(Post.id.in_(held - own - there)).order_by(Post.id)
    return list(session.scalars(query))


def add_signer(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    post_id: int,
    why: str,
) -> Article:
    """Demand the signature of another post before this rung is signed.

    Raises:
        NotPermitted: not a holder of this rung.
        InvalidInput: a post that is not held today, is this rung's, or is added.
        OpinionRequired: no reason.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        reason = reason_given(why)
        titles = {post.id: post.title for post in may_be_added(session, by, case)}
        if post_id not in titles:
            line = "只能加签现在有人在岗、不是本级办理、还没有加过的岗位。"
            raise InvalidInput({"signer_post": [line]})
        take(session, case)
        session.add(_signer(by, case, post_id, reason))
        session.flush()
        told = beside.holders(Asking(session, by, case, Action.ADD_SIGNER), post_id)
        tell(session, by, _message(case, reason), [h.person_id for h in told])
        what = Decision(Action.ADD_SIGNER, Outcome.APPROVED, capacity)
        note(session, by, case, what, {"post": titles[post_id], "reason": reason})

    at, values = (article_id, revision_id), {"post": post_id, "why": why}
    return on_article(session, by, Action.ADD_SIGNER, at, values, doing)


def remove_signer(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    signer: int,
    why: str,
) -> Article:
    """Demand it no longer, with a reason, while it is owed on this text (减签).

    Raises:
        NotPermitted: neither a holder of the present rung nor the publisher.
        WrongState: signed, or taken away already.
        OpinionRequired: no reason.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        reason = reason_given(why)
        demand = _open_demand(session, case, signer)
        take(session, case)
        row = demand.row
        row.removed_at, row.removed_by_id = by.at, by.person_id
        row.removed_because = reason
        what = Decision(Action.REMOVE_SIGNER, Outcome.APPROVED, capacity)
        details: dict[str, Plain] = {"post": demand.post_title, "reason": reason}
        note(session, by, case, what, details)

    at, values = (article_id, revision_id), {"signer": signer, "why": why}
    return on_article(session, by, Action.REMOVE_SIGNER, at, values, doing)


def sign_beside(
    session: Session,
    by: Occasion,
    article_id: int,
    revision_id: int,
    signer: int,
    opinion: str,
) -> AddedSignature:
    """Sign the present text as one who was added.

    Raises:
        Superseded: another revision was saved, or somebody acted first.
        NotPermitted: not a holder of the post, B while A is here, or kept apart.
        WrongState: not owed now.
        FindingsOpen: what a reviewer noted as to be put right is open.
    """

    def doing() -> AddedSignature:
        case = cases.load_at(session, by.agency_id, article_id, revision_id)
        demand = _demand(session, case, signer)
        capacity = _may_sign(session, by, case, demand)
        take(session, case)
        row = _signature(by, actor_name(session, by), case, demand, capacity)
        row.opinion = opinion_fits(opinion)
        session.add(row)
        session.flush()
        _record(session, by, case, capacity, row)
        return row

    about = {"article": article_id, "signer": signer, "opinion": opinion}
    asked = (Action.SIGN_BESIDE, {**about, "revision": revision_id})
    return make_once(session, by, asked, AddedSignature, doing)


def _may_sign(session: Session, by: Occasion, case: Case, demand: Demand) -> Capacity:
    asking = Asking(session, by, case, Action.SIGN_BESIDE)
    capacity = beside.capacity(asking, demand)
    nothing_noted_blocks(session, by, case)
    return capacity


def _stands(demand: Demand) -> bool:
    return demand.row.removed_at is None


def _open_demand(session: Session, case: Case, signer: int) -> Demand:
    demand = _demand(session, case, signer)
    if not demand.open:
        raise WrongState("这一加签已经签过或减去，不能再减。", rule="signed-already")
    return demand


def _demand(session: Session, case: Case, signer: int) -> Demand:
    for one in added.demands(session, case):
        if one.row.id == signer:
            return one
    raise NotFound("没有找到这一加签。")


def _signer(by: Occasion, case: Case, post_id: int, reason: str) -> AddedSigner:
    return AddedSigner(
        agency_id=by.agency_id,
        article_id=case.article.id,
        stage=case.article.state,
        post_id=post_id,
        added_by_id=by.person_id,
        reason=reason,
        added_at=by.at,
    )


def _signature(
    by: Occasion, name: str, case: Case, demand: Demand, capacity: Capacity
) -> AddedSignature:
    return AddedSignature(
        agency_id=by.agency_id,
        article_id=case.article.id,
        signer_id=demand.row.id,
        revision_id=case.revision.id,
        digest=case.revision.digest,
        person_id=by.person_id,
        person_name=name,
        post_title=capacity.post_title,
        on_behalf_of_id=capacity.on_behalf_of_id,
        on_behalf_of_name=capacity.on_behalf_of_name,
        signed_at=by.at,
    )


def _record(
    session: Session, by: Occasion, case: Case, capacity: Capacity, row: AddedSignature
) -> None:
    on = Subject(
        "article",
        case.article.id,
        digest=row.digest,
        post=capacity.post_title,
        on_behalf_of=capacity.on_behalf_of_name,
        details={"opinion": row.opinion, "revision": case.revision.number},
    )
    record(session, by, Action.SIGN_BESIDE, on)


def _message(case: Case, reason: str) -> Message:
    return Message(
        f"added:{case.article.id}:{case.article.version}",
        NoticeKind.HANDOVER,
        f"加签：《{case.text.title}》请您签字",
        reason,
        ("article", str(case.article.id)),
    )
