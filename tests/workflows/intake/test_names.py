"""Names of bodies as papers write them lead to the units they mean."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, TODAY, Office
from workflows import intake
from workflows.intake import Vocabulary
from workflows.intake.name_words import key, looser
from workflows.organisations import Level, Succession, Unit, UnitKind


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "BTG"),
        ("Ban Tuyên giáo và Dân vận", "BTG"),
        ("BAN DÂN VẬN TỈNH ỦY", "BTG"),
        ("UBND tỉnh", "UBND"),
        ("Chủ tịch UBND tỉnh Tân Hưng", "UBND"),
        ("Ban Thường vụ Tỉnh uỷ", "TU"),
        ("Văn phòng TU", "VPTU"),
        ("Thường trực Đảng ủy xã An Bình", "DU-AB"),
    ],
)
def test_every_spelling_leads_to_the_unit(vocabulary: Vocabulary, name: str, code: str):
    match = vocabulary.match(name)
    assert [unit.code for unit in match.units] == [code]
    assert match.sure


@pytest.mark.parametrize(
    "name", ["Các đảng ủy xã, phường", "các xã, phường, đặc khu", "Ban thường vụ đảng ủy các xã, phường"]
)
def test_a_group_expands_to_its_members(vocabulary: Vocabulary, office: Office, name: str):
    match = vocabulary.match(name)
    assert match.units == office.communes
    assert match.group


def test_an_enumeration_is_all_its_units(vocabulary: Vocabulary, office: Office):
    match = vocabulary.match("UBND tỉnh, Ban Dân vận Tỉnh uỷ và Đảng uỷ xã Bình Thạnh")
    assert match.units == (office.state, office.agency, office.communes[1])


@pytest.mark.parametrize("name", ["Bộ Nội vụ", "các cơ quan liên quan", "", "…"])
def test_what_is_not_known_is_no_unit(vocabulary: Vocabulary, name: str):
    assert not vocabulary.match(name)


def test_an_enumeration_known_in_part_says_what_is_not(vocabulary: Vocabulary, office: Office):
    match = vocabulary.match("UBND tỉnh và Bộ Nội vụ")
    assert match.units == (office.state,)
    assert match.note == "Chưa nhận ra: Bộ Nội vụ."
    assert not match.sure


def test_a_name_with_words_too_many_is_only_a_guess(vocabulary: Vocabulary, office: Office):
    match = vocabulary.match("Đảng uỷ cơ quan Uỷ ban nhân dân tỉnh Tân Hưng")
    assert match.units == (office.state,)
    assert not match.sure
    assert match.note


def test_a_merged_body_leads_to_its_successor_with_a_note(session: Session, office: Office):
    old = _dissolved(session, office, "Đảng uỷ xã Thạnh Lợi")
    session.add(
        Succession(predecessor=old, successor=office.communes[0], happened_on=date(2025, 7, 1), source="NQ")
    )
    session.flush()
    match = intake.vocabulary_of(session, office.office, on=TODAY).match("Đảng ủy xã Thạnh Lợi")
    assert match.units == (office.communes[0],)
    assert match.note == "Đảng uỷ xã Thạnh Lợi không còn hoạt động; nay là Đảng uỷ xã An Bình."


def test_a_body_that_nobody_follows_is_said_to_be_gone(session: Session, office: Office):
    _dissolved(session, office, "Huyện uỷ Thạnh Lợi")
    match = intake.vocabulary_of(session, office.office, on=TODAY).match("Huyện uỷ Thạnh Lợi")
    assert not match
    assert match.note == "Huyện uỷ Thạnh Lợi không còn hoạt động."


def _dissolved(session: Session, office: Office, name: str) -> Unit:
    unit = Unit(
        code=name[-3:],
        name=name,
        short_name=name,
        kind=UnitKind.PARTY_COMMITTEE,
        level=Level.COMMUNE,
        parent=office.province,
        path=f"{office.province.path}999/",
        founded_on=FOUNDED,
        dissolved_on=date(2025, 7, 1),
    )
    session.add(unit)
    session.flush()
    return unit


def test_a_person_chooses_from_units_and_groups(vocabulary: Vocabulary, office: Office):
    assert office.agency.name in vocabulary.names
    assert "Các đảng uỷ xã, phường" in vocabulary.names
    for name in vocabulary.names:
        assert vocabulary.match(name).sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa – Thể thao & Du lịch"),
        ("Uỷ ban MTTQ Việt Nam tỉnh", "Mặt trận Tổ quốc tỉnh"),
        ("các đoàn thể chính trị - xã hội", "Các tổ chức chính trị – xã hội"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str):
    assert key(one) == key(other)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_no_name_whatever_is_too_strange(vocabulary: Vocabulary, name: str):
    assert vocabulary.match(name).name == name
    assert looser(name)[0] == key(name)
