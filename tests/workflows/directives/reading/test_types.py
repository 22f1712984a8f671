"""Types of documents by symbol and by title."""

import pytest

from workflows.directives.reading.types import type_of_damaged_title, type_of_title, type_of_token


@pytest.mark.parametrize(
    ("token", "kind"),
    [("CT", "CT"), ("CTr", "CTr"), ("CTR", "CTr"), ("TTr", "TTr"), ("TT", "TT"), ("QĐi", "QĐ"), ("ĐA", "ĐA")],
)
def test_a_symbol_names_its_type(token: str, kind: str) -> None:
    assert type_of_token(token) == kind


@pytest.mark.parametrize("token", ["UBND", "HĐ", "HĐND", "SNV", "Luật", "L", ""])
def test_a_body_is_no_type(token: str) -> None:
    assert type_of_token(token) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("KẾ HOẠCH", "KH"),
        ("KẾ HOẠCH PHỐI HỢP", "KHPH"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "CTr"),
        ("CHƯƠNG TRÌNH PHỐI HỢP", "CTPH"),
        ("THÔNG BÁO KẾT LUẬN", "TB"),
        ("NGHỊ QUYẾT LIÊN TỊCH", "NQLT"),
        ("THÔNG TRI", "TT"),
        ("CÔNG ĐIỆN", "CĐ"),
    ],
)
def test_a_title_names_its_type(title: str, kind: str) -> None:
    found = type_of_title(title)
    assert found is not None
    assert found == (kind, len(title.split()))


def test_other_lines_name_no_type() -> None:
    assert type_of_title("SỞ QUY HOẠCH") is None


@pytest.mark.parametrize(
    ("title", "kind"), [("KE HO~CH", "KH"), ("CHUONGT~PHOIHQP", "CTPH"), ("THONG BAQ", "TB")]
)
def test_a_damaged_title_is_the_one_that_it_resembles(title: str, kind: str) -> None:
    assert type_of_damaged_title(title) == kind


def test_a_damaged_line_that_resembles_no_title_has_no_type() -> None:
    assert type_of_damaged_title("DAM BAO AN TOAN") is None
