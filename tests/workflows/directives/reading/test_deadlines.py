"""Deadlines: which days are, which are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.deadlines import find_deadlines


def first(text: str, **known: object) -> str | None:
    found = find_deadlines(text, **known)  # type: ignore[arg-type]
    return found[0].date.isoformat() if found and found[0].date else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hoàn thành trước ngày 31/12/2026", "2026-12-31"),
        ("trong tháng 6/2026", "2026-06-30"),
        ("trình Chính phủ trong quý III năm 2012", "2012-09-30"),
        ("Xong trong Quý II/2026", "2026-06-30"),
        ("chậm nhất ngày 10 tháng 5 năm 2026", "2026-05-10"),
        ("trước 16 giờ 00 ngày 18/8/2023", "2023-08-18"),
        ("chậm nhất 17h00 ngày 15/11/2025", "2025-11-15"),
        ("treo cờ từ ngày 10/5/2026 đến hết ngày 14/5/2026", "2026-05-14"),
        ("Đến năm 2015, hoàn thành chương trình", "2015-12-31"),
        ("Cuối năm 2019, sơ kết", "2019-12-31"),
        ("hoàn thành trước quý IV/2026", "2026-09-30"),
        ("(hoàn thành trong tháng 01/2026)", "2026-01-31"),
        ("trình tỉnh trước ngày 05/12/2025", "2025-12-05"),
        ("hạn cuối: 25/12/2026", "2026-12-25"),
        ("hoàn thành frong Quý 1/2026", "2026-03-31"),
    ],
)
def test_the_last_day_of_the_span_named_is_the_deadline(words: str, day: str) -> None:
    assert first(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "Kết luận số 62-KL/TW, ngày 08/12/2009",
        "Văn bản số 12/UBND ngày 05/01/2026",
        "quy hoạch tầm nhìn đến năm 2050",
        "giai đoạn 2026 - 2030",
        "hội nghị diễn ra ngày 20/12/2026",
        "(tổ chức đại hội trong năm 2022)",
        "tính đến ngày 31/12/2025 có 5 xã",
        "lập tiến độ chi tiết theo tuần đến hết năm 2026",
        "văn bản được ban hành trước ngày 01/7/2016",
    ],
)
def test_days_of_events_plans_and_documents_are_no_deadlines(words: str) -> None:
    assert first(words) is None


def test_a_day_before_the_document_is_past() -> None:
    assert first("đề nghị hướng dẫn trước ngày 05/02/2026", issued=date(2026, 5, 11)) is None


def test_a_day_without_a_year_takes_the_year_of_the_document() -> None:
    assert first("trước ngày 15/12", issued=date(2026, 3, 1)) == "2026-12-15"
    assert first("trước ngày 15/12") is None


def test_a_relative_deadline_keeps_its_words_without_a_day() -> None:
    (found,) = find_deadlines("báo cáo trong vòng 15 ngày kể từ ngày nhận văn bản.")
    assert found.date is None
    assert found.text.startswith("trong vòng 15 ngày")


def test_in_a_cell_about_time_no_cue_is_needed() -> None:
    assert first("Quý I/2025", bare=True) == "2025-03-31"
    assert first("Quý I/2025") is None
    assert first("từ quý II/2026", bare=True) is None


def test_the_text_is_that_of_the_span() -> None:
    text = "a; xong trước ngày 01/6/2026."
    (found,) = find_deadlines(text, 3, len(text))
    assert text[slice(*found.span)] == found.text == "xong trước ngày 01/6/2026"


@given(st.text(alphabet="trước ngày thán quý I/2026-.;:(\n1 đếnăm", max_size=120))
def test_spans_lie_inside_any_text(text: str) -> None:
    for found in find_deadlines(text):
        assert text[slice(*found.span)] == found.text
