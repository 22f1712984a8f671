"""The pages of reports: filled in, kept, handed in, returned on a cell, accepted, locked and opened again."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import (
    ADMINISTRATOR,
    AGENCY_CLERK,
    CLERK,
    COMMUNE_CLERK,
    COMMUNE_HEAD,
    FILLED,
    INSPECTOR,
    OTHER_CLERK,
    address,
    given_obligations,
    given_report,
    work_in,
)
from workflows.organisations import Unit
from workflows.reports import Edition, Figure, Report, ReportState

QUERIES_OF_THE_LIST = 14
QUERIES_OF_A_REPORT = 27
QUERIES_OF_SAVING = 30
JSON = {"Accept": "application/json"}


@pytest.fixture
def commune(working_app: Flask) -> FlaskClient:
    """The browser of the commune's clerk."""
    return sign_in(working_app, COMMUNE_CLERK)


@pytest.fixture
def clerk(working_app: Flask) -> FlaskClient:
    """The office clerk's browser."""
    return sign_in(working_app, CLERK)


@pytest.fixture
def page(working_app: Flask) -> str:
    """The address of a report the commune owes."""
    return address(*given_obligations(working_app)[-1])


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found.group(1)


def report_at(working_app: Flask, page: str) -> Report:
    with work_in(working_app) as session:
        return session.scalars(select(Report).where(Report.obligation_id == int(page.split("/")[-1]))).one()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (COMMUNE_CLERK, 200),
        (CLERK, 200),
        (INSPECTOR, 200),
        (OTHER_CLERK, 404),
        (AGENCY_CLERK, 404),
        (ADMINISTRATOR, 404),
    ],
)
def test_a_report_exists_for_its_unit_and_for_those_who_read_all(
    working_app: Flask, page: str, person: int, status: int
):
    browser = sign_in(working_app, person)
    assert browser.get(page).status_code == status
    assert browser.get(f"{page}/print").status_code == status


@pytest.mark.parametrize("person", [CLERK, INSPECTOR, OTHER_CLERK])
def test_only_the_unit_writes(working_app: Flask, page: str, person: int):
    assert sign_in(working_app, person).post(page, data=FILLED).status_code == 404
    assert sign_in(working_app, person).post(f"{page}/files").status_code == 404


def test_only_the_office_reviews(working_app: Flask, commune: FlaskClient):
    page = given_report(working_app)
    for act in ("accept", "return", "reopen"):
        assert commune.post(f"{page}/{act}", data={"reason": "Tự trả."}).status_code == 404


def test_another_period_in_the_address_does_not_exist(commune: FlaskClient, page: str):
    assert commune.get(re.sub(r"/reports/[^/]+", "/reports/2020-01", page)).status_code == 404


def test_autosave_keeps_the_words_and_counts_versions(commune: FlaskClient, page: str):
    first = commune.post(page, data={"version": "0", "number:given": "12"}, headers=JSON)
    assert first.status_code == 200
    version = first.json["fields"]["version"]
    second = commune.post(page, data={"version": version, "number:given": "13"}, headers=JSON)
    assert second.json["fields"]["version"] == version + 1
    assert 'name="number:given" value="13"' in commune.get(page).text


def test_a_cell_that_is_no_number_is_said_and_the_rest_is_kept(commune: FlaskClient, page: str):
    sent = {"version": "0", "number:given": "mười hai", "number:done": "9"}
    refused = commune.post(page, data=sent, headers=JSON)
    assert refused.status_code == 422
    assert "không phải là số" in refused.json["message"]
    corrected = {"version": refused.json["fields"]["version"], "number:given": "12", "number:done": "9"}
    assert commune.post(page, data=corrected, headers=JSON).status_code == 200


@pytest.mark.parametrize("typed", ["1e400", "NaN", "1.2.3", "-5", "9" * 20, "=A1+B1"])
def test_odd_numbers_are_refused_and_shown_again(commune: FlaskClient, page: str, typed: str):
    refused = commune.post(page, data={**FILLED, "version": "0", "number:given": typed, "act": "submit"})
    assert refused.status_code == 422
    assert f'name="number:given" value="{typed}"' in refused.text
    assert 'href="#cell-given"' in refused.text


def test_enter_keeps_and_does_not_hand_in(commune: FlaskClient, page: str):
    form = commune.get(page).text
    first = re.search(r'<button[^>]*name="act" value="([^"]+)"', form)
    assert first is not None
    assert first.group(1) == "save"


def test_many_savings_by_one_hand_are_one_line_of_history(commune: FlaskClient, page: str):
    for value in range(5):
        version = version_on(commune.get(page).text)
        commune.post(page, data={"version": version, "number:given": str(value)}, headers=JSON)
    assert commune.get(page).text.count("lưu báo cáo") == 1


