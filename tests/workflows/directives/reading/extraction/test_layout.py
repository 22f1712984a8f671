"""Two columns are read one after the other, one column as it stands."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.layout import text_lines
from workflows.directives.reading.extraction.models import Line


def line(text, x, y, size=14.0):
    return Line(text, x, y - size, x + 6.5 * len(text), y + 3, y, size)


def read(*lines, first_page=True):
    return [text.strip() for text in text_lines(list(lines), 842, first_page=first_page) if text.strip()]


def test_columns_that_share_no_baseline_are_still_told_apart():
    assert read(
        line("TỈNH ỦY AN HÒA", 90, 60),
        line("ĐẢNG CỘNG SẢN VIỆT NAM", 320, 65),
        line("Số 1-CT/TU", 100, 84),
        line("An Hòa, ngày 1/2/2026", 330, 91),
    ) == ["TỈNH ỦY AN HÒA", "Số 1-CT/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "An Hòa, ngày 1/2/2026"]


def test_a_line_across_the_strip_ends_the_columns():
    assert read(
        line("Nơi nhận:", 85, 500),
        line("CHÁNH VĂN PHÒNG", 350, 500),
        line("- Như trên;", 85, 516),
        line("Một dòng chạy suốt cả trang giấy từ lề trái sang lề phải", 85, 540),
        line("cuối", 350, 556),
    ) == [
        "Nơi nhận:",
        "- Như trên;",
        "CHÁNH VĂN PHÒNG",
        "Một dòng chạy suốt cả trang giấy từ lề trái sang lề phải",
        "cuối",
    ]


def test_the_address_is_not_drawn_into_the_letterhead():
    assert read(
        line("SỞ NỘI VỤ", 90, 60),
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 280, 60),
        line("Số: 5/SNV", 90, 80),
        line("An Hòa, ngày 1/2/2026", 330, 80),
        line("Kính gửi:", 150, 120),
        line("- Các xã;", 280, 138),
    )[-3:] == ["An Hòa, ngày 1/2/2026", "Kính gửi:", "- Các xã;"]


def test_one_widely_spaced_line_is_no_pair_of_columns():
    assert read(
        line("đơn vị thực hiện", 85, 300), line("nghiêm túc các nội dung sau", 206, 300), first_page=False
    ) == ["đơn vị thực hiện nghiêm túc các nội dung sau"]


def test_a_gap_between_lines_is_kept_as_an_empty_line():
    assert text_lines(
        [line("một", 85, 100), line("hai", 85, 117), line("ba", 85, 160)], 842, first_page=False
    ) == [
        "một",
        "hai",
        "",
        "ba",
    ]


place = st.builds(
    line, st.text("abc ", min_size=1, max_size=40).filter(str.strip), st.floats(0, 500), st.floats(10, 800)
)


@given(st.lists(place, max_size=40), st.booleans())
def test_no_line_is_lost_or_doubled_wherever_lines_stand(lines, first_page):
    read_back = " ".join(text_lines(lines, 842, first_page=first_page)).split()
    assert sorted(read_back) == sorted(word for one in lines for word in one.text.split())
