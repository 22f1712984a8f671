"""Nhiệm vụ: lists by lateness, one task with its history, everything that may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, select

from webapp import listing, navigation
from webapp.access import asked_id, fetch, guarded, may, may_anywhere, me
from webapp.badges import Badge, Tone
from webapp.filters import Arguments, Chip, Days, Filter, Flag, Options, Words
from webapp.forms.base import OfficeForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.pages.tasks_forms import forms_of, request_open
from webapp.runtime import calendar, now, session, today
from webapp.seen import last_act
from webapp.unit_filter import Units
from webapp.words import day, in_words, words
from workflows import directives, discussion, documents, plans, tasks
from workflows.calendar import days_left
from workflows.directives import Directive
from workflows.documents import OfficialDocument
from workflows.files import attached
from workflows.people import Person
from workflows.permissions import Permission
from workflows.reports import Report
from workflows.tasks import (
    BulkAct,
    Grade,
    ProgressNote,
    Task,
    TaskMove,
    TaskState,
    Timeliness,
)
from workflows.wording import N_

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")

TONES = {
    Timeliness.NO_DEADLINE: Tone.IDLE,
    Timeliness.IN_TIME: Tone.GOOD,
    Timeliness.DUE_SOON: Tone.SOON,
    Timeliness.OVERDUE: Tone.LATE,
    Timeliness.DONE_IN_TIME: Tone.GOOD,
    Timeliness.DONE_LATE: Tone.SOON,
    Timeliness.STOPPED: Tone.IDLE,
}
STATE_TONES = {
    TaskState.AWAITING_CONFIRMATION: Tone.WAITING,
    TaskState.DONE: Tone.GOOD,
    TaskState.REFUSED: Tone.LATE,
}
MAIN_MOVES = (TaskMove.RECEIVE, TaskMove.SUBMIT, TaskMove.CONFIRM)
MOST_LETTERS = 80
MOST_TURNS = 24


def the_day() -> tasks.Today:
    """Today, and how far "soon" reaches, found out once a request."""
    if "the_day" not in g:
        g.the_day = tasks.today_on(today(), calendar(), soon=tasks.soon_days(session()))
    return cast(tasks.Today, g.the_day)


def timeliness_badge(task: Task) -> Badge:
    """How the task stands against its deadline, in colour and word, or that the day is yet to be counted."""
    kind = tasks.timeliness(task, the_day())
    uncounted = kind is Timeliness.NO_DEADLINE and task.due is not None
    return Badge(gettext("chưa tính hạn") if uncounted else words(kind), TONES[kind])


def state_badge(task: Task) -> Badge:
    """How far the task has come, in colour and word."""
    return Badge(words(task.state), STATE_TONES.get(task.state, Tone.IDLE))


def time_left(task: Task) -> str:
    """The days left in words, or nothing when no deadline runs."""
    if task.deadline is None or task.reported_on is not None or task.state in tasks.STOPPED:
        return ""
    return in_words(days_left(task.deadline, now(), calendar()))


def deadline_badge(task: Task) -> list[Badge]:
    """The day it is due, at the top of its page, where a telephone shows it first."""
    if task.deadline is None or task.state in tasks.STOPPED:
        return []
    said = gettext("hạn %(day)s", day=day(task.deadline))
    return [Badge(", ".join(filter(None, (said, time_left(task)))), Tone.IDLE)]


def deadline_in_words(task: Task) -> date | str:
    """The day it is due, or the rule that makes the day."""
    if task.deadline is not None:
        return task.deadline
    return in_words(task.due.words) if task.due else ""


def address(task: Task) -> str:
    """The page of a task."""
    return url_for("tasks.show", task_id=task.id)


@dataclass(frozen=True)
class Alike:
    """The tasks that say the same as a known one: one sentence of a directive, given to many units."""

    key: str
    label: str
    kind: str = "hidden"

    def typed(self, arguments: Arguments) -> dict[str, list[str]]:
        """The arguments of the address that are this filter's own."""
        return {self.key: arguments.getlist(self.key)}

    def read(self, arguments: Arguments) -> Task | None:
        """The known task, as far as the person may read it."""
        wanted = arguments.get(self.key, "")
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
            return None
        visible = tasks.visible_to(me(), on=today())
        return session().scalar(select(Task).where(Task.id == int(wanted), visible))

    def condition(self, value: Task) -> ColumnElement[bool]:
        """Same words, same directive, same deadline."""
        return tasks.alike(value)

    def chips(self, value: Task) -> list[Chip]:
        """The words they share."""
        words_ = value.title if len(value.title) <= MOST_LETTERS else value.title[:MOST_LETTERS] + "…"
        return [Chip(f"{gettext(self.label)}: {words_}", {self.key: None})]


