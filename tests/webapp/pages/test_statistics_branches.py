"""The way down the tree: from the province to a branch, to its return, to a cell and who wrote it."""

import re

import pytest
from flask import Flask

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from tests.support.working_office import CLERK, COMMUNE_CLERK
from tests.webapp.pages.test_statistics import FIRST, SECOND, app, row_of  # noqa: F401

PROVINCE, UNIT, OTHER = 1, 5, 6
QUERIES = 22


def test_branches_stand_with_their_figures_and_how_completely_they_answered(app: Flask):  # noqa: F811
    page = sign_in(app, CLERK).get(f"/statistics/branches/{PROVINCE}?period={SECOND}").text
    row = row_of(page, "Đảng uỷ xã An Bình")
    assert row[:7] == ["Đảng uỷ xã An Bình", "1", "1", "0", "1", "0,0 %", "57,0 %"]
    assert "114" in row
    total = page[page.index("<tfoot>") :]
    assert re.findall(r'<td class="figure">([^<]+)</td>', total)[:4] == ["2", "2", "0", "2"]


def test_each_step_leads_on_to_the_cell_and_its_author(app: Flask):  # noqa: F811
    clerk = sign_in(app, CLERK)
    start = clerk.get(f"/statistics/?period={SECOND}").text
    down = re.search(r'href="(/statistics/branches/[^"]+)"', start)
    assert down is not None
    branches = clerk.get(down.group(1).replace("&amp;", "&")).text
    leaf = re.search(r'<a href="(/reports/[^"]+)">Đảng uỷ xã An Bình</a>', branches)
    assert leaf is not None
    report = clerk.get(leaf.group(1)).text
    cell = re.search(r'href="([^"]+/cells/closing)"', report)
    assert cell is not None
    assert "Ngô Văn Ích" in clerk.get(cell.group(1)).text


def test_a_year_adds_up_what_flowed_and_no_levels(app: Flask):  # noqa: F811
    page = sign_in(app, CLERK).get(f"/statistics/branches/{PROVINCE}?period=year-2024").text
    row = row_of(page, "Đảng uỷ xã An Bình")
    assert row[1] == "2"
    assert "20" in row
    assert "Cuối kỳ</th>" not in page


def test_a_units_own_return_is_told_apart_from_its_branches(app: Flask):  # noqa: F811
    page = sign_in(app, COMMUNE_CLERK).get(f"/statistics/branches/{UNIT}?period={FIRST}").text
    assert row_of(page, "Riêng")[0] == "Riêng Đảng uỷ xã An Bình"
    assert "107" in row_of(page, "Riêng")


def test_a_branch_of_somebody_else_is_not_there(app: Flask):  # noqa: F811
    client = sign_in(app, COMMUNE_CLERK)
    for unit_id in (OTHER, PROVINCE, 999):
        assert client.get(f"/statistics/branches/{unit_id}").status_code == 404


@pytest.mark.parametrize("arguments", ["regime=x", "period=year-1900", "organisation=nobody", "period=%2527"])
def test_any_address_gives_a_page(app: Flask, arguments: str):  # noqa: F811
    assert sign_in(app, CLERK).get(f"/statistics/branches/{PROVINCE}?{arguments}").status_code == 200


def test_the_table_can_be_taken_away(app: Flask):  # noqa: F811
    answer = sign_in(app, CLERK).get(f"/statistics/branches/{PROVINCE}?format=xlsx", buffered=True)
    assert answer.data.startswith(b"PK")


def test_the_budget_holds(app: Flask):  # noqa: F811
    client = sign_in(app, CLERK)
    for arguments in ("", "?period=year-2024"):
        with counted_queries(app) as statements:
            assert client.get(f"/statistics/branches/{PROVINCE}{arguments}").status_code == 200
        assert len(statements) <= QUERIES
