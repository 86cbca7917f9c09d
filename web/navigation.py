"""The menu: places in the order of the day's work, shown to those who may enter."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext

from web.login import may_reach


@dataclass(frozen=True)
class Place:
    """One entry of the menu, ready to be drawn."""

    words: str
    address: str
    here: bool


# on a wide screen the rest folds into 更多, so that the menu stays one line
MOST_AT_HAND = 11
# endpoint and word; a screen that is not there yet is left out by itself
MENU = (
    ("leader.home", "领导一览"),
    ("tasks.mine", "待办文件"),
    ("notices.mine", "待阅"),
    ("drafts.new", "拟稿"),
    ("ledger.show", "台账"),
    ("dashboards.show", "工作情况"),
    ("catches.show", "三校台账"),
    ("rounds.week", "公开栏巡查"),
    ("catalogue.all", "村务公开目录"),
    ("plans.all", "巡查计划"),
    ("bulletins.all", "通报"),
    ("patrols.all", "网站巡查"),
    ("trainings.all", "培训"),
    ("requests.all", "依申请公开"),
    ("registers.all", "登记簿"),
    ("reports.annual", "年度报告"),
    ("manuscripts.show", "年报文字"),
    ("rule.show", "审校流程"),
    ("lexicon.all", "本地名录"),
    ("people.all", "人员"),
    ("posts.all", "岗位"),
    ("sections.all", "栏目"),
    ("calendars.all", "工作日历"),
    ("absences.all", "外出登记"),
    ("trail.show", "留痕"),
)


REACHED_FROM_ROUNDS = {"catalogue.all", "plans.all"}
# pages that stand under another room's entry
ROOMS = {"faults": "rounds", "boards": "rounds"}


def places() -> list[Place]:
    """The menu of the person at the browser."""
    return [
        Place(gettext(words), url_for(endpoint), _is_here(endpoint))
        for endpoint, words in MENU
        if endpoint in current_app.view_functions
        and may_reach(endpoint)
        and not (endpoint in REACHED_FROM_ROUNDS and may_reach("rounds.week"))
    ]


def _is_here(endpoint: str) -> bool:
    here = request.blueprint or ""
    return ROOMS.get(here, here) == endpoint.partition(".")[0]