VIEWS = (
    View("all", N_("Tất cả")),
    View("mine", N_("Chờ tôi xử lý"), {"mine": "1", "sort": "deadline"}),
    View("overdue", N_("Quá hạn"), {"timeliness": ["overdue"], "sort": "deadline"}),
    View("soon", N_("Sắp đến hạn"), {"timeliness": ["due-soon"], "sort": "deadline"}),
    View("waiting", N_("Chờ xác nhận"), {"state": ["awaiting-confirmation"]}),
    View("new", N_("Chưa tiếp nhận"), {"state": ["assigned"]}),
    View("done", N_("Hoàn thành"), {"state": ["done"]}),
    View("told", N_("Để biết"), {"told": "1"}),
)


def task_list() -> Listing[Task]:
    """The list of tasks as declared for today."""
    return Listing(
        name="nhiem-vu",
        title=N_("Nhiệm vụ"),
        columns=_columns(),
        filters=_filters(),
        views=VIEWS,
        sort="-assigned",
    )


def _columns() -> tuple[Column[Task], ...]:
    return (
        Column("title", N_("Nhiệm vụ"), lambda task: task.label, sort=Task.title, address=address, width=60),
        Column("directive", N_("Văn bản"), _directive_number, unbroken=True, width=16),
        Column("lead", N_("Chủ trì"), lambda task: task.lead.short_name, sort=Task.lead_id, width=32),
        Column("deadline", N_("Thời hạn"), deadline_in_words, sort=Task.deadline),
        Column("left", N_("Còn lại"), time_left),
        Column("timeliness", N_("Tiến độ hạn"), timeliness_badge),
        Column("state", N_("Trạng thái"), state_badge, sort=Task.state),
        Column(
            "progress",
            N_("Tiến độ"),
            lambda task: task.progress,
            sort=Task.progress,
            numeric=True,
            shown=False,
        ),
        Column(
            "assigned", N_("Ngày giao"), lambda task: task.assigned_at, sort=Task.assigned_at, shown=False
        ),
        Column(
            "original",
            N_("Hạn ban đầu"),
            lambda task: task.original_deadline,
            sort=Task.original_deadline,
            shown=False,
        ),
        Column(
            "charge",
            N_("Lãnh đạo phụ trách"),
            lambda task: task.in_charge,
            sort=Task.in_charge,
            shown=False,
        ),
        Column(
            "product",
            N_("Sản phẩm"),
            lambda task: task.product_number or task.product,
            shown=False,
            width=40,
        ),
        Column("grade", N_("Đánh giá"), lambda task: task.grade, sort=Task.grade, shown=False),
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Options(
            "timeliness",
            N_("Tiến độ hạn"),
            lambda: [(kind.value, words(kind)) for kind in Timeliness],
            lambda kinds: tasks.timeliness_is(map(Timeliness, kinds), the_day()),
        ),
        Options.of("state", N_("Trạng thái"), TaskState, Task.state),
        Units("unit", N_("Đơn vị chủ trì"), Task.lead_id),
        Units("monitoring", N_("Cơ quan theo dõi"), Task.monitoring_id),
        Days("due", N_("Thời hạn"), Task.deadline),
        Days("done", N_("Ngày hoàn thành"), Task.done_on),
        Words("words", N_("Nội dung"), kept=Task.title_sought),
        Words("charge", N_("Lãnh đạo phụ trách"), (Task.in_charge,)),
        Options.of("grade", N_("Đánh giá"), Grade, Task.grade),
        Flag("mine", N_("Chờ tôi xử lý"), lambda: tasks.waiting_for(me(), on=today())),
        Flag("told", N_("Để biết"), lambda: tasks.told(me(), on=today())),
        Flag("mentioned", N_("Nhắc tới đơn vị tôi"), _mentioned),
        Alike("alike", N_("Cùng nội dung")),
    )


