"""Every check of every family; a new one is one entry in its family's list."""

from workflow.proofreading.checks import LineCheck, TextCheck
from workflow.proofreading.families import (
    characters,
    consistency,
    contents,
    dates,
    documents,
    laws,
    leaders,
    outline,
    persons,
    phrases,
    places,
    privacy,
    punctuation,
    ratios,
    sums,
    wording,
    years,
)

FAMILIES = (
    characters,
    consistency,
    contents,
    dates,
    documents,
    laws,
    leaders,
    outline,
    persons,
    phrases,
    places,
    privacy,
    punctuation,
    ratios,
    sums,
    wording,
    years,
)
LINE_CHECKS: tuple[LineCheck, ...] = tuple(
    check for family in FAMILIES for check in family.LINE_CHECKS
)
TEXT_CHECKS: tuple[TextCheck, ...] = tuple(
    check for family in FAMILIES for check in family.TEXT_CHECKS
)
