"""Thông báo, continued: the ladders of reminders an office sets, and the hours in which anything leaves."""

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp.access import IDS, fetch, guarded, may, may_anywhere, me
from webapp.forms.base import attempt
from webapp.forms.notices import HoursForm, LadderForm
from webapp.pages.notices import blueprint as notices
from webapp.runtime import calendar, now, session, today
from workflows import directives, regimes, reminders
from workflows.db import Base
from workflows.directives import Directive
from workflows.organisations import Unit
from workflows.people import Appointment, Role
from workflows.permissions import Permission
from workflows.regimes import Regime
from workflows.reminders import Ladder, ReminderHours, Steps

EXAMPLE = timedelta(days=14)
ABOUT: tuple[tuple[str, Any, Any], ...] = (
    ("directive", Directive, directives.visible_to),
    ("regime", Regime, regimes.visible_to),
)
OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)


@notices.get("/ladders")
@guarded(Permission.REMINDERS_MANAGE)
def ladders() -> ResponseReturnValue:
    """What holds by default, and what for single directives and regimes."""
    own = reminders.ladders_of(session(), office_of_mine())
    usual = next((ladder for ladder in own if ladder.directive is None and ladder.regime is None), None)
    return render_template(
        "notices/ladders.html",
        usual=usual,
        preview=_preview(usual.steps if usual else Steps()),
        example=_example(),
        special=_readable([ladder for ladder in own if ladder is not usual]),
        hours=reminders.hours_in_force(session()),
        letters=reminders.letters_of(session(), office_of_mine()),
        may_set_hours=may_anywhere(Permission.CALENDAR_MANAGE),
    )


@notices.route("/ladders/edit", methods=["GET", "POST"])
@guarded(Permission.REMINDERS_MANAGE)
def edit_ladder() -> ResponseReturnValue:
    """One ladder: the office's own, or that of a directive or regime named by the address."""
    office, about, status = office_of_mine(), _about(), 200
    known = reminders.ladder_of(session(), office, **{f"{key}_id": thing.id for key, thing in about.items()})
    steps = known.steps if known else _inherited(office)
    form = LadderForm(data=vars(steps)) if request.method == "GET" else LadderForm()
    if form.validate_on_submit() and request.form.get("act") != "preview":
        with attempt(form) as tried:
            version = request.form.get("version", 0, type=int)
            said: dict[str, Any] = {"steps": form.steps(), "version": version, **about}
            reminders.set_ladder(session(), office, **said, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu bậc thang đôn đốc. Lần nhắc tới sẽ theo bậc thang này."), "success")
            return redirect(url_for("notices.ladders"))
        status = tried.status
    shown = form.steps() if request.method == "POST" and not form.errors else steps
    html = render_template(
        "notices/ladder.html",
        form=form,
        ladder=known,
        version=request.form.get("version", known.version if known else 0, type=int),
        about=next(iter(about.values()), None),
        preview=_preview(shown),
        example=_example(),
    )
    return html, 422 if form.errors and status == 200 else status


@notices.post("/ladders/<int:ladder_id>/drop")
@guarded(Permission.REMINDERS_MANAGE)
def drop_ladder(ladder_id: int) -> ResponseReturnValue:
    """The more general ladder holds again."""
    ladder = fetch(Ladder, ladder_id, Permission.REMINDERS_MANAGE)
    reminders.drop_ladder(session(), ladder, by=me(), at=now())
    flash(gettext("Đã bỏ bậc thang riêng; nội dung này theo bậc thang chung của văn phòng."), "success")
    return redirect(url_for("notices.ladders"))


@notices.route("/hours", methods=["GET", "POST"])
@guarded(Permission.CALENDAR_MANAGE)
def hours() -> ResponseReturnValue:
    """Between which hours of a working day anything may leave."""
    form = HoursForm(data=vars(reminders.hours_in_force(session())))
    if form.validate_on_submit():
        with attempt(form) as tried:
            reminders.set_hours(session(), _keeper(), hours=form.hours(), by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã lưu giờ gửi thông báo."), "success")
            return redirect(url_for("notices.ladders"))
    return render_template("notices/hours.html", form=form), 422 if form.errors else 200


def _preview(steps: Steps) -> list[Any]:
    return reminders.preview(steps, _example(), calendar())


def _example() -> Any:
    return calendar().next_working_day(today() + EXAMPLE)


def _inherited(office: Unit) -> Steps:
    own = reminders.ladder_of(session(), office)
    return own.steps if own else Steps()


def _readable(ladders: list[Ladder]) -> list[Ladder]:
    """The ladders of things the person may read: who administers need not know every directive."""
    ids = {
        key: set(session().scalars(select(kind.id).where(visible(me(), on=today()), kind.id.in_(named))))
        for key, kind, visible in ABOUT
        if (named := [id_ for ladder in ladders if (id_ := getattr(ladder, f"{key}_id"))])
    }
    return [
        ladder
        for ladder in ladders
        if any(getattr(ladder, f"{key}_id") in known for key, known in ids.items())
    ]


def _about() -> dict[str, Base]:
    """The directive or regime the address names, as far as the person manages it; nothing for the default."""
    for key, kind, visible in ABOUT:
        id_ = request.args.get(key, type=int)
        if id_ is not None:
            wanted = select(kind).where(kind.id == id_, visible(me(), on=today()))
            found = session().scalar(wanted) if id_ in IDS else None
            if found is None or found.office_id != office_of_mine().id:
                abort(404)
            return {key: found}
    return {}


def office_of_mine() -> Unit:
    """The office whose ladders the person sets: their own, or the one at the head of what they administer."""
    posts = me().appointments_on(today())
    own = next((post.unit for post in posts if post.role.runs_an_office), None)
    if own is not None:
        return own
    offices = select(Unit).join(Appointment, Appointment.unit_id == Unit.id)
    running = offices.where(Appointment.role.in_(OFFICE)).order_by(Unit.path).distinct()
    found = session().scalars(running).all()
    return next((unit for unit in found if may(Permission.REMINDERS_MANAGE, unit)), None) or abort(404)


def _keeper() -> Unit:
    """The one unit whose row holds the hours of the installation."""
    row = session().scalar(select(ReminderHours).order_by(ReminderHours.office_id).limit(1))
    return row.office if row else next(post.unit for post in me().appointments_on(today()))
