"""Imports every table module, so that ``Base.metadata`` is whole."""

from models import (  # noqa: F401 -- imported for their tables
    agencies,
    articles,
    audit,
    clocks,
    findings,
    handling,
    inspections,
    knocks,
    notices,
    people,
    regulations,
    releases,
    remedies,
    reports,
    request_files,
    requests,
    sharing,
    signatures,
    tokens,
)
from models.base import Base

metadata = Base.metadata
