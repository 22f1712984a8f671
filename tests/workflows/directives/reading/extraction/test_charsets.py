"""Old Vietnamese codes become Unicode, whatever they were taken for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.extraction.charsets import decode, from_tcvn3, from_vni, repaired

TEXT = (
    "Căn cứ Chỉ thị số 05, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng thực hiện nhiệm vụ sau; "
    "những đơn vị được giao phải báo cáo kết quả trước ngày 15 tháng 6 để tổng hợp, khỏe mạnh, hưởng ứng."
)
TCVN3 = (
    "C¨n cø ChØ thÞ sè 05, Ban Th­êng vô TØnh ñy yªu cÇu c¸c cÊp ñy, tæ chøc ®¶ng thùc hiÖn nhiÖm vô sau; "
    "nh÷ng ®¬n vÞ ®­îc giao ph¶i b¸o c¸o kÕt qu¶ tr­íc ngµy 15 th¸ng 6 ®Ó tæng hîp, kháe m¹nh, h­ëng øng."
)
VNI = (
    "Caên cöù Chæ thò soá 05, Ban Thöôøng vuï Tænh uûy yeâu caàu caùc caáp uûy, toå chöùc ñaûng thöïc hieän "
    "nhieäm vuï sau; nhöõng ñôn vò ñöôïc giao phaûi baùo caùo keát quaû tröôùc ngaøy 15 thaùng 6 ñeå toång "
    "hôïp, khoûe maïnh, höôûng öùng."
)


def cp1258(text):
    """Windows-1258 holds some letters whole and sets tones as letters of their own."""
    out = ""
    for letter in text:
        try:
            letter.encode("cp1258")
            out += letter
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            hat = unicodedata.normalize("NFC", base + "".join(m for m in marks if m in "\u0302\u0306\u031b"))
            out += hat + "".join(m for m in marks if m not in "\u0302\u0306\u031b")
    return out.encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        cp1258(TEXT),
        TCVN3.encode("latin-1"),
        VNI.encode("cp1252"),
        TCVN3.encode(),
        VNI.encode(),
    ],
    ids=[
        "utf-8",
        "with mark",
        "utf-16",
        "little end",
        "big end",
        "windows",
        "tcvn3",
        "vni",
        "tcvn3+",
        "vni+",
    ],
)
def test_a_page_is_read_whichever_way_it_was_written(data):
    assert unicodedata.normalize("NFC", decode(data)) == TEXT


def test_text_typed_with_an_old_font_is_repaired():
    assert repaired(TCVN3) == TEXT
    assert repaired(VNI) == TEXT


def test_capitals_of_the_old_codes_are_known():
    assert from_vni("ÑAÛNG UÛY XAÕ") == "ĐẢNG ỦY XÃ"
    assert from_tcvn3("§¡ng ¢u ¥n ¦u £m ¤ng") == "Đăng Âu Ơn Ưu Êm Ông".replace("ă", "Ă", 1)


def test_good_text_is_left_alone():
    assert repaired(TEXT) == TEXT
    assert repaired("Plain English with a café, naïve.") == "Plain English with a café, naïve."


def test_the_bytes_of_a_machine_are_no_text():
    assert decode(bytes(range(32)) * 50) is None


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(data):
    text = decode(data)
    assert text is None or isinstance(text, str)


@given(st.text(max_size=200))
def test_no_text_breaks_the_repair(text):
    assert isinstance(repaired(text), str)
