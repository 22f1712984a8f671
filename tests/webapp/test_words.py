"""Dates, figures and addresses as the office writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from webapp.words import day, here_with, inside, lines, moment, number, percent, there_with


def test_days_and_instants_are_those_of_the_office():
    assert day(date(2026, 3, 5)) == "05/03/2026"
    assert day(datetime(2026, 3, 4, 17, 30, tzinfo=UTC)) == "05/03/2026"
    assert moment(datetime(2026, 3, 4, 17, 30, tzinfo=UTC)) == "00:30 05/03/2026"


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234567, 0, "1.234.567"),
        (0.25, 1, "0,3"),
        (Decimal("2.5"), 0, "3"),
        (-1234.5, 1, "-1.234,5"),
        (0, 1, "0,0"),
    ],
)
def test_figures_are_written_and_rounded_as_on_paper(value: float | Decimal, places: int, written: str):
    assert number(value, places) == written


def test_a_share_is_a_percentage():
    assert percent(0.6666) == "66,7 %"


def test_nothing_is_a_dash():
    assert [write(None) for write in (day, moment, number, percent)] == ["–"] * 4


def test_lines_are_kept_and_escaped():
    assert lines("<a>\nb") == "&lt;a&gt;<br>b"


@pytest.mark.parametrize(
    ("asked", "changes", "address"),
    [
        ("/tasks?state=a&state=b&page=3", {"page": None}, "/tasks?state=a&state=b"),
        ("/tasks?state=a", {"state": ["b", "c"]}, "/tasks?state=b&state=c"),
        ("/tasks?q=", {}, "/tasks"),
        ("/tasks?_scheme=x&endpoint=y", {"sort": "due"}, "/tasks?_scheme=x&endpoint=y&sort=due"),
    ],
)
def test_an_address_is_changed_in_parts(asked: str, changes: dict[str, object], address: str):
    with Flask("any").request_context(EnvironBuilder(asked).get_environ()):
        assert here_with(**changes) == address


def test_another_address_carries_the_arguments_of_this_one():
    asked = "/units/7?unit_id=3&endpoint=y&state=a&state=b&page=2"
    with Flask("any").request_context(EnvironBuilder(asked).get_environ()):
        assert there_with("/units/8", page=None) == "/units/8?unit_id=3&endpoint=y&state=a&state=b"


def test_inside_a_sentence_a_period_has_no_capital():
    assert inside("Quý IV/2026") == "quý IV/2026"
    assert inside("6 tháng đầu năm 2026") == "6 tháng đầu năm 2026"
    assert inside("UBND xã") == "UBND xã"
