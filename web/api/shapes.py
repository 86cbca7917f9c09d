"""What goes over the wire: every shape of the machine interface."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Id = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Answer = Literal["yes", "na", "no"]
Grading = Literal["block", "warn", "hint"]
Fact = str | bool | list[str]


class Sent(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a program sends; a field that is not known is refused, not dropped."""


class Draft(Sent):
    """A text as it is written.

    Args:
        section: code of the section; channels: codes; attributes: by declared name.
        minor: only the wording changes, not the meaning.
    """

    title: str
    body: str
    section: str
    channels: list[str]
    attributes: dict[str, Fact] = field(default_factory=dict)
    minor: bool = False


class Revised(Draft, kw_only=True):
    """Another revision of it: which one was read."""

    revision: Id


class Approval(Sent):
    """One's approval of exactly this revision; nothing is filled in.

    Args:
        checklist: answer by line of the rung's checklist.
        act: which of the open acts is meant; the first that is one's own if left out.
        particulars: of a meeting or an outsider's answer: ``met_on``, ``minutes``,
            ``document``.
    """

    revision: Id
    checklist: dict[str, Answer]
    opinion: str = ""
    act: str = ""
    particulars: dict[str, str] = field(default_factory=dict)


class Finding(Sent):
    """One thing to be put right.

    Args:
        quote: the words as they stand there; empty for the whole.
        part: ``title``, ``body`` or ``file:`` and the digest of an attachment.
        which: of several places with the same words, the how-many-eth.
    """

    kind: str
    note: str
    quote: str = ""
    grade: Grading = "warn"
    part: Annotated[str, Meta(max_length=80)] = ""
    which: Annotated[int, Meta(ge=0, le=9999)] = 0


class Return(Sent):
    """Where it goes back to, and why."""

    revision: Id
    to: str
    reason: str = ""
    findings: list[Finding] = field(default_factory=list)


class Reasoned(Sent):
    """Any other decision on exactly this revision, with its reason."""

    revision: Id
    reason: str = ""


class Noted(Finding, kw_only=True):
    """A finding on exactly this revision, noted without a return."""

    revision: Id


class Fixing(Sent):
    """Which suggestion of a finding is written into the text, from 0."""

    revision: Id
    choice: Annotated[int, Meta(ge=0, le=99)] = 0


class Answering(Sent):
    """The answer to one finding of a person; keeping the text needs a reason."""

    revision: Id
    answer: Literal["fixed", "kept"]
    reply: str = ""


class Objection(Sent):
    """A special review or an outside body objects, with its reason."""

    revision: Id
    reason: str
    act: str = ""
    particulars: dict[str, str] = field(default_factory=dict)


class Doubt(Sent):
    """Subjects called in question, with the reason."""

    revision: Id
    subjects: list[str]
    reason: str


class Letting(Sent):
    """Which revision was read, and on which channels it goes out; on all if none."""

    revision: Id
    channels: list[str] = field(default_factory=list)


class Me(Struct):
    """Whose key it is."""

    name: str
    agency: str
    roles: list[str]
    posts: list[str]


class Line(Struct):
    """An article in a list."""

    id: int
    title: str
    state: str
    stage: str
    section: str
    drafter: str
    due_at: datetime | None = None
    holders: str = ""


class Lines(Struct):
    """One page of a list; ``next`` goes into ``after`` for the one behind it."""

    items: list[Line]
    next: int | None = None


class CheckLine(Struct):
    """One line of the checklist of the rung where it stands."""

    id: str
    text: str


class SignatureLine(Struct):
    """One decision on record."""

    stage: str
    outcome: str
    person: str
    on_behalf_of: str
    post: str
    opinion: str
    at: datetime
    revision: int
    stands: bool


class Whole(Struct):
    """One article: its latest revision, where it stands, and what you may do."""

    id: int
    number: str
    title: str
    body: str
    section: str
    channels: list[str]
    attributes: dict[str, Fact]
    revision: int
    revision_number: int
    digest: str
    state: str
    stage: str
    held: bool
    holders: str
    checklist: list[CheckLine]
    signatures: list[SignatureLine]
    may: list[str]


class FindingLine(Struct):
    """One finding on record; offsets in code points of its part, end exclusive.

    Args:
        raised_by: the person; empty where a rule of the machine found it.
        key: knows it again after an edit elsewhere.
        levels: the proofreads (1, 2, 3) that carry the rule; level: which caught it.
        stops: whether the signature that is next waits for it.
        noted: added on the way, without a return.
        may: what this key may do with it now, as the last part of the address.
    """

    id: int
    rule: str
    raised_by: str
    raised_at: datetime
    kind: str
    grade: str
    part: str
    place: str
    start: int | None
    end: int | None
    quote: str
    note: str
    suggestions: list[str]
    key: str
    levels: str
    level: int
    noted: bool
    escaped: bool
    stops: bool
    plea: str
    pleaded_by: str
    answer: str | None
    reply: str
    answered_by: str
    answered_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_because: str
    may: list[str]


class Checked(Struct):
    """What was found in one article, and how far it stops the signature.

    Args:
        revision: id of the latest revision, which every act on a finding names.
        checked_at: when the machine read it last; ``current``: today, with the tables
            of today.
        silent: rules that say nothing while the town's table is empty.
        unread: one sentence for each attachment that could not be read.
        overruled_by: who may over-rule what blocks.
        may_note: whether this key may add a finding of its own now.
    """

    article: int
    revision: int
    revision_number: int
    state: str
    checked_at: datetime | None
    current: bool
    chars: int
    silent: list[str]
    unread: list[str]
    stopping: int
    overruled_by: str
    may_note: bool
    findings: list[FindingLine]


class ToRead(Sent):
    """A text for the machine pre-check.

    Args:
        level: only what this proofread looks at; every level when left out.
    """

    text: Annotated[str, Meta(max_length=200_000)]
    level: Literal[1, 2, 3] | None = None


class MachineFinding(Struct):
    """One thing the machine found; offsets in code points, end exclusive."""

    start: int
    end: int
    text: str
    rule: str
    category: str
    severity: str
    levels: list[int]
    message: str
    suggestions: list[str]
    confidence: float | None
    applied: bool
    key: str


class Read(Struct):
    """What the machine says of one text."""

    chars: int
    findings: list[MachineFinding]
