"""Đơn vị kế thừa: branches of a unit that is no more go to the units it went on as."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select

from webapp.access import fetch, guarded, me
from webapp.forms.base import attempt
from webapp.forms.members import HeirsForm
from webapp.pages.members import blueprint as member_pages
from webapp.runtime import now, session, today
from workflows import members
from workflows.errors import Refused
from workflows.members import Branch
from workflows.organisations import Unit, successions
from workflows.permissions import Permission


@member_pages.route("/units/<int:unit_id>/heirs", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def heirs(unit_id: int) -> ResponseReturnValue:
    """Which branch goes to which unit, from which day."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_MANAGE)
    known = list(members.heirs_of(session(), unit, on=today())) or abort(404)
    own = _uppermost(unit)
    posted = request.method == "POST"
    form = HeirsForm() if posted else HeirsForm(formdata=None, on=_succeeded_on(unit))
    status = 422 if posted else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            moved = _move(own, known, form)
        if tried.succeeded:
            flash(ngettext("Đã chuyển %(num)s nơi.", "Đã chuyển %(num)s nơi.", len(moved)), "success")
            _say_who_needs_the_role(moved)
            return redirect(url_for("members.branches"))
        status = tried.status
    html = render_template("members/heirs.html", unit=unit, heirs=known, branches=own, form=form)
    return html, status


def _move(own: list[Branch], known: list[Unit], form: HeirsForm) -> list[tuple[Branch, Unit]]:
    """Move every branch for which a unit was chosen: these with their units, refused where there is none."""
    heirs = {str(unit.id): unit for unit in known}
    asked = [(branch, heirs.get(request.form.get(f"to-{branch.id}", ""))) for branch in own]
    chosen = [(branch, unit) for branch, unit in asked if unit is not None]
    if not chosen:
        raise Refused("Chưa chọn đơn vị cho nơi nào. Chọn đơn vị nhận ở ít nhất một dòng rồi chuyển lại.")
    reason = form.reason.data or ""
    for branch, unit in chosen:
        members.branches.move_branch(
            session(), branch, to_unit=unit, on=form.on.data, reason=reason, by=me(), at=now()
        )
    return chosen


def _say_who_needs_the_role(moved: list[tuple[Branch, Unit]]) -> None:
    """A secretary reads in the unit of the role: who has it not in the new one is named, unit by unit."""
    for heir in dict.fromkeys(unit for _, unit in moved):
        there = [branch for branch, unit in moved if unit is heir]
        people = members.secretaries_without_role(session(), heir, there, on=today())
        if people:
            said = gettext(
                "Nhờ quản trị giao lại vai trò bí thư tại %(unit)s cho: %(people)s.",
                unit=heir.short_name,
                people=", ".join(person.full_name for person in people),
            )
            flash(said, "warning")


def _uppermost(unit: Unit) -> list[Branch]:
    """The branches still hanging on the unit; cells go with theirs."""
    living = select(Branch).where(
        Branch.unit_id == unit.id, Branch.parent_id.is_(None), Branch.dissolved_on.is_(None)
    )
    return list(session().scalars(living.order_by(Branch.path)))


def _succeeded_on(unit: Unit) -> date:
    _, went_on = successions(session(), unit)
    return max(step.happened_on for step in went_on)
