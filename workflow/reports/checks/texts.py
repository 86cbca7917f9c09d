"""R47, R70 to R72: what the words quoted from a report give away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.reports.figures import FIRST_FORMAT_YEAR
from workflow.reports.findings import ReportFinding, error, warning
from workflow.reports.report import Report

YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d{1,2}\s*月)(?!来|以来)")
TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年度?(?!\s*\d)(?=.{0,20}(?:报告|年报))")
OTHER_YEAR_MEANT = re.compile(
    r"上年|上一年|去年|往年|前年|下年|下一年|次年|来年|明年|同比|相比|较|比\s*20\d\d|"
    r"结转|转入|历年|累计|自\s*20|从\s*20|截至|以来"
)
RESIDUE = re.compile(
    r"编写说明|填写说明|填报说明|以表格形式报告|此处填写|此处报告|"
    r"[×✕]{2,}|[Xx]{2,}(?=[年月日件条篇次万元个])|_{2,}|（\s*）\s*[件条篇次元]"
)
EMPTY_SLOT = re.compile(
    r"(?:收到|发布|公开|制发|制定|废止|收取|共计|合计)(?:了|共|为)?"
    r"\s*(?:件|条|篇)(?=[，,。；;、])|现行有效的?(?:行政)?规范性文件(?=[。；])"
)
OLD_FORMAT = re.compile(r"[〔\[（(]?\s*2019\s*[〕\]）)]\s*60\s*号")


def years_are_this_years(report: Report) -> Iterator[ReportFinding]:
    """R47: a year that the prose names is the report's, or said to be another."""
    for place, text in _prose(report):
        if OTHER_YEAR_MEANT.search(text):
            continue
        others = [y for y in YEAR.findall(text) if int(y) != report.year]
        if others:
            yield warning(
                "R47",
                place,
                others[0],
                report.year,
                f"文字写“{text}”，说的是{others[0]}年；本报告是{report.year}年的，"
                "请改正，或写明是上年、下年。",
            )


def nothing_of_the_template_is_left(report: Report) -> Iterator[ReportFinding]:
    """R70: no words of the template, no slot whose number is missing."""
    for place, text in _all_texts(report):
        left = RESIDUE.search(text) or EMPTY_SLOT.search(text)
        if left:
            yield error(
                "R70",
                place,
                left.group(),
                None,
                f"“{text}”里留有模板的字样或漏填了数字（{left.group()}）。",
            )


def the_format_cited_is_in_force(report: Report) -> Iterator[ReportFinding]:
    """R71: it cites 国办公开办函〔2021〕30号, not the superseded 〔2019〕60号."""
    if report.year < FIRST_FORMAT_YEAR:
        return
    for place, text in _all_texts(report):
        cited = OLD_FORMAT.search(text)
        if cited:
            yield warning(
                "R71",
                place,
                cited.group(),
                "〔2021〕30号",
                "引用的是已被替代的〔2019〕60号，应引用国办公开办函〔2021〕30号。",
            )


def the_title_names_the_year(report: Report) -> Iterator[ReportFinding]:
    """R72: the year in the title is the year of the report."""
    named = TITLE_YEAR.findall(report.title)
    if named and str(report.year) not in report.title:
        yield error(
            "R72",
            "title",
            named[0],
            report.year,
            f"标题“{report.title}”写的是{named[0]}年，报告是{report.year}年的。",
        )


def _prose(report: Report) -> Iterator[tuple[str, str]]:
    for index, item in enumerate(report.published):
        yield f"prose.published[{index}]", item.quote
    for claim in report.claims:
        yield f"prose.claims[{claim.name}]", claim.quote


def _all_texts(report: Report) -> Iterator[tuple[str, str]]:
    yield "title", report.title
    for index, heading in enumerate(report.sections):
        yield f"sections[{index}]", heading
    for remark in report.active.annotations:
        yield f"active.{remark.cell.removeprefix('active.')}", remark.text
    yield from _prose(report)


CHECKS = (
    years_are_this_years,
    nothing_of_the_template_is_left,
    the_format_cited_is_in_force,
    the_title_names_the_year,
)
