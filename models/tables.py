"""Imports every table module, so that ``Base.metadata`` is whole."""

from models import (  # noqa: F401 -- imported for their tables
    agencies,
    articles,
    audit,
    bulletins,
    findings,
    handling,
    inspections,
    notices,
    people,
    public_reports,
    releases,
    reports,
    requests,
    signatures,
)
from models.base import Base

metadata = Base.metadata
