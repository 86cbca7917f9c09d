"""Every form with what nobody should send: a Chinese sentence, never an accident."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markupsafe import escape
from werkzeug.test import TestResponse

from tests.screens.doors import doors
from tests.screens.every_form import FORMS
from tests.screens.form import Form, filled, name_of, placed
from tests.screens.house import House
from tests.web_client import Browserlike, read

# what is typed into every field of text at once, after a word by which to find it
BAD = {
    "rare": "𠮷野家𫠚" + "e\u0301" * 10 + "\u0323零\u200b宽\ufeff\u200d\uff12\uff10",
    "bidi": "\u202e反过来\u202c\u2066\u2069",
    "nul": "空\x00字",
    "control": "\x08\x1b[31m",
    "script": '=1+<script>alert(1)</script><img src=x onerror=alert(1)>"{{7*7}}',
    "too-long": "长" * 120_000,
}
UNREAD = ("9", "\uff19", "-1", "99999999999")
ACCEPTED = (200, 303)
SENTENCE = re.compile(
    r'class="(?:summary|what|wrong)".*?[\u4e00-\u9fff]{4}.*?。', re.DOTALL
)
# these act at once and read no operation id: nothing is doubled by a second press
NO_OPERATION = {
    "front.set_view",
    "access.enter",
    "access.logout",
    "drafts.preview",
    "drafts.autosave",
    "drafts.discard",
    "asking.look",
}
# no form of a page: a phone's queue, tried in test_entries.py
SENT_AS_JSON = {"entries.send"}
# who knocks at an open door is counted, whatever becomes of it
COUNTED = "door_knocks"
WITH_TEXT = [form for form in FORMS if form.texts]
WITH_REVISION = [
    form
    for form in FORMS
    if form.endpoint.startswith("articles.")
    or form.endpoint in ("drafts.save", "drafts.submit")
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("input"))
    yield house
    house.database.close()


def send(
    house: House, browser: Browserlike, form: Form, sent: dict[str, object]
) -> TestResponse:
    """Send it with a token and an operation id, unless it has its own."""
    full = {"csrf_token": browser._token, "operation": "bad-input", **sent}
    return browser.http.post(placed(house, form.address), data=full)


def opened(house: House, form: Form) -> tuple[Browserlike, dict[str, object]]:
    """A fresh house, the person at the form's page, and the form filled in well."""
    house.fresh()
    browser = house.at(form.login)
    return browser, filled(house, browser, form)


def says_why(answer: TestResponse, form: Form) -> None:
    """A refusal is a page of ours in which a Chinese sentence stands."""
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text[-2000:])
    if form.endpoint == "drafts.autosave" and answer.mimetype != "text/html":
        return
    read(answer.text)
    said = re.search(
        r'class="(?:summary|what|wrong)".*?[\u4e00-\u9fff]{4}.*?。', _flat(answer.text)
    )
    assert said, answer.text[-3000:]


def _flat(page: str) -> str:
    return page.replace("\n", " ")


def test_no_form_is_forgotten() -> None:
    posts = {endpoint for endpoint, (method, _) in doors().items() if method == "POST"}
    assert {form.endpoint for form in FORMS} == posts - SENT_AS_JSON


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_filled_in_well_every_form_is_taken(house: House, form: Form) -> None:
    """The rest of this file would prove nothing without this."""
    browser, sent = opened(house, form)
    answer = send(house, browser, form, sent)
    assert answer.status_code in ACCEPTED, answer.text[-3000:]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("form", WITH_TEXT, ids=name_of)
