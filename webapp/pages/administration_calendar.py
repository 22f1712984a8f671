"""Lịch làm việc: the public holidays of a year and the office's own decisions about days."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp.access import fetch, guarded, me
from webapp.forms.administration import OfficeDayForm
from webapp.forms.base import attempt
from webapp.pages.administration import blueprint as administration
from webapp.runtime import now, session, today
from workflows import calendar_moves
from workflows.calendar import public_holidays
from workflows.calendar_moves import Shifts
from workflows.office_days import OfficeDay
from workflows.organisations import Unit
from workflows.permissions import Permission

YEARS = range(1990, 2101)
MOST_SHOWN = 200


@administration.route("/working-days", methods=["GET", "POST"])
@guarded(Permission.CALENDAR_MANAGE)
def working_days() -> ResponseReturnValue:
    """The days of a year that are not what the week says; a form for one more, looked at before it holds."""
    form = OfficeDayForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        change = form.change()
        with attempt(form) as tried:
            if not request.form.get("apply"):
                return _look(form, calendar_moves.shifts_of_adding(session(), change, on=today()))
            _, shifts = calendar_moves.change_day(session(), _office(), change=change, by=me(), at=now())
        if tried.succeeded:
            flash(_done(shifts), "success")
            return redirect(url_for("administration.working_days", year=change.day.year))
        status = tried.status
    return _page(form), status


@administration.route("/working-days/<int:day_id>/drop", methods=["GET", "POST"])
@guarded(Permission.CALENDAR_MANAGE)
def drop_day(day_id: int) -> ResponseReturnValue:
    """The week holds again, after a look at what that shifts."""
    row = fetch(OfficeDay, day_id, Permission.CALENDAR_MANAGE)
    if request.method == "GET":
        shifts = calendar_moves.shifts_of_dropping(session(), row, on=today())
        return render_template("administration/calendar_move.html", shifts=shifts, row=row, most=MOST_SHOWN)
    year = row.day.year
    flash(_done(calendar_moves.drop_day(session(), row, by=me(), at=now())), "success")
    return redirect(url_for("administration.working_days", year=year))


def _look(form: OfficeDayForm, shifts: Shifts) -> str:
    return render_template("administration/calendar_move.html", shifts=shifts, form=form, most=MOST_SHOWN)


def _done(shifts: Shifts) -> str:
    return gettext("Đã ghi vào lịch làm việc; số thời hạn được dời: %(count)s.", count=shifts.count)


def _page(form: OfficeDayForm) -> str:
    year = request.args.get("year", today().year, type=int)
    year = year if year in YEARS else today().year
    rows = session().scalars(select(OfficeDay).order_by(OfficeDay.day, OfficeDay.effective_from))
    return render_template(
        "administration/working_days.html",
        form=form,
        year=year,
        holidays=public_holidays(year),
        rows=[row for row in rows if row.day.year == year],
    )


def _office() -> Unit:
    """The unit whose calendar the person keeps."""
    posts = me().appointments_on(today())
    held = [post.unit for post in posts if post.role.serves_whole_committee]
    return held[0]
