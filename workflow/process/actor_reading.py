"""Reading who may do an act: one actor for each seat."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.process.actors import RELATIONS, Actor, ActorKind
from workflow.process.entries import Entry
from workflow.process.words import Vocabulary

WAYS = (
    "post",
    "relation",
    "any_of",
    "all_of",
    "in_sequence",
    "body",
    "collective",
)
_EVERYBODY = ("all_of", "in_sequence")
_BODIES = ("body", "collective")
_MOST_SEATS = 9


@dataclass(frozen=True, slots=True)
class Seats:
    """The actors of one act, one for each signature it takes.

    Args:
        actors: empty when unreadable.
        in_order: each signs after the one before (顺签).
    """

    actors: tuple[Actor, ...] = ()
    in_order: bool = False


def read_actor(entry: Entry, words: Vocabulary) -> Seats:
    """The ``actor`` of a table."""
    table = entry.table("actor", required=True)
    if table is None:
        return Seats()
    ways = [way for way in WAYS if table.has(way)]
    seats = Seats()
    if len(ways) == 1:
        seats = _read_way(table, words, ways[0])
        _check_extras(table, ways[0])
    else:
        entry.fault(
            "actor", "actor-unclear", f"办理人须且只须写明一种：{'、'.join(WAYS)}。"
        )
    table.asked.update(("count", "recorded_by", "delegable", *WAYS))
    table.close()
    return seats


def _read_way(table: Entry, words: Vocabulary, way: str) -> Seats:
    if way in _BODIES:
        return _read_body(table, words, way)
    single = way in ("post", "relation")
    if single and isinstance(table.values.get(way), list):
        message = f"“{way}”只写一个；几个里任一写 any_of，每一个都要写 all_of。"
        table.fault(way, "actor-unclear", message)
        return Seats()
    named = (table.text(way),) if single else table.texts(way)
    if not _all_known(table, named, words, way):
        return Seats()
    count, delegable = table.number("count", 1), table.flag("delegable")
    if way in _EVERYBODY:
        several = tuple(_actor((n,), len(named), delegable=delegable) for n in named)
        return Seats(several, way == "in_sequence")
    if count > _MOST_SEATS:
        table.fault("count", "quorum-too-large", f"要求{count}人办理，最多九人。")
    count = min(count, _MOST_SEATS)
    return Seats(tuple(_actor(named, count, delegable=delegable) for _ in range(count)))


def _check_extras(table: Entry, way: str) -> None:
    if table.has("count") and way not in ("any_of", "post"):
        table.fault("count", "actor-unclear", "count 只与 any_of 或 post 同用。")
    if table.has("recorded_by") and way not in _BODIES:
        table.fault(
            "recorded_by", "actor-unclear", "recorded_by 只与 body 或 collective 同用。"
        )


def _read_body(table: Entry, words: Vocabulary, way: str) -> Seats:
    code, recorder = table.text(way), table.text("recorded_by")
    known = words.bodies if way == "body" else words.collectives
    if code not in known:
        section = "bodies" if way == "body" else "collectives"
        table.fault(way, "unknown-body", f"[{section}] 里没有声明“{code}”。")
        return Seats()
    if not recorder or not _all_known(table, (recorder,), words, "recorded_by"):
        return Seats()
    kind = ActorKind.BODY if way == "body" else ActorKind.COLLECTIVE
    by = _actor((recorder,), 1, delegable=False)
    return Seats((Actor(kind, by.posts, by.relation, body=code),))


def _all_known(
    table: Entry, named: tuple[str, ...], words: Vocabulary, way: str
) -> bool:
    known = True
    for name in named:
        if name and not _is_known(name, words, way):
            table.fault(way, *_unknown(name, words, way))
            known = False
    if not any(named):
        table.fault(way, "no-actor", "没有写明由谁办理。")
    return known and all(named) and bool(named)


def _is_known(name: str, words: Vocabulary, way: str) -> bool:
    if way == "post":
        return name in words.posts
    if way == "relation":
        return name in RELATIONS
    return name in words.posts or name in RELATIONS


def _unknown(name: str, words: Vocabulary, way: str) -> tuple[str, str]:
    if way == "relation":
        known = "、".join(RELATIONS)
        return "unknown-relation", f"没有“{name}”这种关系；可写：{known}。"
    if name in RELATIONS:
        return "unknown-post", f"“{name}”是关系，应写成 relation。"
    known = "、".join(words.posts)
    return "unknown-post", f"没有声明岗位“{name}”；已声明的有：{known}。"


def _actor(named: tuple[str, ...], quorum: int, *, delegable: bool) -> Actor:
    posts = tuple(name for name in named if name not in RELATIONS)
    relations = tuple(name for name in named if name in RELATIONS)
    first, also = (relations[0], relations[1:]) if relations else (None, ())
    kind = ActorKind.EITHER if posts and first else ActorKind.RELATION
    if first is None:
        kind = ActorKind.POST
    return Actor(kind, posts, first, quorum, also, delegable=delegable)
