"""Names of bodies led to units of the tree."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.directives.reading.matching import KnownGroup, KnownUnit, Match, Means, Vocabulary, match

MERGED_ON = date(2025, 3, 1)
OFFICE = Vocabulary(
    units=(
        KnownUnit(1, "Ủy ban nhân dân tỉnh An Bình"),
        KnownUnit(2, "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        KnownUnit(3, "Ban Dân vận Tỉnh ủy", ended=MERGED_ON, successors=(2,)),
        KnownUnit(4, "Ủy ban nhân dân xã Sông Trà"),
        KnownUnit(5, "Ủy ban nhân dân phường Bến Đá"),
        KnownUnit(6, "Đảng ủy xã Sông Trà"),
        KnownUnit(7, "Sở Y tế"),
        KnownUnit(8, "Sở Nội vụ"),
        KnownUnit(9, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh An Bình"),
        KnownUnit(10, "Tỉnh đoàn An Bình", ("Đoàn TNCS Hồ Chí Minh tỉnh",)),
        KnownUnit(11, "Ban Chỉ đạo 389", ended=MERGED_ON),
        KnownUnit(12, "Sở Kế hoạch và Đầu tư", ended=date(2020, 1, 1), successors=(13,)),
        KnownUnit(13, "Sở Tài chính - Đầu tư", ended=MERGED_ON, successors=(14,)),
        KnownUnit(14, "Sở Tài chính"),
    ),
    groups=(
        KnownGroup("các sở, ban, ngành", (7, 8, 14), ("các sở, ngành",)),
        KnownGroup("các tổ chức chính trị - xã hội", (10,)),
    ),
    place="An Bình",
)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("UBND tỉnh", (1,)),
        ("Uỷ ban nhân dân tỉnh An Bình", (1,)),
        ("BTGDV Tỉnh ủy", (2,)),
        ("Giám đốc Sở Y tế", (7,)),
        ("Sở Y tế tỉnh", (7,)),
        ("Ủy ban MTTQ Việt Nam tỉnh", (9,)),
        ("Mặt trận", (9,)),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", (10,)),
        ("Ban Thường vụ Đảng ủy xã Sông Trà", (6,)),
    ],
)
def test_spellings_abbreviations_and_offices_lead_to_the_unit(name: str, units: tuple[int, ...]) -> None:
    assert match(name, OFFICE) == Match(units, Means.NAME)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("UBND các xã, phường", (4, 5)),
        ("Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu", (4, 5)),
        ("Ủy ban nhân dân cấp xã", (4, 5)),
        ("UBND các phường: Bến Đá", (5,)),
        ("Đảng ủy các xã", (6,)),
    ],
)
def test_all_units_of_a_level_are_meant(name: str, units: tuple[int, ...]) -> None:
    assert match(name, OFFICE) == Match(units, Means.LEVEL)


def test_a_group_expands_to_its_members() -> None:
    assert match("Các sở, ngành có liên quan", OFFICE) == Match((7, 8, 14), Means.GROUP)


def test_departments_listed_after_a_colon_are_meant() -> None:
    assert match("Giám đốc các Sở: Y tế, Nội vụ", OFFICE) == Match((7, 8), Means.GROUP)


def test_a_list_is_taken_part_by_part_and_what_is_unknown_is_told() -> None:
    found = match("Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", OFFICE)
    assert found == Match((9, 10), Means.GROUP)
    found = match("Các sở, ban, ngành, địa phương", OFFICE)
    assert found.units == (7, 8, 14)
    assert "địa phương" in found.notes[0]


def test_a_merged_body_leads_to_its_successor_with_a_note() -> None:
    found = match("Ban Dân vận Tỉnh ủy", OFFICE)
    assert found.units == (2,)
    (note,) = found.notes
    assert note.startswith("Ban Dân vận Tỉnh ủy đã thôi hoạt động từ 01/03/2025;")
    assert note.endswith("việc chuyển về Ban Tuyên giáo và Dân vận Tỉnh ủy.")


def test_on_a_day_before_the_merger_the_old_body_is_meant() -> None:
    assert match("Ban Dân vận Tỉnh ủy", OFFICE, date(2024, 1, 1)) == Match((3,), Means.NAME)
    assert match("Ban Dân vận Tỉnh ủy", OFFICE, MERGED_ON).units == (2,)


def test_successors_are_followed_to_the_end() -> None:
    assert match("Sở Kế hoạch và Đầu tư", OFFICE).units == (14,)


def test_a_body_that_ended_without_successor_says_so() -> None:
    found = match("Ban Chỉ đạo 389", OFFICE)
    assert found.units == ()
    assert "không có đơn vị kế tục" in found.notes[0]


def test_a_name_nearly_alike_is_offered_for_review() -> None:
    found = match("Ủy ban nhân dân xã Sông Trà Đông", OFFICE)
    assert (found.units, found.means) == ((4,), Means.SIMILAR)
    assert "Sông Trà" in found.notes[0]


def test_an_unknown_name_is_told_as_such() -> None:
    assert match("Trường Mầm non Hoa Sen", OFFICE) == Match((), Means.NONE)


def test_a_circle_of_successors_ends() -> None:
    one = KnownUnit(1, "Ban A", ended=MERGED_ON, successors=(2,))
    other = KnownUnit(2, "Ban B", ended=MERGED_ON, successors=(1,))
    assert match("Ban A", Vocabulary((one, other))).units == ()


@given(st.text(max_size=60))
def test_no_name_stops_the_matcher(name: str) -> None:
    assert set(match(name, OFFICE).units) <= set(OFFICE.by_key)
