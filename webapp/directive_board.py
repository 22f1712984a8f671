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
        head = heading(task.clause.address) if task.clause else gettext(OUTSIDE)
        groups.setdefault(task.lead, {}).setdefault(head, []).append(task)
    heads = list(dict.fromkeys(head for by_head in groups.values() for head in by_head))
    return Board(
        caption=gettext("Tiến độ %(label)s theo đơn vị và khoản", label=directive.number or directive.type),
        corner=gettext("Đơn vị chủ trì"),
        heads=[Head(clause_in_words(head)) for head in heads],
        lines=[
            Line(Head(unit.short_name), [_cell(by_head.get(head, []), today) for head in heads])
            for unit, by_head in groups.items()
        ],
    )


def _heading(addresses: Sequence[str]) -> Callable[[str], str]:
    """How far the addresses of clauses are cut so that the board keeps a width one can read."""
    cuts = (str, lambda address: address.split("/")[0], lambda address: address.split("/")[0].split(".")[0])
    return next((cut for cut in cuts if len({cut(one) for one in addresses}) <= MOST_HEADS), cuts[-1])


def _cell(found: Sequence[Task], today: Today) -> Cell:
    if not found:
        return Cell()
    worst = min(found, key=lambda task: ORDER.index(tasks.timeliness(task, today)))
    kind = tasks.timeliness(worst, today)
    letter, tone = SIGNS[kind]
    note = gettext("%(count)s nhiệm vụ", count=len(found)) if len(found) > 1 else worst.title[:120]
    return Cell(State(letter, words(kind), tone), url_for("tasks.show", task_id=worst.id), note)
