import base64

import pytest

from document_templates import WordingError
from document_templates.blocks import (
    Basis,
    Chart,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    plain,
)
from document_templates.markup import read, text_of

DOT = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    )
).decode()


def refusal(text: str) -> str:
    with pytest.raises(WordingError) as refused:
        read(text)
    return str(refused.value)


def test_each_line_becomes_its_block():
    text = "# I- Phần\n## 1. Mục\n### a) Khoản\nĐoạn\n- ý\n+ ý nhỏ\n> Căn cứ\n@ngắt trang"
    kinds = [type(block) for block in read(text).blocks]
    assert kinds == [Heading, Heading, Heading, Paragraph, ListItem, ListItem, Basis, PageBreak]


def test_components_are_kept_apart_from_the_matter():
    matter = read("@trích yếu: về A\n@kính gửi:\n- Ban A\n- Ban B\n\nĐoạn\n@nơi nhận:\n- Như trên\n\n- ý")
    assert (matter.subject, matter.addressee_label) == ("về A", "Kính gửi:")
    assert (matter.addressees, matter.recipients) == (("Ban A", "Ban B"), ("Như trên", "ý"))
    assert len(matter.blocks) == 1


def test_marks_inside_a_line_make_runs():
    runs = text_of("một **đậm** và *nghiêng*[[chú thích]].")
    assert runs == (
        Run("một "),
        Run("đậm", bold=True),
        Run(" và "),
        Run("nghiêng", italic=True, note="chú thích"),
        Run("."),
    )


def test_a_table_knows_its_head_groups_and_totals():
    [table] = read(
        "| TT | Tăng > Kết nạp | Tăng > Chuyển đến |\n|= I. Nhóm |\n| 1 | 2 | 3 |\n|+ | 2 | 3 |"
    ).blocks
    assert isinstance(table, Table)
    assert [column.titles for column in table.columns] == [
        ("TT",),
        ("Tăng", "Kết nạp"),
        ("Tăng", "Chuyển đến"),
    ]
    assert [row.kind for row in table.rows] == ["group", "plain", "total"]
    assert sum(column.width for column in table.columns) == 100


def test_two_tables_are_parted_by_an_empty_line():
    assert len(read("| A |\n| 1 |\n\n| B |\n| 2 |").blocks) == 2


def test_a_chart_reads_the_table_under_it():
    [chart] = read(
        "@biểu đồ cột: Tỷ lệ\n@đơn vị: %\n@mục tiêu: 60 | Năm 2026\n| Đơn vị | Quý I |\n| A | 45,3 |\n| B | |"
    ).blocks
    assert isinstance(chart, Chart)
    assert (chart.unit, chart.target, chart.target_label) == ("%", 60.0, "Năm 2026")
    assert (chart.categories, chart.series[0].values) == (("A", "B"), (45.3, None))


def test_appendices_follow_the_matter():
    matter = read("Đoạn\n@phụ lục: Một\n- ý\n@phụ lục ngang: Hai\n@kèm theo: Báo cáo số 1\nĐoạn")
    assert [(annex.title, annex.orientation) for annex in matter.annexes] == [
        ("Một", "portrait"),
        ("Hai", "landscape"),
    ]
    assert matter.annexes[1].reference == "Báo cáo số 1"
    assert len(matter.blocks) == 1


def test_a_picture_carries_its_caption():
    [picture] = read(f"@hình: {DOT} | Bản đồ").blocks
    assert isinstance(picture, Picture)
    assert picture.caption == "Bản đồ"


@pytest.mark.parametrize(
    "data",
    ["không phải hình", base64.b64encode(b"GIF89a...").decode(), base64.b64encode(b"\x89PNG\r\n").decode()],
)
def test_a_picture_that_is_none_is_refused(data):
    assert "hình" in refusal(f"@hình: {data} | X")


def test_a_misspelt_mark_is_named_with_the_nearest():
    assert "“@phụ lục”" in refusal("@phụ lụt: X")


def test_all_bad_lines_are_named_at_once():
    told = refusal(
        "@lạ lùng: X\n\n| A | B |\n| 1 |\n\n@biểu đồ cột: Trống\n\n@đơn vị: %\n@kèm theo: X\n"
        "@bảng: a, b\n\n@mục tiêu: nhiều"
    )
    for word in ("@lạ lùng", "2 cột", "Trống", "@đơn vị", "@kèm theo", "@bảng", "@mục tiêu"):
        assert word in told


def test_plain_gives_the_words():
    assert plain(text_of("**a** b")) == "a b"
