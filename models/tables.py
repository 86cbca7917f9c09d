"""Imports every table module, so that ``Base.metadata`` is whole."""

from models import (  # noqa: F401 -- imported for their tables
    agencies,
    articles,
    audit,
    boards,
    bulletins,
    clocks,
    findings,
    handling,
    inspections,
    knocks,
    notices,
    patrols,
    people,
    public_reports,
    rectification,
    regulations,
    releases,
    remedies,
    reports,
    request_files,
    requests,
    sharing,
    signatures,
    telephone,
    tokens,
    town_tables,
    trainings,
)
from models.base import Base

metadata = Base.metadata
