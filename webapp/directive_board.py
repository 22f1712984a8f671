"""How far a directive is: clauses across, lead units down, each cell the worst state of their tasks."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext

from webapp.badges import Tone
from webapp.boards import Board, Cell, Head, Line, State
from webapp.words import words
from workflows import tasks
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.tasks import Task, Timeliness, Today
from workflows.wording import N_

OUTSIDE = N_("Khác")
# From the worst to the best: a cell shows the first that one of its tasks is in.
SIGNS = {
    Timeliness.OVERDUE: ("Q", Tone.LATE),
    Timeliness.DUE_SOON: ("S", Tone.SOON),
    Timeliness.IN_TIME: ("T", Tone.WAITING),
    Timeliness.NO_DEADLINE: ("K", Tone.IDLE),
    Timeliness.DONE_LATE: ("M", Tone.SOON),
    Timeliness.DONE_IN_TIME: ("H", Tone.GOOD),
    Timeliness.STOPPED: ("D", Tone.IDLE),
}


def board_of(directive: Directive, assigned: Sequence[Task], today: Today) -> Board:
    """The board of the tasks a person may read."""
    clauses = list(dict.fromkeys(_clause(task) for task in assigned))
    units = list(dict.fromkeys(task.lead for task in assigned))
    return Board(
        caption=gettext("Tiến độ %(label)s theo đơn vị và khoản", label=directive.number or directive.type),
        corner=gettext("Đơn vị chủ trì"),
        heads=[Head(clause) for clause in clauses],
        lines=[
            Line(Head(unit.short_name), [_cell(assigned, unit, clause, today) for clause in clauses])
            for unit in units
        ],
    )


def _clause(task: Task) -> str:
    return task.clause.address if task.clause else gettext(OUTSIDE)


def _cell(assigned: Sequence[Task], unit: Unit, clause: str, today: Today) -> Cell:
    found = [task for task in assigned if task.lead is unit and _clause(task) == clause]
    if not found:
        return Cell()
    order = list(SIGNS)
    worst = min(found, key=lambda task: order.index(tasks.timeliness(task, today)))
    kind = tasks.timeliness(worst, today)
    letter, tone = SIGNS[kind]
    note = gettext("%(count)s nhiệm vụ", count=len(found)) if len(found) > 1 else worst.title[:120]
    return Cell(State(letter, words(kind), tone), url_for("tasks.show", task_id=worst.id), note)
