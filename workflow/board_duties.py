"""What is done about boards, site and trainings without anybody asking, in words.

Each does it in one agency and says in Chinese what was done; empty if nothing.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow.calendar import town_day
from workflow.inspections import planning, slots, watching
from workflow.occasion import Occasion
from workflow.patrols import acts as patrols
from workflow.trainings import acts as trainings


def open_rounds(session: Session, by: Occasion) -> str:
    """Open what should be open by the day of the occasion."""
    opened = slots.open_due(session, by, town_day(by.at))
    periods = "、".join(each.period.isoformat() for each in opened)
    return f"开启巡查 {len(opened)} 轮（{periods} 起）" if opened else ""


def close_rounds(session: Session, by: Occasion) -> str:
    """Record as missed what nobody looked at in time."""
    missed = slots.close_missed(session, by)
    return f"{missed} 个公开栏逾期未查，已记为未查" if missed else ""


def draw_rosters(session: Session, by: Occasion) -> str:
    """Draw up next month's duty roster in good time."""
    drawn = planning.draw_next_month(session, by)
    return f"已排下月值班 {drawn} 天" if drawn else ""


def watch_faults(session: Session, by: Occasion) -> str:
    """Note faults that are late, and raise them to the step that is due."""
    moved = watching.watch_faults(session, by)
    return f"{moved} 个公开栏问题逾期，已记录督办" if moved else ""


def open_readings(session: Session, by: Occasion) -> str:
    """Open the readings of the site that are due by today."""
    opened = patrols.open_readings(session, by, by.today)
    return f"已生成读网 {opened} 次" if opened else ""


def close_readings(session: Session, by: Occasion) -> str:
    """Record readings that nobody did; tell of columns near their limit."""
    missed = patrols.close_readings(session, by)
    return f"{missed} 次读网逾期未做，已记为漏读" if missed else ""


def warn_of_clocks(session: Session, by: Occasion) -> str:
    """Tell of columns that are near or over their limit."""
    told = patrols.warn_of_clocks(session, by)
    return f"已提醒 {told} 人栏目更新时限" if told else ""


def find_training_gaps(session: Session, by: Occasion) -> str:
    """Note quarters that ended without a training."""
    gaps = trainings.find_gaps(session, by)
    return f"{'、'.join(gap.words for gap in gaps)}没有培训，已记录" if gaps else ""
