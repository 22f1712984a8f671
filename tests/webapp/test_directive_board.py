"""The board of a directive: clauses in the order of the text, several tasks of a cell lead to their list."""

from datetime import date

import pytest
from flask import Flask

from webapp import directive_board
from webapp.boards import Board
from workflows.directives import Clause, Directive
from workflows.organisations import Unit
from workflows.tasks import Task, TaskState, Today

DAY = Today(date(2026, 11, 16), date(2026, 11, 20))
UNIT = Unit(id=7, short_name="Sở Tài chính")
DIRECTIVE = Directive(id=4, number="06-CT/TU", type="CT")


def task(id_: int, address: str | None, position: int = 0) -> Task:
    clause = Clause(address=address, position=position) if address else None
    return Task(
        id=id_,
        title="Tổng hợp",
        lead=UNIT,
        lead_id=7,
        directive_id=4,
        clause=clause,
        state=TaskState.ASSIGNED,
    )


@pytest.fixture
def board(app: Flask) -> Board:
    given = [task(1, None), task(2, "6", 9), task(3, "2", 3), task(4, "6", 9)]
    with app.test_request_context():
        return directive_board.board_of(DIRECTIVE, given, DAY)


def test_heads_stand_in_the_order_of_the_text_and_the_rest_last(board: Board):
    assert [head.label for head in board.heads] == ["2", "6", "Khác"]


def test_one_task_is_opened_several_lead_to_their_list(board: Board):
    two, six, other = board.lines[0].cells
    assert (two.address, other.address) == ("/tasks/3", "/tasks/1")
    assert six.address == "/directives/4/tasks?unit=7&clause=6"
    assert six.note == "2 nhiệm vụ"