def test_strange_text_is_refused_or_kept_whole(
    house: House, form: Form, bad: str
) -> None:
    browser, sent = opened(house, form)
    typed = {name: f"留字{n}{BAD[bad]}" for n, name in enumerate(form.texts)}
    answer = send(house, browser, form, {**sent, **typed})
    if answer.status_code not in ACCEPTED:
        says_why(answer, form)
        assert all(f"留字{n}" in answer.text for n, _ in enumerate(form.texts))
    elif answer.status_code == 303:
        answer = browser.http.get(answer.location or "/", follow_redirects=True)
        assert answer.status_code == 200
    if answer.mimetype == "text/html":
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_an_empty_form_is_told_what_is_missing(house: House, form: Form) -> None:
    browser, _ = opened(house, form)
    token = {"csrf_token": browser._token}
    answer = browser.http.post(placed(house, form.address), data=token)
    if form.endpoint in NO_OPERATION | {"ledger.export", "trail.export"}:
        assert answer.status_code < 500
        return
    says_why(answer, form)


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_fields_nobody_asked_for_change_nothing(house: House, form: Form) -> None:
    browser, sent = opened(house, form)
    more = {f"extra-{n}": f"多余{n}" for n in range(30)}
    more |= {"agency_id": "2", "person_id": "1", "state": "published", "role_id": "1"}
    answer = send(house, browser, form, {**more, **sent})
    assert answer.status_code in ACCEPTED, answer.text[-3000:]


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_a_wrong_token_is_refused_and_the_text_stays(house: House, form: Form) -> None:
    browser, sent = opened(house, form)
    before = house.rows()
    typed = {name: f"留字{n}" for n, name in enumerate(form.texts)}
    answer = send(house, browser, form, {**sent, **typed, "csrf_token": "forged"})
    assert answer.status_code == 400
    says_why(answer, form)
    for n, _ in enumerate(form.texts):
        assert f"留字{n}" in answer.text
    assert house.rows() == before


@pytest.mark.parametrize("operation", ["", "坏\x00号" + "x" * 80])
@pytest.mark.parametrize(
    "form", [f for f in FORMS if f.endpoint not in NO_OPERATION], ids=name_of
)
def test_without_a_good_operation_id_nothing_is_done(
    house: House, form: Form, operation: str
) -> None:
    browser, sent = opened(house, form)
    told = ("audit_entries", "audit_chains", COUNTED)
    before = house.rows(*told)
    answer = send(house, browser, form, {**sent, "operation": operation})
    says_why(answer, form)
    assert answer.status_code == 422
    assert house.rows(*told) == before


@pytest.mark.parametrize(
    "form", [f for f in FORMS if f.endpoint not in NO_OPERATION], ids=name_of
)
def test_the_same_form_twice_acts_once(house: House, form: Form) -> None:
    """A second press, or a lost connection: nothing more is done, nothing breaks."""
    browser, sent = opened(house, form)
    send(house, browser, form, sent)
    once = house.rows(COUNTED)
    answer = send(house, browser, form, sent)
    assert answer.status_code in (200, 303, 401, 409)
    assert house.rows(COUNTED) == once


@pytest.mark.parametrize("form", WITH_REVISION, ids=name_of)
@pytest.mark.parametrize(
    "revision", ["9", "999999", "\uff19", "-1", "x", "99999999999"]
)
def test_a_text_that_was_not_read_is_not_decided(
    house: House, form: Form, revision: str
) -> None:
    browser, sent = opened(house, form)
    told = ("audit_entries", "audit_chains")
    before = house.rows(*told)
    sent |= {"revision": revision, form.texts[0]: "留下这一句"}
    answer = send(house, browser, form, sent)
    says_why(answer, form)
    assert answer.status_code in (409, 422)
    assert "留下这一句" in answer.text
    assert house.rows(*told) == before


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_bytes_that_are_no_text_do_no_harm(house: House, form: Form) -> None:
    browser, sent = opened(house, form)
    token = f"csrf_token={browser._token}&operation=bytes".encode()
    names = b"".join(f"&{name}=".encode() + b"%FF%FE%ED%A0%80" for name in sent)
    answer = browser.http.post(
        placed(house, form.address),
        data=token + names,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code < 500


def test_the_marks_in_a_refused_text_are_escaped(house: House) -> None:
    """The test above could not fail if the page left the words out."""
    form = next(f for f in FORMS if f.endpoint == "people.add")
    browser, sent = opened(house, form)
    answer = send(house, browser, form, {**sent, "login": BAD["script"]})
    assert answer.status_code == 422
    assert str(escape(BAD["script"])) in answer.text
