"""Articles brought to where a test wants them, through real acts only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.articles import Article
from tests.town import Town
from workflow.articles import acts, cases
from workflow.articles.acts import Approval, Return
from workflow.articles.cases import Case
from workflow.articles.drafts import Draft
from workflow.articles.findings import NewFinding

BODY = "3月4日，示例镇组织召开春季农业生产工作会议。\n会议要求，抓好春耕备耕各项工作。"


def written(**changes: Any) -> Draft:
    """A text as a drafter types it, with whatever a test wants otherwise."""
    values: dict[str, Any] = {
        "title": "示例镇召开春季农业生产工作会议",
        "body": BODY,
        "section": "rural",
        "channels": ["website"],
        "attributes": {},
    }
    return Draft(**{**values, **changes})


def case_of(town: Town, article: Article) -> Case:
    """The case as it stands now."""
    return cases.load(town.session, town.agency.id, article.id)


def revision_of(town: Town, article: Article) -> int:
    """Id of the latest revision."""
    return case_of(town, article).revision.id


def all_yes(town: Town, article: Article) -> Mapping[str, str]:
    """Every line of the rung's checklist answered with yes."""
    case = case_of(town, article)
    state = article.state if case.plan.has(article.state) else case.plan.first.stage.id
    items = case.plan.stage(state).stage.checklist
    return {item.id: "yes" for item in items}


def approved(town: Town, article: Article, opinion: str = "") -> Approval:
    """What a person says who has looked at everything."""
    return Approval(all_yes(town, article), opinion)


def drafted(town: Town, who: str = "drafter", **changes: Any) -> Article:
    """A new article, still with its drafter."""
    return acts.draft(town.session, town.by(who), written(**changes))


def submitted(town: Town, who: str = "drafter", **changes: Any) -> Article:
    """Self-checked and handed in: it waits for the office director."""
    article = drafted(town, who, **changes)
    return submit(town, article, who)


def submit(town: Town, article: Article, who: str = "drafter") -> Article:
    """The drafter hands it in."""
    town.later(hours=0.1)
    approval = approved(town, article)
    revision = revision_of(town, article)
    return acts.submit(town.session, town.by(who), article.id, revision, approval)


def sign(town: Town, article: Article, who: str) -> Article:
    """Somebody approves at the present rung."""
    town.later(hours=0.1)
    approval = approved(town, article)
    revision = revision_of(town, article)
    return acts.sign(town.session, town.by(who), article.id, revision, approval)


def at_deputy(town: Town, **changes: Any) -> Article:
    """Signed by the director: it waits for the deputy."""
    return sign(town, submitted(town, **changes), "director")


def at_principal(town: Town, **changes: Any) -> Article:
    """A major matter, signed by the deputy: it waits for the principal."""
    changes.setdefault("attributes", {"importance": "major"})
    return sign(town, at_deputy(town, **changes), "deputy")


def cleared(town: Town, **changes: Any) -> Article:
    """Every signature is there."""
    return sign(town, at_deputy(town, **changes), "deputy")


def published(town: Town, **changes: Any) -> Article:
    """Out."""
    article = cleared(town, **changes)
    return publish(town, article)


def publish(town: Town, article: Article, who: str = "publisher") -> Article:
    """The publisher lets it out."""
    town.later(hours=0.1)
    revision = revision_of(town, article)
    return acts.publish(town.session, town.by(who), article.id, revision)


def sent_back(
    town: Town,
    article: Article,
    who: str,
    to: str = "drafting",
    raised: tuple[NewFinding, ...] = (),
    reason: str = "请核对日期。",
) -> Article:
    """Somebody returns it."""
    town.later(hours=0.1)
    back = Return(to, reason, raised)
    revision = revision_of(town, article)
    return acts.send_back(town.session, town.by(who), article.id, revision, back)
