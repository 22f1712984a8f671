"""A roster goes in as a whole, says what is wrong by row and column, and comes out to the byte."""

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, SECRET, Register, admitted
from tests.workflows.members.rosters.sheets import (
    AS_OF,
    HEAD,
    checked,
    complaints,
    same,
    someone,
    taken_in,
    uploaded,
    xlsx,
)
from workflows import members
from workflows.db import Base
from workflows.errors import DomainError, InvalidFields, Refused
from workflows.members import Branch, Member, Membership, Movement, figures, rosters
from workflows.members.rosters import ImportState
from workflows.members.states import Sex

REGISTER = (Branch, Member, Membership, Movement)


def names(session: Session) -> list[str]:
    """Everybody in the register."""
    return sorted(session.scalars(select(Member.name)))


def dump(session: Session) -> dict[str, list]:
    """Every row of the register, column by column."""
    return {
        kind.__tablename__: [
            tuple(row) for row in session.execute(select(kind.__table__).order_by(kind.__table__.c.id))
        ]
        for kind in REGISTER
    }


def test_a_clean_roster_goes_in_whole(session: Session, register: Register):
    roster = taken_in(
        session, register, xlsx([["DANH SÁCH ĐOÀN VIÊN"], [], HEAD, *(someone(n) for n in range(30))])
    )
    assert (roster.state, roster.good_rows, complaints(roster)) == (ImportState.DONE, 30, [])
    found = figures.flow(session, Branch.id == register.branch.id, date(2026, 10, 1), AS_OF)
    assert (found.enrolled, found.closing) == (30, 30)


def test_nothing_goes_in_before_somebody_decides(session: Session, register: Register):
    before = dump(session)
    checked(session, register, xlsx([HEAD, someone(1)]))
    assert dump(session) == before


def test_what_is_wrong_is_named_by_row_and_column(session: Session, register: Register):
    admitted(
        session,
        register.branch_beside,
        "Người Cũ",
        register.clerk,
        identity="079300000099",
        card_number="T77",
    )
    rows = [
        someone(1, name=""),
        someone(2, born="31/02/2000"),
        someone(3, identity="12345"),
        someone(4, sex="chưa rõ"),
        someone(5, card="T00001x"),
        someone(6, card="T00001x"),
        someone(7, identity="079300000005"),
        someone(8, identity="079300000099"),
        someone(9, card="T77"),
        someone(10, name="LE VAN TAM"),
        someone(11, branch=""),
    ]
    roster = checked(session, register, xlsx([HEAD, *rows]))
    said = complaints(roster)
    assert said == [
        (2, "B", "thiếu họ và tên"),
        (3, "C", "không đọc được ngày; ghi dạng ngày/tháng/năm hoặc chỉ năm"),
        (4, "E", "số định danh phải có 12 chữ số (hoặc 9 số theo mẫu cũ)"),
        (5, "D", "giới tính phải là nam hoặc nữ"),
        (7, "F", "số thẻ trùng với dòng 6"),
        (8, "E", "số định danh trùng với dòng 6"),
        (11, "B", "họ tên không dấu; kiểm tra lại"),
        (12, "G", "thiếu tên chi đoàn, chi hội"),
        (9, "E", "đã có trong sổ tại Chi đoàn thôn Tây, Đoàn xã An Bình: đề nghị chuyển sinh hoạt,"
         " không vào sổ lần hai"),
        (10, "F", "số thẻ đã cấp cho người khác trong sổ"),
    ]  # fmt: skip
    assert (roster.total_rows, roster.good_rows) == (11, 2)


def test_a_roster_with_faults_goes_in_only_if_somebody_says_so(session: Session, register: Register):
    content = xlsx([HEAD, someone(1), someone(2, name="")])
    roster = checked(session, register, content)
    with pytest.raises(Refused, match="1 dòng có lỗi"):
        rosters.decide(session, roster, takes_good_rows=False, by=register.clerk, at=NOW)
    rosters.decide(session, roster, takes_good_rows=True, by=register.clerk, at=NOW)
    rosters.take_in(session, same(session), roster.id, content, SECRET, NOW)
    assert len(names(session)) == 1


def test_the_same_roster_sent_twice_brings_nobody_twice(session: Session, register: Register):
    content = xlsx([HEAD, someone(1), someone(2, identity="")])
    taken_in(session, register, content)
    again = checked(session, register, content)
    assert again.good_rows == 0


def test_branches_not_yet_there_are_founded(session: Session, register: Register):
    content = xlsx(
        [HEAD, someone(1), someone(2, branch="CHI ĐOÀN  Thôn Đông"), someone(3, branch="Chi đoàn Trường học")]
    )
    taken_in(session, register, content)
    own = {
        b.name: n
        for b in session.scalars(select(Branch))
        if (n := members.active_counts(session, [b.id]).get(b.id))
    }
    assert own == {"Chi đoàn thôn Đông": 2, "Chi đoàn Trường học": 1}


