"""The pages of regimes and forms: boards, the silent ones, establishing, publishing a form."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    AGENCY_CLERK,
    CLERK,
    COMMUNE_CLERK,
    INSPECTOR,
    OTHER_CLERK,
    SHEET,
    given_obligations,
    work_in,
)
from webapp.pages import regimes as regime_pages
from webapp.runtime import now, today
from workflows import reminders
from workflows.calendar import local_day
from workflows.organisations import Unit, UnitGroup
from workflows.people import Person
from workflows.regimes import FormState, FormVersion, Obligation, Regime

QUERIES_OF_A_REGIME = 17
QUERIES_OF_A_FORM = 12


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


def regime_of(app: Flask, obligation_id: int) -> int:
    with work_in(app) as session:
        return session.get_one(Obligation, obligation_id).regime_id


def terms(version: int, **changes) -> dict[str, object]:
    return {
        "name": "Báo cáo chuyên đề",
        "form_version": str(version),
        "cadence": "monthly",
        "due_kind": "day-after-period",
        "due_number": "5",
        "grace_days": "0",
        "lock_days": "0",
        "units": ["Đảng uỷ xã An Bình", "Đảng uỷ xã Bình Thạnh"],
        "starts_on": "01/01/2026",
        **changes,
    }


def a_form(app: Flask) -> int:
    _, obligation = given_obligations(app)[-1]
    with work_in(app) as session:
        return session.get_one(Obligation, obligation).form_version_id


def test_a_regime_opens_on_the_newest_period_that_closed(working_app: Flask, clerk: FlaskClient):
    owed = given_obligations(working_app, months=2)
    page = clerk.get(f"/regimes/{regime_of(working_app, owed[0][1])}").text
    closed = [period for period, _ in owed if period < f"{local_day(datetime.now(UTC)):%Y-%m}"]
    year, month = closed[-1].split("-")
    assert f"Chưa nộp: Tháng {int(month)}/{year}" in page


@pytest.mark.parametrize(
    ("person", "status"),
    [(CLERK, 200), (INSPECTOR, 200), (COMMUNE_CLERK, 200), (OTHER_CLERK, 404), (AGENCY_CLERK, 404)],
)
def test_a_regime_exists_for_whom_it_concerns(working_app: Flask, person: int, status: int):
    regime = regime_of(working_app, given_obligations(working_app)[0][1])
    assert sign_in(working_app, person).get(f"/regimes/{regime}").status_code == status


def test_a_unit_sees_only_its_own_line_and_its_own_rate(working_app: Flask):
    owed = given_obligations(working_app, units=("DU-AB", "DU-BT"), months=1)
    page = sign_in(working_app, COMMUNE_CLERK).get(f"/regimes/{regime_of(working_app, owed[0][1])}").text
    assert "Đảng uỷ xã An Bình" in page
    assert "Đảng uỷ xã Bình Thạnh" not in page
    assert '<td class="figure">2</td>' not in page


def test_the_silent_ones_lead_to_a_letter_that_urges_them(working_app: Flask, clerk: FlaskClient):
    owed = given_obligations(working_app, months=2)
    page = clerk.get(f"/regimes/{regime_of(working_app, owed[0][1])}").text
    letter = re.search(r'href="(/documents/new[^"]+)"', page)
    assert letter is not None
    drafting = clerk.get(letter.group(1).replace("&amp;", "&")).text
    assert re.search(r'<option selected value="reminder-letter">', drafting)
    assert re.search(rf'<option selected value="\d+:{owed[-2][0]}">', drafting)


def test_the_silent_ones_stand_with_their_last_reminder(working_app: Flask, clerk: FlaskClient):
    owed = given_obligations(working_app, units=("DU-AB", "DU-BT"), months=2)
    with work_in(working_app) as session:
        obligation = session.get_one(Obligation, owed[-3][1])
        by = session.get_one(Person, CLERK)
        reminders.urge_obligation(session, obligation, words="Đề nghị nộp sớm.", by=by, at=now())
    page = clerk.get(f"/regimes/{regime_of(working_app, owed[0][1])}?period={owed[-3][0]}").text
    silent = page[page.index('id="silent"') :]
    assert silent.count("đôn đốc gần nhất") == 1
    assert silent.count("chưa đôn đốc") == 1


def test_the_share_in_time_is_drawn_over_the_periods(working_app: Flask, clerk: FlaskClient):
    owed = given_obligations(working_app, months=10)
    page = f"/regimes/{regime_of(working_app, owed[0][1])}"
    few, all_ = clerk.get(page).text, clerk.get(f"{page}?all=1").text
    assert few.count('class="bar-label"') == 8
    assert all_.count('class="bar-label"') == len({period for period, _ in owed})


def test_a_period_that_is_not_yet_due_has_no_share(working_app: Flask, clerk: FlaskClient):
    owed = given_obligations(working_app, months=2)
    with work_in(working_app) as session:
        periods = dict(owed)
        running = [
            p for p, id_ in periods.items() if session.get_one(Obligation, id_).timely_until >= today()
        ]
    page = clerk.get(f"/regimes/{regime_of(working_app, owed[0][1])}").text
    rates = page[: page.index('id="silent"')]
    assert running
    assert rates.count('<span class="hint">chưa đến hạn</span>') == len(running)
    assert rates.count('<span class="none">chưa đến hạn</span>') == len(running)
    assert rates.count('<span class="bar-value">0,0 %') == len(periods) - len(running)


def test_a_board_of_many_units_is_paged(
    working_app: Flask, clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(regime_pages, "UNITS_SHOWN", 2)
    owed = given_obligations(working_app, units=("DU-AB", "DU-BT", "DU-CL"))
    page = f"/regimes/{regime_of(working_app, owed[0][1])}"
    first, second = clerk.get(page).text, clerk.get(f"{page}?from=2").text
    assert ("1–2" in first, "3–3" in first) == (True, True)
    cells = [text[text.index('class="board"') :].count("<td") for text in (first, second)]
    assert cells == [2, 1]
    assert clerk.get(f"{page}?from=x").status_code == 200


def test_a_look_at_a_regime_says_whom_and_when_and_leaves_nothing(working_app: Flask, clerk: FlaskClient):
    version = a_form(working_app)
    with work_in(working_app) as session:
        before = session.scalar(select(func.count()).select_from(Regime))
    look = clerk.post("/regimes/new", data={**terms(version), "look": "1"})
    assert look.status_code == 200
    assert "Xem trước: 2 đơn vị phải báo cáo" in look.text
    assert "05/02/2026" in look.text
    with work_in(working_app) as session:
        assert session.scalar(select(func.count()).select_from(Regime)) == before


def test_a_regime_is_established_and_its_units_owe_at_once(working_app: Flask, clerk: FlaskClient):
    made = clerk.post("/regimes/new", data=terms(a_form(working_app), name="Chế độ lập thử"))
    assert made.status_code == 302
    assert "Chế độ lập thử" in sign_in(working_app, COMMUNE_CLERK).get("/reports/?size=200&sort=-due").text


def test_a_group_minus_one_unit_is_asked(working_app: Flask, clerk: FlaskClient):
    with work_in(working_app) as session:
        group = UnitGroup(
            name="Các đảng uỷ xã thử", members=[session.get_one(Unit, id_) for id_ in (5, 6, 7)]
        )
        session.add(group)
        session.flush()
        group_id = group.id
    chosen = {"units": "", "groups": [str(group_id)], "without": "Đảng uỷ xã An Bình", "look": "1"}
    look = clerk.post("/regimes/new", data={**terms(a_form(working_app)), **chosen})
    assert "Xem trước: 2 đơn vị phải báo cáo" in look.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Nhập tên chế độ báo cáo."),
        ({"units": ""}, "Chọn các đơn vị phải báo cáo."),
        ({"units": "Xã Không Có"}, "Không có đơn vị nào tên"),
        ({"starts_on": "31/02/2026"}, "Không có ngày"),
        ({"ends_on": "01/01/2025"}, "Ngày kết thúc phải từ ngày bắt đầu"),
        ({"cut_off_day": "45"}, "Ngày trong tháng là số từ 1 đến 31."),
        ({"due_number": "45"}, "Ngày trong tháng phải từ 1 đến 31"),
        ({"grace_days": "9", "lock_days": "3"}, "trước khi hết 9 ngày"),
        ({"cadence": "one-off"}, "Báo cáo một lần cần ngày kết thúc kỳ."),
        ({"cadence": "ad-hoc"}, ""),
    ],
)
def test_terms_that_make_no_sense_are_refused_and_kept(
    working_app: Flask, clerk: FlaskClient, changes: dict[str, str], sentence: str
):
    said = {**terms(a_form(working_app)), "name": "Tên còn nguyên", **changes}
    refused = clerk.post("/regimes/new", data=said)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Tên còn nguyên" in refused.text or changes.get("name") == ""


def test_ending_a_regime_before_it_began_is_refused_and_kept(working_app: Flask, clerk: FlaskClient):
    regime = regime_of(working_app, given_obligations(working_app)[0][1])
    refused = clerk.post(f"/regimes/{regime}/end", data={"on": "01/01/2019", "reason": "Hết hiệu lực."})
    assert refused.status_code == 422
    assert "Hết hiệu lực." in refused.text
    assert (
        clerk.post(f"/regimes/{regime}/end", data={"on": "31/12/2099", "reason": "Hết."}).status_code == 302
    )


@pytest.mark.parametrize("path", ["/regimes/new", "/report-forms/new"])
def test_units_neither_establish_nor_publish(working_app: Flask, path: str):
    assert sign_in(working_app, COMMUNE_CLERK).get(path).status_code == 404
    assert sign_in(working_app, COMMUNE_CLERK).post(path).status_code == 404


def taken_in(clerk: FlaskClient, **sent) -> object:
    return clerk.post("/report-forms/new", data={"code": "bieu-thu", "definition": json.dumps(SHEET), **sent})


def published(clerk: FlaskClient, draft: str) -> str:
    version = re.search(r'name="version" value="(\d+)"', clerk.get(draft).text)
    assert version is not None
    answer = clerk.post(f"{draft}/form", data={"version": version.group(1), "do": "publish"})
    return answer.headers["Location"]


def test_a_form_is_taken_in_looked_at_published_exported_and_taken_in_again(clerk: FlaskClient):
    page = published(clerk, taken_in(clerk).headers["Location"])
    assert "Kết quả nổi bật" in clerk.get(page).text
    assert "pen-lines" in clerk.get(f"{page}/print").text
    exported = clerk.get(f"{page}/definition.json")
    sent = {"definition": "", "file": (BytesIO(exported.data), "bieu.json")}
    again = published(clerk, taken_in(clerk, **sent).headers["Location"])
    assert "bản 2" in clerk.get(again).text


def test_a_form_from_a_file_is_a_draft_and_a_second_one_waits_for_it(working_app: Flask, clerk: FlaskClient):
    draft = taken_in(clerk, code="chi-xem")
    assert draft.headers["Location"].endswith("/design")
    assert "Kết quả nổi bật" in clerk.get(draft.headers["Location"]).text
    with work_in(working_app) as session:
        states = session.scalars(select(FormVersion.state).where(FormVersion.code == "chi-xem")).all()
    assert states == [FormState.DRAFT]
    refused = taken_in(clerk, code="chi-xem")
    assert (refused.status_code, "đang có một bản nháp" in refused.text) == (409, True)


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ("", "sai ở dòng 1"),
        ("[1]", "sai ở dòng 1"),
        ('{"title": "A",\n "sections": [,]}', "sai ở dòng 2"),
        ('{"sections": []}', "thiếu thông tin bắt buộc: title"),
        ('{"title": "A", "sections": [{"title": "I", "fields": [{"code": "a"}]}]}', "label"),
        ('{"title": "A", "sections": [1]}', "không đúng cấu trúc"),
        ("[" * 100_000, "không đọc được"),
    ],
)
def test_a_form_that_cannot_work_is_refused_and_kept(clerk: FlaskClient, definition: str, sentence: str):
    refused = taken_in(clerk, definition=definition, code="sai-bieu")
    assert refused.status_code == 422
    assert sentence in refused.text
    assert 'value="sai-bieu"' in refused.text


def test_a_regime_goes_over_to_a_new_version_from_the_next_period_on(working_app: Flask, clerk: FlaskClient):
    _, obligation = given_obligations(working_app)[-1]
    with work_in(working_app) as session:
        owed = session.get_one(Obligation, obligation)
        code, old, regime = owed.form_version.code, owed.form_version_id, owed.regime_id
    page = published(clerk, taken_in(clerk, code=code).headers["Location"])
    assert "đang dùng bản khác" in clerk.get(page).text
    assert clerk.post(f"{page}/use/{regime}").status_code == 302
    with work_in(working_app) as session:
        assert session.get_one(Regime, regime).form_version_id == int(page.split("/")[-1])
        assert session.get_one(Obligation, obligation).form_version_id == old
    other = published(clerk, taken_in(clerk, code="bieu-khac").headers["Location"])
    assert clerk.post(f"{other}/use/{regime}").status_code == 422


def test_a_unit_reads_the_forms_it_answers_and_no_others(working_app: Flask):
    version = a_form(working_app)
    assert sign_in(working_app, COMMUNE_CLERK).get(f"/report-forms/{version}").status_code == 200
    assert sign_in(working_app, OTHER_CLERK).get(f"/report-forms/{version}").status_code == 404


def test_the_budgets_hold_and_do_not_grow_with_units_and_periods(working_app: Flask, clerk: FlaskClient):
    small = regime_of(working_app, given_obligations(working_app, months=2)[0][1])
    large = regime_of(
        working_app, given_obligations(working_app, months=90, units=("DU-AB", "DU-BT", "DU-CL"))[0][1]
    )
    version = a_form(working_app)

    def spent(path: str) -> int:
        with counted_queries(working_app) as statements:
            assert clerk.get(path).status_code == 200
        return len(statements)

    assert spent(f"/regimes/{small}") == spent(f"/regimes/{large}") <= QUERIES_OF_A_REGIME
    assert spent(f"/report-forms/{version}") <= QUERIES_OF_A_FORM
