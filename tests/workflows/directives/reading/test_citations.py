"""Documents cited by their symbols."""

from datetime import date

import pytest

from workflows.directives.reading.citations import read_citations
from workflows.directives.reading.model import Citation, Footnote, Header


def cited(text: str, header: Header | None = None) -> list[Citation]:
    return list(read_citations(text, header or Header()))


def numbers(text: str) -> list[str]:
    return [citation.number for citation in cited(text)]


@pytest.mark.parametrize(
    ("text", "number", "kind", "day"),
    [
        ("Chỉ thị số 71-CT/TW, ngày 9/8/2011 của Ban Bí thư", "71-CT/TW", "CT", date(2011, 8, 9)),
        ("theo Nghị quyết 36a/NQ-CP ngày 14-10-2015", "36a/NQ-CP", "NQ", date(2015, 10, 14)),
        ("Công văn số 288 /UBND - VX, ngày 7/9/2021", "288/UBND-VX", "CV", date(2021, 9, 7)),
        ("Kế hoạch số 3141/KH-\nUBND ngày 28 tháng\n11 năm 2025", "3141/KH-UBND", "KH", date(2025, 11, 28)),
        ("Chương trình số 31-\n\n        2\n\nCTr/TW ngày 5/2/2013", "31-CTr/TW", "CTr", date(2013, 2, 5)),
        ("Luật số 77/2023/QH151 ngày 1/2/2023", "77/2023/QH15", "Luật", date(2023, 2, 1)),
        ("Nghị quyết số 18/2021/QH15", "18/2021/QH15", "NQ", None),
        ("Nghị định số 222/2023/NĐ-CP2, sở", "222/2023/NĐ-CP", "NĐ", None),
        ("Văn bản số 414/C07-P2 ngày 3/4/2023", "414/C07-P2", "CV", date(2023, 4, 3)),
        ("Quyết định số 515/QĐ-Tg ngày 8/9/2022", "515/QĐ-TTg", "QĐ", date(2022, 9, 8)),
        ("Chỉ thị số 16-CT/TTg ngày 2/3/2021", "16/CT-TTg", "CT", date(2021, 3, 2)),
        ("Nghi quyet sa 64-NQITW ngay 05/7/2015", "64-NQ/TW", "NQ", date(2015, 7, 5)),
        ("De an s6 S1-DAITU ngay 3/11/2017", "51-DA/TU", "DA", date(2017, 11, 3)),
        (
            "Quyết định số 12/QĐ-UBND của Ủy ban nhân dân tỉnh ngày 3/2/2020",
            "12/QĐ-UBND",
            "QĐ",
            date(2020, 2, 3),
        ),
        ("Công văn số 12/UBND-VP3 ngày 3/2/2020", "12/UBND-VP3", "CV", date(2020, 2, 3)),
        ("Kế hoạch thi đua (số 505/KH-BVH ngày 1/3/2022)", "505/KH-BVH", "KH", date(2022, 3, 1)),
    ],
)
def test_a_document_is_cited(text: str, number: str, kind: str, day: date | None) -> None:
    assert [(found.number, found.type, found.date) for found in cited(text)] == [(number, kind, day)]


def test_the_span_is_that_of_the_number() -> None:
    text = "Theo Chỉ thị số 11-\nCT/TU ngày 1/2/2024."
    (found,) = cited(text)
    assert text[slice(*found.span)] == "11-\nCT/TU"


def test_the_issuer_stands_after_the_date() -> None:
    (found,) = cited("Kế hoạch số 9/KH-UBND ngày 1/2/2024 của Sở Nông nghiệp và Môi trường về rừng")
    assert found.issuer == "Sở Nông nghiệp và Môi trường"


def test_a_document_cited_twice_counts_once_and_keeps_its_date() -> None:
    (found,) = cited("Chỉ thị số 11-CT/TU và Chỉ thị 11-CT/TU ngày 04/01/2026, rồi 11-CT/TU, ngày 5/1/2026")
    assert found.date == date(2026, 1, 4)


def test_documents_of_a_list_share_the_date_after_it() -> None:
    found = cited("các Quyết định số 217-QĐ/TW, 218-QĐ/TW và 219-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị")
    assert {citation.date for citation in found} == {date(2013, 12, 12)}
    assert len(found) == 3


def test_the_document_itself_is_not_cited() -> None:
    assert cited("Kèm theo Kế hoạch số 9/KH-UBND", Header(number="9/KH-UBND")) == []


def test_a_footnote_mark_glued_to_a_symbol_is_dropped_if_there_is_such_a_note() -> None:
    header = Header(footnotes=(Footnote("3", "Ghi chú", (60, 70)),))
    text = "Thông tư số 47/2024/TT-ABC3 của bộ" + " " * 30 + "3 Thông tư số 48/2024/TT-ABC"
    assert [found.number for found in cited(text, header)] == ["47/2024/TT-ABC", "48/2024/TT-ABC"]


@pytest.mark.parametrize(
    "text",
    [
        "QCVN 122:2024/BGTVT3",
        "theo Mẫu số 01/BC-SNV",
        "biểu mẫu số 2-KH/TU",
        "quy hoạch chi tiết 1/500",
        "giai đoạn 2021-2025",
        "5- UBND tỉnh",
        "Covid-19/A",
        "điện thoại 0912-345678",
        "24/7",
    ],
)
def test_what_only_looks_like_a_number_is_no_citation(text: str) -> None:
    assert numbers(text) == []
