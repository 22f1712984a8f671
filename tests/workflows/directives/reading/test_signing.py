"""Recipients and signers below a body."""

import pytest

from workflows.directives.reading.model import Signer
from workflows.directives.reading.signing import Signing, read_signing
from workflows.directives.reading.text import lines


def signing(text: str) -> Signing:
    return read_signing(lines(text), 0)


def test_two_columns_are_kept_apart() -> None:
    found = signing(
        "Nơi nhận:                              TL. BAN THƯỜNG VỤ\n"
        "- Như trên,                             CHÁNH VĂN PHÒNG\n"
        "- Các ban đảng,\n"
        "  (để phối hợp)\n"
        "                                         Ngô Thị Tâm\n"
        "- Lưu.\n"
    )
    assert found.recipients == ("Như trên", "Các ban đảng (để phối hợp)", "Lưu")
    assert found.signer == Signer("TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Ngô Thị Tâm")


def test_a_signature_may_stand_above_the_recipients() -> None:
    found = signing("Hết.\n\nGIÁM ĐỐC\n(đã ký)\nLý Văn Ba\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.")
    assert found.signer == Signer(None, "GIÁM ĐỐC", "Lý Văn Ba")
    assert found.start == 2


def test_a_post_that_one_space_parts_from_a_recipient_is_cut_off() -> None:
    found = signing("Nơi nhân: T/M BAN THƯỜNG VỤ\n- Các ban, PHÓ BÍ THƯ\n- Lưu Văn phòng. Hà Văn Tân")
    assert found.recipients == ("Các ban", "Lưu Văn phòng")
    assert found.signer == Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Hà Văn Tân")


def test_what_follows_in_an_appendix_signs_nothing() -> None:
    found = signing("Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Thu\nPhụ lục\nCHỦ TỊCH\nPhạm Ba")
    assert found.signer == Signer(None, "CHỦ TỊCH", "Lê Thu")


def test_of_two_signers_the_right_one_leads() -> None:
    found = signing("ĐẠI DIỆN\n\n   CHỦ TỊCH                 GIÁM ĐỐC\n\n   Lê Thu                   Phạm Ba")
    assert found.signer == Signer(None, "GIÁM ĐỐC", "Phạm Ba")


@pytest.mark.parametrize("text", ["", "Không ai ký.", "Nơi nhận hồ sơ: bộ phận một cửa"])
def test_a_text_without_signature_has_none(text: str) -> None:
    assert signing(text).signer is None
    assert signing(text).recipients == ()


def test_a_recipient_goes_on_in_small_letters_after_a_blank_line() -> None:
    found = signing("Nơi nhận:\n- VPUB: CVP,\n\nphòng TH;\n\n- Lưu: VT\n\ntrang cuối.")
    assert found.recipients[0] == "VPUB: CVP, phòng TH"


def test_file_marks_after_luu_are_no_post() -> None:
    assert signing("Nơi nhận:\n- Lưu: VT, BAN, THƯ.\nCHỦ TỊCH\nLê Thu").recipients == ("Lưu: VT, BAN, THƯ",)
