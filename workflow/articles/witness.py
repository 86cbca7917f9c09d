"""A signature without its trace is no signature.

Signatures and the trail are written in one transaction, so each standing signature has
its entry in the chain: the same person, the same moment, the same digest.  A row that
somebody put into the table by hand has none, and lets nothing out.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow.actions import Action
from workflow.articles import added
from workflow.articles.cases import Case
from workflow.audit.acts import waiting_traces
from workflow.audit.questions import traces_of
from workflow.audit.rules import Trace
from workflow.errors import WrongState
from workflow.occasion import Occasion

SIGNING = (Action.SUBMIT, Action.SIGN, Action.DEEM)


def every_signature_left_its_trace(session: Session, by: Occasion, case: Case) -> None:
    """Hold each standing signature against the trail.

    Raises:
        WrongState: one has no entry there; says whose.
    """
    traces = _traces(session, by, case)
    standing = {signature.seq for signature in case.standing}
    for row in case.signatures:
        if row.seq not in standing:
            continue
        claimed = {
            Trace(act, row.person_id, row.signed_at, row.digest) for act in SIGNING
        }
        if not claimed & traces:
            raise WrongState(
                f"{row.person_name}的签字在留痕中没有记录，不能发布，"
                "请审计管理员核查。",
                rule="signature-without-trace",
                help_from="审计管理员",
            )


def every_added_signature_left_its_trace(
    session: Session, by: Occasion, case: Case
) -> None:
    """Hold each signature of an added signer on the present text against the trail.

    Raises:
        WrongState: one has no entry there; says whose.
    """
    given = [
        one.signature
        for one in added.demands(session, case)
        if one.signature and one.row.removed_at is None
    ]
    traces = _traces(session, by, case) if given else set()
    for row in given:
        act = Action.SIGN_BESIDE
        if Trace(act, row.person_id, row.signed_at, row.digest) not in traces:
            raise WrongState(
                f"{row.person_name}的加签在留痕中没有记录，不能发布，请审计管理员核查。",
                rule="signature-without-trace",
                help_from="审计管理员",
            )


def _traces(session: Session, by: Occasion, case: Case) -> set[Trace]:
    kind, object_id = "article", case.article.id
    kept = traces_of(session, by.agency_id, kind, object_id)
    return kept | waiting_traces(session, kind, object_id)
