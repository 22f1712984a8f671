"""The pages of one body over all periods, and of one figure from two sources."""

import re

import pytest
from flask import Flask

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK
from tests.webapp.pages.test_statistics import FIRST, SECOND, app  # noqa: F401

UNIT, OTHER = 5, 6


def test_a_unit_is_read_over_all_periods(app: Flask):  # noqa: F811
    shown = sign_in(app, CLERK).get(f"/statistics/units/{UNIT}").text
    assert shown.index(f"period={FIRST}") < shown.index(f"period={SECOND}")
    assert "114" in shown


def test_a_unit_of_somebody_elses_branch_is_not_there(app: Flask):  # noqa: F811
    client = sign_in(app, COMMUNE_CLERK)
    assert client.get(f"/statistics/units/{UNIT}").status_code == 200
    assert client.get(f"/statistics/units/{OTHER}").status_code == 404
    assert client.get("/statistics/units/999").status_code == 404


def test_two_periods_are_compared_unit_by_unit(app: Flask):  # noqa: F811
    regime = 1
    address = f"/statistics/comparing?left={regime}:{FIRST}&right={regime}:{SECOND}&cell=closing"
    shown = sign_in(app, CLERK).get(address).text
    assert "2 đơn vị có chênh lệch." in shown
    assert "+7" in shown


def test_unasked_the_last_two_closed_periods_are_compared(app: Flask):  # noqa: F811
    shown = sign_in(app, CLERK).get("/statistics/comparing").text
    chosen = re.findall(r'<option value="([^"]+)" selected>', shown)
    assert chosen[:2] == [f"1:{FIRST}", f"1:{SECOND}"]


def test_a_return_stands_beside_the_register(app: Flask):  # noqa: F811
    address = f"/statistics/comparing?left=1:{SECOND}&right=1:{SECOND}:register"
    answer = sign_in(app, CLERK).get(address)
    assert answer.status_code == 200
    assert "Sổ đoàn viên, hội viên, cuối" in answer.text


@pytest.mark.parametrize("address", ["?left=x&right=9:9", "?cell=nothing", "?organisation=9"])
def test_any_address_gives_a_page(app: Flask, address: str):  # noqa: F811
    assert sign_in(app, CLERK).get(f"/statistics/comparing{address}").status_code == 200


@pytest.mark.parametrize("address", [f"/statistics/units/{UNIT}", "/statistics/comparing"])
def test_both_can_be_taken_away_as_sheets(app: Flask, address: str):  # noqa: F811
    answer = sign_in(app, CLERK).get(f"{address}?format=xlsx", buffered=True)
    assert answer.data.startswith(b"PK")


def test_the_pages_keep_to_their_budgets(app: Flask):  # noqa: F811
    client = sign_in(app, CLERK)
    for address, budget in ((f"/statistics/units/{UNIT}", 18), ("/statistics/comparing", 18)):
        client.get(address)
        with counted_queries(app) as statements:
            client.get(address)
        assert len(statements) <= budget, (address, len(statements))