def test_two_who_write_at_once_the_second_is_told_and_keeps_the_words(
    working_app: Flask, commune: FlaskClient, page: str
):
    commune.post(page, data={"version": "0", "number:given": "1"})
    version = version_on(commune.get(page).text)
    head = sign_in(working_app, COMMUNE_HEAD)
    assert head.post(page, data={"version": version, "number:given": "5"}).status_code == 302
    saved = commune.post(page, data={"version": version, "number:given": "7"}, headers=JSON)
    assert (saved.status_code, "Tạ Văn Lộc" in saved.json["message"]) == (409, True)
    assert "fields" not in saved.json
    refused = commune.post(page, data={"version": version, "number:given": "7"})
    assert refused.status_code == 409
    assert 'name="number:given" value="7"' in refused.text
    assert "Nội dung bạn nhập chưa được lưu" in refused.text
    again = {"version": version_on(refused.text), "number:given": "7"}
    assert commune.post(page, data=again).status_code == 302


def test_who_begins_second_does_not_overwrite_the_first(working_app: Flask, commune: FlaskClient, page: str):
    sign_in(working_app, COMMUNE_HEAD).post(page, data={"version": "0", "number:given": "5"})
    assert commune.post(page, data={"version": "0", "number:given": "7"}).status_code == 409


def test_the_same_words_sent_twice_are_no_quarrel(commune: FlaskClient, page: str):
    sent = {"version": "0", "number:given": "5"}
    assert [commune.post(page, data=sent).status_code for _ in range(2)] == [302, 302]


def test_submitting_an_incomplete_report_names_the_cells_and_keeps_what_was_typed(
    commune: FlaskClient, page: str
):
    refused = commune.post(page, data={"version": "0", "number:done": "9", "act": "submit"})
    assert refused.status_code == 422
    assert 'href="#cell-given"' in refused.text
    assert 'href="#cell-results"' in refused.text
    assert 'name="number:done" value="9"' in refused.text


def test_a_warning_is_answered_by_a_comment(commune: FlaskClient, page: str):
    sent = {**FILLED, "version": "0", "number:meetings": "40", "act": "submit"}
    refused = commune.post(page, data=sent)
    assert refused.status_code == 422
    again = {**sent, "version": version_on(refused.text), "note:meetings": "Đợt đại hội chi bộ."}
    assert commune.post(page, data=again).status_code == 302


def test_submitting_twice_is_told_clearly_and_leaves_one_edition(
    working_app: Flask, commune: FlaskClient, page: str
):
    sent = {**FILLED, "version": "0", "act": "submit"}
    assert commune.post(page, data=sent).status_code == 302
    again = commune.post(page, data=sent)
    assert again.status_code == 409
    assert "đã được Ngô Văn Ích nộp lúc" in again.text
    other = commune.post(page, data={**sent, "number:done": "10"})
    assert "Chép lại những mục sau" in other.text
    with work_in(working_app) as session:
        assert (
            session.scalar(select(func.count()).where(Edition.report_id == report_at(working_app, page).id))
            == 1
        )


def test_accepting_twice_is_a_conflict(working_app: Flask, clerk: FlaskClient):
    page = given_report(working_app)
    assert clerk.post(f"{page}/accept").status_code == 302
    again = clerk.post(f"{page}/accept")
    assert again.status_code == 409
    assert "đã tiếp nhận" in again.text


def test_a_nil_return_counts_no_figure_typed_before(working_app: Flask, commune: FlaskClient, page: str):
    commune.post(page, data={"version": "0", "number:given": "12"})
    version = version_on(commune.get(page).text)
    kept = {"version": version, "number:given": "12", "nil": "1"}
    assert commune.post(page, data=kept).status_code == 302
    assert 'name="number:given" value="12"' in commune.get(page).text
    commune.post(page, data={**kept, "version": version_on(commune.get(page).text), "act": "submit"})
    with work_in(working_app) as session:
        assert report_at(working_app, page).state is ReportState.SUBMITTED
        assert (
            session.scalar(select(func.count()).where(Figure.report_id == report_at(working_app, page).id))
            == 0
        )


