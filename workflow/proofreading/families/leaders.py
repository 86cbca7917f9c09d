"""Leaders: names, posts and order from the town's table (S01–S03, A01)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.names import is_word, name_at, names_in

POST_WORD = r"(?:书记|镇长|乡长|县长|区长|市长|主席|主任|部长|委员|所长|站长|局长|秘书|武装部长|人大主席|政协主任)"
LEVEL = r"(?:[\u4e00-\u9fff]{0,5}?[镇乡县区市街道]{1,2})?(?:党委|党工委|政府|人大|政协|纪委|组织|宣传|统战|武装部|常务|人武)*"
BEFORE = re.compile(
    rf"((?:{LEVEL}(?:副)?{POST_WORD}[、兼和]?){{1,4}})(?:同志)?[\s：:]?$"
)
AFTER_POST = re.compile(rf"^(?:（)?((?:{LEVEL}副?{POST_WORD}))(?!办|处|团|会|长)")
HAN = "\u4e00-\u9fff"


def wrong_name(desk: Desk) -> Iterator[Hit]:
    """A leader's name with one character wrong, beside his post."""
    text, leaders = desk.document.folded, desk.town.leaders
    known = {name for name, _ in leaders}
    for name, post in leaders:
        for start, said in _beside(text, post):
            if said in known or not _is_miss(said, name, desk):
                continue
            what = f"“{post}”是“{name}”，写成了“{said}”"
            yield Hit(start, start + len(said), what, (name,))


def _beside(text: str, post: str) -> Iterator[tuple[int, str]]:
    short = _short(post)
    if short not in text:
        return
    for match in re.finditer(
        rf"{re.escape(short)}(?<!副{re.escape(short)})(?<!原{re.escape(short)})(?:、[{HAN}]{{1,8}}{POST_WORD})*(?:同志)?[：:\s]?(?=[{HAN}])",
        text,
    ):
        if text[max(0, match.start() - 2) : match.start()] in {"原任", "时任"}:
            continue
        for size in (3, 2, 4):
            yield match.end(), text[match.end() : match.end() + size]
    for match in re.finditer(rf"{re.escape(short)}(?![副办])", text):
        head = re.search(
            rf"([{HAN}]{{2,3}})(?:（)?(?:同志、)?$",
            text[max(0, match.start() - 8) : match.start()],
        )
        if head:
            end = max(0, match.start() - 8) + head.end(1)
            yield from (
                (end - size, text[end - size : end]) for size in (3, 2) if end >= size
            )


def _short(post: str) -> str:
    for word in ("党委书记", "人大主席", "党委副书记", "纪委书记", "武装部长"):
        if post.endswith(word):
            return word
    return re.sub(r"^[\u4e00-\u9fff]{2,5}(?=镇长|乡长|副镇长|副乡长)", "", post)


def _is_miss(said: str, name: str, desk: Desk) -> bool:
    if said == name or not said or is_word(said):
        return False
    if len(said) == len(name):
        apart = [(a, b) for a, b in zip(said, name, strict=True) if a != b]
        if len(apart) == 1:
            return True
        alike = all(a in desk.tables.similar.get(b, frozenset()) for a, b in apart)
        return alike or sorted(said) == sorted(name)
    if len(said) == 2 and len(name) == 3:
        return said[0] == name[0] and said[1] in name[1:] and said != name[:2]
    return False


def wrong_post(desk: Desk) -> Iterator[Hit]:
    """A leader's name beside a post that the table gives to another."""
    text = desk.document.folded
    for name, post in desk.town.leaders:
        for match in re.finditer(re.escape(name), text):
            head = text[max(0, match.start() - 40) : match.start()]
            before = BEFORE.search(head)
            if before and not _was(head, before) and not _holds(before.group(1), post):
                start = (
                    match.start()
                    - len(before.group(0))
                    + (before.start(1) - before.start())
                )
                what = f"“{name}”的职务是“{post}”，不是“{before.group(1)}”"
                yield Hit(start, match.end(), what, (f"{post}{name}",))
            after = AFTER_POST.match(text[match.end() : match.end() + 16])
            if after and not before and not _holds(after.group(1), post):
                what = f"“{name}”的职务是“{post}”，不是“{after.group(1)}”"
                yield Hit(match.start(), match.end() + after.end(), what)
    yield from _other_holder(desk)


def _was(head: str, before: re.Match[str]) -> bool:
    return bool(
        re.search(r"(?:原|时任|前任|曾任|前|历任)$", head[: before.start()])
    ) or before.group(1).startswith(("原", "前"))


def _holds(said: str, post: str) -> bool:
    wanted = _core(post)
    parts = [_core(part) for part in re.split("[、兼和]", said) if part]
    return any(part == wanted for part in parts)


