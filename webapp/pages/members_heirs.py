"""Đơn vị kế thừa: branches of a unit that is no more go to the units it went on as."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy import select

from webapp.access import fetch, guarded, me
from webapp.forms.base import attempt
from webapp.forms.members import HeirsForm
from webapp.pages.members import blueprint as member_pages
from webapp.runtime import now, session
from workflows import members
from workflows.members import Branch
from workflows.organisations import Unit, successions, successors
from workflows.permissions import Permission


@member_pages.route("/units/<int:unit_id>/heirs", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def heirs(unit_id: int) -> ResponseReturnValue:
    """Which branch goes to which unit, from which day."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_MANAGE)
    known = list(successors(session(), unit)) or abort(404)
    own = _uppermost(unit)
    posted = request.method == "POST"
    form = HeirsForm() if posted else HeirsForm(formdata=None, on=_succeeded_on(unit))
    status = 422 if posted else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            moved = _move(own, known, form)
        if tried.succeeded:
            flash(ngettext("Đã chuyển %(num)s nơi.", "Đã chuyển %(num)s nơi.", moved), "success")
            return redirect(url_for("members.branches"))
        status = tried.status
    html = render_template("members/heirs.html", unit=unit, heirs=known, branches=own, form=form)
    return html, status


def _move(own: list[Branch], known: list[Unit], form: HeirsForm) -> int:
    """Move every branch for which a unit was chosen; how many there were."""
    heirs = {str(unit.id): unit for unit in known}
    chosen = [(branch, heirs.get(request.form.get(f"to-{branch.id}", ""))) for branch in own]
    reason = form.reason.data or ""
    for branch, unit in chosen:
        if unit is not None:
            members.branches.move_branch(
                session(), branch, to_unit=unit, on=form.on.data, reason=reason, by=me(), at=now()
            )
    return sum(unit is not None for _, unit in chosen)


def _uppermost(unit: Unit) -> list[Branch]:
    """The branches still hanging on the unit; cells go with theirs."""
    living = select(Branch).where(
        Branch.unit_id == unit.id, Branch.parent_id.is_(None), Branch.dissolved_on.is_(None)
    )
    return list(session().scalars(living.order_by(Branch.path)))


def _succeeded_on(unit: Unit) -> date:
    _, went_on = successions(session(), unit)
    return max(step.happened_on for step in went_on)
