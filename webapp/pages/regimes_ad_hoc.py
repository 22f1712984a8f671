"""Chế độ báo cáo, continued: asking out of turn, whenever the office needs to."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, me
from webapp.forms.ad_hoc import AdHocForm
from webapp.forms.base import attempt
from webapp.pages.regimes import blueprint as regime_pages
from webapp.runtime import calendar, now, session, today
from workflows import regimes
from workflows.permissions import Permission
from workflows.regimes import Regime


@regime_pages.route("/<int:regime_id>/ad-hoc", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def open_ad_hoc(regime_id: int) -> ResponseReturnValue:
    """Open a period out of turn; the units of the regime owe it at once."""
    regime = fetch(Regime, regime_id, Permission.REGIME_MANAGE)
    form = AdHocForm(last_day=today())
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            opened = regimes.open_ad_hoc(
                session(),
                regime,
                title=form.title.data or "",
                last_day=form.last_day.data,
                due_on=form.due_on.data,
                calendar=calendar(),
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã mở kỳ báo cáo đột xuất."), "success")
            return redirect(url_for("regimes.show", regime_id=regime.id, period=opened.period))
        status = tried.status
    known = sorted(
        regimes.ad_hoc_periods(session(), regime).values(), key=lambda one: one.last_day, reverse=True
    )
    return render_template("regimes/ad_hoc.html", regime=regime, form=form, known=known), status
