"""Units are filtered by number or by a part of their name, among those a person may read."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.support.small_office import sign_in
from webapp.unit_filter import Units
from workflows.organisations import Unit

FILTER = Units("unit", "Đơn vị", Unit.id)


@pytest.fixture
def at_desk(app: Flask) -> Iterator[None]:
    """The request of the clerk, who may read everything."""
    with sign_in(app) as client:
        client.get("/account/password")
        yield


def read(*values: str) -> list[int]:
    """The numbers of the units that these values mean."""
    found = FILTER.read(MultiDict([("unit", value) for value in values]))
    return [unit.id for typed in found or [] for unit in typed.units]


@pytest.mark.usefixtures("at_desk")
def test_a_link_names_a_unit_by_its_number():
    assert read("12") == [12]


@pytest.mark.usefixtures("at_desk")
def test_a_part_of_the_name_means_all_units_that_have_it():
    assert set(read("  đông   HOÀ ")) == {number for number in range(2, 62) if number % 8 == 2}


@pytest.mark.usefixtures("at_desk")
def test_an_exact_name_means_that_unit_alone():
    assert read("đảng uỷ 5") == [5]


@pytest.mark.usefixtures("at_desk")
@pytest.mark.parametrize("value", ["không có đâu", "99999999999999", "%"])
def test_a_name_nobody_has_is_said(value: str):
    with pytest.raises(ValueError, match="không có đơn vị nào tên"):
        read(value)


@pytest.mark.usefixtures("at_desk")
def test_chips_name_the_unit_or_count_the_units():
    value = FILTER.read(MultiDict([("unit", "12"), ("unit", "đông hoà")]))
    assert [(chip.words, chip.without) for chip in FILTER.chips(value or [])] == [
        ("Đơn vị: Đảng uỷ 12", {"unit": ["đông hoà"]}),
        ("Đơn vị: “đông hoà” (8 đơn vị)", {"unit": ["12"]}),
    ]


def test_nothing_typed_is_no_condition_and_no_question():
    assert FILTER.read(MultiDict({"unit": " "})) is None


def test_names_are_suggested_in_vietnamese_order(client: FlaskClient):
    names = client.get("/units/names").json
    assert names is not None
    assert len(names) == 61
    assert names[-1] == "Tỉnh uỷ"
