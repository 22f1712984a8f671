"""Names of bodies in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.bodies import find_bodies, read_list
from workflows.directives.reading.tokens import tokenise


def listed(text: str) -> list[str]:
    return [body.name for body in read_list(text, tokenise(text), 0)[0]]


@pytest.mark.parametrize(
    "name",
    [
        "Sở Nông nghiệp và Môi trường",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Ủy ban nhân dân các xã, phường, đặc khu",
        "UBND các phường: Sông Trà, Bến Đá",
        "Đảng ủy Ủy ban nhân dân tỉnh",
        "Đảng ủy Cơ quan Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ủy ban Kiểm tra Tỉnh ủy",
        "Ban Phong trào Tỉnh đoàn",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh",
        "Trung tâm Kiểm soát bệnh tật tỉnh",
        "Ban chỉ đạo phòng, chống thiên tai xã",
        "Hội Liên hiệp Phụ nữ các xã, phường",
        "Giám đốc các Sở",
        "Chủ tịch Ủy ban nhân dân các xã, phường",
        "Người đứng đầu cấp ủy, chính quyền",
        "các sở, ban, ngành",
        "Các cơ quan, đơn vị, địa phương trong tỉnh",
        "các Bộ, ngành và các địa phương liên quan",
        "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
        "Các đảng ủy trực thuộc Tỉnh ủy",
        "Công ty Điện lực An Bình",
        "Liên hiệp các tổ chức hữu nghị thành phố",
    ],
)  # fmt: skip
def test_a_name_is_read_whole_and_alone(name: str) -> None:
    assert listed(f"{name} khẩn trương thực hiện") == [name]


def test_a_list_is_told_from_one_long_name() -> None:
    text = "Sở Tài chính, Sở Văn hóa và Thể thao, Công an tỉnh và các đơn vị liên quan lập phương án"
    assert listed(text) == ["Sở Tài chính", "Sở Văn hóa và Thể thao", "Công an tỉnh", "các đơn vị liên quan"]


def test_a_verb_ends_a_name_even_where_it_could_be_part_of_one() -> None:
    assert listed("các đơn vị tổ chức tuyên truyền") == ["các đơn vị"]
    assert listed("Sở Nội vụ kiểm tra") == ["Sở Nội vụ"]


def test_both_placements_of_the_tone_mark_are_read() -> None:
    assert listed("Uỷ ban nhân dân tỉnh") == ["Uỷ ban nhân dân tỉnh"]
    assert listed("Đảng uỷ xã Hoà Bình") == ["Đảng uỷ xã Hoà Bình"]


def test_an_office_waits_for_its_owner() -> None:
    assert listed("Ban Thường vụ, Thường trực cấp ủy") == ["Ban Thường vụ, Thường trực cấp ủy"]


def test_the_title_of_a_comrade_is_no_part_of_the_name() -> None:
    assert listed("đồng chí Giám đốc Sở Y tế") == ["Giám đốc Sở Y tế"]


@pytest.mark.parametrize(
    "words", ["thanh tra, kiểm tra việc", "bộ máy tinh gọn", "thuế và phí", "Lãnh đạo, chỉ đạo"]
)
def test_common_words_are_no_bodies(words: str) -> None:
    assert listed(words) == []


def test_bodies_in_running_text_stand_where_their_spans_say() -> None:
    text = "Ngày 02/3, Thường trực Tỉnh ủy nghe Sở Y tế\nvà Bệnh viện Đa khoa tỉnh báo cáo."
    found = find_bodies(text)
    assert [body.name for body in found] == ["Thường trực Tỉnh ủy", "Sở Y tế", "Bệnh viện Đa khoa tỉnh"]
    assert all(" ".join(text[slice(*body.span)].split()) == body.name for body in found)


@pytest.mark.parametrize(
    ("name", "group"), [("các sở, ngành", True), ("UBND các xã", True), ("Sở Y tế", False)]
)
def test_a_class_of_bodies_is_marked(name: str, group: bool) -> None:
    (body,), _ = read_list(name, tokenise(name), 0)
    assert body.group is group


WORDS = [
    *("Sở", "các", "ban", ",", "và", "của", "Ủy", "tỉnh", "(", ")", ":", "-", "xã", "có", ";"),
    "Y tế",
    "nhân dân",
    "Đảng ủy",
    "Trung tâm",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_found_bodies_never_overlap(words: list[str]) -> None:
    end = 0
    for body in find_bodies(" ".join(words)):
        assert end <= body.span[0] < body.span[1]
        end = body.span[1]
