"""Chế độ báo cáo: who reports what by when; the board of units × periods; who is silent."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.boards import Board, Cell, Head, Line, State
from webapp.forms.base import attempt
from webapp.forms.regimes import EndForm, RegimeForm, ReopenForm
from webapp.history import lines_of
from webapp.listing import Column, Listing
from webapp.pages.reports import TONES, address
from webapp.pages.tasks import own_office
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words, words
from workflows import regimes, reports
from workflows.calendar import Cadence, DueKind, parse
from workflows.organisations import Unit, UnitGroup, existing
from workflows.permissions import Permission, readable_units
from workflows.regimes import FormState, FormVersion, Obligation, Regime, Selection, Terms
from workflows.reports import Standing
from workflows.wording import N_

blueprint = Blueprint("regimes", __name__, url_prefix="/regimes")

LETTERS = {
    Standing.AWAITED: "·",
    Standing.MISSING: "Q",
    Standing.RETURNED: "L",
    Standing.SUBMITTED: "N",
    Standing.SUBMITTED_LATE: "M",
    Standing.ACCEPTED: "Đ",
    Standing.ACCEPTED_LATE: "đ",
}
PERIODS_SHOWN = 8


def regime_list() -> Listing[Regime]:
    """The list of regimes."""
    return Listing(
        name="che-do-bao-cao",
        title=N_("Chế độ báo cáo"),
        columns=(
            Column(
                "name", N_("Chế độ báo cáo"), lambda r: r.name, sort=Regime.name, address=_address, width=60
            ),
            Column("cadence", N_("Định kỳ"), lambda r: r.cadence, sort=Regime.cadence),
            Column("starts", N_("Từ ngày"), lambda r: r.starts_on, sort=Regime.starts_on),
            Column("ends", N_("Đến ngày"), lambda r: r.ends_on, sort=Regime.ends_on),
        ),
        sort="name",
    )


def _address(regime: Regime) -> str:
    return url_for("regimes.show", regime_id=regime.id)


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """All regimes under which somebody in the person's branches reports."""
    wanted = select(Regime).where(regimes.visible_to(me(), on=today()))
    return listing.answer(regime_list(), wanted, "regimes/index.html")


@blueprint.get("/<int:regime_id>")
@guarded(Permission.REPORT_VIEW)
def show(regime_id: int) -> ResponseReturnValue:
    """The board of one regime, its rates by period, and the silent ones of a period."""
    regime = _visible(regime_id)
    periods = regimes.periods_of(session(), regime, limit=PERIODS_SHOWN)
    chosen = request.args.get("period", periods[-1] if periods else "")
    known = chosen in periods
    return render_template(
        "regimes/show.html",
        regime=regime,
        board=_board(regime, periods),
        rates=[(parse(period), reports.completeness(session(), regime, period)) for period in periods],
        chosen=parse(chosen) if known else None,
        silent=reports.silent(session(), regime, chosen, person=me(), on=today()) if known else [],
        end_form=EndForm(formdata=None),
        history=lines_of(regime),
    )


def _visible(regime_id: int) -> Regime:
    wanted = select(Regime).where(Regime.id == regime_id, regimes.visible_to(me(), on=today()))
    return session().scalar(wanted) or abort(404)


def _board(regime: Regime, periods: list[str]) -> Board:
    """Units × periods, as far as the person may see them."""
    wanted = reports.owed(me(), on=today()).where(
        Obligation.regime_id == regime.id, Obligation.period.in_(periods)
    )
    cells: dict[Unit, dict[str, Cell]] = {}
    for obligation, _, standing in session().execute(wanted.order_by(Unit.path)):
        cells.setdefault(obligation.unit, {})[obligation.period] = _cell(obligation, Standing(standing))
    heads = [
        Head(in_words(parse(period).label), url_for(".show", regime_id=regime.id, period=period))
        for period in periods
    ]
    lines = [
        Line(Head(unit.short_name), [by_period.get(period, Cell()) for period in periods])
        for unit, by_period in cells.items()
    ]
    return Board(gettext("Đơn vị và kỳ báo cáo"), gettext("Đơn vị"), heads, lines)


def _cell(obligation: Obligation, standing: Standing) -> Cell:
    return Cell(State(LETTERS[standing], words(standing), TONES[standing]), address(obligation))


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def establish() -> ResponseReturnValue:
    """Establish a regime on a published form."""
    form = _with_choices(RegimeForm(**NEW))
    if form.validate_on_submit():
        with attempt(form) as tried:
            version = session().get_one(FormVersion, form.form_version.data)
            regime = regimes.establish(
                session(), own_office(), terms=_terms(form), form_version=version, by=me(), at=now()
            )
            regimes.generate_for(session(), regime, on=today(), calendar=calendar())
        if tried.succeeded:
            flash(gettext("Đã lập chế độ báo cáo; nghĩa vụ của các đơn vị đã hình thành."), "success")
            return redirect(_address(regime))
    return render_template("regimes/new.html", form=form), 422 if form.errors else 200


NEW: dict[str, Any] = {"grace_days": 0, "lock_days": 0, "due_number": 20, "moves_to_working_day": True}


def _with_choices(form: RegimeForm) -> RegimeForm:
    published = select(FormVersion).where(
        FormVersion.office_id == own_office().id, FormVersion.state == FormState.PUBLISHED
    )
    versions = session().scalars(published.order_by(FormVersion.name))
    form.form_version.choices = [(version.id, version.label) for version in versions]
    groups = session().scalars(select(UnitGroup).order_by(UnitGroup.name))
    form.groups.choices = [(group.id, group.name) for group in groups]
    readable = existing(today()).where(readable_units(me(), on=today()))
    form.units.choices = list(session().execute(readable.with_only_columns(Unit.code, Unit.name)))
    return form


def _terms(form: RegimeForm) -> Terms:
    return Terms(
        name=form.name.data or "",
        cadence=Cadence(form.cadence.data),
        due_kind=DueKind(form.due_kind.data),
        due_number=form.due_number.data or 0,
        selection=Selection(groups=tuple(form.groups.data or ()), units=tuple(form.units.data or ())),
        starts_on=form.starts_on.data,
        cut_off_day=form.cut_off_day.data,
        moves_to_working_day=form.moves_to_working_day.data,
        grace_days=form.grace_days.data or 0,
        lock_days=form.lock_days.data or 0,
        ends_on=form.ends_on.data,
    )


@blueprint.post("/<int:regime_id>/end")
@guarded(Permission.REGIME_MANAGE)
def end(regime_id: int) -> ResponseReturnValue:
    """Ask no more after a day."""
    regime = fetch(Regime, regime_id, Permission.REGIME_MANAGE)
    form = EndForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            regimes.end(session(), regime, on=form.on.data, reason=form.reason.data, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(_address(regime))
    return render_template("regimes/end.html", regime=regime, form=form), 422


@blueprint.route("/obligations/<int:obligation_id>/reopen", methods=["GET", "POST"])
@guarded(Permission.REPORT_REVIEW)
def reopen(obligation_id: int) -> ResponseReturnValue:
    """Open a locked form again for one unit and period."""
    obligation = fetch(Obligation, obligation_id, Permission.REPORT_REVIEW)
    form = ReopenForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            regimes.reopen(
                session(), obligation, until=form.until.data, reason=form.reason.data, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã mở lại biểu cho đơn vị."), "success")
            return redirect(address(obligation))
    return render_template(
        "regimes/reopen.html", obligation=obligation, form=form
    ), 422 if form.errors else 200