def _mentioned() -> ColumnElement[bool]:
    own = {post.unit_id for post in me().appointments_on(today())}
    return Task.id.in_(discussion.mentioning(Task.__tablename__, own))


def _directive_number(task: Task) -> str:
    return (task.directive.number or task.directive.type) if task.directive else ""


@navigation.waiting("tasks.index")
def waiting(person: Person, on: date) -> Select[int]:
    """How many tasks wait for this person: to be received, to be decided on."""
    return tasks.count_waiting_for(person, on=on)


@blueprint.get("/")
@guarded(Permission.TASK_VIEW)
def index() -> ResponseReturnValue:
    """All tasks the person may read."""
    acts = [act for act in BulkAct if may_anywhere(act.permission)]
    return listing.answer(
        task_list(), tasks.all_visible(me(), on=today()), "tasks/index.html", acts_together=acts
    )


@blueprint.get("/<int:task_id>")
@guarded(Permission.TASK_VIEW)
def show(task_id: int) -> ResponseReturnValue:
    """One task."""
    return page(fetch(Task, task_id, Permission.TASK_VIEW))


def page(task: Task, status: int = 200, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of a task; a form that was refused comes back filled."""
    parts = [part for part in task.children if may(Permission.TASK_VIEW, part)]
    moves = tasks.moves_open_to(me(), task, on=today())
    html = render_template(
        "tasks/show.html",
        task=task,
        deadline=deadline_in_words(task),
        moves=moves,
        main_moves=MAIN_MOVES,
        badges=[state_badge(task), timeliness_badge(task), *deadline_badge(task)],
        against_first=_against_first(task),
        left=time_left(task),
        request_open=request_open(task),
        history=lines_of(task, *task.extensions),
        files=attached(session(), ProgressNote, [note.id for note in task.notes]),
        parts=_badged(parts),
        turns=_badged(tasks.newest_turns(session(), task, limit=MOST_TURNS)),
        talk=discussion.newest(session(), task, before=asked_id(request.args, "before")),
        pieces=discussion.pieces,
        product=product_page(task),
        promised_in=_promised_in(task),
        seen=last_act(task),
        **forms_of(task, moves, forms),
    )
    return html, status


def _badged(found: Iterable[Task]) -> list[tuple[Task, Badge, Badge]]:
    return [(task, state_badge(task), timeliness_badge(task)) for task in found]


def _against_first(task: Task) -> str:
    """How an extended task stands against its first deadline, where that is another story."""
    if task.original_deadline == task.deadline:
        return ""
    first = tasks.timeliness(task, the_day(), deadline=task.original_deadline)
    return words(first) if first is not tasks.timeliness(task, the_day()) else ""


def _promised_in(task: Task) -> Report | None:
    """The plan of the unit whose milestone the task is; one that a sentence of a directive sets is none."""
    if task.quote or task.directive_id is None or (milestone := plans.milestone_of(session(), task)) is None:
        return None
    return milestone.report if may(Permission.REPORT_VIEW, milestone.report) else None


def product_page(task: Task) -> str:
    """The page of the paper whose number was given as the product, if the person may read it."""
    if not task.product_number:
        return ""
    own = select(OfficialDocument.id).where(
        OfficialDocument.symbol == task.product_number, documents.visible_to(me(), on=today())
    )
    if (id_ := session().scalar(own.limit(1))) is not None:
        return url_for("documents.show", document_id=id_)
    known = select(Directive.id).where(
        Directive.number == task.product_number, directives.visible_to(me(), on=today())
    )
    id_ = session().scalar(known.limit(1))
    return url_for("directives.show", directive_id=id_) if id_ is not None else ""
