"""The week's round, logging one board, the year's grid, photos (issue: the rounds)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask

from models.inspections import CheckState
from tests.pictures import PNG
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import MONDAY, Clock
from tests.web_client import Browserlike
from workflow.inspections import photos, slots

SignIn = Callable[[str], Browserlike]
WELL = {"way": "on_site", "all_well": "yes", "looked_at": "2024-03-04T08:50"}


@pytest.fixture
def boards(app: Flask) -> Boards:
    return with_boards(app)


@pytest.fixture
def inspector(boards: Boards, signed_in: SignIn) -> Browserlike:
    return signed_in("inspector")


def first(boards: Boards) -> str:
    return f"/rounds/checks/{boards.checks()[0].id}"


def with_fault(**more: object) -> dict[str, object]:
    return {**WELL, "all_well": "", "fault": "dirty", "by-dirty": "2024-03-08", **more}


def test_the_week_says_how_many_are_left(inspector: Browserlike) -> None:
    page = inspector.get("/rounds")
    assert page.h1 == ["本周未查 3 / 3"]
    assert page.text.index("示例0村") < page.text.index("示例2村")


def test_a_well_board_is_logged_with_one_button(
    boards: Boards, inspector: Browserlike
) -> None:
    page = inspector.get(first(boards))
    assert "这是第一次查看" in page.text
    page = inspector.post(first(boards), WELL)
    assert "已登记：示例0村 村务公开栏（示例），全部正常。" in page.text
    assert "下一个：示例1村" in page.text
    assert boards.checks()[0].state is CheckState.DONE
    assert inspector.get("/rounds").h1 == ["本周未查 2 / 3"]


def test_faults_are_logged_with_a_photo_and_a_day(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get(first(boards))
    photo = (BytesIO(PNG), "../../x.png")
    sent = with_fault(**{"note-dirty": "玻璃积灰", "photo-dirty": photo})
    page = inspector.post(first(boards), sent)
    assert "1个问题待整改，最晚到2024年3月8日" in page.text
    assert "玻璃积灰" in page.text
    (fault,) = boards.faults()
    answer = inspector.http.get(f"/rounds/faults/{fault.id}/photo")
    assert answer.data == PNG
    assert answer.mimetype == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "x.png" not in answer.headers["Content-Disposition"]


def test_a_fault_is_seen_put_right_once(boards: Boards, inspector: Browserlike) -> None:
    inspector.get(first(boards))
    inspector.post(first(boards), with_fault())
    assert "栏面脏污" in inspector.get("/rounds/faults").text
    fixed = f"/rounds/faults/{boards.faults()[0].id}/fixed"
    page = inspector.post(fixed, {"back": "/rounds/faults"})
    assert page.h1 == ["待整改问题 0"]
    inspector.post(fixed, status=409)
    assert len(boards.trail("fault.fixed")) == 2, "one done, one refused"


def test_nobody_is_led_out_of_the_house_after_a_fault(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get(first(boards))
    inspector.post(first(boards), with_fault())
    page = inspector.get(first(boards))
    sent = {"back": "//evil.example", "csrf_token": page.tokens[0], "operation": "x1"}
    fixed = f"/rounds/faults/{boards.faults()[0].id}/fixed"
    assert inspector.http.post(fixed, data=sent).location == "/"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({**WELL, "way": ""}, "请选择查看方式。"),
        ({**WELL, "all_well": ""}, "请点选发现的问题"),
        (with_fault(all_well="yes"), "选了“全部正常”，又记了问题"),
        ({**WELL, "looked_at": "昨天"}, "查看时间请按"),
        ({**WELL, "looked_at": "2024-03-04T23:00"}, "查看时间晚于现在"),
        (with_fault(**{"by-dirty": "2024-03-01"}), "整改期限早于查看当天"),
        (with_fault(**{"by-dirty": "下周"}), "整改期限请按"),
        (with_fault(**{"note-dirty": "长" * 2001}), "说明最多2000个字"),
    ],
)
def test_a_bad_record_comes_back_with_what_was_typed(
    boards: Boards, inspector: Browserlike, sent: dict[str, str], sentence: str
) -> None:
    inspector.get(first(boards))
    page = inspector.post(first(boards), {**sent, "note": "下雨天"}, status=422)
    assert page.text.count(sentence) == 2, "once in the summary, once beside the field"
    assert "下雨天" in page.text
    assert boards.checks()[0].state is CheckState.OPEN


def test_what_is_no_photo_is_refused(boards: Boards, inspector: Browserlike) -> None:
    """S-45: the kind is told by the first bytes, not by the name."""
    inspector.get(first(boards))
    svg = (BytesIO(b"<svg onload=alert(1)>"), "a.png")
    page = inspector.post(first(boards), with_fault(**{"photo-dirty": svg}), status=422)
    assert "照片只接收 JPEG 或 PNG 图片" in page.text
    assert boards.faults() == []


def test_a_photo_beyond_the_limit_is_refused(
    boards: Boards, inspector: Browserlike, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "PHOTO_MAX_MEGABYTES", 0)
    inspector.get(first(boards))
    photo = (BytesIO(PNG), "a.png")
    sent = with_fault(**{"photo-dirty": photo})
    assert "照片超过0MB" in inspector.post(first(boards), sent, status=422).text


def test_more_than_the_house_takes_is_refused(
    app: Flask, boards: Boards, inspector: Browserlike
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    inspector.get(first(boards))
    photo = (BytesIO(PNG + b"0" * 2000), "a.png")
    sent = with_fault(**{"note-dirty": "玻璃积灰", "photo-dirty": photo})
    page = inspector.post(first(boards), sent, status=413)
    assert "超过大小限制" in page.text
    assert "玻璃积灰" in page.text


def test_the_same_form_sent_twice_acts_once(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get(first(boards))
    for _ in range(2):
        inspector.post(first(boards), with_fault(operation="the-same"))
    assert len(boards.faults()) == 1
    assert len(boards.trail("check.log")) == 1


def test_of_two_inspectors_the_second_is_told(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get(first(boards))
    inspector.post(first(boards), WELL)
    page = inspector.post(first(boards), {**WELL, "note": "我也看了"}, status=409)
    assert "已由示例巡查于3月4日09:00登记" in page.text
    assert "我也看了" in page.text


def test_a_missed_check_cannot_be_made_up(
    boards: Boards, signed_in: SignIn, clock: Clock
) -> None:
    clock.move(days=5)
    inspector = signed_in("inspector")
    assert "漏查" in inspector.get(first(boards)).text
    inspector.post(first(boards), WELL, status=409)
    assert inspector.get("/rounds").h1 == ["本周未查 0 / 3"]
    assert "下一轮" not in inspector.page.text
    clock.move(days=3)
    page = signed_in("inspector").get("/rounds")
    assert "本周没有巡查任务" in page.text
    assert "下一轮从2024年3月18日开始" in page.text


def test_script_in_a_note_is_text(boards: Boards, inspector: Browserlike) -> None:
    inspector.get(first(boards))
    evil = "<script>alert(1)</script>"
    page = inspector.post(first(boards), with_fault(**{"note-dirty": evil}))
    assert evil in page.text
    assert not [f for f in page.faults if "script" in f]


def test_the_grid_says_each_cell_in_words_and_never_ranks(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get(first(boards))
    inspector.post(first(boards), with_fault())
    at = MONDAY.replace(day=12)
    with boards.writing() as session, session.begin():
        slots.close_missed(session, boards.by(at=at))
        slots.open_due(session, boards.by(at=at), at.date())
    html = inspector.http.get("/rounds/grid?year=2024").get_data(as_text=True)
    assert 'aria-label="示例0村，2024年3月4日 当周：已查，有问题"' in html
    assert 'aria-label="示例1村，2024年3月4日 当周：漏查"' in html
    assert 'aria-label="示例0村，2024年3月11日 当周：待查"' in html
    assert html.index("示例0村</th>") < html.index("示例1村</th>")


@pytest.mark.parametrize("year", ["1", "abcd", "9999", "%EF%BC%92024", "2024'"])
def test_a_year_that_is_none_has_no_grid(inspector: Browserlike, year: str) -> None:
    inspector.get(f"/rounds/grid?year={year}", status=404)


def test_a_leader_reads_but_does_not_log(boards: Boards, signed_in: SignIn) -> None:
    leader = signed_in("principal")
    page = leader.get(first(boards))
    assert "由公开栏巡查人员查看并登记：示例巡查" in page.text
    assert "全部正常" not in page.text
    leader.post(first(boards), WELL, status=403)
    assert boards.checks()[0].state is CheckState.OPEN


@pytest.mark.parametrize("login", ["drafter", "registrar", "sysadmin", "audadmin"])
@pytest.mark.parametrize("address", ["/rounds", "/rounds/grid", "/rounds/faults"])
def test_others_do_not_come_in(
    boards: Boards, signed_in: SignIn, login: str, address: str
) -> None:
    signed_in(login).get(address, status=403)


def test_what_changes_something_is_not_opened_by_a_link(
    boards: Boards, inspector: Browserlike
) -> None:
    inspector.get("/rounds/faults/1/fixed", status=405)


def test_what_is_not_there_is_not_found(inspector: Browserlike) -> None:
    for address in ("/rounds/checks/999", "/rounds/faults/9/photo", "/rounds/faults/9"):
        inspector.get(address, status=404)
