"""Tables of tasks in their three forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.labels import Role, read_label, role_of
from workflows.directives.reading.table_cells import is_about_time, names_in_cell
from workflows.directives.reading.task_tables import Row, read_tables
from workflows.directives.reading.tasks import propose
from workflows.directives.reading.text import clean


def rows(text: str) -> list[Row]:
    return list(read_tables(text, (0, 0)).rows)


BARRED = "STT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian\n"


def test_cells_apart_by_tabs_keep_their_columns_even_where_one_is_empty() -> None:
    (row,) = rows(f"{BARRED}1\tTập huấn\tSở Nội vụ\t\tQuý I/2026\n")
    assert row.address == "PL/1"
    assert row.columns == {Role.MATTER: "Tập huấn", Role.LEAD: "Sở Nội vụ", Role.TIME: "Quý I/2026"}


def test_numbers_begin_again_in_every_section() -> None:
    first = "I\tCấp tỉnh\t\t\t\n1\tA\tSở Y tế\t\t\n"
    text = f"{BARRED}{first}II\tCấp xã\t\t\t\n1\tB\tCông an xã\t\t\n1.1\tC\tTrạm Y tế\t\t\n"
    assert [row.address for row in rows(text)] == ["PL/I.1", "PL/II.1", "PL/1.1"]


def test_a_head_over_several_lines_is_put_together() -> None:
    text = (
        "                                   Cơ quan          Cơ quan\n"
        "TT      Nội dung công việc         chủ trì          phối hợp       Thời hạn\n"
        "1       Lập danh sách.             Sở Y tế          Sở Nội vụ      Quý I/2026\n"
    )
    (row,) = rows(text)
    assert (row.columns[Role.LEAD], row.columns[Role.COORDINATE]) == ("Sở Y tế", "Sở Nội vụ")


def test_cells_one_per_line_come_in_the_order_of_the_columns() -> None:
    text = "TT\nNhiệm vụ\nChủ trì\nPhối hợp\nThời gian\n1\nRà soát.\nSở Y tế\nCông an tỉnh\nHằng năm\n"
    (row,) = rows(text)
    assert row.columns[Role.LEAD] == "Sở Y tế"
    assert row.columns[Role.COORDINATE] == "Công an tỉnh"
    assert row.columns[Role.TIME] == "Hằng năm"


def test_a_table_without_a_column_for_the_lead_gives_no_tasks() -> None:
    assert rows("TT\tHọ và tên\tNăm sinh\n1\tTrần Văn Mẫu\t1980\n") == []


def test_a_table_inside_the_body_is_read_as_rows_and_not_as_clauses() -> None:
    text = f"1. Phân công như sau:\n{BARRED}1\tTập huấn\tSở Nội vụ\tSở Y tế\t\n2. Công an tỉnh tuần tra."
    clauses, tasks = propose(text)
    assert [clause.address for clause in clauses] == ["1", "2", "B/1"]
    assert {task.clause: task.lead for task in tasks} == {"2": ("Công an tỉnh",), "B/1": ("Sở Nội vụ",)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Các sở, ban, ngành; UBND các xã, phường", ("Các sở, ban, ngành", "UBND các xã, phường")),
        ("- Sở Y tế;\n- Công an tỉnh.", ("Sở Y tế", "Công an tỉnh")),
        ("Sở Nông nghiệp và\nMôi trường", ("Sở Nông nghiệp và Môi trường",)),
        ("Thường xuyên", ()),
    ],
)
def test_names_are_read_from_a_cell(words: str, names: tuple[str, ...]) -> None:
    assert names_in_cell(words) == names


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("STT", Role.NUMBER),
        ("Nội dung công việc", Role.MATTER),
        ("Sở, ngành chủ trì tham mưu", Role.LEAD),
        ("Cơ quan phối hợp", Role.COORDINATE),
        ("Thời gian hoàn thành", Role.TIME),
        ("Sản phẩm dự kiến", Role.PRODUCT),
        ("Trách nhiệm chỉ đạo thực hiện", Role.LEAD),
        ("Đơn vị theo dõi, đôn đốc", Role.MONITOR),
        ("Ghi chú", Role.NOTE),
        ("Kính gửi", None),
    ],
)
def test_labels_tell_the_role_of_what_follows(label: str, role: Role | None) -> None:
    assert role_of(label) is role


def test_only_lines_with_a_colon_are_labelled() -> None:
    assert read_label("Đơn vị chủ trì: Sở Y tế") is not None
    assert read_label("Đơn vị chủ trì Sở Y tế") is None
    assert read_label("Kinh phí: ngân sách tỉnh") is None


def test_time_is_told_from_other_words() -> None:
    assert is_about_time("Xong trong Quý II/2026")
    assert is_about_time("Thường xuyên")
    assert not is_about_time("Sở Y tế")


@given(st.text(alphabet="TT123I.\t|\n Sở Y tế Chủ trì", max_size=150))
def test_no_table_stops_the_reader(text: str) -> None:
    text = clean(text)
    for row in read_tables(text, (0, 0)).rows:
        assert 0 <= row.start < row.end <= len(text)
