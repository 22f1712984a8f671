"""The pages of a round, walked as office, organisation and branch."""

from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import work_in
from tests.workflows.members.register import admitted, found_register
from tests.workflows.office import Office
from tests.workflows.reconciliation.conftest import clerk_of
from webapp.app import create_app
from webapp.runtime import runtime
from webapp.work import work_off
from workflows.aftermath import PendingJob
from workflows.members import Member
from workflows.organisations import Unit
from workflows.people import Person
from workflows.reconciliation import DoubtfulPair, Round

RARE = "Đinh Thị Ngọc Quỳ"


@dataclass
class Walk:
    """The application with a register, and the ids one needs."""

    app: Flask
    leader: int
    inspector: int
    youth_head: int
    women_head: int
    secretary: int
    heads: tuple[int, int]


@pytest.fixture(scope="module")
def walk(working_app: Flask) -> Walk:
    """Two organisations of the working office with members, one perhaps on both lists."""
    with work_in(working_app) as session:
        office = _office(session)
        register = found_register(session, office)
        women_head = clerk_of(session, "pntinh", register.women)
        for branch, name, by in (
            (register.branch, RARE, register.clerk),
            (register.branch_of_women, "Đinh Thị Quỳ", register.women_clerk),
            (register.branch, "Cao Thị Sen", register.clerk),
        ):
            admitted(session, branch, name, by)
        identity = "036301001111"
        admitted(session, register.branch, "Tạ Thị Hoài", register.clerk, identity=identity)
        admitted(session, register.branch_of_women, "Ta Thi Hoai", register.women_clerk, identity=identity)
        session.flush()
        return Walk(
            working_app,
            office.leader.id,
            office.inspector.id,
            register.head.id,
            women_head.id,
            register.secretary.id,
            (register.youth.id, register.women.id),
        )


def _office(session) -> Office:
    """The units and people that the working office was founded with."""
    by_code = {unit.code: unit for unit in session.scalars(select(Unit))}
    by_name = {person.id: person for person in session.scalars(select(Person))}
    communes = tuple(by_code[code] for code in ("DU-AB", "DU-BT", "DU-CL"))
    people = [by_name[id_] for id_ in range(1, 10)]
    return Office(by_code["TU"], by_code["VPTU"], by_code["BTG"], by_code["UBND"], communes, *people)


def opened(walk: Walk) -> int:
    """A round opened in the browser; its id."""
    typed = {"name": "Đối chiếu 2026", "purpose": "Chỉ thị", "heads": [str(id_) for id_ in walk.heads]}
    answer = sign_in(walk.app, walk.leader).post("/reconciliation/new", data={**typed, "returns": ""})
    assert answer.status_code == 302
    return int(answer.location.rsplit("/", 1)[-1])


def compared(walk: Walk) -> int:
    """A round opened and compared by a worker; its id."""
    round_id = opened(walk)
    answer = sign_in(walk.app, walk.leader).post(f"/reconciliation/{round_id}/compare", data={"version": "1"})
    assert answer.status_code == 302
    work(walk)
    return round_id


def work(walk: Walk) -> None:
    """Have the waiting jobs done."""
    with walk.app.app_context():
        work_off()


def page(walk: Walk, person: int, address: str) -> str:
    """A page as a person sees it."""
    answer = sign_in(walk.app, person).get(address)
    assert answer.status_code == 200, address
    return answer.text


def test_a_round_is_opened_compared_and_read(walk: Walk):
    round_id = compared(walk)
    shown = page(walk, walk.leader, f"/reconciliation/{round_id}")
    assert "5 lượt đoàn viên, hội viên là khoảng" in shown
    assert "1 cặp chưa quyết định" in shown
    assert "Đối chiếu 2026" in page(walk, walk.leader, "/reconciliation/")


def test_the_office_decides_without_seeing_names_that_were_not_opened(walk: Walk):
    round_id = compared(walk)
    address = _pair_address(walk, round_id)
    shown = page(walk, walk.leader, address)
    assert RARE not in shown
    assert "chỉ hiện khi hai tổ chức cùng mở danh sách" in shown
    assert "cùng năm" in shown or "trùng" in shown
    answer = sign_in(walk.app, walk.leader).post(
        address, data={"decision": "same", "version": "1", "note": "đã hỏi hai bên"}
    )
    assert answer.status_code == 302
    work(walk)
    with walk.app.app_context(), runtime().reading() as session:
        assert session.get_one(Round, round_id).outcome["count"]["certain"] == 3


def test_names_are_shown_when_both_organisations_opened_their_lists(walk: Walk):
    round_id = compared(walk)
    _open_both(walk, round_id)
    assert RARE in page(walk, walk.leader, _pair_address(walk, round_id))


def test_an_organisation_learns_nothing_of_a_pair_until_both_lists_are_open_and_decides_nothing(walk: Walk):
    round_id = compared(walk)
    address = _pair_address(walk, round_id)
    for person in (walk.youth_head, walk.women_head, walk.inspector):
        client = sign_in(walk.app, person)
        assert client.get(address).status_code == 404
        for asked in ("", "?list=0", "?list=1", "?decision=undecided"):
            listed = client.get(f"/reconciliation/{round_id}/pairs{asked}").text
            assert "/pairs/" not in listed
            assert RARE not in listed
        assert not rows_of_sheet(client, f"/reconciliation/{round_id}/pairs?format=xlsx")
    _open_both(walk, round_id)
    for head in (walk.youth_head, walk.women_head):
        assert RARE in page(walk, head, address)
    for person in (walk.youth_head, walk.women_head, walk.inspector):
        answer = sign_in(walk.app, person).post(address, data={"decision": "same", "version": "1"})
        assert answer.status_code == 404


