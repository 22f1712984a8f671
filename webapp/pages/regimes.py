"""Chế độ báo cáo: who reports what by when; the board of units × periods; who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Row, select
from wtforms import SelectChoice

from webapp import listing
from webapp.access import fetch, guarded, may, me, own_office
from webapp.boards import Board, Cell, Head, Line, State
from webapp.forms.base import attempt
from webapp.forms.regimes import EndForm, LevelsForm, RegimeForm, ReopenForm
from webapp.history import lines_of
from webapp.listing import Column, Listing
from webapp.pages.reports import TONES, address
from webapp.runtime import calendar, now, session, today
from webapp.stretches import asked_stretch
from webapp.words import in_words, words
from workflows import regimes, reminders, reports
from workflows.calendar import Period, PeriodDates, parse
from workflows.organisations import Unit, UnitGroup
from workflows.permissions import Permission
from workflows.regimes import FormVersion, Obligation, Regime, ReviewLevel
from workflows.reports import Completeness, Standing
from workflows.statistics import member_form
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
PERIODS_SHOWN, PERIODS_AT_MOST = 8, 40
SILENT_SHOWN = 120
UNITS_SHOWN = 150
PERIODS_FORESEEN = 3


@dataclass(frozen=True)
class Prospect:
    """What a regime would ask if it were established."""

    units: list[Unit]
    days: list[tuple[Period, PeriodDates]]


def regime_list() -> Listing[Regime]:
    """The list of regimes."""
    return Listing(
        name="che-do-bao-cao",
        title=N_("Chế độ báo cáo"),
        columns=(
            Column(
                "name",
                N_("Chế độ báo cáo"),
                lambda r: r.name,
                sort=Regime.name,
                address=regime_address,
                width=60,
            ),
            Column("cadence", N_("Định kỳ"), lambda r: r.cadence, sort=Regime.cadence),
            Column("starts", N_("Từ ngày"), lambda r: r.starts_on, sort=Regime.starts_on),
            Column("ends", N_("Đến ngày"), lambda r: r.ends_on, sort=Regime.ends_on),
        ),
        sort="name",
    )


def regime_address(regime: Regime) -> str:
    """The page of a regime."""
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
    shown = PERIODS_AT_MOST if "all" in request.args else PERIODS_SHOWN
    periods = regimes.periods_of(session(), regime, limit=shown)
    wanted = request.args.get("period") or regimes.default_period(session(), regime, on=today())
    chosen = wanted if wanted in periods else None
    silent = reports.silent(session(), regime, chosen, person=me(), on=today()) if chosen else []
    units = session().execute(reports.units_owing(regime, periods, me(), on=today())).all()
    stretch = asked_stretch(units, UNITS_SHOWN)
    rates = _rates(regime, periods)
    running = regimes.running_periods(session(), regime, periods, on=today())
    return render_template(
        "regimes/show.html",
        regime=regime,
        board=_board(regime, periods, stretch.rows),
        stretch=stretch,
        usual=PERIODS_SHOWN,
        rates=rates,
        running=running,
        trend=_trend(regime, rates, running),
        by_level=reports.counted_by_level(
            session(), regime, periods, regimes.visible_obligations(me(), on=today())
        ),
        levels_form=LevelsForm(formdata=None, levels=regime.review_levels),
        chosen=parse(chosen) if chosen else None,
        silent=silent[:SILENT_SHOWN],
        reminded=reminders.reminded_last(
            session(), Obligation.__tablename__, [owed.id for owed in silent[:SILENT_SHOWN]]
        ),
        silent_total=len(silent),
        end_form=EndForm(formdata=None),
        history=lines_of(regime) if may(Permission.REGIME_MANAGE, regime) else [],
    )


def _rates(regime: Regime, periods: list[str]) -> list[tuple[Period, Completeness]]:
    """Period by period the four figures, over the units the person may see."""
    scope = regimes.visible_obligations(me(), on=today())
    counted = reports.completeness_of(session(), regime, periods, scope)
    return [(parse(period), counted.get(period, Completeness())) for period in periods]


def _trend(
    regime: Regime, rates: list[tuple[Period, Completeness]], running: set[str]
) -> list[tuple[str, float | None, str]]:
    """The share of returns received in time, period by period, each leading to its silent ones.

    A period that is not yet due has none.
    """
    return [
        (
            in_words(period.label),
            None if period.code in running else 100 * rate.in_time / rate.expected,
            url_for(".show", regime_id=regime.id, period=period.code, _anchor="silent"),
        )
        for period, rate in rates
        if rate.expected
    ]


def _visible(regime_id: int) -> Regime:
    wanted = select(Regime).where(Regime.id == regime_id, regimes.visible_to(me(), on=today()))
    return session().scalar(wanted) or abort(404)


def _board(regime: Regime, periods: list[str], units: Sequence[Row[int, str]]) -> Board:
    """Units × periods, as far as the person may see them."""
    heads = [
        Head(in_words(parse(period).label), url_for(".show", regime_id=regime.id, period=period))
        for period in periods
    ]
    ids = [id_ for id_, _ in units]
    known = reports.standings(session(), regime, periods, ids, on=today())
    reached = reports.levels_reached(session(), regime, periods, ids)
    states = {kind: State(letter, words(kind), TONES[kind]) for kind, letter in LETTERS.items()}
    bases = {period: url_for("reports.show", period=period, obligation_id=0)[:-1] for period in periods}

    def cell(unit: int, period: str) -> Cell:
        if (unit, period) not in known:
            return Cell()
        obligation, standing = known[unit, period]
        level = reached.get((unit, period))
        note = gettext("cấp %(reached)s/%(all)s", reached=level[0], all=level[1]) if level else ""
        return Cell(states[standing], f"{bases[period]}{obligation}", note)

    lines = [Line(Head(name), [cell(id_, period) for period in periods]) for id_, name in units]
    return Board(gettext("Đơn vị và kỳ báo cáo"), gettext("Đơn vị"), heads, lines)


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.REGIME_MANAGE)
def establish() -> ResponseReturnValue:
    """Establish a regime on a published form, after a look at what it would ask of whom."""
    form = _with_choices(RegimeForm(**NEW))
    prospect, status = None, 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        point = session().begin_nested()
        with attempt(form) as tried:
            regime = _establish(form)
            session().flush()
            prospect = _prospect(regime)
        status = tried.status
        if tried.succeeded and "look" not in request.form:
            flash(gettext("Đã lập chế độ báo cáo; nghĩa vụ của các đơn vị đã hình thành."), "success")
            return redirect(regime_address(regime))
        # A look leaves nothing behind.
        point.rollback()
    return render_template("regimes/new.html", form=form, prospect=prospect), status


NEW: dict[str, Any] = {"grace_days": 0, "lock_days": 0, "due_number": 20, "moves_to_working_day": True}


def _establish(form: RegimeForm) -> Regime:
    version = session().get_one(FormVersion, form.form_version.data)
    regime = regimes.establish(
        session(), own_office(), terms=form.terms(), form_version=version, by=me(), at=now()
    )
    regimes.generate_for(session(), regime, on=today(), calendar=calendar())
    return regime


def _prospect(regime: Regime) -> Prospect:
    """What a regime would ask: of how many units, and the days of its first periods."""
    units = regimes.units_asked(session(), regime, on=max(today(), regime.starts_on))
    days = [
        (period, regime.timetable.dates_of(period, calendar()))
        for period in regimes.periods_from(regime, regime.starts_on, count=PERIODS_FORESEEN)
    ]
    return Prospect(units, days)


def _with_choices(form: RegimeForm) -> RegimeForm:
    versions = regimes.published_forms(session(), own_office())
    form.form_version.choices = [SelectChoice(version.id, version.label) for version in versions]
    groups = session().scalars(select(UnitGroup).order_by(UnitGroup.name))
    form.groups.choices = [SelectChoice(group.id, group.name) for group in groups]
    form.organisations.choices = [
        SelectChoice(key, gettext(name)) for key, name in member_form.ORGANISATIONS.items()
    ]
    return form


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
            return redirect(regime_address(regime))
        return render_template("regimes/end.html", regime=regime, form=form), tried.status
    return render_template("regimes/end.html", regime=regime, form=form), 422


@blueprint.post("/<int:regime_id>/review-levels")
@guarded(Permission.REGIME_MANAGE)
def set_review_levels(regime_id: int) -> ResponseReturnValue:
    """Settle who accepts below the office."""
    regime = fetch(Regime, regime_id, Permission.REGIME_MANAGE)
    form = LevelsForm()
    if not form.validate_on_submit():
        abort(422)
    levels = [ReviewLevel(level) for level in form.levels.data or ()]
    regimes.set_review_levels(session(), regime, levels=levels, by=me(), at=now())
    flash(gettext("Đã đặt các cấp tiếp nhận, áp dụng cho những báo cáo chưa đến hạn."), "success")
    return redirect(regime_address(regime))


@blueprint.route("/obligations/<int:obligation_id>/reopen", methods=["GET", "POST"])
@guarded(Permission.REPORT_REVIEW)
def reopen(obligation_id: int) -> ResponseReturnValue:
    """Open a locked form again for one unit and period."""
    obligation = fetch(Obligation, obligation_id, Permission.REPORT_REVIEW)
    form = ReopenForm()
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            regimes.reopen(
                session(), obligation, until=form.until.data, reason=form.reason.data, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã mở lại biểu cho đơn vị."), "success")
            return redirect(address(obligation))
        status = tried.status
    asked = regimes.newest_request(session(), obligation)
    return render_template("regimes/reopen.html", obligation=obligation, form=form, asked=asked), status
