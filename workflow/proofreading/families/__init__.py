"""Every check of every family; a new one is one entry in its family's list."""

from workflow.proofreading.checks import LineCheck, TextCheck
from workflow.proofreading.families import (
    characters,
    consistency,
    dates,
    documents,
    leaders,
    outline,
    places_and_laws,
    privacy,
    punctuation,
    sums,
    wording,
)

FAMILIES = (
    characters,
    punctuation,
    sums,
    consistency,
    dates,
    documents,
    outline,
    wording,
    leaders,
    privacy,
    places_and_laws,
)
LINE_CHECKS: tuple[LineCheck, ...] = tuple(
    check for family in FAMILIES for check in family.LINE_CHECKS
)
TEXT_CHECKS: tuple[TextCheck, ...] = tuple(
    check for family in FAMILIES for check in family.TEXT_CHECKS
)
