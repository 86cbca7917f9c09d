"""R44, R47 and R70 to R72: what the quoted words give away."""

from __future__ import annotations

import pytest

from tests.rules.report_files import NAMES, changed, found, report_file

QUOTE = "prose.claims.0.quote"
CLAIM = "prose.claims[requests.new]"


@pytest.mark.parametrize(
    ("quote", "rule", "severity"),
    [
        ("2022年共受理依申请公开1件", "R47", "W"),
        ("编写说明：可先适当综述", "R70", "E"),
        ("该部分以表格形式报告。表格如下", "R70", "E"),
        ("××镇共受理申请1件", "R70", "E"),
        ("共收到件，已全部答复", "R70", "E"),
        ("现行有效的规范性文件。", "R70", "E"),
        ("依据国办公开办函〔2019〕60号编制", "R71", "W"),
    ],
)
def test_a_slip_in_the_words_is_found(quote: str, rule: str, severity: str) -> None:
    assert found(changed({QUOTE: quote})) == [(rule, severity, CLAIM)]


@pytest.mark.parametrize(
    "quote",
    [
        "2024年共受理依申请公开1件",
        "比2023年增加1件",
        "上年（2023年）结转0件",
        "2025年1月1日前均已答复",
        "自2019年以来累计受理1件",
        "结转2025年0件",
        "依据国办公开办函〔2021〕30号编制",
        "发布信息1件，公开文件2件，废止规范性文件3件。",
        "政务新媒体发布条数1",
    ],
)
def test_what_may_be_said_is_not_reproached(quote: str) -> None:
    assert found(changed({QUOTE: quote})) == []


def test_the_title_names_the_year_of_the_report() -> None:
    title = "江口镇2023年政府信息公开工作年度报告"
    assert found(changed({"source.title": title})) == [("R72", "E", "title")]
    assert found(changed({"source.title": "政府信息公开工作年度报告"})) == []
    both = "政府信息公开工作年度报告 2024（与2023年比对）"
    assert found(changed({"source.title": both})) == []
    for other in ("2025年1月17日公布的年度报告", "年报（2025-01-17）", "2025年鉴"):
        assert found(changed({"source.title": other})) == [], other


def test_a_template_left_in_a_heading_is_found_beside_its_wording() -> None:
    heading = "一、总体情况（编写说明）"
    assert found(changed({"sections.0": heading})) == [
        ("R02", "W", "sections[0]"),
        ("R70", "E", "sections[0]"),
    ]


def test_a_figure_no_table_holds_is_said_twice_alike() -> None:
    twice = [{"claim": "visits", "value": n, "quote": f"{n}次"} for n in (7, 8)]
    assert found(changed({"prose.claims": twice})) == [
        ("R44", "W", "prose.claims[visits]")
    ]
    alike = [{"claim": "visits", "value": 7, "quote": "7次"}] * 2
    assert found(changed({"prose.claims": alike})) == []


@pytest.mark.parametrize("name", NAMES)
def test_published_words_are_not_reproached(name: str) -> None:
    rules = {one[0] for one in found(report_file(name))}
    assert not rules & {"R47", "R70", "R71", "R72"}
