"""Đôn đốc: a unit is urged by hand, about one thing or all the filtered ones, looked at before it leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.access import fetch, guarded, may, may_anywhere, me
from webapp.errors import said
from webapp.filters import Arguments
from webapp.forms.base import refusal_of
from webapp.forms.notices import UrgeForm
from webapp.pages.notices import blueprint as notices
from webapp.pages.reports import OPEN, report_list
from webapp.pages.tasks import task_list
from webapp.runtime import now, session, today
from webapp.things import ADDRESSES
from webapp.words import in_words, there_with
from workflows import regimes, reminders, reports, tasks
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reminders import Staff
from workflows.tasks import Task

MOST_SHOWN = 60


@dataclass(frozen=True)
class Kind:
    """What can be urged: its table, the permission and the verb, the list it is chosen from."""

    model: type[Any]
    permission: Permission
    urge: Callable[..., None]
    chosen: Callable[[], Sequence[Any]]
    again: Callable[[list[int]], Sequence[Any]]
    back: str
    line: Callable[[Any], tuple[str, str]]


def _chosen_tasks() -> Sequence[Task]:
    visible = _with_parties(tasks.all_visible(me(), on=today()))
    return session().scalars(task_list().asked(request.args).chosen(visible, request.form)).unique().all()


def _tasks_again(ids: list[int]) -> Sequence[Task]:
    wanted = select(Task).where(Task.id.in_(ids), tasks.visible_to(me(), on=today())).order_by(Task.id)
    return session().scalars(_with_parties(wanted)).unique().all()


def _with_parties(statement: Select[Task]) -> Select[Task]:
    return statement.options(
        joinedload(Task.office),
        joinedload(Task.lead),
        joinedload(Task.monitoring),
        selectinload(Task.coordinators),
    )


def _chosen_obligations() -> Sequence[Obligation]:
    wanted = report_list().asked(request.args).chosen(reports.owed(me(), on=today()), request.form)
    return [owed for owed, _, standing in session().execute(wanted) if standing in OPEN]


def _obligations_again(ids: list[int]) -> Sequence[Obligation]:
    wanted = regimes.obligations(me(), on=today()).where(Obligation.id.in_(ids)).order_by(Obligation.id)
    return session().scalars(wanted).all()


KINDS = {
    "task": Kind(
        Task,
        Permission.TASK_DECIDE,
        reminders.urge_task,
        _chosen_tasks,
        _tasks_again,
        "tasks.index",
        lambda task: (task.title, task.lead.short_name),
    ),
    "obligation": Kind(
        Obligation,
        Permission.REPORT_REVIEW,
        reminders.urge_obligation,
        _chosen_obligations,
        _obligations_again,
        "reports.index",
        lambda owed: (f"{owed.regime.name} – {in_words(owed.span.label)}", owed.unit.short_name),
    ),
}


@notices.post("/urge/<any(task, obligation):kind>/<int:subject_id>")
@guarded(Permission.OWN_ACCOUNT)
def urge(kind: str, subject_id: int) -> ResponseReturnValue:
    """Urge about one thing."""
    subject = fetch(KINDS[kind].model, subject_id, KINDS[kind].permission)
    form = UrgeForm()
    refusal = refusal_of(
        lambda: KINDS[kind].urge(session(), subject, words=form.reason.data or "", by=me(), at=now())
    )
    if refusal is None:
        flash(gettext("Đã đôn đốc. Đơn vị thấy ngay trong Thông báo; thư đi trong giờ làm việc."), "success")
    else:
        flash(said(refusal), "danger")
    return redirect(ADDRESSES[kind](subject) + "#reminders")


@notices.post("/urge/<any(task, obligation):kind>")
@guarded(Permission.OWN_ACCOUNT)
def preview_urging(kind: str) -> ResponseReturnValue:
    """Whom an urging would reach about the things chosen on a list; nothing leaves yet."""
    _insist_on(kind)
    chosen = KINDS[kind].chosen()
    if not chosen:
        flash(gettext("Chưa chọn dòng nào. Đánh dấu các dòng cần đôn đốc rồi thực hiện lại."), "warning")
        return redirect(there_with(url_for(KINDS[kind].back)))
    return _page(kind, chosen, UrgeForm(formdata=None))


def look_at(kind: str, ids: list[int]) -> ResponseReturnValue:
    """Whom an urging about these things would reach, as far as the signed-in person may read them."""
    _insist_on(kind)
    return _page(kind, KINDS[kind].again(ids), UrgeForm(formdata=None))


@notices.post("/urge/<any(task, obligation):kind>/together")
@guarded(Permission.OWN_ACCOUNT)
def urge_together(kind: str) -> ResponseReturnValue:
    """Urge about everything that was looked at, as far as that is still open."""
    _insist_on(kind)
    subjects, form = KINDS[kind].again(_ids(request.form)), UrgeForm()
    if not form.validate_on_submit():
        return _page(kind, subjects, form)
    staff = reminders.staff_on(session(), today())
    urged = sum(_urged(KINDS[kind], subject, form.reason.data or "", staff) for subject in subjects)
    flash(
        gettext(
            "Đã đôn đốc %(count)s nội dung; %(left)s nội dung để nguyên.",
            count=urged,
            left=len(subjects) - urged,
        ),
        "success",
    )
    return redirect(_filtered(url_for(KINDS[kind].back)))


def _filtered(address: str) -> str:
    """An address with the filter of the list one came from; a search has an address of another kind."""
    return there_with(address) if request.blueprint == notices.name else address


def _urged(kind: Kind, subject: Any, words: str, staff: Staff) -> bool:
    """Whether one of many could be urged; the others go on without it."""
    if not may(kind.permission, subject):
        return False
    act = lambda: kind.urge(session(), subject, words=words, by=me(), at=now(), staff=staff)  # noqa: E731
    return refusal_of(act) is None


def _insist_on(kind: str) -> None:
    if not may_anywhere(KINDS[kind].permission):
        abort(404)


def _ids(form: Arguments) -> list[int]:
    return [
        int(id_)
        for id_ in form.get("ids", "").split(",")
        if id_.isascii() and id_.isdigit() and len(id_) < 10
    ]


def _page(kind: str, subjects: Sequence[Any], form: UrgeForm) -> ResponseReturnValue:
    entry = KINDS[kind]
    counted = reminders.urgings_on(
        session(), kind, [subject.id for subject in subjects], reminders.urging_key(today())
    )
    most = reminders.hours_in_force(session()).urgings_a_day
    fitting = [
        subject
        for subject in subjects
        if reminders.can_be_urged(subject)
        and counted.get(subject.id, 0) < most
        and may(entry.permission, subject)
    ]
    html = render_template(
        "notices/urging.html",
        form=form,
        kind=kind,
        lines=[(*entry.line(subject), ADDRESSES[kind](subject)) for subject in fitting[:MOST_SHOWN]],
        count=len(fitting),
        left_out=len(subjects) - len(fitting),
        ids=",".join(str(subject.id) for subject in fitting),
        action=_filtered(url_for("notices.urge_together", kind=kind)),
        back=_filtered(url_for(entry.back)),
    )
    return html, 422 if form.errors else 200


def urging_of(kind: str, subject: Any) -> bool:
    """May the signed-in person urge about this thing now? Draws the button."""
    if not may(KINDS[kind].permission, subject):
        return False
    if isinstance(subject, Obligation):
        return reminders.is_owed(session(), subject)
    return reminders.can_be_urged(subject)


@notices.app_context_processor
def offer_urging() -> dict[str, object]:
    """Let the pages of things show what was urged, and the button."""
    return {
        "may_urge": urging_of,
        "reminded_of": lambda kind, id_: reminders.told_about(session(), kind, id_),
    }
