"""Vietnamese dates and periods, however they are typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.dates import date_at, find_dates, find_periods, months

DAYS = {
    "ngày 01 tháng 8 năm 2019": date(2019, 8, 1),
    "ngày12 tháng 3 năm 2020": date(2020, 3, 12),
    "ngày 07 tháng08 năm 2020": date(2020, 8, 7),
    "ngày 5 tháng 01năm 2026": date(2026, 1, 5),
    "ngày 28     tháng 4    năm 2026": date(2026, 4, 28),
    "01/8/2019": date(2019, 8, 1),
    "ngày 1-8-2019": date(2019, 8, 1),
    "06.10.1998": date(1998, 10, 6),
    "ngày 3/ 2/ 2021": date(2021, 2, 3),
    "ngay 28/0112008": date(2008, 1, 28),
    "NGÀY 10/10/2024": date(2024, 10, 10),
}


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read(written: str) -> None:
    assert [mention.date for mention in find_dates(f"trước {written}.")] == [DAYS[written]]


def test_a_day_without_a_year_is_of_the_year_that_is_known() -> None:
    assert [mention.date for mention in find_dates("Ngày 01-8, tỉnh", year=2019)] == [date(2019, 8, 1)]
    assert list(find_dates("Ngày 01-8, tỉnh")) == []


@pytest.mark.parametrize(
    "written", ["31/02/2024", "ngày 12", "2026-2030", "1/500", "khoản 1, 3, 5", "45/13/2020"]
)
def test_what_no_calendar_has_is_no_day(written: str) -> None:
    assert list(find_dates(written, year=2024)) == []


PERIODS = {
    "trong tháng 6/2026": date(2026, 6, 30),
    "tháng 02 năm 2024": date(2024, 2, 29),
    "quý III năm 2012": date(2012, 9, 30),
    "Quý II/2026": date(2026, 6, 30),
    "quý 4-2025": date(2025, 12, 31),
    "6 tháng đầu năm 2025": date(2025, 6, 30),
    "6 tháng cuối năm": date(2024, 12, 31),
    "trong năm 2027": date(2027, 12, 31),
    "tháng 9": date(2024, 9, 30),
}


@pytest.mark.parametrize("written", PERIODS)
def test_the_last_day_of_a_period_is_read(written: str) -> None:
    assert [mention.last for mention in find_periods(written, year=2024)][-1] == PERIODS[written]


def test_the_month_of_a_day_is_no_period() -> None:
    assert list(find_periods("ngày 5 tháng 6 năm 2026")) == []


def test_a_span_of_years_is_no_period() -> None:
    assert list(find_periods("giai đoạn năm 2021-2025")) == []


def test_a_day_can_be_asked_for_at_its_place() -> None:
    text = "số 11-CT/TU, ngày 01/8/2019"
    found = date_at(text, 13)
    assert found is not None
    assert text[slice(*found.span)] == "ngày 01/8/2019"
    assert date_at(text, 0) is None


def test_months_know_their_last_day() -> None:
    assert months(2023, 2, 1) == (date(2023, 2, 1), date(2023, 2, 28))
    assert months(2023, 10, 3) == (date(2023, 10, 1), date(2023, 12, 31))
    assert months(None, 1, 1) is None
    assert months(2023, 13, 1) is None


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    for written in (
        f"ngày {day.day:02} tháng {day.month} năm {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"ngày {day.day:02}-{day.month:02}-{day.year}",
    ):
        assert [mention.date for mention in find_dates(written)] == [day]


@given(st.text(alphabet="ngàythángnămquý 0123456789/-.IVX", max_size=120))
def test_spans_lie_inside_the_text(text: str) -> None:
    for mention in [*find_dates(text, year=2025), *find_periods(text, year=2025)]:
        assert 0 <= mention.span[0] < mention.span[1] <= len(text)