def test_an_import_that_was_cut_off_goes_on(
    session: Session, register: Register, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflows.members.rosters.importing.CHUNK", 10)
    content = xlsx([HEAD, *(someone(n) for n in range(35))])
    roster = checked(session, register, content)
    rosters.decide(session, roster, takes_good_rows=True, by=register.clerk, at=NOW)
    calls = iter(range(100))

    def breaking():
        if next(calls) == 2:
            raise ConnectionError
        return same(session)()

    with pytest.raises(ConnectionError):
        rosters.take_in(session, breaking, roster.id, content, SECRET, NOW)
    assert (roster.state, len(names(session))) == (ImportState.RUNNING, 20)
    rosters.take_in(session, same(session), roster.id, content, SECRET, NOW)
    assert (roster.state, len(names(session))) == (ImportState.DONE, 35)


cells = st.tuples(
    st.sampled_from(["Trần Văn An", "LÊ THỊ BÌNH", "", "Hoà"]),
    st.sampled_from([date(2001, 5, 6), "06/05/2001", 2001, "không rõ", ""]),
    st.sampled_from(["079301000001", "079301000002", "79301000003", "1", ""]),
    st.sampled_from(["T1", "T2", ""]),
    st.sampled_from(["Chi đoàn thôn Đông", "Chi đoàn mới", ""]),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cells, min_size=1, max_size=8))
def test_undoing_restores_the_register_to_the_byte(session: Session, register: Register, rows: list):
    point = session.begin_nested()
    gone = admitted(session, register.branch, "Đã Rời", register.clerk, identity="079301000002")
    members.record(
        session, gone, kind=members.MovementKind.MATURED, on=date(2026, 3, 1), by=register.clerk, at=NOW
    )
    before = dump(session)
    content = xlsx(
        [
            HEAD,
            *([n, name, born, "", key, card, where] for n, (name, born, key, card, where) in enumerate(rows)),
        ]
    )
    try:
        roster = taken_in(session, register, content)
        assert dump(session) != before
        rosters.undo(session, roster, reason="nhầm tệp", by=register.clerk, at=NOW)
        rosters.take_back(session, roster)
    except Refused:
        assert roster_is_empty(session, before)
    assert dump(session) == before
    point.rollback()
    session.expire_all()


def roster_is_empty(session: Session, before: dict) -> bool:
    """Nothing could go in, so nothing did."""
    return dump(session) == before


def test_an_import_others_have_built_upon_is_not_torn_out(session: Session, register: Register):
    roster = taken_in(session, register, xlsx([HEAD, someone(1)]))
    membership = session.scalars(select(Membership)).one()
    members.record(
        session, membership, kind=members.MovementKind.MATURED, on=AS_OF, by=register.clerk, at=NOW
    )
    with pytest.raises(Refused, match="1 việc đã ghi sau đó"):
        rosters.undo(session, roster, reason="nhầm", by=register.clerk, at=NOW)


def test_two_head_rows_with_merged_cells_are_one_head(session: Session, register: Register):
    rows = [
        ["TT", "Họ và tên", "Năm sinh", None, "Giấy tờ", None, "Chi đoàn"],
        [None, None, "Nam", "Nữ", "Số CCCD", "Số thẻ", None],
        [1, "Lý Văn Ba", 1999, None, "079099000001", "A1", "Chi đoàn thôn Đông"],
        [2, "Lý Thị Tư", None, 1998, "079198000002", "A2", "Chi đoàn thôn Đông"],
    ]
    taken_in(session, register, xlsx(rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"]))
    found = {m.name: (m.sex, m.birth_year, m.identity_tail) for m in session.scalars(select(Member))}
    assert found == {"Lý Văn Ba": (Sex.MALE, 1999, "001"), "Lý Thị Tư": (Sex.FEMALE, 1998, "002")}


def test_a_roster_without_a_column_of_names_is_refused(session: Session, register: Register):
    with pytest.raises(DomainError, match=r"tiêu đề|họ và tên"):
        uploaded(session, register, xlsx([["STT", "Ngày sinh"], [1, "01/01/2000"]]))


def test_days_come_as_text_numbers_and_years(session: Session, register: Register):
    borns = ["02/01/2000", "2.1.2000", "2000-01-02", 36527, 2000, "2000", datetime(2000, 1, 2), "01/2000"]
    rows = [someone(n, name=f"Lê Văn Số {n}", born=born) for n, born in enumerate(borns)]
    taken_in(session, register, xlsx([HEAD, *rows]))
    found = [(m.born_on, m.birth_year) for m in session.scalars(select(Member).order_by(Member.id))]
    day, year = (date(2000, 1, 2), 2000), (None, 2000)
    assert found == [day, day, day, day, year, year, day, year]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "nfd", "tcvn3"])
