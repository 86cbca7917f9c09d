"""The machine pre-check for single sessions: most tests are about people only."""

from __future__ import annotations

from sqlalchemy.orm import Session

from config import proofreading
from web.app import machine_checker
from workflow.articles.precheck import Machine, equip_session


def read_by_machine(session: Session) -> None:
    """What is written in this session from now on is read by the machine."""
    equip_session(session, Machine(machine_checker, proofreading.digest()))


def not_read_by_machine(session: Session) -> None:
    """No longer."""
    equip_session(session, None)
