"""The search box understands what the office's people write for short."""

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from workflows import search_words
from workflows.organisations import UnitAlias


@pytest.mark.parametrize(
    ("abbreviation", "name", "words"),
    [
        ("BTGDV", "Ban Tuyên giáo và Dân vận Tỉnh uỷ", "Ban Tuyên giáo và Dân vận"),
        ("MTTQ", "Uỷ ban Mặt trận Tổ quốc Việt Nam tỉnh", "Mặt trận Tổ quốc"),
        ("HDND", "Hội đồng nhân dân tỉnh Tân Hưng", "Hội đồng nhân dân"),
        ("HĐND", "Hội đồng nhân dân tỉnh Tân Hưng", "Hội đồng nhân dân"),
        ("XYZ", "Hội đồng nhân dân tỉnh Tân Hưng", ""),
    ],
)
def test_an_abbreviation_stands_for_the_words_it_spells(abbreviation: str, name: str, words: str):
    assert search_words.written_out(abbreviation, name) == words


def test_a_body_is_also_named_without_the_committee_it_serves():
    assert list(search_words.abbreviations_in("BTGDVTU")) == ["BTGDVTU", "BTGDV"]
    assert list(search_words.abbreviations_in("HĐND tỉnh")) == ["HĐND"]
    assert list(search_words.abbreviations_in("Sở Y tế")) == []


def test_abbreviations_come_from_the_tree_of_units(session: Session, office: Office):
    office.agency.aliases.append(UnitAlias(name="BTGDVTU"))
    session.flush()
    found = search_words.abbreviations(session)
    assert found["BTGDV"] == "Ban Tuyên giáo và Dân vận"
    assert found["UBND"] == "Uỷ ban nhân dân"
    assert "ĐU" not in found


def test_labels_are_understood_for_codes(session: Session, office: Office):
    words = search_words.vocabulary(session)
    assert words.kinds["Nhiệm vụ"] == "task"
    assert words.types["Chỉ thị"] == "CT"
    assert words.states["đang thực hiện"] == "in-progress"
