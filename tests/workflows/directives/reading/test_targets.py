"""Figures to be reached."""

import pytest

from workflows.directives.reading.model import Target
from workflows.directives.reading.targets import find_targets


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("tỷ lệ tập hợp đạt 60% số đối tượng", 60, "%"),
        ("ít nhất 02 khu công nghiệp", 2, "khu công nghiệp"),
        ("mỗi năm tổ chức đấu giá từ 05 mỏ trở lên", 5, "mỏ/năm"),
        ("trồng mới ít nhất 5.000 ha rừng", 5000, "ha"),
        ("tăng 1,5 triệu đồng", 1.5, "triệu đồng"),
        ("các cụm đạt khoảng 60-70%", (60.0, 70.0), "%"),
    ],
)
def test_a_figure_has_its_value_and_unit(words: str, value: object, unit: str) -> None:
    (found,) = find_targets(words)
    assert (found.value, found.unit) == (value, unit)


def test_the_words_around_a_figure_go_with_it() -> None:
    assert find_targets("Rà soát hội viên; bảo đảm 100% chi hội có danh sách.") == (
        Target(100, "%", "bảo đảm 100% chi hội có danh sách"),
    )


@pytest.mark.parametrize(
    "words", ["Nghị quyết số 18-NQ/TW", "đã đạt 45% kế hoạch", "Điều 41 và khoản 3", "năm 2026"]
)
def test_numbers_of_documents_and_of_the_past_are_no_targets(words: str) -> None:
    assert find_targets(words) == ()
