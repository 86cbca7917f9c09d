"""Imports every table module, so that ``Base.metadata`` is whole."""

from models import (  # noqa: F401 -- imported for their tables
    agencies,
    articles,
    audit,
    clocks,
    findings,
    handling,
    inspections,
    notices,
    people,
    releases,
    reports,
    requests,
    signatures,
    tokens,
)
from models.base import Base

metadata = Base.metadata
