"""The ladder as people read it: in words, as Mermaid, and as a small SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from workflow.process.clause_words import (
    clause_lines,
    limit_words,
    stage_clause_lines,
)
from workflow.process.definition import (
    ACT_NAMES,
    Act,
    Actor,
    Definition,
    Stage,
)

_WIDTH, _BOX, _LEFT = 640, 520, 60
_LINE, _PAD, _GAP, _TOP = 22, 14, 34, 56
_CHARACTERS = 32


def as_text(definition: Definition) -> str:
    """The whole rule in words, one rung a paragraph."""
    lines = [f"{definition.title}（第{definition.number}版）　{definition.issuer}", ""]
    lines.append("拟稿")
    for number, stage in enumerate(definition.stages, start=1):
        lines.append(f"{number}. {stage.name}")
        lines.extend(f"   {line}" for line in stage_lines(definition, stage))
        lines.extend(f"   {line}" for line in _reason_lines(stage))
    lines.append("发布")
    lines.extend(f"   {line}" for line in publish_lines(definition))
    lines.extend(constraint_lines(definition))
    return "\n".join(lines) + "\n"


def as_mermaid(definition: Definition) -> str:
    """The ladder as a Mermaid flowchart; conditional rungs can be passed by."""
    names = [*definition.stages]
    lines = ["flowchart TD", '    drafting(["拟稿"])']
    for stage in names:
        told = "<br>".join(map(_plain, stage_lines(definition, stage)))
        lines.append(f'    {stage.id}["{_plain(stage.name)}<br>{told}"]')
    lines.append(f'    cleared(["{_plain(_last_words(definition))}"])')
    lines.extend(_mermaid_arrows(definition))
    return "\n".join(lines) + "\n"


def _last_words(definition: Definition) -> str:
    if definition.hand_over is not None:
        return f"移交：{definition.hand_over.agency}"
    return f"发布：{definition.actor_name(definition.publish.actor)}"


def as_svg(definition: Definition, lit: str | None = None) -> str:
    """The ladder as a self-contained SVG with a title and a description.

    Args:
        lit: the state to light up: a stage id, ``drafting`` or ``cleared``.
    """
    boxes = list(_boxes(definition))
    tops, bottom = [], _TOP
    for _, _, lines, _ in boxes:
        tops.append(bottom)
        bottom += _height(lines) + _GAP
    drawn = [
        _box(box, top, is_lit=box[0] == lit)
        for box, top in zip(boxes, tops, strict=True)
    ]
    arrows = [_arrow(top) for top in tops[1:]]
    return "\n".join((*_opening(definition, bottom, lit), *arrows, *drawn, "</svg>"))


_Box = tuple[str, str, tuple[str, ...], bool]


def _boxes(definition: Definition) -> Iterator[_Box]:
    yield "drafting", "拟稿", (), False
    for stage in definition.stages:
        told = tuple(_wrapped(stage_lines(definition, stage)))
        yield stage.id, stage.name, told, stage.when is not None
    yield "cleared", "发布", tuple(_wrapped(publish_lines(definition))), False


def _opening(definition: Definition, height: int, lit: str | None) -> Iterator[str]:
    name = f"ladder-{definition.id}-{definition.number}"
    names = {box[0]: box[1] for box in _boxes(definition)}
    now = f"当前环节：{names[lit]}。" if lit in names else ""
    order = "，".join(box[1] for box in _boxes(definition))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'aria-labelledby="{name}-title {name}-desc" '
        f'font-family="sans-serif" font-size="14">'
    )
    yield f'<title id="{name}-title">{escape(definition.title)}</title>'
    yield f'<desc id="{name}-desc">{escape(f"依次为：{order}。{now}")}</desc>'
    yield (
        f'<text x="{_LEFT}" y="32" font-size="17" font-weight="bold" '
        f'fill="#1b1b1b">{escape(definition.title)}</text>'
    )


def _box(box: _Box, top: int, *, is_lit: bool) -> str:
    state, name, lines, conditional = box
    fill, edge, width = ("#fff4ce", "#8a5a00", 3) if is_lit else ("#fff", "#5a6573", 1)
    dashes = ' stroke-dasharray="6 4"' if conditional else ""
    label = f"▶ {name}（当前环节）" if is_lit else name
    texts = [_text(label, top, 0, bold=True)]
    texts.extend(_text(line, top, row) for row, line in enumerate(lines, start=1))
    return (
        f'<g class="rung{" lit" if is_lit else ""}" data-state="{state}">'
        f'<rect x="{_LEFT}" y="{top}" width="{_BOX}" height="{_height(lines)}" rx="6" '
        f'fill="{fill}" stroke="{edge}" stroke-width="{width}"{dashes}/>'
        f"{''.join(texts)}</g>"
    )


def _text(line: str, top: int, row: int, *, bold: bool = False) -> str:
    y = top + _PAD + 12 + row * _LINE
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_LEFT + 16}" y="{y}" fill="#1b1b1b"{weight}>{escape(line)}</text>'
    )


def _arrow(top: int) -> str:
    x, start, end = _LEFT + _BOX // 2, top - _GAP, top - 8
    head = f"{x - 6},{end} {x + 6},{end} {x},{top - 1}"
    return (
        f'<path d="M{x} {start}V{end}" stroke="#5a6573" fill="none"/>'
        f'<polygon points="{head}" fill="#5a6573"/>'
    )


def _height(lines: tuple[str, ...]) -> int:
    return 2 * _PAD + 16 + len(lines) * _LINE


def _wrapped(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for start in range(0, len(line), _CHARACTERS):
            yield line[start : start + _CHARACTERS]


def stage_lines(definition: Definition, stage: Stage) -> list[str]:
    """Who does what at a rung, when it is climbed, and its limit: a line each."""
    lines = [_who_does_what(definition, stage)]
    if stage.when is not None:
        lines.append(f"仅当{stage.when.words()}")
    if stage.limit is not None:
        lines.append(f"期限：{limit_words(definition, stage.limit)}")
    lines.extend(stage_clause_lines(definition, stage))
    return lines


def _who_does_what(definition: Definition, stage: Stage) -> str:
    grouped: dict[Actor, list[Act]] = {}
    for act in stage.acts:
        grouped.setdefault(act.actor, []).append(act)
    told = [
        f"{definition.actor_name(actor)}：{'、'.join(_acts(acts, actor))}"
        for actor, acts in grouped.items()
    ]
    how = "（一人一次签字）" if stage.joint and len(stage.acts) > 1 else ""
    return ("；" if stage.parallel else "，再").join(told) + how


def _acts(acts: list[Act], actor: Actor) -> Iterator[str]:
    counted: dict[tuple[str, str], int] = {}
    for act in acts:
        when = f"（仅当{act.when.words()}）" if act.when else ""
        key = (ACT_NAMES[act.kind], when)
        counted[key] = counted.get(key, 0) + 1
    for (name, when), seats in counted.items():
        several = f"（{seats}人）" if seats > 1 and actor.quorum > 1 else ""
        yield f"{name}{several}{when}"


def _reason_lines(stage: Stage) -> Iterator[str]:
    if stage.basis:
        yield f"依据：{stage.basis}"
    if stage.note:
        yield f"说明：{stage.note}"


def publish_lines(definition: Definition) -> list[str]:
    """Who publishes, and within which limit: a line each."""
    publish = definition.publish
    if definition.hand_over is not None:
        return [f"移交{definition.hand_over.agency}，由其审核发布"]
    lines = [f"{definition.actor_name(publish.actor)}：发布"]
    if publish.limit is not None:
        lines.append(f"期限：{limit_words(definition, publish.limit)}")
    named = definition.attributes["channels"].values
    for channel, act in definition.publishers.items():
        who = definition.actor_name(act.actor)
        lines.append(f"其中{named.get(channel, channel)}：{who}发布")
    return lines


def constraint_lines(definition: Definition) -> Iterator[str]:
    """Who must not be one person, and all else beside the ladder: a line each."""
    yield from clause_lines(definition)


def _mermaid_arrows(definition: Definition) -> Iterator[str]:
    nodes = ["drafting", *(stage.id for stage in definition.stages), "cleared"]
    conditional = {stage.id for stage in definition.stages if stage.when is not None}
    for index, node in enumerate(nodes[:-1]):
        yield f"    {node} --> {nodes[index + 1]}"
        passed = index + 1
        while nodes[passed] in conditional:
            passed += 1
            yield f"    {node} -.-> {nodes[passed]}"


def _plain(text: str) -> str:
    return escape(text, quote=True).replace("&quot;", "#quot;").replace("&#x27;", "'")