def _core(post: str) -> str:
    post = re.sub(
        r"^.*?(?=(?:党委|党工委|人大|政协|纪委|常务)?副?(?:书记|镇长|乡长|主席|主任|部长|委员|县长|区长|市长|局长|所长|站长))",
        "",
        post,
    )
    return (
        post.replace("党工委", "党委")
        .removeprefix("党委")
        .removeprefix("人大")
        .removeprefix("政府")
        .removeprefix("常务")
        if not post.endswith("委员")
        else post
    )


UNIQUE = ("镇长", "乡长", "党委书记", "人大主席")


def _other_holder(desk: Desk) -> Iterator[Hit]:
    text, known = desk.document.folded, {name for name, _ in desk.town.leaders}
    town = re.escape(desk.town.name)
    own = re.compile(rf"(?:{town}|(?<![原前])[镇乡]|[，。；：、\s]|^)$")
    for name, post in desk.town.leaders:
        short = _short(post)
        if short not in UNIQUE:
            continue
        for match in re.finditer(rf"{short}(?=[{HAN}]{{2,3}})", text):
            said = _named_there(text, match.end(), desk)
            is_own = own.search(text[max(0, match.start() - 8) : match.start()])
            if said and is_own and said not in known and said[0] != name[0]:
                what = f"名录上的{post}是“{name}”，写成了“{said}”"
                yield Hit(match.start(), match.end() + len(said), what)


def _named_there(text: str, place: int, desk: Desk) -> str:
    return name_at(text, place, desk.tables.lists["surnames"])


LINK = re.compile(
    rf"^(?:同志|（[^（）]{{1,14}}）)?(?:[、，和及与]|以及)(?:[{HAN}]{{0,14}}?{POST_WORD}(?:、[{HAN}]{{0,8}}{POST_WORD})*)?$"
)
LINK_AFTER = re.compile(
    rf"^(?:[{HAN}]{{0,3}}{POST_WORD})?(?:同志)?(?:[、，和及与]|以及)$"
)


def leaders_order(desk: Desk) -> Iterator[Hit]:
    """Leaders in a list stand in the order of the table."""
    text, rank = desk.document.folded, desk.town.rank
    if not rank:
        return
    names = re.compile("|".join(map(re.escape, rank)))
    found = list(names.finditer(text))
    for first, second in pairwise(found):
        between = text[first.end() : second.start()]
        linked = LINK.match(between) or LINK_AFTER.match(between)
        if (
            linked
            and rank[first.group()] > rank[second.group()]
            and not re.search("主持|讲话|汇报", between)
        ):
            what = f"领导排序应是“{second.group()}”在“{first.group()}”之前"
            yield Hit(first.start(), second.end(), what)


ROLE_BEFORE = re.compile(
    rf"{POST_WORD}|村民|居民|户主|党员|老人|同志|代表|队员|组长|教师|医生|学生|户|干部|能手|志愿者|第一书记|工作人员|网格员|种植大户|负责人|司机|委员|理事长|总经理|董事长|法定代表人"
)


def two_spellings(desk: Desk) -> Iterator[Hit]:
    """One person written two ways in one text."""
    text, leaders = desk.document.folded, [name for name, _ in desk.town.leaders]
    seen = _people(desk)
    for name in dict.fromkeys([*leaders, *seen]):
        if name not in text or len(name) < 3:
            continue
        pattern = "|".join(
            f"{name[:n]}[{HAN}]{name[n + 1 :]}" for n in range(1, len(name))
        )
        for match in re.finditer(pattern, text):
            said = match.group()
            if said == name or not _same_person(said, name, desk):
                continue
            if name not in leaders and (
                said in leaders or text.index(said) < text.index(name)
            ):
                continue
            yield Hit(*match.span(), f"前后人名不一：“{name}”与“{said}”", (name,))


def _people(desk: Desk) -> list[str]:
    text, surnames = desk.document.folded, desk.tables.lists["surnames"]
    marked = (
        ROLE_BEFORE.sub(lambda m: m.group() + "|", text) if "|" not in text else text
    )
    return [name for _, _, name in names_in(marked, surnames) if len(name) == 3]


def _same_person(said: str, name: str, desk: Desk) -> bool:
    a, b = next((x, y) for x, y in zip(said, name, strict=True) if x != y)
    return a in desk.tables.similar.get(b, frozenset())


TEXT_CHECKS = (
    TextCheck("S01", wrong_name, ("书记", "长", "主席", "主任", "委员")),
    TextCheck("S02", wrong_post, ("书记", "长", "主席", "主任", "委员")),
    TextCheck("S03", leaders_order, ("、", "，", "和")),
    TextCheck("A01", two_spellings),
)
LINE_CHECKS: tuple[LineCheck, ...] = ()
