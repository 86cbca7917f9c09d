"""One figure changed by one, anywhere in a published report, is found."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest

from tests.rules.report_files import (
    NAMES,
    ReportFile,
    changed,
    findings_of,
    found,
    report_file,
)
from workflow.reports.findings import ReportFinding
from workflow.reports.form import COLUMNS, OLD_OTHER_ROW, OUTCOMES, REMEDY_CELLS

Found = tuple[str, str]


def year_before(content: ReportFile) -> ReportFile:
    """A report of the year before that the given one continues without a break."""
    before = deepcopy(content)
    before["year"] -= 1
    before["requests"]["carried_out"] = content["requests"]["carried_in"]
    for row in ("rules", "normative"):
        now = content["active"][row]
        before["active"][row]["valid"] = now["valid"] - now["made"] + now["repealed"]
    for group in before["remedies"].values():
        group["pending"] = 0
    return before


def rules_of_request_cell(row: str, column: str) -> Iterator[Found]:
    yield "R22", f"requests.{row}.total"
    if row in (*OUTCOMES, OLD_OTHER_ROW, "total"):
        yield "R21", f"requests.total.{column}"
    if row in ("new", "carried_in", "total", "carried_out"):
        yield "R20", f"requests.*.{column}"
    if row == "carried_in":
        yield "R24", f"requests.carried_in.{column}"


@dataclass(frozen=True)
class Original:
    """A published report, the year before it, and what is found unchanged."""

    content: ReportFile
    before: ReportFile
    known: frozenset[ReportFinding]

    def newly_found(self, content: ReportFile) -> set[Found]:
        new = set(findings_of(content, self.before)) - self.known
        return {(finding.rule, finding.cell) for finding in new}


def original_of(name: str) -> Original:
    content = report_file(name)
    before = year_before(content)
    return Original(content, before, frozenset(findings_of(content, before)))


@pytest.mark.parametrize("name", NAMES)
def test_a_year_that_continues_brings_no_new_finding(name: str) -> None:
    content = report_file(name)
    assert found(content, year_before(content)) == found(content)


@pytest.mark.parametrize("change", [1, -1, 10])
@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_section_three_is_bound(name: str, change: int) -> None:
    original = original_of(name)
    for row in original.content["requests"]:
        for index, column in enumerate(COLUMNS):
            content = deepcopy(original.content)
            content["requests"][row][index] = (
                original.content["requests"][row][index] or 0
            ) + change
            expected = set(rules_of_request_cell(row, column))
            assert expected <= original.newly_found(content), (row, column)


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_section_four_is_bound(name: str, change: int) -> None:
    original = original_of(name)
    for group in original.content["remedies"]:
        for cell in REMEDY_CELLS:
            content = deepcopy(original.content)
            content["remedies"][group][cell] += change
            expected = ("R30", f"remedies.{group}.total")
            assert expected in original.newly_found(content), (group, cell)


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_the_documents_is_bound_to_last_year(
    name: str, change: int
) -> None:
    original = original_of(name)
    for row in ("rules", "normative"):
        for cell in ("made", "repealed", "valid"):
            content = deepcopy(original.content)
            content["active"][row][cell] += change
            expected = ("R10", f"active.{row}.valid")
            assert expected in original.newly_found(content), (row, cell)


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_of_the_prose_is_bound(name: str) -> None:
    original = original_of(name)
    for index, claim in enumerate(original.content["prose"]["claims"]):
        content = deepcopy(original.content)
        content["prose"]["claims"][index]["value"] += 1
        cells = {cell for _, cell in original.newly_found(content)}
        assert cells == {f"prose.claims[{claim['claim']}]"}


@pytest.mark.parametrize("name", NAMES)
def test_each_part_of_a_complete_breakdown_is_bound(name: str) -> None:
    original = original_of(name)
    for index, item in enumerate(original.content["prose"]["published"]):
        for column in item["by_column"] if item["exhaustive"] else ():
            content = deepcopy(original.content)
            content["prose"]["published"][index]["by_column"][column] += 1
            expected = {("R43", f"prose.published[{index}]")}
            assert original.newly_found(content) == expected, column


def cells_of(content: ReportFile) -> Iterator[tuple[str, str]]:
    """Every number cell of the three tables: its name, and its place in the file."""
    for row, value in content["active"].items():
        names = [f".{cell}" for cell in value] if isinstance(value, dict) else [""]
        yield from ((f"active.{row}{n}", f"active.{row}{n}") for n in names)
    for row in content["requests"]:
        for index, column in enumerate(COLUMNS):
            yield f"requests.{row}.{column}", f"requests.{row}.{index}"
    for group in content["remedies"]:
        for cell in REMEDY_CELLS:
            yield f"remedies.{group}.{cell}", f"remedies.{group}.{cell}"


WRONG = [(None, "R06"), ("1件", "R06"), (-1, "R07"), (0.5, "R07")]


@pytest.mark.parametrize(("value", "rule"), WRONG)
@pytest.mark.parametrize("name", ["jiangkou-2024", "suqian-2023"])
def test_each_cell_is_a_bare_whole_number(name: str, value: object, rule: str) -> None:
    original = report_file(name)
    for cell, place in cells_of(original):
        content = changed({place: value}, name)
        rules = {one[0] for one in found(content) if one[2] == cell}
        may_be_decimal = cell == "active.fees_wan" and value == 0.5
        assert (rule in rules) != may_be_decimal, cell


def test_each_figure_of_the_fee_is_bound() -> None:
    fee = "processing_fee"
    for name, rule in (
        ("paid_count", "R27"),
        ("amount_received", "R52"),
        ("amount_notified", "R55"),
        ("notices", "R55"),
    ):
        content = deepcopy(report_file())
        content[fee][name] += 1
        assert rule in {one[0] for one in found(content)}, name


def test_each_fee_of_an_organ_is_bound() -> None:
    city = report_file("suqian-2023")
    for index in range(len(city["processing_fee"]["by_organ"])):
        for name in ("count", "amount"):
            content = deepcopy(city)
            content["processing_fee"]["by_organ"][index][name] += 1
            assert "R53" in {one[0] for one in found(content)}


DATES = [
    ("year", 2023, "R63"),
    ("period.from", "2024-01-02", "R63"),
    ("period.to", "2024-12-30", "R63"),
    ("published_on", "2024-12-31", "R62"),
    ("published_on", "2025-02-01", "R60"),
    ("format", "2019", "R01"),
]


@pytest.mark.parametrize(("place", "value", "rule"), DATES)
def test_each_fact_about_the_report_is_bound(
    place: str, value: object, rule: str
) -> None:
    assert rule in {one[0] for one in found(changed({place: value}))}
