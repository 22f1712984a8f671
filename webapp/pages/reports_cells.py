"""Báo cáo, continued: where a figure comes from, by edition and by period, and unusual figures."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp.access import guarded, me
from webapp.pages.reports import address
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import obligation_at
from webapp.runtime import session, today
from webapp.words import in_words
from workflows import regimes, reports
from workflows.calendar import parse
from workflows.permissions import Permission
from workflows.regimes.forms import read

PERIODS_SHOWN = 12


@report_pages.get("/<period>/<int:obligation_id>/cells/<name>")
@guarded(Permission.REPORT_VIEW)
def cell(period: str, obligation_id: int, name: str) -> ResponseReturnValue:
    """One cell of an answer: what each edition said and by whom, and the periods before."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_VIEW)
    form = read(obligation.form_version.definition)
    report = reports.of_obligation(session(), obligation)
    if name not in form.labels or report is None:
        abort(404)
    return render_template(
        "reports/cell.html",
        obligation=obligation,
        label=form.labels[name],
        note=report.cell_notes.get(name, ""),
        sayings=reports.sayings_of(session(), report, name),
        earlier=reports.earlier_figures(session(), obligation, name, limit=PERIODS_SHOWN),
        usual=reports.usual_for(session(), obligation, form).get(name),
        cells=form.labels,
        name=name,
        back=address(obligation),
    )


@report_pages.get("/unusual/<int:regime_id>")
@guarded(Permission.REPORT_VIEW)
def unusual(regime_id: int) -> ResponseReturnValue:
    """The figures of a period that lie outside what their units usually report."""
    regime = session().scalar(regimes.one_visible(me(), regime_id, on=today())) or abort(404)
    periods = regimes.periods_of(session(), regime, limit=PERIODS_SHOWN)
    wanted = request.args.get("period") or regimes.default_period(session(), regime, on=today())
    chosen = wanted if wanted in periods else None
    scope = regimes.visible_obligations(me(), on=today())
    found = reports.outliers_of(session(), regime, chosen, scope) if chosen else []
    return render_template(
        "reports/unusual.html",
        regime=regime,
        periods=[(one, in_words(parse(one).label)) for one in reversed(periods)],
        chosen=chosen,
        outliers=found,
        address=address,
    )
