"""Lists are paged, sorted and filtered by their address, whatever stands in it."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from tests.support.queries import counted_queries
from tests.support.small_office import sign_in
from webapp.access import guarded
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options, Words
from webapp.listing import Asked, Column, Listing, Page, View, answer, read_page
from webapp.runtime import session
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit, UnitKind
from workflows.permissions import Permission

UNITS: Listing[Unit] = Listing(
    name="don-vi",
    title="Đơn vị",
    columns=(
        Column(
            "name",
            "Tên",
            lambda u: u.name,
            sort=in_vietnamese_order(Unit.name),
            address=lambda u: f"/u/{u.id}",
        ),
        Column("kind", "Loại", lambda u: u.kind, sort=Unit.kind),
        Column("number", "Số thứ tự, %", lambda u: u.id, sort=Unit.id, numeric=True),
        Column("founded", "Thành lập", lambda u: u.founded_on, sort=Unit.founded_on),
        Column("dissolved", "Giải thể", lambda u: u.dissolved_on, sort=Unit.dissolved_on),
        Column("state", "Tình trạng", lambda u: Badge("Đang hoạt động", Tone.GOOD)),
        Column("code", "Mã", lambda u: u.code, sort=Unit.code, shown=False),
    ),
    filters=(
        Words("q", "Tên có chữ", (Unit.name, Unit.code)),
        Options.of("kind", "Loại", UnitKind, Unit.kind),
        Days("founded", "Thành lập", Unit.founded_on),
        Flag("even", "Số chẵn", lambda: Unit.id % 2 == 0),
    ),
    views=(View("all", "Tất cả"), View("front", "Mặt trận", {"kind": ["front"]})),
    sort="name",
    size=25,
)
TEMPLATE = """
{% import "components/lists.html" as lists with context %}
{% extends "base.html" %}{% block content %}{{ lists.whole(page) }}{% endblock %}
"""
KEYS = (
    "sort",
    "page",
    "size",
    "columns",
    "view",
    "format",
    "q",
    "kind",
    "founded_from",
    "founded_to",
    "even",
)
ODD = st.sampled_from(
    [
        *("", "-", "--name", "name", "-name", "name,,code", "name,name", "front", "xlsx", "a" * 5000),
        *("0", "-1", "1", "9" * 20, "²", "٣", "31/02/2026", "2026-13-01", "01/01/0001", "31/12/9999"),
        *("\0", "%", "_", "'", "\ud7ff"),
    ]
)


@pytest.fixture(scope="module")
def app(app: Flask) -> Flask:
    """The office with a page that lists its units."""
    pages = Blueprint("listed_units", __name__)

    @pages.get("/units")
    @guarded(Permission.OWN_ACCOUNT)
    def index():
        return answer(UNITS, select(Unit), app.jinja_env.from_string(TEMPLATE))

    app.register_blueprint(pages)
    return app


def listed(app: Flask, statement: Select | None = None, **arguments: str | list[str]) -> Page[Unit]:
    """The page of the list that an address with these arguments gives."""
    with app.test_request_context():
        wanted = select(Unit) if statement is None else statement
        return read_page(session(), UNITS, wanted, MultiDict(arguments))


@pytest.mark.parametrize(
    "arguments", [{}, {"kind": "front"}, {"page": "3"}, {"q": "đông", "sort": "-founded"}]
)
def test_a_page_costs_two_queries(app: Flask, arguments: dict[str, str]):
    with app.test_request_context():
        session().connection()
        with counted_queries(app) as statements:
            read_page(session(), UNITS, select(Unit), MultiDict(arguments))
    assert len(statements) == 2


def test_a_page_knows_the_exact_total_and_where_it_stands(app: Flask):
    page = listed(app, page="3")
    assert (page.total, page.pages, page.first, page.last) == (61, 3, 51, 61)


def test_a_page_past_the_end_is_the_last_page(app: Flask):
    assert listed(app, page="400").number == 3


def test_a_filtered_page_past_the_end_is_the_last_page_and_knows_the_total(app: Flask):
    page = listed(app, kind="front", page="9")
    assert (page.total, page.number, page.first, page.last) == (30, 2, 26, 30)


@pytest.mark.parametrize("number", ["1", "7"])
def test_an_empty_list_has_one_page_without_rows(app: Flask, number: str):
    page = listed(app, q="không có đâu", page=number)
    assert (page.rows, page.total, page.pages, page.first, page.last) == ([], 0, 1, 0, 0)


def test_names_stand_in_vietnamese_order(app: Flask):
    names = [unit.name.removeprefix("Đảng uỷ xã ")[:2] for unit in listed(app, size="100").rows[:-1]]
    assert list(dict.fromkeys(names)) == ["An", "Ba", "Đô", "Ea", "Ho", "Íc", "Ô ", "Ơ "]


def test_a_minus_sorts_downwards(app: Flask):
    assert [unit.id for unit in listed(app, sort="-number").rows[:3]] == [61, 60, 59]


def test_equal_rows_keep_one_order_over_all_pages(app: Flask):
    seen = [unit.id for page in "123" for unit in listed(app, sort="kind", page=page).rows]
    assert sorted(seen) == list(range(1, 62))


def test_rows_without_a_value_come_last_both_ways(app: Flask):
    dissolved = select(Unit).where(Unit.id < 4)
    with app.test_request_context():
        session().get_one(Unit, 3).dissolved_on = session().get_one(Unit, 3).founded_on
        for sort in ("dissolved", "-dissolved"):
            assert read_page(session(), UNITS, dissolved, MultiDict({"sort": sort})).rows[0].id == 3
        session().rollback()


@pytest.mark.parametrize("sort", ["above", "-above"])
def test_rows_joined_to_nothing_come_last_both_ways(app: Flask, sort: str):
    above = aliased(Unit)
    joined = select(Unit).outerjoin(above, Unit.parent_id == above.id).where(Unit.id < 9)
    column = Column("above", "Cấp trên", lambda unit: unit.parent_id, sort=above.code)
    with app.test_request_context():
        page = read_page(session(), replace(UNITS, columns=(column,)), joined, MultiDict({"sort": sort}))
    assert [unit.id for unit in page.rows].index(1) == 7


def test_pages_end_where_counting_ends(app: Flask):
    with app.test_request_context():
        page = read_page(session(), replace(UNITS, counted_to=25), select(Unit), MultiDict({"page": "3"}))
    assert (page.number, page.pages, page.total, page.last, page.is_longer) == (1, 1, 25, 25, True)


def test_filters_narrow_rows_and_total_alike(app: Flask):
    page = listed(app, kind="front", even="1", q="xã ĐÔNG")
    assert page.total == len(page.rows) > 0
    assert all(unit.kind is UnitKind.FRONT and "Đông" in unit.name for unit in page.rows)


def test_words_are_found_however_their_marks_were_typed(app: Flask):
    assert (
        listed(app, q=unicodedata.normalize("NFD", "đông hoà")).total == listed(app, q="đông hoà").total > 0
    )


def test_words_are_found_without_accents_and_with_the_tone_elsewhere(app: Flask):
    assert listed(app, q="dong hoa").total == listed(app, q="đông hòa").total > 0


def test_the_conditions_in_force_are_said_and_can_be_taken_off(app: Flask):
    with app.test_request_context():
        asked = UNITS.asked(MultiDict([("kind", "front"), ("kind", "branch"), ("founded_from", "1/2/2003")]))
        assert [(chip.words, chip.without) for chip in asked.chips] == [
            ("Loại: Mặt trận Tổ quốc", {"kind": ["branch"]}),
            ("Loại: chi bộ, chi đoàn, chi hội", {"kind": ["front"]}),
            ("Thành lập ≥ 01/02/2003", {"founded_from": None}),
        ]


def test_what_makes_no_sense_is_left_out_and_said(app: Flask):
    page = listed(app, kind="không có", founded_to="31/02/2026")
    assert page.total == 61
    assert ["31/02/2026" in problem or "không có" in problem for problem in page.asked.problems] == [
        True,
        True,
    ]


def test_columns_are_chosen_and_ordered_by_the_address(app: Flask):
    columns = listed(app, columns="code,nothing,name,code").asked.columns
    assert [column.key for column in columns] == ["code", "name"]


def test_a_column_can_be_moved_to_an_earlier_place(app: Flask):
    page = listed(app, columns="code,kind,name")
    assert page.earlier(page.asked.columns[2]) == "code,name,kind"
    assert page.earlier(page.asked.columns[0]) == "code,kind,name"


def test_totals_agree_with_the_filter_and_not_with_the_page(app: Flask):
    summed = replace(UNITS, columns=(Column("sum", "Tổng", lambda u: u.id, total=func.sum(Unit.id)),))
    with app.test_request_context():
        page = read_page(session(), summed, select(Unit), MultiDict({"kind": "front", "size": "25"}))
    assert page.totals == {"sum": sum(range(2, 61, 2))}


def test_the_pages_near_this_one_are_linked_with_gaps(app: Flask):
    with app.test_request_context():
        asked: Asked[Unit] = UNITS.asked(MultiDict())
    assert Page(asked, [], 25 * 12, 6).near == [1, None, 4, 5, 6, 7, 8, None, 12]
    assert Page(asked, [], 25 * 3, 1).near == [1, 2, 3]


def test_a_bulk_act_is_for_the_ticked_rows_that_the_list_shows(app: Flask):
    with app.test_request_context():
        asked = UNITS.asked(MultiDict({"kind": "front"}))
        form = MultiDict([("ids", "2"), ("ids", "3"), ("ids", "x"), ("ids", "9" * 30)])
        assert [unit.id for unit in session().scalars(asked.chosen(select(Unit), form))] == [2]


def test_a_bulk_act_can_be_for_all_filtered_rows(app: Flask):
    with app.test_request_context():
        asked = UNITS.asked(MultiDict({"kind": "front", "page": "2"}))
        chosen = session().scalars(asked.chosen(select(Unit), MultiDict({"all": "1"}))).all()
    assert len(chosen) == 30


def test_rows_of_several_values_are_given_whole(app: Flask):
    page = listed(app, select(Unit, Unit.id * 2), sort="number")
    assert page.rows[0] == (page.rows[0][0], 2)


def test_the_sheet_holds_all_filtered_rows_with_types(client: FlaskClient):
    answer = client.get(
        "/units?kind=front&sort=-number&columns=code,number,founded,kind,state&format=xlsx", buffered=True
    )
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=don-vi-20")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["Mã", "Số thứ tự, %", "Thành lập", "Loại", "Tình trạng"]
    assert len(sheet) == 1 + 30
    assert sheet[1][:2] == ["DU-60", 60.0]
    assert sheet[1][2].isoformat() == "2000-01-01"
    assert sheet[1][3:] == ["Mặt trận Tổ quốc", "Đang hoạt động"]


def test_a_link_keeps_the_rest_of_the_address(client: FlaskClient):
    page = client.get("/units?kind=front&sort=number&size=25&endpoint=x&_scheme=y&_external=1").text
    assert (
        "/units?kind=front&amp;sort=-number&amp;size=25&amp;endpoint=x&amp;_scheme=y&amp;_external=1" in page
    )


def test_an_empty_list_says_why(client: FlaskClient):
    assert "Không có dòng nào khớp điều kiện" in client.get("/units?q=%C4%91%C3%A2u+c%C3%B3").text


@given(st.lists(st.tuples(st.sampled_from(KEYS), ODD | st.text(max_size=12)), max_size=6))
def test_no_address_makes_a_list_fail(app: Flask, arguments: list[tuple[str, str]]):
    answer = sign_in(app).get("/units", query_string=MultiDict(arguments), buffered=True)
    # No text of the office holds a zero byte: such an address is refused at the door.
    holds_zero = any("\0" in part for pair in arguments for part in pair)
    assert answer.status_code == (400 if holds_zero else 200)
