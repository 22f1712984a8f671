"""Names of persons under a signature."""

import pytest

from workflows.directives.reading.persons import begins_with_surname, name_of


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Nguyễn Thị Mai Lan", "Nguyễn Thị Mai Lan"),
        ("TS. Chu Minh Quân", "Chu Minh Quân"),
        ("Đại tá Vũ Văn Bảy", "Vũ Văn Bảy"),
        ("Giàng A Sử", "Giàng A Sử"),
        ("ĐOÀN MINH KHÔI", "ĐOÀN MINH KHÔI"),
        ("**Trần Hà**", "Trần Hà"),
    ],
)
def test_a_name_is_read_without_rank(written: str, name: str) -> None:
    assert name_of(written) == name


@pytest.mark.parametrize(
    "words",
    [
        "Sở Giáo dục và Đào tạo",
        "VĂN PHÒNG",
        "ĐOÀN THANH NIÊN",
        "PHÓ CHỦ TỊCH",
        "Lưu",
        "TVT - 124",
        "ĐẢNG ỦY XÃ",
        "",
    ],
)
def test_other_words_are_no_name(words: str) -> None:
    assert name_of(words) is None


def test_family_names_are_known_with_their_accents() -> None:
    assert begins_with_surname("Vừ A Dũng")
    assert not begins_with_surname("Vu Vơ")
    assert not begins_with_surname("")