def test_csv_is_read_in_whatever_code_it_was_written(session: Session, register: Register, code: str):
    import unicodedata  # noqa: PLC0415

    lines = [";".join(HEAD), "1;Nguyễn Thị Thuý Hằng;1/2/2001;nữ;079301000001;T1;Chi đoàn thôn Đông"]
    text = "\r\n".join(lines)
    if code == "nfd":
        content = unicodedata.normalize("NFD", text).encode()
    elif code == "tcvn3":
        content = in_tcvn3(text).encode("latin-1")
    else:
        content = text.encode(code)
    taken_in(session, register, content, name="ds.csv")
    assert names(session) == ["Nguyễn Thị Thuý Hằng"]


def in_tcvn3(text: str) -> str:
    """The text as the fonts of the nineties wrote it."""
    from workflows.directives.reading.extraction.charsets import _TCVN3  # noqa: PLC0415

    back = {letter: old for old, letter in _TCVN3.items()}
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text)


def test_three_hundred_thousand_empty_rows_cost_nothing(session: Session, register: Register):
    held = StringIO()
    csv.writer(held).writerows([HEAD, someone(1), *([[""] * 7] * 300_000), someone(2)])
    roster = checked(session, register, held.getvalue().encode(), name="ds.csv")
    assert (roster.total_rows, complaints(roster)) == (2, [])


def test_formulas_are_taken_by_their_value_and_never_run(session: Session, register: Register):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(someone(1))
    book.active["B2"] = '=HYPERLINK("http://example.org";"Lê Văn Mở")'
    held = BytesIO()
    book.save(held)
    roster = checked(session, register, held.getvalue())
    # Nobody ever opened this file in Excel, so that the formula has no value yet.
    assert complaints(roster) == [(2, "B", "thiếu họ và tên")]


def test_rows_and_columns_are_named_as_the_sheet_names_them(session: Session, register: Register):
    held, book = BytesIO(), Workbook()
    for row, cells in enumerate([HEAD, someone(1), [], someone(2, name="")], start=5):
        for column, cell in enumerate(cells, start=3):
            book.active.cell(row, column, cell)
    book.save(held)
    assert complaints(checked(session, register, held.getvalue())) == [(8, "D", "thiếu họ và tên")]


def test_what_columns_mean_is_remembered_for_the_unit(session: Session, register: Register):
    odd = ["Số", "Danh xưng", "Ngày sinh", "Giới tính", "Mã", "Thẻ", "Chi đoàn"]
    content = xlsx([odd, someone(1)])
    with pytest.raises(DomainError):
        uploaded(session, register, content)
    from workflows.members.rosters import Field, head_of, Rows  # noqa: PLC0415, I001
    from workflows.members.rosters.models import RosterShape  # noqa: PLC0415
    from workflows.members.rosters.shape import remembered  # noqa: PLC0415

    session.add(
        RosterShape(
            unit_id=register.youth_here.id,
            columns=[["Danh xưng", "name"], ["Thẻ", "card"]],
            remembered_at=NOW,
        )
    )
    found = remembered(session, register.youth_here, head_of(Rows(content, "ds.xlsx").sample()))
    assert (found[Field.NAME], found[Field.CARD], found[Field.BRANCH]) == (1, 5, 6)


def test_a_list_is_given_back_in_the_unit_s_own_shape(session: Session, register: Register):
    taken_in(session, register, xlsx([HEAD, someone(2), someone(1)]))
    shape = rosters.shape_of(session, register.youth_here)
    assert [label for label, _ in shape] == ["", *HEAD[1:]]
    rows = list(rosters.exported(session, figures.of_unit(register.youth_here), shape))
    assert [(row[0], row[1], row[4], row[6]) for row in rows] == [
        (1, "Lê Thị Hà Bình", "…001", "Chi đoàn thôn Đông"),
        (2, "Lê Thị Hà Chi", "…002", "Chi đoàn thôn Đông"),
    ]


def test_the_database_holds_no_identity_number(session: Session, register: Register):
    taken_in(session, register, xlsx([HEAD, someone(1, identity="079301234567")]))
    admitted(session, register.branch_beside, "Ai Đó", register.clerk, identity="079301234568")
    session.flush()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            assert "07930123456" not in repr(tuple(row)), table.name


def test_macros_of_a_workbook_are_left_alone(session: Session, register: Register):
    held = BytesIO(xlsx([HEAD, someone(1)]))
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    taken_in(session, register, held.getvalue(), name="ds.xlsm")
    assert names(session) == ["Lê Thị Hà Bình"]


def test_a_roster_without_a_column_of_branches_is_for_one_of_them(session: Session, register: Register):
    content = xlsx([HEAD[:-1], someone(1)[:-1]])
    with pytest.raises(InvalidFields, match="chọn một nơi cho cả danh sách"):
        uploaded(session, register, content)
