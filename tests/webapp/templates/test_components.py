"""Components drawn: states with their words, boards, records, charts, acts that ask first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from flask import Flask

from webapp.badges import Tone
from webapp.boards import Board, Cell, Head, Line, State
from webapp.listing import Column

DONE = State("Đ", "Đúng hạn", Tone.GOOD)
LATE = State("Q", "Quá hạn", Tone.LATE)
BOARD = Board(
    "Báo cáo theo kỳ",
    "Đơn vị",
    [Head("Quý I", under="2026"), Head("Quý II", "/periods/2026-Q2")],
    [
        Line(Head("Xã An Bình", "/units/1"), [Cell(DONE, "/reports/1"), Cell(LATE, note="3 ngày")]),
        Line(Head("Xã Ba Đồn"), [Cell(LATE), Cell()]),
    ],
)


@dataclass
class Act:
    """A line of history."""

    at: datetime = datetime(2026, 12, 15, 7, 3, tzinfo=UTC)
    who: str = "Ban Tuyên giáo và Dân vận"
    did: str = "trả lại"
    note: str = "thiếu số liệu quý III"
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture
def draw(app: Flask) -> Callable[..., str]:
    """Draws a template text that has imported one file of components as `c`."""

    def drawn(file: str, text: str, **context: object) -> str:
        source = f'{{% import "components/{file}.html" as c with context %}}{text}'
        with app.test_request_context():
            template = app.jinja_env.from_string(source)
            app.update_template_context(context)
            return " ".join(template.render(context).split())

    return drawn


def test_a_state_is_colour_and_word(draw: Callable[..., str]):
    assert (
        draw("badges", '{{ c.badge("Quá hạn", "late") }}') == '<span class="state state-late">Quá hạn</span>'
    )


def test_no_badge_is_nothing(draw: Callable[..., str]):
    assert draw("badges", "{{ c.of(none) }}") == ""


def test_figures_keep_the_decimals_of_their_column(draw: Callable[..., str]):
    column: Column[float] = Column("rate", "Tỷ lệ", lambda rate: rate, places=1, address=lambda _: "/r")
    assert draw("lists", "{{ c.cell(72.25, column) }}", column=column) == '<a href="/r">72,3</a>'


def test_a_cell_of_a_board_has_its_word_beside_letter_and_colour(draw: Callable[..., str]):
    page = draw("board", "{{ c.board(board) }}", board=BOARD)
    assert '<td class="cell cell-late" title="Quá hạn, 3 ngày">' in page
    assert '<span class="visually-hidden">Quá hạn, 3 ngày</span>' in page
    assert '<a href="/reports/1"><span aria-hidden="true">Đ</span>' in page


def test_heads_of_a_board_say_what_they_head(draw: Callable[..., str]):
    page = draw("board", "{{ c.board(board) }}", board=BOARD)
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 2


def test_the_legend_counts_every_state_that_occurs_the_most_urgent_first(draw: Callable[..., str]):
    assert BOARD.legend == [(LATE, 2), (DONE, 1)]
    assert 'Quá hạn <span class="none">(2)</span>' in draw("board", "{{ c.legend(board) }}", board=BOARD)


def test_history_is_prose(draw: Callable[..., str]):
    page = draw("record", "{{ c.history([act]) }}", act=Act())
    assert (
        "14:03 15/12/2026</time>, <b>Ban Tuyên giáo và Dân vận</b>: trả lại — thiếu số liệu quý III" in page
    )


def test_history_shows_what_changed(draw: Callable[..., str]):
    page = draw("record", "{{ c.history([act]) }}", act=Act(changes=[("Hạn", "15/12/2026", "20/12/2026")]))
    assert "<li>Hạn: <del>15/12/2026</del> → <ins>20/12/2026</ins></li>" in page


def test_a_missing_fact_is_a_dash(draw: Callable[..., str]):
    assert '<dt>Hạn</dt><dd><span class="none">–</span></dd>' in draw("record", '{{ c.fact("Hạn", none) }}')


def test_an_act_that_asks_works_without_scripts(draw: Callable[..., str]):
    text = '{{ c.confirm("Trả lại", "/r/1/return", "Sẽ sửa.", reason="required", fields={"version": 3}) }}'
    page = draw("dialogs", text)
    assert '<summary class="btn btn-plain">Trả lại</summary>' in page
    assert '<form class="dialog-body" method="post" action="/r/1/return">' in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert 'name="csrf_token"' in page
    assert " required></textarea>" in page


def test_bars_are_labelled_and_measured_against_the_target(draw: Callable[..., str]):
    text = '{{ c.bars("Tỷ lệ", [("Đoàn", 75.0, "/d"), ("Hội", 50)], "%", 1, 60, "Chỉ thị 12-CT/TU") }}'
    page = draw("charts", text)
    assert '<rect class="bar" y="4" width="73.5%" height="18"/>' in page
    assert '<rect class="bar bar-short" y="4" width="49.0%" height="18"/>' in page
    assert '<span class="bar-value">75,0 %</span>' in page
    assert "Chỉ tiêu 60,0 % (Chỉ thị 12-CT/TU)" in page
    assert '<th scope="row">Hội</th><td class="figure">50,0</td>' in page


def test_a_bar_says_where_there_is_nothing_and_notes_stand_in_the_figures_too(draw: Callable[..., str]):
    text = '{{ c.bars("Tỷ lệ", [("06", 50, "/d", "1/2"), ("07", none, none, "")], "%", notes="Đúng hạn") }}'
    page = draw("charts", text)
    assert '50 % <span class="hint">(1/2)</span>' in page
    assert '<span class="bar-value"><span class="none">không có</span></span>' in page
    assert '<th scope="row">06</th><td class="figure">50</td><td class="figure">1/2</td>' in page


def test_bars_of_nothing_do_not_fail(draw: Callable[..., str]):
    assert 'width="0.0%"' in draw("charts", '{{ c.bars("Tỷ lệ", [("Đoàn", 0)]) }}')