def test_a_report_is_returned_on_a_cell_mended_and_only_the_change_is_shown(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    page = given_report(working_app)
    said = {"reason": "", "why-cell": ["done", ""], "why-words": ["Chưa khớp biên bản.", ""]}
    assert clerk.post(f"{page}/return", data=said).status_code == 302
    shown = commune.get(page).text
    assert "Văn phòng trả lại: Chưa khớp biên bản." in shown
    assert 'href="#cell-done"' in shown
    again = {**FILLED, "words:results": "Đã quán triệt.", "number:done": "8", "act": "submit"}
    assert commune.post(page, data={**again, "version": version_on(shown)}).status_code == 302
    reviewed = clerk.get(page).text
    changes = reviewed[reviewed.index('id="changes"') : reviewed.index("Toàn bộ báo cáo")]
    assert changes.count("<tr>") == 2
    assert "<strong>8</strong>" in changes


def test_a_return_without_reasons_is_refused_and_a_reason_without_cell_is_kept(
    working_app: Flask, clerk: FlaskClient, commune: FlaskClient
):
    page = given_report(working_app)
    assert clerk.post(f"{page}/return", data={"reason": " "}).status_code == 422
    said = {"reason": "", "why-cell": [""], "why-words": ["Thiếu phần đánh giá."]}
    assert clerk.post(f"{page}/return", data=said).status_code == 302
    assert "Thiếu phần đánh giá." in commune.get(page).text


def test_a_reason_sent_too_late_is_shown_again(working_app: Flask, clerk: FlaskClient):
    page = given_report(working_app)
    clerk.post(f"{page}/accept")
    late = clerk.post(f"{page}/return", data={"reason": "Số liệu chưa khớp."})
    assert late.status_code == 409
    assert report_at(working_app, page).state is ReportState.ACCEPTED


def test_the_unit_that_asks_for_its_head_hands_in_only_after_the_head_signed(
    working_app: Flask, commune: FlaskClient, page: str
):
    head = sign_in(working_app, COMMUNE_HEAD)
    with work_in(working_app) as session:
        session.get_one(Unit, 5).needs_sign_off = True
    try:
        sent = {**FILLED, "version": "0"}
        assert commune.post(page, data={**sent, "act": "submit"}).status_code == 422
        version = version_on(commune.get(page).text)
        assert commune.post(page, data={**sent, "version": version, "act": "propose"}).status_code == 302
        assert f'href="{page}"' in head.get("/reports/?mine=1").text
        assert ">chờ thủ trưởng duyệt</span>" in commune.get(page).text
        version = version_on(head.get(page).text)
        assert head.post(page, data={**sent, "version": version, "act": "sign-off"}).status_code == 302
        assert f'href="{page}"' in commune.get("/reports/?mine=1").text
        version = version_on(commune.get(page).text)
        submitted = commune.post(page, data={**sent, "version": version, "act": "submit"})
        assert submitted.status_code == 302
    finally:
        with work_in(working_app) as session:
            session.get_one(Unit, 5).needs_sign_off = False


def test_a_locked_form_says_why_and_the_unit_asks_for_reopening(
    working_app: Flask, commune: FlaskClient, clerk: FlaskClient
):
    page = address(*given_obligations(working_app, lock_days=1, months=4)[0])
    locked = commune.get(page).text
    assert "Biểu đã khoá từ sau ngày" in locked
    assert 'name="version"' not in locked
    assert commune.post(page, data={**FILLED, "version": "0"}).status_code == 422
    assert commune.post(f"{page}/reopening", data={"reason": " "}).status_code == 422
    assert commune.post(f"{page}/reopening", data={"reason": "Mất điện nhiều ngày."}).status_code == 302
    assert commune.post(f"{page}/reopening", data={"reason": "Nhắc lại."}).status_code == 409
    assert f'href="{page}"' in clerk.get("/reports/?mine=1").text
    assert "Mất điện nhiều ngày." in clerk.get(page).text
    assert clerk.post(f"{page}/reopening/refuse", data={"reason": "Đã chốt số liệu."}).status_code == 302
    assert "Văn phòng không mở lại: Đã chốt số liệu." in commune.get(page).text
    assert f'href="{page}"' not in clerk.get("/reports/?mine=1").text


def test_a_reopened_form_is_filled_in(working_app: Flask, commune: FlaskClient, clerk: FlaskClient):
    page = address(*given_obligations(working_app, lock_days=1, months=4)[0])
    commune.post(f"{page}/reopening", data={"reason": "Mất điện."})
    said = {"until": "31/12/2099", "reason": "Đồng ý."}
    reopened = clerk.post(f"/regimes/obligations/{page.split('/')[-1]}/reopen", data=said)
    assert reopened.status_code == 302
    assert commune.post(page, data={**FILLED, "version": "0", "act": "submit"}).status_code == 302


def test_an_open_form_needs_no_reopening(commune: FlaskClient, page: str):
    assert commune.post(f"{page}/reopening", data={"reason": "Cần."}).status_code == 422


def test_files_come_with_the_report_until_it_is_handed_in(
    working_app: Flask, commune: FlaskClient, clerk: FlaskClient, page: str
):
    sent = {"files": (BytesIO(b"%PDF-1.7 bien ban"), "biên bản.pdf")}
    assert commune.post(f"{page}/files", data=sent).status_code == 302
    file = re.search(rf"{page}/files/\d+", commune.get(page).text)
    assert file is not None
    assert clerk.get(file.group()).data == b"%PDF-1.7 bien ban"
    assert sign_in(working_app, OTHER_CLERK).get(file.group()).status_code == 404
    commune.post(page, data={**FILLED, "version": version_on(commune.get(page).text), "act": "submit"})
    assert commune.post(f"{file.group()}/remove").status_code == 409
    assert commune.post(f"{page}/files", data={"files": (BytesIO(b"MZ"), "x.pdf")}).status_code == 422


def test_the_print_has_room_for_a_pen_and_shows_what_is_filled_in(commune: FlaskClient, page: str):
    assert "pen-lines" in commune.get(f"{page}/print").text
    commune.post(page, data={**FILLED, "version": "0"})
    printed = commune.get(f"{page}/print").text
    assert "pen-lines" not in printed
    assert "Đã quán triệt đến 12 chi bộ." in printed


def test_comments_in_a_grid_stay_at_their_cell(commune: FlaskClient, page: str):
    cell = "meetings_held.first.held"
    said = {"version": "0", "noted-cell:meetings_held": cell, "noted-words:meetings_held": "Họp ghép."}
    assert commune.post(page, data=said).status_code == 302
    assert f'name="note:{cell}" value="Họp ghép."' in commune.get(page).text


def test_many_reports_are_accepted_in_one_act_after_a_look(working_app: Flask, clerk: FlaskClient):
    first, second = given_report(working_app), given_report(working_app)
    drafted = address(*given_obligations(working_app)[-1])
    ids = [page.split("/")[-1] for page in (first, second, drafted)]
    look = clerk.post("/reports/together", data={"ids": ids})
    assert "Sẽ tiếp nhận 2 báo cáo" in look.text
    assert "chưa có báo cáo" in look.text
    assert report_at(working_app, first).state is ReportState.SUBMITTED
    batch = re.search(r'action="(/reports/together/\d+)"', look.text)
    assert batch is not None
    clerk.post(f"{second}/accept")
    assert clerk.post(batch.group(1)).status_code == 303
    done = clerk.get(batch.group(1)).text
    assert "Đã tiếp nhận 1 báo cáo" in done
    assert "vừa xử lý báo cáo này" in done
    assert report_at(working_app, first).state is ReportState.ACCEPTED
    assert clerk.post(batch.group(1)).status_code == 409


def test_units_find_nothing_of_theirs_to_accept_together(working_app: Flask, commune: FlaskClient):
    page = given_report(working_app)
    look = commune.post("/reports/together", data={"ids": [page.split("/")[-1]]})
    assert "Không có báo cáo nào trong số đã chọn đang chờ tiếp nhận." in look.text
    assert report_at(working_app, page).state is ReportState.SUBMITTED


def test_whoever_acts_on_what_changed_meanwhile_is_told_and_keeps_the_words(
    working_app: Flask, clerk: FlaskClient
):
    page = given_report(working_app)
    seen = version_on(clerk.get(page).text)
    clerk.post(f"{page}/accept", data={"version": seen})
    refused = clerk.post(f"{page}/return", data={"version": seen, "reason": "Thiếu phụ lục."})
    assert refused.status_code == 409
    assert "Đỗ Thị An vừa xử lý báo cáo này" in refused.text


def test_the_bare_list_shows_all_and_says_so(clerk: FlaskClient, page: str):
    shown = clerk.get("/reports/").text
    tab = re.search(r'<a href="[^"]*" aria-current="page">([^<]+)</a>', shown)
    assert tab is not None
    assert tab.group(1) == "Tất cả"


@pytest.mark.parametrize(
    "arguments", ["standing=x", "period=1&period=%01", "regime=a", "mine=7", "due_to=32/13/1"]
)
def test_nothing_in_the_address_makes_the_list_fail(clerk: FlaskClient, arguments: str):
    assert clerk.get(f"/reports/?{arguments}").status_code == 200


def test_the_budgets_hold_and_do_not_grow_with_the_rows(working_app: Flask, clerk: FlaskClient):
    page = given_report(working_app)
    owed = address(*given_obligations(working_app)[-1])
    commune = sign_in(working_app, COMMUNE_CLERK)

    def spent() -> list[int]:
        counts = []
        version = version_on(commune.get(owed).text)
        for act in (
            lambda: clerk.get("/reports/?size=200"),
            lambda: clerk.get(page),
            lambda: commune.post(owed, data={**FILLED, "version": version}, headers=JSON),
        ):
            with counted_queries(working_app) as statements:
                assert act().status_code == 200
            counts.append(len(statements))
        return counts

    spent()
    before = spent()
    given_obligations(working_app, months=200, units=("DU-AB", "DU-BT"))
    after = spent()
    assert after == before
    assert after[0] <= QUERIES_OF_THE_LIST
    assert after[1] <= QUERIES_OF_A_REPORT
    assert after[2] <= QUERIES_OF_SAVING
