"""News items that tell of a directive."""

from datetime import date

import pytest

from workflows.directives.reading.news import read_news


def test_number_issuer_date_and_subject_stand_in_the_first_sentence() -> None:
    news = read_news(
        "Tin\n(16:20 | 03/04/2018)\n\nNgày 27-3, Tỉnh ủy An Phú ban hành Chỉ thị số 61-CT/TU về hội.\n"
    )
    assert news is not None
    assert (news.number, news.issuer, news.subject) == ("61-CT/TU", "Tỉnh ủy An Phú", "về hội")
    assert news.date == date(2018, 3, 27)


def test_the_date_beside_the_number_comes_first() -> None:
    news = read_news("Ngày 5/5/2020, Tỉnh đoàn X vừa có Công văn số 7-CV/TĐTN, ngày 4/5/2020 về thi đua")
    assert news is not None
    assert news.date == date(2020, 5, 4)


@pytest.mark.parametrize(
    "text", ["", "Thực hiện Chỉ thị số 1-CT/TU, các đơn vị báo cáo.", "Tỉnh họp bàn về hội."]
)
def test_a_text_that_tells_of_no_issuing_is_no_news(text: str) -> None:
    assert read_news(text) is None