def rows_of_sheet(client: FlaskClient, address: str) -> list[tuple[object, ...]]:
    """What stands below the heads of a sheet."""
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    return list(load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=2, values_only=True))


def test_each_organisation_reads_the_figures_of_its_own_units_only(walk: Walk):
    round_id = compared(walk)
    address = f"/reconciliation/{round_id}/units?format=xlsx"
    seen = {
        person: {str(row[0]) for row in rows_of_sheet(sign_in(walk.app, person), address)}
        for person in (walk.leader, walk.youth_head, walk.women_head)
    }
    assert seen[walk.leader] == seen[walk.youth_head] | seen[walk.women_head]
    assert not seen[walk.youth_head] & seen[walk.women_head]


def _open_both(walk: Walk, round_id: int) -> None:
    for place, head in enumerate((walk.youth_head, walk.women_head)):
        answer = sign_in(walk.app, head).post(f"/reconciliation/{round_id}/lists/{place}", data={"open": "1"})
        assert answer.status_code == 302


def test_a_branch_secretary_knows_of_no_round(walk: Walk):
    round_id = compared(walk)
    client = sign_in(walk.app, walk.secretary)
    parts = [f"/reconciliation/{round_id}/{part}" for part in ("pairs", "units", "units?format=xlsx")]
    for address in ("/reconciliation/", f"/reconciliation/{round_id}", *parts):
        assert client.get(address).status_code == 404


def test_a_record_tells_in_how_many_other_organisations_and_not_in_which(walk: Walk):
    round_id = compared(walk)
    with walk.app.app_context(), runtime().reading() as session:
        on_both = session.scalars(select(Member).where(Member.name == "Tạ Thị Hoài")).one().id
        version = session.get_one(Round, round_id).version
    before = page(walk, walk.youth_head, f"/members/{on_both}")
    closing = sign_in(walk.app, walk.leader).post(
        f"/reconciliation/{round_id}/close", data={"version": str(version)}
    )
    assert closing.status_code == 302
    after = page(walk, walk.youth_head, f"/members/{on_both}")
    assert "còn có tên ở 1 tổ chức khác" not in before
    assert "còn có tên ở 1 tổ chức khác" in after
    assert "Phụ nữ" not in after
    for person in (walk.leader, walk.women_head, walk.inspector):
        assert sign_in(walk.app, person).get(f"/members/{on_both}").status_code == 404


def test_a_second_decision_on_a_stale_page_keeps_what_was_typed(walk: Walk):
    round_id = compared(walk)
    address = _pair_address(walk, round_id)
    client = sign_in(walk.app, walk.leader)
    assert client.post(address, data={"decision": "later", "version": "1"}).status_code == 302
    answer = client.post(address, data={"decision": "same", "version": "1", "note": "ghi chú của tôi"})
    assert answer.status_code == 409
    assert "ghi chú của tôi" in answer.text


def test_a_decision_is_taken_back_on_the_page(walk: Walk):
    round_id = compared(walk)
    address = _pair_address(walk, round_id)
    client = sign_in(walk.app, walk.leader)
    client.post(address, data={"decision": "different", "version": "1"})
    client.post(address, data={"decision": "none", "version": "2"})
    with walk.app.app_context(), runtime().reading() as session:
        pair = session.scalars(select(DoubtfulPair).where(DoubtfulPair.round_id == round_id)).one()
        assert pair.decision is None


def test_a_round_without_organisations_is_refused_beside_the_field(walk: Walk):
    answer = sign_in(walk.app, walk.leader).post(
        "/reconciliation/new", data={"name": "A", "purpose": "B", "returns": ""}
    )
    assert answer.status_code == 422
    assert "Chọn ít nhất một tổ chức" in answer.text


def test_figures_and_pairs_can_be_taken_away_as_sheets(walk: Walk):
    round_id = compared(walk)
    for part in ("/units", "/pairs"):
        address = f"/reconciliation/{round_id}{part}?format=xlsx"
        answer = sign_in(walk.app, walk.leader).get(address, buffered=True)
        assert answer.status_code == 200
        assert answer.data.startswith(b"PK")


def test_the_pages_keep_to_their_budgets(walk: Walk):
    round_id = compared(walk)
    client = sign_in(walk.app, walk.leader)
    for address, budget in (
        ("/reconciliation/", 12),
        (f"/reconciliation/{round_id}", 20),
        (f"/reconciliation/{round_id}/units", 16),
        (f"/reconciliation/{round_id}/pairs", 16),
    ):
        client.get(address)
        with counted_queries(walk.app) as statements:
            client.get(address)
        assert len(statements) <= budget, (address, len(statements))


def test_no_argument_of_a_job_names_a_person(walk: Walk):
    round_id = opened(walk)
    sign_in(walk.app, walk.leader).post(f"/reconciliation/{round_id}/compare", data={"version": "1"})
    with walk.app.app_context(), runtime().reading() as session:
        waiting = session.scalars(select(PendingJob).where(PendingJob.job == "compare-lists")).all()
        assert [set(job.arguments) for job in waiting] == [{"id"}]
    work(walk)


def _pair_address(walk: Walk, round_id: int) -> str:
    with walk.app.app_context(), runtime().reading() as session:
        pair = session.scalars(select(DoubtfulPair.id).where(DoubtfulPair.round_id == round_id)).one()
    return f"/reconciliation/{round_id}/pairs/{pair}"


def test_an_office_that_asks_for_weights_it_has_not_got_does_not_start(walk: Walk):
    with walk.app.app_context():
        settings = runtime().settings
    with pytest.raises(ValueError, match="PAIR_WEIGHTS"):
        create_app(replace(settings, pair_weights="none"))
