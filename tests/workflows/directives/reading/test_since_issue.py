"""Deadlines counted from the day of issue: whose day, how much, and what makes no last day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.due_rules import find_due_rules
from workflows.directives.reading.model import Header
from workflows.directives.reading.tasks import propose
from workflows.directives.reading.types import NAMES

DAYS, WORKING, MONTHS = "days-after-issue", "working-days-after-issue", "months-after-issue"


@pytest.mark.parametrize(
    ("words", "type", "kind", "number"),
    [
        ("trong thời hạn 30 ngày kể từ ngày ban hành Chỉ thị này", "CT", DAYS, 30),
        ("Trong thời hạn 30 (ba mươi) ngày, kể từ ngày ký ban hành Chỉ thị này các cấp uỷ", "CT", DAYS, 30),
        ("sau 15 ngày làm việc kể từ ngày ban hành Kế hoạch, gửi", "KH", WORKING, 15),
        ("03 tháng kể từ ngày ban hành.", "NQ", MONTHS, 3),
        ("10 ngày, kể từ ngày ký", "KL", DAYS, 10),
        ("chậm nhất 02 tuần tính từ khi ban hành văn bản này", "CV", DAYS, 14),
        ("sau 01 năm kể từ ngày Nghị quyết này được ban hành, sơ kết", "NQ", MONTHS, 12),
        ("trong vòng một tháng kể từ ngày ký, ban hành Kế hoạch này", "KH", MONTHS, 1),
        ("không quá 20 ngày kể từ ngày ban hành", "CT", DAYS, 20),
        ("(20 ngày kể từ ngày ban hành Chương trình)", "CTr", DAYS, 20),
        ("20 ngày kể từ ngày ban hành Kế hoạch này", None, DAYS, 20),
        ("mười hai (12) tháng kể từ ngày ban hành Chỉ thị này", "CT", MONTHS, 12),
        ("sau hai mươi mốt (21) ngày kể từ ngày ký", "CT", DAYS, 21),
        ("mười lăm (15) ngày làm việc kể từ ngày ký", "CT", WORKING, 15),
        ("trong sáu ( 06 ) tháng kể từ ngày ký", "CT", MONTHS, 6),
        ("báo cáo trước ngày 15/12; 3-5 ngày kể từ ngày ký", "CT", DAYS, 5),
    ],
)
def test_the_issue_of_this_paper_is_what_is_counted_from(words: str, type: str, kind: str, number: int):
    (found,) = find_due_rules(words, type=type)
    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    "words",
    [
        "30 ngày kể từ ngày ban hành Quyết định số 12-QĐ/TU",
        "30 ngày kể từ ngày ban hành Chỉ thị số 05-CT/TU",
        "30 ngày kể từ ngày ban hành Kế hoạch",
        "30 ngày kể từ ngày ban hành Nghị quyết này",
        "30 ngày kể từ ngày Chỉ thị này có hiệu lực",
        "30 ngày kể từ ngày có hiệu lực thi hành",
        "30 ngày kể từ ngày ký hợp đồng",
        "30 ngày kể từ ngày ký kết",
        "30 ngày kể từ ngày ban hành kết luận thanh tra",
        "Chỉ thị này có hiệu lực sau 10 ngày kể từ ngày ký",
        "quá 30 ngày kể từ ngày ban hành mà chưa có kế hoạch",
        "ít nhất 30 ngày kể từ ngày ban hành",
        "00 ngày kể từ ngày ban hành",
        "mười hai tháng kể từ ngày ban hành",
        "hai mươi mốt ngày kể từ ngày ban hành",
        "một trăm linh ba ngày kể từ ngày ban hành",
        "1,5 năm kể từ ngày ban hành",
        "2/3 tháng kể từ ngày ban hành",
        "1 năm 6 tháng kể từ ngày ban hành",
        "1.200 ngày kể từ ngày ban hành",
    ],
)
def test_another_beginning_or_no_last_day_makes_no_rule(words: str):
    assert find_due_rules(words, type="CT") == []


@given(st.integers(0, 999), st.sampled_from(sorted(NAMES)), st.text(max_size=40))
def test_whatever_stands_before_the_paper_is_found_by_its_own_type(number: int, type: str, before: str):
    text = f"{before}. Trong {number} ngày kể từ ngày ban hành {NAMES[type][0]} này"
    found = [rule for rule in find_due_rules(text, type=type) if rule.kind == DAYS]
    assert [rule.number for rule in found] == ([number] if 1 <= number <= 365 else [])
    assert all(text[slice(*rule.span)] == rule.text for rule in found)


def test_the_reader_leaves_the_day_to_the_calendar():
    text = "1. Ban Tổ chức xây dựng hướng dẫn trong thời hạn 30 ngày kể từ ngày ban hành Chỉ thị này."
    header = Header(type="CT", date=date(2026, 5, 4), year=2026, body=(0, len(text)))
    _, (task,) = propose(text, header)
    assert task.deadline is None
    assert task.due is not None
    assert (task.due.kind, task.due.number) == (DAYS, 30)
    assert "30 ngày kể từ ngày ban hành" in (task.deadline_text or "")
    assert not any("cần điền ngày" in reason for reason in task.reasons)


def test_a_labelled_line_gives_its_clause_a_counted_deadline():
    text = (
        "1. Xây dựng hướng dẫn về công tác phát triển đảng viên.\n"
        "a) Đơn vị chủ trì: Ban Tổ chức.\n"
        "b) Thời gian hoàn thành: 05 ngày làm việc kể từ ngày ban hành Kế hoạch."
    )
    _, tasks = propose(text, Header(type="KH", date=date(2026, 5, 4), body=(0, len(text))))
    assert [(task.lead, task.due and task.due.kind) for task in tasks] == [(("Ban Tổ chức",), WORKING)]
