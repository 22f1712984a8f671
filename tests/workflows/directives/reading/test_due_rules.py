"""Deadlines that are counted: which words make a rule, and which rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import DueKind
from workflows.directives.reading.due_rules import find_due_rules
from workflows.tasks import Due


@pytest.mark.parametrize(
    ("words", "kind", "number"),
    [
        ("trong vòng 05 ngày làm việc kể từ ngày nhận văn bản này", "working-days-after-receipt", 5),
        ("chậm nhất 10 ngày sau khi nhận được công văn", "days-after-receipt", 10),
        ("trong thời hạn 07 (bảy) ngày, kể từ ngày tiếp nhận", "days-after-receipt", 7),
        ("mười lăm (15) ngày kể từ ngày nhận văn bản này", "days-after-receipt", 15),
        ("03 ngày làm việc kể từ khi được giao nhiệm vụ", "working-days-after-receipt", 3),
        ("báo cáo trước kỳ 05 ngày", "days-before-period-end", 5),
        ("gửi trước khi hết kỳ báo cáo 3 ngày làm việc", "working-days-before-period-end", 3),
        ("05 ngày làm việc trước khi kết thúc quý", "working-days-before-period-end", 5),
        ("chậm nhất ngày 15 hằng tháng", "day-of-last-month", 15),
        ("trước 25 hằng tháng báo cáo tiến độ", "day-of-last-month", 25),
        ("trước ngày 20 của tháng cuối quý", "day-of-last-month", 20),
        ("trước ngày 05 của tháng sau", "day-after-period", 5),
        ("trước ngày 10 tháng đầu quý kế tiếp", "day-after-period", 10),
        ("trước ngày 15/6 và 15/12 hằng năm", "day-of-last-month", 15),
        ("trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm", "day-of-last-month", 15),
        ("trước ngày 15/12 hằng năm", "day-of-last-month", 15),
        ("trước ngày 15 của tháng 6 hằng năm", "days-before-period-end", 199),
        ("trước ngày 25 hằng tháng và hằng năm", "day-of-last-month", 25),
        ("trong 10 ngày kể từ ngày nhận được thông báo này", "days-after-receipt", 10),
        ("trong 10 ngày kể từ ngày nhận, báo cáo kết quả", "days-after-receipt", 10),
        ("trước ngày 25 tháng 11 hằng năm", "days-before-period-end", 36),
        ("trước ngày 10/01 hàng năm", "day-after-period", 10),
    ],
)
def test_the_words_tell_the_way_to_count_and_its_number(words: str, kind: str, number: int) -> None:
    (found,) = find_due_rules(words)
    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    "words",
    [
        "trước ngày 15/12/2026",
        "trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ",
        "ngày 20/6 và 15/12 hằng năm tổ chức hội nghị trước ngày 20/02",
        "trước ngày 20/5 và ngày 15/12 hằng năm",
        "trước ngày 05 của tháng đầu quý",
        "trước ngày 15 của tháng sáu hằng năm",
        "10 ngày kể từ ngày nhận được đầy đủ hồ sơ",
        "10 ngày kể từ ngày nhận được thông báo của công dân",
        "10 ngày kể từ ngày nhận bàn giao",
        "10 ngày kể từ ngày nhận được văn bản đề nghị",
        "05 ngày trước đó",
        "ngày 32 hằng tháng",
        "00 ngày kể từ ngày nhận được văn bản này",
        "kỷ niệm ngày 30/02 hằng năm",
        "sau 45 ngày làm việc",
        "1,5 ngày làm việc kể từ ngày nhận văn bản này",
        "1.200 ngày kể từ ngày nhận văn bản này",
    ],
)
def test_other_days_are_no_rules(words: str) -> None:
    assert find_due_rules(words) == []


@given(
    st.integers(0, 400),
    st.sampled_from(
        [
            "{} ngày làm việc kể từ ngày nhận văn bản này",
            "{} ngày sau khi nhận được công văn",
            "báo cáo trước kỳ {} ngày",
            "chậm nhất ngày {} hằng tháng",
            "trước ngày {} của tháng sau",
        ]
    ),
)
def test_what_is_read_is_a_rule_that_a_task_may_have(number: int, words: str) -> None:
    for found in find_due_rules(words.format(number)):
        assert Due(DueKind(found.kind), found.number).number == number


@given(st.text(max_size=60), st.integers(1, 31))
def test_the_span_is_that_of_the_words_wherever_they_stand(before: str, day: int) -> None:
    text = f"{before}. Chậm nhất ngày {day} hằng tháng, báo cáo"
    found = find_due_rules(text)[-1]
    assert text[slice(*found.span)] == found.text
    assert (DueKind(found.kind), found.number) == (DueKind.DAY_OF_LAST_MONTH, day)
