"""How far a directive is: clauses across, lead units down, each cell the worst state of their tasks."""

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext

from webapp.badges import Tone
from webapp.boards import Board, Cell, Head, Line, State
from webapp.clauses import clause_in_words
from webapp.words import words
from workflows import tasks
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.tasks import Task, Timeliness, Today
from workflows.wording import N_

OUTSIDE = N_("Khác")
NO_CLAUSE = "none"  # stands for a clause where tasks without one are asked for
MOST_HEADS = 16
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
ORDER = list(SIGNS)


def board_of(directive: Directive, assigned: Sequence[Task], today: Today) -> Board:
    """The board of the tasks a person may read; many clauses are summed up by the parts they stand in."""
    heading = _heading([task.clause.address for task in assigned if task.clause])
    groups: dict[Unit, dict[str, list[Task]]] = {}
    for task in assigned:
        groups.setdefault(task.lead, {}).setdefault(heading(task), []).append(task)
    heads = _in_order(assigned, heading)
    return Board(
        caption=gettext("Tiến độ %(label)s theo đơn vị và khoản", label=directive.number or directive.type),
        corner=gettext("Đơn vị chủ trì"),
        heads=[Head(clause_in_words(head)) for head in heads],
        lines=[
            Line(Head(unit.short_name), [_cell(by_head.get(head, []), today) for head in heads])
            for unit, by_head in groups.items()
        ],
    )


def _heading(addresses: Sequence[str]) -> Callable[[Task], str]:
    """The head a task stands under: its clause, cut so that the board keeps a width one can read."""
    cuts = (str, lambda address: address.split("/")[0], lambda address: address.split("/")[0].split(".")[0])
    chosen = next((cut for cut in cuts if len({cut(one) for one in addresses}) <= MOST_HEADS), cuts[-1])
    return lambda task: chosen(task.clause.address) if task.clause else gettext(OUTSIDE)


def _in_order(assigned: Sequence[Task], heading: Callable[[Task], str]) -> list[str]:
    """The heads in the order of the text; what comes from no clause stands last."""
    by_place = sorted(
        assigned, key=lambda task: (not task.clause, task.clause.position if task.clause else 0)
    )
    return list(dict.fromkeys(map(heading, by_place)))


def _cell(found: Sequence[Task], today: Today) -> Cell:
    if not found:
        return Cell()
    worst = min(found, key=lambda task: ORDER.index(tasks.timeliness(task, today)))
    kind = tasks.timeliness(worst, today)
    letter, tone = SIGNS[kind]
    state = State(letter, words(kind), tone)
    if len(found) == 1:
        return Cell(state, url_for("tasks.show", task_id=worst.id), worst.title[:120])
    return Cell(state, _list_of(found), gettext("%(count)s nhiệm vụ", count=len(found)))


def _list_of(found: Sequence[Task]) -> str:
    """The list of tasks of one unit: those of the clauses the found ones come from, or of none."""
    first = found[0]
    clauses = dict.fromkeys(task.clause.address if task.clause else NO_CLAUSE for task in found)
    return url_for(
        "directives.show", directive_id=first.directive_id, tab="tasks", unit=first.lead_id, clause=[*clauses]
    )
