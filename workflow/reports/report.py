"""An annual report as printed: plain frozen values, wrong figures included.

A cell is a number or ``None``; ``None`` in a table is a cell printed blank, and in
the fee statement a figure that is not stated.  A row that was not printed is absent
from its mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Number = int | Decimal
Cell = Number | None

SCHEMA = "gid-annual-report/1"


@dataclass(frozen=True, slots=True)
class Organ:
    """Whose report it is; ``scope`` is ``own`` or ``aggregate``."""

    name: str
    level: str
    region: str
    scope: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark printed inside a number cell of section 二."""

    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Active:
    """Section 二.

    Args:
        figures: ``rules.made``, ``licensing``, … to the number; ``fees_wan`` in 万元.
        old_figures: cells of the superseded 2019 layout; texts such as "+3" stay.
        annotations: remarks printed in number cells.
    """

    figures: Mapping[str, Cell]
    old_figures: Mapping[str, Cell | str]
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganFee:
    """What one organ charged: number of requests, amount in 元."""

    organ: str
    count: Cell
    amount: Cell


@dataclass(frozen=True, slots=True)
class ProcessingFee:
    """The 信息处理费 statement of section 六; amounts in 元."""

    stated: bool
    notices: Cell = None
    amount_notified: Cell = None
    amount_received: Cell = None
    paid_count: Cell = None
    by_organ: tuple[OrganFee, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A total of published items that the prose states, with its parts."""

    scope: str
    unit: str
    total: Cell
    exhaustive: bool
    by_column: Mapping[str, Cell]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage the prose states; the two counts may be names of claims."""

    stated: Decimal
    numerator: Number | str
    denominator: Number | str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the prose states, under the name of what it measures."""

    name: str
    value: Cell
    quote: str = ""
    percent: Percent | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One organ's annual report for one year.

    Args:
        requests: row code to its cells, in the order of ``form.COLUMNS``.
        remedies: group code to its cells by code.
        period: first and last day as stated, if stated.
        published_on: day of publication, if known.
        layout: "2021" or the superseded "2019".
        texts: what is printed in a number cell and is no bare number, under the full
            name of the cell, as ``requests.new.natural``.
    """

    year: int
    organ: Organ
    sections: tuple[str, ...]
    active: Active
    requests: Mapping[str, tuple[Cell, ...]]
    remedies: Mapping[str, Mapping[str, Cell]]
    fee: ProcessingFee
    published: tuple[Published, ...] = ()
    claims: tuple[Claim, ...] = ()
    period: tuple[date, date] | None = None
    published_on: date | None = None
    layout: str = "2021"
    title: str = ""
    id: str = ""
    texts: tuple[Annotation, ...] = ()
