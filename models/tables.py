"""Imports every table module, so that ``Base.metadata`` is whole."""

from models import (  # noqa: F401 -- imported for their tables
    agencies,
    articles,
    audit,
    boards,
    clocks,
    findings,
    handling,
    inspections,
    notices,
    patrols,
    people,
    rectification,
    releases,
    reports,
    requests,
    signatures,
    tokens,
    trainings,
)
from models.base import Base

metadata = Base.metadata
