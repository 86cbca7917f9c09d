"""One figure changed by one, anywhere in a published report, is found."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest

from tests.rules.report_files import NAMES, ReportFile, findings_of, found, report_file
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


@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_section_three_is_bound(name: str) -> None:
    original = original_of(name)
    for row in original.content["requests"]:
        for index, column in enumerate(COLUMNS):
            content = deepcopy(original.content)
            content["requests"][row][index] = (
                original.content["requests"][row][index] or 0
            ) + 1
            expected = set(rules_of_request_cell(row, column))
            assert expected <= original.newly_found(content), (row, column)


@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_section_four_is_bound(name: str) -> None:
    original = original_of(name)
    for group in original.content["remedies"]:
        for cell in REMEDY_CELLS:
            content = deepcopy(original.content)
            content["remedies"][group][cell] += 1
            expected = ("R30", f"remedies.{group}.total")
            assert expected in original.newly_found(content), (group, cell)


@pytest.mark.parametrize("name", NAMES)
def test_each_cell_of_the_documents_is_bound_to_last_year(name: str) -> None:
    original = original_of(name)
    for row in ("rules", "normative"):
        for cell in ("made", "repealed", "valid"):
            content = deepcopy(original.content)
            content["active"][row][cell] += 1
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
