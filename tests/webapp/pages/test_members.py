"""The pages of the register: whose lists one sees, what one may do, how the two ends of a move meet."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.databases import Databases
from tests.support.queries import counted_queries
from tests.webapp.pages.members_app import RegisterApp, opened_register
from tests.workflows.members.register import admitted
from tests.workflows.members.rosters.sheets import HEAD, someone, xlsx
from webapp import navigation
from webapp.pages import statistics_register
from webapp.work import work_off
from workflows import members, regimes
from workflows.audit import AuditEntry
from workflows.calendar import Cadence, DueKind, WorkingCalendar, local_day
from workflows.members import (
    Branch,
    Member,
    Membership,
    Movement,
    MovementKind,
    RegisterReading,
    RosterImport,
    Transfer,
)
from workflows.members.personal_data import Read
from workflows.members.reviews import ListReview, ReviewMark
from workflows.organisations import Succession, Unit
from workflows.people import Person, Role
from workflows.regimes import Obligation, Selection, Terms
from workflows.statistics import member_form

NAMES = {"here": "Nguyễn Văn Đông", "beside": "Trần Thị Tây", "there": "Lê Văn Xa", "woman": "Phạm Thị Hội"}
QUERIES_OF_THE_LIST = 12
QUERIES_OF_A_BRANCH = 24
QUERIES_OF_A_MEMBER = 34


@pytest.fixture(scope="module")
def register(
    databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RegisterApp]:
    """The register behind the pages; each test makes its own changes to it."""
    with opened_register(tmp_path_factory.mktemp("register"), databases.create(), redis_url) as opened:
        yield opened


@pytest.fixture
def app(register: RegisterApp) -> Flask:
    """The application itself."""
    return register.app


def day(ago: int = 0) -> str:
    """A day as it is typed."""
    return f"{local_day(datetime.now(UTC)) - timedelta(days=ago):%d/%m/%Y}"


UNKNOWN = {"sex": "", "sector": ""}
SEES = {
    "head": {"here", "beside", "there"},
    "youth_clerk": {"here", "beside"},
    "clerk_there": {"there"},
    "women_clerk": {"woman"},
    "secretary": {"here"},
}
OUTSIDE = ("office_clerk", "leader", "inspector", "administrator", "monitor", "agency_head", "commune_clerk")


@pytest.mark.parametrize("who", SEES)
def test_everybody_sees_their_own_part_of_the_register(register: RegisterApp, who: str):
    browser = register.browser(who)
    shown = browser.get("/members/").text
    with browser.get("/members/?format=xlsx") as sheet:
        assert sheet.status_code == 200
    for key, name in NAMES.items():
        assert (name in shown) == (key in SEES[who]), key
        answer = browser.get(f"/members/{register.ids[key]}")
        assert answer.status_code == (200 if key in SEES[who] else 404)


@pytest.mark.parametrize("who", SEES)
def test_nobody_opens_the_branch_of_another(register: RegisterApp, who: str):
    branches = {
        "branch": "here",
        "branch_beside": "beside",
        "branch_there": "there",
        "branch_of_women": "woman",
    }
    for branch, key in branches.items():
        answer = register.browser(who).get(f"/members/branches/{register.ids[branch]}")
        assert answer.status_code == (200 if key in SEES[who] else 404)


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_office_and_other_bodies_see_no_name(register: RegisterApp, who: str):
    browser = register.browser(who)
    for address in (
        "/members/",
        "/members/?format=xlsx",
        "/members/branches",
        f"/members/{register.ids['here']}",
        f"/members/branches/{register.ids['branch']}",
        f"/members/units/{register.ids['youth_here']}/roster",
        f"/members/units/{register.ids['youth']}/figures",
        f"/members/units/{register.ids['youth_here']}/heirs",
        "/members/transfers",
        "/members/reviews",
        "/members/rosters",
        "/members/retention",
    ):
        assert browser.get(address).status_code == 404, address


@pytest.mark.parametrize("who", [*SEES, *OUTSIDE])
def test_members_are_not_in_the_search_index(register: RegisterApp, who: str):
    found = register.browser(who).get("/search?q=Nguyễn+Văn+Đông").text
    assert f"/members/{register.ids['here']}" not in found


def test_a_secretary_may_look_but_not_write(register: RegisterApp):
    browser = register.browser("secretary")
    page = browser.get(f"/members/{register.ids['here']}").text
    assert "Ghi biến động" not in page
    assert "Xoá dữ liệu" not in page
    posted = browser.post(f"/members/memberships/{register.ids['here_membership']}/record", data={})
    assert posted.status_code == 404


def test_a_secretary_whose_post_ended_sees_nothing(register: RegisterApp):
    with register.work() as session:
        post = session.get_one(Person, register.people["secretary"]).appointments[0]
        assert post.role is Role.BRANCH_SECRETARY
        post.valid_to = local_day(datetime.now(UTC)) - timedelta(days=1)
    assert register.browser("secretary").get("/members/").status_code == 404
    with register.work() as session:
        session.get_one(Person, register.people["secretary"]).appointments[0].valid_to = None


def test_every_reading_is_noted_but_not_what_was_read(register: RegisterApp):
    register.browser("youth_clerk").get(f"/members/{register.ids['beside']}")
    with register.work() as session:
        newest = session.scalars(select(RegisterReading).order_by(RegisterReading.id.desc()).limit(1)).one()
        assert (newest.person_id, newest.member_id) == (
            register.people["youth_clerk"],
            register.ids["beside"],
        )


@pytest.mark.parametrize("address", ["/members/", "/members/branches/{branch}"])
def test_names_leave_when_a_worker_wrote_them_and_that_is_noted_once(
    register: RegisterApp, monkeypatch: pytest.MonkeyPatch, address: str
):
    def exports() -> int:
        with register.work() as session:
            noted = select(func.count()).where(RegisterReading.what == Read.EXPORT.value)
            return session.scalar(noted) or 0

    monkeypatch.setattr("webapp.listing.page.ROWS_AT_ONCE", 0)
    browser, before = register.browser("youth_clerk"), exports()
    wanted = f"{address.format(**register.ids)}?format=xlsx"
    assert "Lập bảng" in browser.get(wanted).text
    browser.post("/sheets/", data={"address": wanted})
    assert exports() == before
    with register.app.app_context():
        work_off()
    assert exports() == before + 1


def test_somebody_is_admitted_and_the_trail_does_not_name_them(register: RegisterApp):
    typed = UNKNOWN | {
        "name": "ĐINH THỊ MƠ",
        "born": "1999",
        "kind": "admitted",
        "on": day(3),
        "identity": "079199000222",
    }
    answer = register.browser("youth_clerk").post(
        f"/members/branches/{register.ids['branch']}/admit", data=typed
    )
    assert answer.status_code == 302, answer.text
    with register.work() as session:
        member = session.scalars(select(Member).where(Member.folded_name == "dinh thi mo")).one()
        assert (member.name, member.birth_year, member.identity_tail) == ("Đinh Thị Mơ", 1999, "222")
        for entry in session.scalars(select(AuditEntry)):
            assert "Mơ" not in f"{entry.subject_label}{entry.note}{entry.changes}"


def test_a_second_admission_is_refused_and_keeps_what_was_typed(register: RegisterApp):
    typed = UNKNOWN | {
        "name": "Nguyễn Văn Đông",
        "kind": "admitted",
        "on": day(3),
        "identity": "079201000111",
    }
    answer = register.browser("youth_clerk").post(
        f"/members/branches/{register.ids['branch_beside']}/admit", data=typed
    )
    assert answer.status_code == 422
    assert "đang sinh hoạt tại Chi đoàn thôn Đông" in answer.text
    assert 'value="Nguyễn Văn Đông"' in answer.text


def test_two_ends_of_a_transfer_meet(register: RegisterApp):
    sender, receiver = register.browser("youth_clerk"), register.browser("clerk_there")
    typed = {"to_unit": register.ids["youth_there"], "to_branch": 0, "on": day(2), "paper": "12-GGT"}
    answer = sender.post(f"/members/memberships/{register.ids['beside_membership']}/send", data=typed)
    assert answer.status_code == 302, answer.text
    with register.work() as session:
        id_ = session.scalars(select(Transfer.id)).one()
    assert "Trần Thị Tây" in receiver.get("/members/transfers?view=mine&mine=1").text
    assert sender.post(f"/members/transfers/{id_}/receive", data={}).status_code == 404
    assert register.browser("women_clerk").get(f"/members/transfers/{id_}").status_code == 404
    answer = receiver.post(
        f"/members/transfers/{id_}/receive", data={"branch": register.ids["branch_there"], "on": day(1)}
    )
    assert answer.status_code == 302, answer.text
    assert sender.get(f"/members/{register.ids['beside']}").status_code == 404
    assert "Trần Thị Tây" in receiver.get(f"/members/branches/{register.ids['branch_there']}").text


def test_a_transfer_to_another_organisation_is_not_offered(register: RegisterApp):
    typed = {"to_unit": register.ids["women_here"], "to_branch": 0, "on": day(2)}
    answer = register.browser("youth_clerk").post(
        f"/members/memberships/{register.ids['here_membership']}/send", data=typed
    )
    assert answer.status_code == 422


def test_a_mistake_is_taken_back_and_stays_on_record(register: RegisterApp):
    browser = register.browser("women_clerk")
    here = f"/members/memberships/{register.ids['woman_membership']}/record"
    answer = browser.post(here, data={"kind": "deceased", "on": day(1), "ground": ""})
    assert answer.status_code == 302, answer.text
    with register.work() as session:
        wanted = select(Movement).where(Movement.membership_id == register.ids["woman_membership"])
        last = session.scalars(wanted.order_by(Movement.id.desc()).limit(1)).one().id
    answer = browser.post(f"/members/movements/{last}/counter", data={"reason": "nhầm người"})
    assert answer.status_code == 302, answer.text
    assert "đang sinh hoạt" in browser.get(f"/members/{register.ids['woman']}").text
    again = browser.post(f"/members/movements/{last}/counter", data={"reason": "nhầm người"})
    assert again.status_code == 409


def test_striking_off_asks_for_one_of_the_grounds(register: RegisterApp):
    here = f"/members/memberships/{register.ids['woman_membership']}/record"
    answer = register.browser("women_clerk").post(
        here, data={"kind": "struck-off", "on": day(1), "ground": ""}
    )
    assert answer.status_code == 422
    assert "Chọn lý do đưa ra khỏi danh sách." in answer.text


def test_a_branch_confirms_its_list_name_by_name(register: RegisterApp):
    clerk, secretary = register.browser("youth_clerk"), register.browser("secretary")
    due = f"{local_day(datetime.now(UTC)) + timedelta(days=20):%d/%m/%Y}"
    year = local_day(datetime.now(UTC)).year
    opened = clerk.post(
        "/members/reviews", data={"unit": register.ids["youth_here"], "year": year, "due_on": due}
    )
    assert opened.status_code == 302, opened.text
    with register.work() as session:
        review = session.scalars(select(ListReview.id)).one()
    here = f"/members/reviews/{review}/branches/{register.ids['branch']}"
    assert "Nguyễn Văn Đông" in secretary.get(here).text
    posted = secretary.post(
        here, data={"membership": register.ids["here_membership"], "verdict": "doubtful", "note": "đi xa"}
    )
    assert posted.status_code == 302
    assert secretary.post(here, data={"rest": "1"}).status_code == 302
    other = f"/members/reviews/{review}/branches/{register.ids['branch_beside']}"
    assert secretary.get(other).status_code == 404
    with register.work() as session:
        marks = session.scalars(select(ReviewMark).where(ReviewMark.review_id == review)).all()
        assert {mark.membership_id: mark.verdict.value for mark in marks}[
            register.ids["here_membership"]
        ] == "doubtful"
    assert "đi xa" in secretary.get(here).text
    for browser in (clerk, secretary):
        page = browser.get(f"/members/reviews/{review}?doubt=1").text
        assert "Chi đoàn thôn Đông" in page
        assert "Chi đoàn thôn Tây" not in page
    assert register.browser("clerk_there").get(f"/members/reviews/{review}").status_code == 404


def test_branches_are_graded_on_the_organisation_s_scale(register: RegisterApp):
    browser = register.browser("women_clerk")
    here = f"/members/units/{register.ids['women_here']}/grades"
    assert "Trung bình" in browser.get(here).text
    answer = browser.post(
        here, data={f"grade-{register.ids['branch_of_women']}": "2", "year": 2026, "paper": "1-QĐ"}
    )
    assert answer.status_code == 302, answer.text
    assert "Xếp loại 2026" in browser.get(f"/members/branches/{register.ids['branch_of_women']}").text


def test_only_the_uppermost_unit_settles_the_rules(register: RegisterApp):
    typed = {
        "branch_word": "chi đoàn", "cell_word": "phân đoàn", "grades": "Tốt\nChưa tốt", "reasons": "Đi xa",
        "answer_days": "15", "retention_years": "3", "purpose": "Quản lý đoàn viên.",
    }  # fmt: skip
    here = f"/members/units/{register.ids['youth_here']}/rules"
    assert register.browser("youth_clerk").get(here).status_code == 200
    assert register.browser("youth_clerk").post(here, data=typed).status_code == 404
    assert register.browser("head").post(here, data=typed).status_code == 302
    assert (
        "3 năm sau khi thôi sinh hoạt"
        in register.browser("secretary").get(f"/members/{register.ids['here']}").text
    )


def test_a_person_s_data_are_handed_out_and_forgotten_on_request(register: RegisterApp):
    browser = register.browser("clerk_there")
    record = f"/members/{register.ids['there']}"
    assert browser.post(f"{record}/hand-out", data={"reason": ""}).status_code == 422
    handed = browser.post(f"{record}/hand-out", data={"reason": "Đơn ngày 1/11"})
    assert handed.json["name"] == "Lê Văn Xa"
    assert browser.post(f"{record}/erase", data={"reason": "Đơn ngày 1/11"}).status_code == 422
    gone = {"kind": "transferred-out", "on": day(1), "ground": ""}
    assert (
        browser.post(f"/members/memberships/{register.ids['there_membership']}/record", data=gone).status_code
        == 302
    )
    assert browser.post(f"{record}/erase", data={"reason": "Đơn ngày 1/11"}).status_code == 302
    assert "Lê Văn Xa" not in browser.get(record).text
    with register.work() as session:
        member = session.get_one(Member, register.ids["there"])
        assert (member.name, member.born_on, member.identity_key) == ("", None, None)
        kept = session.scalar(
            select(func.count()).where(Movement.membership_id == register.ids["there_membership"])
        )
        assert kept == 2


def test_a_roster_is_sent_checked_taken_in_and_taken_back(register: RegisterApp):
    browser = register.browser("youth_clerk")
    content = xlsx([HEAD, *(someone(n) for n in range(12)), someone(13, name="")])
    sent = {"unit": register.ids["youth_here"], "file": (BytesIO(content), "danh-sach.xlsx")}
    answer = browser.post("/members/rosters", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    here = answer.location
    page = browser.get(here).text
    assert "Họ và tên" in page
    assert "079300000001" not in page
    columns = {f"column-{place}": field for place, field in enumerate(
        ["", "name", "born", "sex", "identity", "card", "branch"]
    )}  # fmt: skip
    assert browser.post(f"{here}/columns", data={"as_of": day(1), "branch": 0, **columns}).status_code == 302
    done(register)
    page = browser.get(here).text
    assert "12 trên 13 dòng nhập được" in page
    assert "thiếu họ và tên" in page
    assert browser.post(f"{here}/decide", data={}).status_code == 422
    assert browser.post(f"{here}/decide", data={"takes_good_rows": "y"}).status_code == 302
    done(register)
    assert "Đã nhập 12 người" in browser.get(here).text
    with register.work() as session:
        roster = session.scalars(select(RosterImport)).one()
        assert roster.file_sha256 is None
        assert session.scalar(select(func.count()).where(Membership.import_id == roster.id)) == 12
    assert register.browser("clerk_there").get(here).status_code == 404
    assert browser.post(f"{here}/undo", data={"reason": "nhầm tệp"}).status_code == 302
    done(register)
    assert "đã hoàn tác" in browser.get(here).text


def done(register: RegisterApp) -> None:
    """Let the worker do what waits."""
    with register.app.app_context():
        work_off()


def test_what_is_no_sheet_is_refused_in_words(register: RegisterApp):
    sent = {"unit": register.ids["youth_here"], "file": (BytesIO(b"MZ not a sheet"), "virus.xlsx")}
    answer = register.browser("youth_clerk").post(
        "/members/rosters", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "Không đọc được tệp" in answer.text


def test_pages_keep_their_query_budgets(register: RegisterApp, app: Flask):
    browser = register.browser("youth_clerk")
    for address, budget in (
        ("/members/", QUERIES_OF_THE_LIST),
        (f"/members/branches/{register.ids['branch']}", QUERIES_OF_A_BRANCH),
        (f"/members/{register.ids['here']}", QUERIES_OF_A_MEMBER),
    ):
        with counted_queries(app) as statements:
            assert browser.get(address).status_code == 200
        assert len(statements) <= budget, f"{address}: {len(statements)}"


@pytest.mark.parametrize("who", [*SEES, *OUTSIDE])
def test_nobody_with_one_post_has_more_than_nine_places(register: RegisterApp, app: Flask, who: str):
    page = register.browser(who).get("/").text
    places = [place for place in navigation.PLACES if f'href="{address_of(app, place.endpoint)}"' in page]
    assert 1 <= len(places) <= 9


def address_of(app: Flask, endpoint: str) -> str:
    """The address of a place."""
    with app.test_request_context():
        from flask import url_for  # noqa: PLC0415

        return url_for(endpoint)


@pytest.mark.parametrize(
    "address",
    [
        "/members/branches",
        "/members/branches/new",
        "/members/transfers",
        "/members/reviews",
        "/members/rosters",
    ],
)
def test_the_other_pages_open(register: RegisterApp, address: str):
    assert register.browser("youth_clerk").get(address).status_code == 200


def test_the_figures_of_a_unit_are_counted_from_its_register(register: RegisterApp):
    page = register.browser("youth_clerk").get(f"/members/units/{register.ids['youth_here']}/figures").text
    assert "Đang sinh hoạt" in page


def test_a_list_leaves_in_the_unit_s_own_shape(register: RegisterApp):
    with register.browser("women_clerk").get(f"/members/units/{register.ids['women_here']}/roster") as answer:
        assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=danh-sach-PN-AB-")
    with register.work() as session:
        newest = session.scalars(select(RegisterReading).order_by(RegisterReading.id.desc()).limit(1)).one()
    assert (newest.what, newest.scope) == (Read.EXPORT.value, f"unit:{register.ids['women_here']}")


@pytest.mark.parametrize("who", ["office_clerk", "leader", "inspector"])
def test_the_office_sees_figures_of_the_registers_and_no_name(register: RegisterApp, who: str):
    browser = register.browser(who)
    page = browser.get("/statistics/register")
    assert page.status_code == 200
    assert "Đoàn Thanh niên" in page.text
    units = browser.get("/statistics/register?organisation=women&span_from=01/01/2026&span_to=x").text
    assert "Hội Phụ nữ xã An Bình" in units
    assert not [name for name in NAMES.values() if name in page.text + units]
    with browser.get("/statistics/register?format=xlsx") as sheet:
        assert sheet.status_code == 200


def test_the_units_of_an_organisation_are_shown_stretch_by_stretch(
    register: RegisterApp, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(statistics_register, "ROWS_SHOWN", 1)
    browser, here = register.browser("office_clerk"), "/statistics/register?organisation=youth"
    first, second = browser.get(here).text, browser.get(f"{here}&from=1").text
    assert first.count('<th scope="row">') == second.count('<th scope="row">') == 2
    bodies = [page.partition("<tbody>")[2].partition("<tfoot>") for page in (first, second)]
    assert bodies[0][0] != bodies[1][0]
    assert bodies[0][2] == bodies[1][2]


def test_an_organisation_sees_the_figures_of_its_own_register_only(register: RegisterApp):
    page = register.browser("women_clerk").get("/statistics/register").text
    assert "Hội Phụ nữ</a>" in page
    assert "Đoàn Thanh niên</a>" not in page


def test_whose_time_is_over_is_erased_from_the_list(register: RegisterApp):
    with register.work() as session:
        secret, long_ago = b"x", datetime(2020, 3, 4, tzinfo=UTC).date()
        clerk = session.get_one(Person, register.people["women_clerk"])
        branch = session.get_one(Branch, register.ids["branch_of_women"])
        old = admitted(session, branch, "Tạ Thị Cũ", clerk, on=long_ago, secret=secret)
        members.record(session, old, kind=MovementKind.MATURED, on=long_ago, by=clerk, at=datetime.now(UTC))
        id_ = old.id
    browser = register.browser("women_clerk")
    assert "Tạ Thị Cũ" in browser.get("/members/retention").text
    assert browser.get("/members/retention?endpoint=x&_scheme=x").status_code == 200
    nobody = browser.post("/members/retention?endpoint=x&_scheme=x", data={"reason": "hết hạn"})
    assert nobody.headers["Location"] == "/members/retention?endpoint=x&_scheme=x"
    assert "Tạ Thị Cũ" not in register.browser("clerk_there").get("/members/retention").text
    assert browser.post("/members/retention", data={"ids": id_, "reason": ""}).status_code == 422
    assert browser.post("/members/retention", data={"ids": id_, "reason": "hết hạn"}).status_code == 302
    assert "Tạ Thị Cũ" not in browser.get("/members/retention").text


def test_branches_of_a_dissolved_unit_go_to_its_successor(register: RegisterApp):
    day_ = local_day(datetime.now(UTC))
    with register.work() as session:
        unit = session.get_one(Unit, register.ids["youth_here"])
        unit.dissolved_on = day_
        heir = Succession(
            predecessor_id=unit.id, successor_id=register.ids["youth_there"], happened_on=day_, source="1-NQ"
        )
        session.add(heir)
    browser, here = register.browser("head"), f"/members/units/{register.ids['youth_here']}/heirs"
    assert here in browser.get("/members/branches").text
    branch = register.ids["branch"]
    data = {f"to-{branch}": register.ids["youth_there"], "on": day(), "reason": "Nghị quyết 1"}
    assert register.browser("women_clerk").get(here).status_code == 404
    assert browser.post(here, data=data | {"reason": ""}).status_code == 422
    nothing = browser.post(here, data=data | {f"to-{branch}": ""})
    assert nothing.status_code == 422
    assert "Chưa chọn đơn vị cho nơi nào." in nothing.text
    assert "Nghị quyết 1" in nothing.text
    assert browser.post(here, data=data).status_code == 302
    page = register.browser("clerk_there").get(f"/members/branches/{branch}").text
    assert "Đoàn xã Bình Thạnh" in page
    assert "Trước ngày" in page
    with register.work() as session:
        session.get_one(Unit, register.ids["youth_here"]).dissolved_on = None


def test_a_roster_with_no_good_row_is_not_offered_for_import(register: RegisterApp):
    with register.work() as session:
        roster = RosterImport(
            unit_id=register.ids["youth_there"], file_name="hong.xlsx", state="checked", total_rows=3,
            as_of=local_day(datetime.now(UTC)), by_id=register.people["clerk_there"],
            uploaded_at=datetime.now(UTC),
        )  # fmt: skip
        session.add(roster)
        session.flush()
        id_ = roster.id
    page = register.browser("clerk_there").get(f"/members/rosters/{id_}").text
    assert "Không có dòng nào nhập được" in page
    assert f"/members/rosters/{id_}/decide" not in page


def test_the_return_asks_at_its_cell_why_it_differs_from_the_register(register: RegisterApp):
    with register.work() as session:
        id_, period = owed_return(session, register)
    browser, here = register.browser("youth_clerk"), f"/reports/{period}/{id_}"
    saved = browser.post(here, data={"number:closing": "41", "version": "0", "act": "save"})
    assert saved.status_code == 302, saved.text
    asked = "Cuối kỳ: báo cáo ghi 41, sổ đoàn viên, hội viên có"
    assert asked in browser.get(here).text
    explained = {"number:closing": "41", "note:closing": "sổ chưa ghi hết", "version": "1", "act": "save"}
    assert browser.post(here, data=explained).status_code == 302
    assert asked not in browser.get(here).text


def owed_return(session: Session, register: RegisterApp) -> tuple[int, str]:
    """A return of member statistics the first commune owes."""
    office = session.get_one(Unit, register.ids["office"])
    clerk, at = session.get_one(Person, register.people["office_clerk"]), datetime.now(UTC)
    form = regimes.publish_form(
        session, office, code=member_form.CODE, definition=member_form.definition(), by=clerk, at=at
    )
    terms = Terms(
        name="Thống kê",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=20,
        selection=Selection(organisations=("youth",)),
        starts_on=local_day(at) - timedelta(days=200),
    )
    regime = regimes.establish(session, office, terms=terms, form_version=form, by=clerk, at=at)
    session.flush()
    regimes.generate(session, on=local_day(at), calendar=WorkingCalendar())
    mine = select(Obligation).where(
        Obligation.regime_id == regime.id, Obligation.unit_id == register.ids["youth_here"]
    )
    owed = session.scalars(mine.order_by(Obligation.last_day.desc()).limit(1)).one()
    return owed.id, owed.period
