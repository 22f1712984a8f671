"""The name of the issuer from letterhead and title."""

import pytest

from workflows.directives.reading.issuers import bodies_in, name_issuer, sentence_case


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH AN PHÚ"], "Ủy ban nhân dân tỉnh An Phú"),
        (["UBND TỈNH AN PHÚ", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"], "Sở Nông nghiệp và Môi trường tỉnh An Phú"),
        (["UBND TỈNH AN PHÚ", "VĂN PHÒNG"], "Văn phòng UBND tỉnh An Phú"),
        (["TỈNH UỶ AN PHÚ", "BAN TỔ CHỨC"], "Ban Tổ chức Tỉnh uỷ An Phú"),
        (["TỈNH ỦY AN PHÚ", "ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH"], "Đảng ủy các cơ quan đảng tỉnh An Phú"),
        (["ĐẢNG BỘ TỈNH AN PHÚ", "ĐẢNG ỦY XÃ BA VÌ"], "Đảng ủy xã Ba Vì"),
        (["BỘ NỘI VỤ", "CỤC QUẢN LÝ HỘI"], "Cục Quản lý hội"),
        (["BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH AN PHÚ"], "Ban Chấp hành Đảng bộ tỉnh An Phú"),
        (["LIÊN ĐOÀN LAO ĐỘNG -", "SỞ NỘI VỤ", "TỈNH AN PHÚ"], "Liên đoàn Lao động - Sở Nội vụ tỉnh An Phú"),
        (["BAN DÂN VẬN QUẬN ỦY QUẬN 15"], "Ban Dân vận Quận ủy Quận 15"),
    ],
)
def test_a_letterhead_names_the_issuer(letterhead: list[str], issuer: str) -> None:
    assert name_issuer(bodies_in(letterhead), None)[0] == issuer


def test_the_upper_body_stands_above_the_issuer() -> None:
    assert name_issuer(bodies_in(["TỈNH ỦY AN PHÚ", "BAN NỘI CHÍNH"]), None)[1] == "Tỉnh ủy An Phú"


@pytest.mark.parametrize(
    ("by", "issuer"),
    [
        ("BAN THƯỜNG VỤ TỈNH ỦY", "Ban Thường vụ Tỉnh ủy An Phú"),
        ("BAN CHẤP HÀNH ĐẢNG BỘ TỈNH", "Ban Chấp hành Đảng bộ tỉnh An Phú"),
    ],
)
def test_the_body_of_the_title_comes_before_the_letterhead(by: str, issuer: str) -> None:
    assert name_issuer(["TỈNH ỦY AN PHÚ"], by)[0] == issuer


def test_without_a_letterhead_the_title_alone_names_the_issuer() -> None:
    assert name_issuer([], "BAN THƯỜNG VỤ TỈNH ỦY") == ("Ban Thường vụ Tỉnh ủy", None)
    assert name_issuer([], None) == (None, None)


def test_a_damaged_letterhead_is_restored() -> None:
    assert bodies_in(["LIEN D0AN LAO D()NG", "TiNH AN GIANG"], damaged=True) == [
        "Liên đoàn Lao động tỉnh An Giang"
    ]


def test_names_in_small_letters_stay_as_they_are() -> None:
    assert sentence_case("Hội chữ thập đỏ") == "Hội chữ thập đỏ"
