"""Everything the office can be refused, in one tree.

A refusal is an answer, not an accident: it says in one Chinese sentence what was
not done, names the rule it follows from, quotes the article of the regulation when
there is one, and says who can help.  Nothing was changed when one is raised.
``web/errors.py`` maps each class to a status and a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class WorkflowError(Exception):
    """Refused; nothing was changed.

    Args:
        message: the sentence shown to the person, in Chinese.
        rule: the short name of the rule that refused, stable, for the trail.
        basis: the sentence of the regulation it comes from, quoted; may be empty.
        help_from: who can help, in Chinese ("党政办主任"); may be empty.
        facts: values that the page or a test may want; never secrets.
    """

    rule = "refused"
    message = "操作未完成。"

    def __init__(
        self,
        message: str = "",
        *,
        rule: str = "",
        basis: str = "",
        help_from: str = "",
        **facts: object,
    ) -> None:
        self.message = message or self.message
        self.rule = rule or self.rule
        self.basis = basis
        self.help_from = help_from
        self.facts = facts
        super().__init__(self.message)


class NotFound(WorkflowError):
    """No such thing, or none that this agency may see."""

    rule = "not-found"
    message = "没有找到您要的内容，可能已被移走，或不属于本单位。"


class NotPermitted(WorkflowError):
    """Not this person, not this post, or not on her own article."""

    rule = "not-permitted"
    message = "您的岗位不能办理此事。"


class SignInRefused(NotPermitted):
    """Wrong name or password, or the account is locked: the same sentence for each."""

    rule = "sign-in-refused"
    message = "用户名或密码不正确，或账号已被临时锁定。"


class WrongState(WorkflowError):
    """The act exists, but not now."""

    rule = "wrong-state"
    message = "稿件现在不在这一环节，不能办理此事。"


class Superseded(WorkflowError):
    """Someone acted first, or the text read is not the latest."""

    rule = "superseded"
    message = "稿件已被他人处理，请刷新后再试。"


class OperationReused(Superseded):
    """One operation id came twice with different contents."""

    rule = "operation-reused"
    message = "这次提交与先前一次编号相同但内容不同，没有办理。请刷新页面后再提交。"


class InvalidInput(WorkflowError):
    """What was typed cannot be taken as it is.

    Args:
        fields: field name to the sentences that belong beside that field.
    """

    rule = "invalid-input"
    message = "填写的内容有问题，没有保存。请看标出的栏目。"

    def __init__(
        self,
        fields: Mapping[str, Sequence[str]] | None = None,
        message: str = "",
        **more: str,
    ) -> None:
        self.fields = {name: list(lines) for name, lines in (fields or {}).items()}
        super().__init__(message or self._first_line(), **more)

    def _first_line(self) -> str:
        lines = [line for lines in self.fields.values() for line in lines]
        return "；".join(lines) or self.message


class OpinionRequired(InvalidInput):
    """Sending back, holding, lowering and withdrawing need a written reason."""

    rule = "opinion-required"
    message = "请写明理由。"


class ChecklistOpen(InvalidInput):
    """The checklist of this rung is not wholly answered, or one answer is "no"."""

    rule = "checklist-open"
    message = "本级检查清单尚未逐项完成，不能同意。"


class FindingsOpen(InvalidInput):
    """Something raised by a reviewer has not been answered by the drafter."""

    rule = "findings-open"
    message = "还有退回意见没有逐条答复，不能重新提交。"


class TooOften(WorkflowError):
    """More from one place, or about one thing, than people would send."""

    rule = "too-often"
    message = "短时间内提交太多，请过一会儿再试；急事请直接打公开的办公电话。"


class DoesNotAddUp(InvalidInput):
    """A cross-footing of the annual report fails (勾稽)."""

    rule = "does-not-add-up"
    message = "勾稽关系不成立。"


class DefinitionRefused(InvalidInput):
    """A process definition is unreadable or unsound and may not be used."""

    rule = "definition-refused"
    message = "流程定义未通过检查，不能启用。"


class TooManyCases(DefinitionRefused):
    """The conditions hang together too closely to look at every case."""

    rule = "too-many-cases"
    message = "流程定义中的条件相互牵连太多，无法逐一检查，请拆分后再试。"


class CalendarUnknown(WorkflowError):
    """The working-day table does not reach this date."""

    rule = "calendar-unknown"
    message = "工作日历没有覆盖这一日期，请先录入当年放假安排。"


class TrailBroken(WorkflowError):
    """The trail does not verify; what depends on it is not done."""

    rule = "trail-broken"
    message = "留痕链校验未通过。"
