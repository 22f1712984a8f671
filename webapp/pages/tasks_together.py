"""Nhiệm vụ, continued: one act with all chosen tasks, looked at before it is done, followed while it runs."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, me
from webapp.followed import followed
from webapp.forms.base import attempt
from webapp.forms.tasks import TogetherForm
from webapp.pages.tasks import blueprint as task_pages
from webapp.pages.tasks import task_list
from webapp.runtime import now, session, today
from webapp.words import there_with
from workflows import tasks
from workflows.permissions import Permission
from workflows.tasks import BulkAct, Outlook, Task, TaskBatch

MOST_NAMED = 200


@task_pages.post("/together")
@guarded(Permission.TASK_VIEW)
def preview() -> ResponseReturnValue:
    """What an act would do to the tasks chosen on the list; nothing happens yet."""
    wanted = request.form.get("move", "")
    act = BulkAct(wanted) if wanted in set(BulkAct) else abort(404)
    visible = tasks.all_visible(me(), on=today())
    chosen = task_list().asked(request.args).chosen(visible, request.form)
    batch, outlook = tasks.look(session(), chosen, act, by=me(), at=now())
    if not outlook.count and not outlook.left_out:
        flash(gettext("Chưa chọn nhiệm vụ nào. Đánh dấu các dòng cần xử lý rồi thực hiện lại."), "warning")
        return redirect(there_with(url_for("tasks.index")))
    return _page(batch, TogetherForm(formdata=None), outlook=outlook)


@task_pages.get("/together/<int:batch_id>")
@guarded(Permission.TASK_VIEW)
def together(batch_id: int) -> ResponseReturnValue:
    """How far an act with many tasks has come, and what it left out."""
    return _page(fetch(TaskBatch, batch_id, Permission.OWN_WORK), TogetherForm(formdata=None))


@task_pages.post("/together/<int:batch_id>")
@guarded(Permission.TASK_VIEW)
def act_together(batch_id: int) -> ResponseReturnValue:
    """Do what was looked at."""
    batch, form = fetch(TaskBatch, batch_id, Permission.OWN_WORK), TogetherForm()
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            tasks.start_batch(session(), batch, said=form.said(batch.act), by=me(), at=now())
        if tried.succeeded:
            return redirect(url_for("tasks.together", batch_id=batch_id))
        status = tried.status
    return _page(batch, form, status)


def _page(
    batch: TaskBatch, form: TogetherForm, status: int = 200, outlook: Outlook[Task] | None = None
) -> ResponseReturnValue:
    started = batch.started_at is not None
    html = render_template(
        "tasks/together.html",
        batch=batch,
        form=form,
        act=batch.act,
        first=[] if started else outlook.first if outlook else tasks.first_of(session(), batch),
        left_out=outlook.left_out if outlook else [],
        named=batch.left_out[:MOST_NAMED],
        asks_reason=batch.act.needs_reason or batch.act in (BulkAct.CONFIRM, BulkAct.GRANT),
    )
    return followed(html, running=started and batch.ended_at is None, status=status)
