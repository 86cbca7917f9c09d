"""What counts as each kind of fault: a sentence, a good picture and a bad one.

The pictures are drawn by ourselves (``static/faults``); they are no photographs.
"""

from __future__ import annotations

from pathlib import Path

from flask import url_for
from flask_babel import gettext

from models.inspections import FaultKind
from web.display import label

FOLDER = Path(__file__).parent / "static" / "faults"


def help_of(kind: FaultKind) -> str:
    """What counts as this kind of fault, in a sentence; empty where none is written."""
    sentences = {
        FaultKind.NO_BOARD: gettext(
            "该有公开栏的地方没有公开栏，或者已被拆除、长期移走。"
        ),
        FaultKind.EMPTY: gettext("公开栏在，里面没有张贴任何应公开的内容。"),
        FaultKind.DIRTY: gettext("栏面积灰、有污渍或小广告，影响阅读。"),
        FaultKind.DAMAGED: gettext("栏体、玻璃、锁具破损，纸张缺角撕裂。"),
        FaultKind.STALE: gettext("张贴的是过期内容，最近一期没有换上。"),
        FaultKind.NO_FINANCE_PAGE: gettext("其他栏目都有，唯独缺财务公开这一页。"),
        FaultKind.BADLY_PASTED: gettext("张贴歪斜、重叠、卷边，字被压住看不全。"),
        FaultKind.COVERED: gettext("公开内容被海报、广告、杂物盖住。"),
        FaultKind.BADLY_PLACED: gettext("位置偏僻、过高或被围挡，群众不便看到。"),
        FaultKind.WRONG_STATEMENT: gettext("名称、姓名、政策表述有错，须立即更正。"),
        FaultKind.PERSONAL_DATA: gettext(
            "露出身份证号、电话、银行卡号等，须立即遮盖。"
        ),
    }
    return sentences.get(kind, "")


def kinds() -> list[dict[str, str]]:
    """Every kind of fault as the phone page shows it."""
    return [
        {
            "value": kind.value,
            "label": label(kind),
            "help": help_of(kind),
            "good": _address(f"{kind.value}-good.svg"),
            "bad": _address(f"{kind.value}-bad.svg"),
        }
        for kind in FaultKind
    ]


def pictures() -> list[str]:
    """The names of all sample pictures below ``static``, always in the same order."""
    return sorted(f"faults/{path.name}" for path in FOLDER.glob("*.svg"))


def _address(name: str) -> str:
    there = (FOLDER / name).exists()
    return url_for("static", filename=f"faults/{name}") if there else ""
