"""Nhiệm vụ, continued: one move with all chosen tasks, looked at before it is made."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp.access import guarded, me
from webapp.forms.base import attempt
from webapp.forms.tasks import TogetherForm
from webapp.pages.tasks import blueprint as task_pages
from webapp.pages.tasks import task_list
from webapp.pages.tasks_acts import said_with
from webapp.runtime import now, session, today
from workflows import tasks
from workflows.permissions import Permission
from workflows.tasks import TOGETHER, Task, TaskMove


@task_pages.post("/together")
@guarded(Permission.TASK_VIEW)
def preview() -> ResponseReturnValue:
    """What a move would do to the tasks chosen on the list; nothing happens yet."""
    move = _move()
    visible = tasks.for_moving(tasks.all_visible(me(), on=today()))
    chosen = session().scalars(task_list().asked(request.args).chosen(visible, request.form)).unique().all()
    if not chosen:
        flash(gettext("Chưa chọn nhiệm vụ nào. Đánh dấu các dòng cần xử lý rồi thực hiện lại."), "warning")
        return redirect(url_for("tasks.index", **request.args.to_dict(flat=False)))
    return _page(move, chosen, TogetherForm(formdata=None))


@task_pages.post("/together/<move>")
@guarded(Permission.TASK_VIEW)
def move_together(move: str) -> ResponseReturnValue:
    """Make the move with the tasks that were looked at: all of them, or none."""
    wanted = TaskMove(move) if move in set(TOGETHER) else abort(404)
    form, chosen = TogetherForm(), _looked_at()
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            said = said_with(wanted, form.reason.data or "")
            count = tasks.move_all(session(), chosen, wanted, said=said, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã thực hiện với %(count)s nhiệm vụ.", count=count), "success")
            return redirect(url_for("tasks.index"))
        status = tried.status
    return _page(wanted, _looked_at(), form, status)


def _move() -> TaskMove:
    wanted = request.form.get("move", "")
    return TaskMove(wanted) if wanted in set(TOGETHER) else abort(404)


def _looked_at() -> Sequence[Task]:
    """The tasks named by the preview, as far as the person may read them."""
    ids = [int(id_) for id_ in request.form.get("ids", "").split(",") if id_.isascii() and id_.isdigit()]
    wanted = select(Task).where(Task.id.in_(ids), tasks.visible_to(me(), on=today())).order_by(Task.id)
    return session().scalars(tasks.for_moving(wanted)).unique().all()


def _page(
    move: TaskMove, chosen: Sequence[Task], form: TogetherForm, status: int = 200
) -> ResponseReturnValue:
    found = tasks.outlook(chosen, move, me(), on=today())
    html = render_template(
        "tasks/together.html",
        form=form,
        move=move,
        needs_reason=tasks.MOVES[move].needs_reason,
        outlook=found,
        ids=",".join(str(task.id) for task in found.open_to),
    )
    return html, status
