"""How often a duty comes round."""

import pytest

from workflows.directives.reading.cadences import find_cadences


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Định kỳ hằng tuần, gửi báo cáo", ["weekly"]),
        ("trước 25 hằng tháng báo cáo tiến độ", ["monthly"]),
        ("hằng quý tổng hợp, báo cáo", ["quarterly"]),
        ("định kỳ sáu tháng báo cáo kết quả", ["half-yearly"]),
        ("Định kỳ 06 tháng và hàng năm tổng hợp", ["half-yearly", "yearly"]),
        ("định kỳ 06 tháng, năm và khi cần thiết", ["half-yearly", "yearly", "ad-hoc"]),
        ("hàng năm báo cáo kết quả thực hiện", ["yearly"]),
        ("Hằng năm, tổ chức rà soát", ["yearly"]),
        ("định kỳ hoặc đột xuất báo cáo", ["ad-hoc"]),
        ("kiểm tra thường xuyên và đột xuất", ["ad-hoc"]),
        ("sinh hoạt mỗi quý một kỳ", ["quarterly"]),
        ("báo cáo trước ngày 15/6 và 15/12 hằng năm", ["half-yearly"]),
        ("báo cáo trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm", ["half-yearly"]),
        ("báo cáo trước ngày 15/12 hằng năm", ["yearly"]),
    ],
)
def test_the_words_of_a_duty_tell_its_cadence(words: str, names: list[str]) -> None:
    assert [cadence.name for cadence in find_cadences(words)] == names


@pytest.mark.parametrize(
    "words",
    [
        "xây dựng kế hoạch hoạt động hằng năm",
        "bố trí trong dự toán ngân sách hàng năm",
        "ngân hàng năm 2026 giảm lãi suất",
        "xử lý tình huống đột xuất",
        "triển khai mới năm 2026",
        "chế độ báo cáo hằng tuần là căn cứ đánh giá",
    ],
)
def test_what_only_qualifies_a_thing_is_no_cadence(words: str) -> None:
    assert find_cadences(words) == []


def test_the_span_is_that_of_the_words() -> None:
    text = "Sở Y tế định kỳ hằng quý báo cáo"
    (found,) = find_cadences(text, 7)
    assert text[slice(*found.span)] == "định kỳ hằng quý"
