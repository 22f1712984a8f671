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
from workflows import office_days
from workflows.calendar import public_holidays
from workflows.office_days import OfficeDay
from workflows.organisations import Unit
from workflows.permissions import Permission

YEARS = range(1990, 2101)


@administration.route("/working-days", methods=["GET", "POST"])
@guarded(Permission.CALENDAR_MANAGE)
def working_days() -> ResponseReturnValue:
    """The days of a year that are not what the week says; a form for one more."""
    form = OfficeDayForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            office_days.change_day(
                session(),
                _office(),
                day=form.day.data,
                working=form.working.data == "working",
                source=form.source.data,
                effective_from=form.effective_from.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã ghi vào lịch làm việc."), "success")
            return redirect(url_for("administration.working_days", year=form.day.data.year))
    return _page(form), 422 if form.errors else 200


@administration.post("/working-days/<int:day_id>/drop")
@guarded(Permission.CALENDAR_MANAGE)
def drop_day(day_id: int) -> ResponseReturnValue:
    """The week holds again."""
    row = fetch(OfficeDay, day_id, Permission.CALENDAR_MANAGE)
    office_days.drop_day(session(), row, by=me(), at=now())
    flash(gettext("Đã bỏ ngày %(day)s khỏi lịch riêng.", day=row.label), "success")
    return redirect(url_for("administration.working_days", year=row.day.year))


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
