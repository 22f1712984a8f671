"""Báo cáo: what is owed and by when, the form to fill in, handing in, returning, accepting."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import listing, navigation
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.errors import said, status_of
from webapp.filters import Days, Options, Words
from webapp.forms.reports import Sheet
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words, words
from workflows import regimes, reports
from workflows.calendar import days_left
from workflows.errors import DomainError, InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission, holds_anywhere
from workflows.regimes import Obligation, Regime
from workflows.regimes.forms import read
from workflows.reports import Report, ReportMove, ReportState, Standing
from workflows.wording import N_

blueprint = Blueprint("reports", __name__, url_prefix="/reports")

TONES = {
    Standing.AWAITED: Tone.IDLE,
    Standing.MISSING: Tone.LATE,
    Standing.RETURNED: Tone.SOON,
    Standing.SUBMITTED: Tone.WAITING,
    Standing.SUBMITTED_LATE: Tone.WAITING,
    Standing.ACCEPTED: Tone.GOOD,
    Standing.ACCEPTED_LATE: Tone.SOON,
}
OPEN = (Standing.AWAITED.value, Standing.MISSING.value, Standing.RETURNED.value)


def standing_badge(standing: str) -> Badge:
    """How an obligation stands, in colour and word."""
    kind = Standing(standing)
    return Badge(words(kind), TONES[kind])


def address(obligation: Obligation) -> str:
    """The page of an obligation and its answer."""
    return url_for("reports.show", period=obligation.period, obligation_id=obligation.id)


def report_list() -> Listing[Any]:
    """What is owed, as declared for today; rows are (obligation, report, standing)."""
    standing = reports.standing_sql(today())
    return Listing(
        name="bao-cao",
        title=N_("Báo cáo"),
        columns=(
            Column(
                "regime",
                N_("Báo cáo"),
                lambda r: r[0].regime.name,
                sort=Regime.name,
                address=lambda r: address(r[0]),
                width=48,
            ),
            Column("unit", N_("Đơn vị"), lambda r: r[0].unit.short_name, sort=Unit.path, width=36),
            Column("period", N_("Kỳ"), lambda r: in_words(r[0].span.label), sort=Obligation.last_day),
            Column("due", N_("Hạn nộp"), lambda r: r[0].due_on, sort=Obligation.due_on),
            Column("left", N_("Còn lại"), _left),
            Column(
                "submitted", N_("Ngày nộp"), lambda r: r[1] and r[1].submitted_on, sort=Report.submitted_on
            ),
            Column("standing", N_("Trạng thái"), lambda r: standing_badge(r[2])),
        ),
        filters=(
            Options.of("standing", N_("Trạng thái"), Standing, standing),
            Options(
                "regime", N_("Chế độ báo cáo"), _regimes, lambda ids: Obligation.regime_id.in_(_whole(ids))
            ),
            Days("due", N_("Hạn nộp"), Obligation.due_on),
            Words("unit", N_("Đơn vị"), (Unit.name, Unit.short_name)),
        ),
        views=(
            View("open", N_("Phải nộp"), {"standing": list(OPEN)}),
            View("late", N_("Quá hạn chưa nộp"), {"standing": [Standing.MISSING.value]}),
            View("received", N_("Chờ tiếp nhận"), {"standing": ["submitted", "submitted-late"]}),
            View("returned", N_("Trả lại"), {"standing": [Standing.RETURNED.value]}),
            View("accepted", N_("Đã tiếp nhận"), {"standing": ["accepted", "accepted-late"]}),
            View("all", N_("Tất cả")),
        ),
        sort="due",
    )


def _left(row: Any) -> str:
    obligation, _, standing = row
    return in_words(days_left(obligation.due_on, now(), calendar())) if standing in OPEN else ""


def _regimes() -> list[tuple[str, str]]:
    found = session().execute(
        select(Regime.id, Regime.name).where(regimes.visible_to(me(), on=today())).order_by(Regime.name)
    )
    return [(str(id_), name) for id_, name in found]


def _whole(ids: list[str]) -> list[int]:
    return [int(id_) for id_ in ids if id_.isdigit()]


@navigation.waiting("reports.index")
def waiting(db: Session, person: Person, on: date) -> int:
    """How many reports wait for this person: to be accepted by the office, to be handed in by a unit."""
    if holds_anywhere(person, Permission.REPORT_REVIEW, on=on):
        states = Report.state == ReportState.SUBMITTED
        return db.scalar(select(func.count()).where(reports.visible_to(person, on=on), states)) or 0
    owed = reports.owed(person, on=on).where(reports.standing_sql(on).in_(OPEN), Obligation.first_day <= on)
    return db.scalar(select(func.count()).select_from(owed.subquery())) or 0


@blueprint.get("/")
@guarded(Permission.REPORT_VIEW)
def index() -> ResponseReturnValue:
    """What the person's units owe, or what the office is owed."""
    return listing.answer(report_list(), reports.owed(me(), on=today()), "reports/index.html")


@blueprint.get("/<period>/<int:obligation_id>")
@guarded(Permission.REPORT_VIEW)
def show(period: str, obligation_id: int) -> ResponseReturnValue:
    """One obligation with its answer: to be filled in by the unit, to be read by everybody else."""
    obligation = _obligation(period, obligation_id, Permission.REPORT_VIEW)
    report = reports.of_obligation(session(), obligation)
    sheet = Sheet.of(read(obligation.form_version.definition), _content(report))
    return _page(obligation, report, sheet)


@blueprint.post("/<period>/<int:obligation_id>")
@guarded(Permission.REPORT_WRITE)
def save(period: str, obligation_id: int) -> ResponseReturnValue:
    """Keep what was typed; on wish sign it off or hand it in as well."""
    obligation = _obligation(period, obligation_id, Permission.REPORT_WRITE)
    sheet = Sheet.sent(read(obligation.form_version.definition), request.form)
    refusal = _kept(obligation, sheet)
    wish = request.form.get("act", "")
    if refusal is None and not sheet.faults and wish in WISHES:
        refusal = _done(obligation, sheet, WISHES[wish])
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return _answer_to_autosave(obligation, sheet, refusal)
    if refusal is None and not sheet.faults:
        flash(gettext("Đã nộp báo cáo.") if wish == "submit" else gettext("Đã lưu."), "success")
        return redirect(address(obligation))
    status = status_of(refusal) if refusal else 422
    return _page(obligation, reports.of_obligation(session(), obligation), sheet, refusal), status


WISHES: dict[str, Callable[..., None]] = {"sign-off": reports.sign_off, "submit": reports.submit}


def _kept(obligation: Obligation, sheet: Sheet) -> DomainError | None:
    """Begin the answer if need be and keep the sheet; the refusal, if it was refused."""

    def keep() -> None:
        report = reports.begin(session(), obligation, by=me(), at=now())
        version = request.form.get("version", type=int)
        reports.write(session(), report, content=sheet.content(), version=version, by=me(), at=now())

    return _tried(keep)


def _done(obligation: Obligation, sheet: Sheet, act: Callable[..., None]) -> DomainError | None:
    report = reports.of_obligation(session(), obligation)
    refusal = _tried(lambda: act(session(), report, by=me(), at=now()))
    if isinstance(refusal, InvalidFields):
        for cell, sentence in refusal.fields.items():
            sheet.fault(cell, sentence)
    return refusal


def _tried(act: Callable[[], None]) -> DomainError | None:
    """Do something inside a savepoint; the refusal, if there was one."""
    point = session().begin_nested()
    try:
        act()
        session().flush()
    except DomainError as refusal:
        point.rollback()
        return refusal
    point.commit()
    return None


def _answer_to_autosave(
    obligation: Obligation, sheet: Sheet, refusal: DomainError | None
) -> ResponseReturnValue:
    report = reports.of_obligation(session(), obligation)
    fields = {"version": report.version} if report else {}
    if refusal is not None:
        return jsonify(message=said(refusal), fields=fields), status_of(refusal)
    if sheet.faults:
        sentences = [sentence for faults in sheet.faults.values() for sentence in faults]
        return jsonify(message=" ".join(sentences), fields=fields), 422
    return jsonify(fields=fields)


@blueprint.post("/<period>/<int:obligation_id>/<move>")
@guarded(Permission.REPORT_VIEW)
def act(period: str, obligation_id: int, move: str) -> ResponseReturnValue:
    """Return with reasons, accept, reopen: what the office does with an answer."""
    obligation = _obligation(period, obligation_id, Permission.REPORT_REVIEW)
    report = reports.of_obligation(session(), obligation)
    if report is None or move not in OFFICE_ACTS:
        abort(404)
    refusal = _tried(lambda: OFFICE_ACTS[move](report))
    if refusal is None:
        flash(gettext("Đã ghi nhận."), "success")
        return redirect(address(obligation))
    sheet = Sheet.of(read(obligation.form_version.definition), _content(report))
    return _page(obligation, report, sheet, refusal), status_of(refusal)


def _return(report: Report) -> None:
    cells = [
        (name.removeprefix("why:"), why) for name, why in request.form.items() if name.startswith("why:")
    ]
    reason = request.form.get("reason", "")
    reports.return_(session(), report, reason=reason, cells=cells, by=me(), at=now())


def _accept(report: Report) -> None:
    reports.accept(session(), report, by=me(), at=now())


def _reopen(report: Report) -> None:
    reports.reopen(session(), report, reason=request.form.get("reason", ""), by=me(), at=now())


OFFICE_ACTS: dict[str, Callable[[Report], None]] = {
    ReportMove.RETURN.value: _return,
    ReportMove.ACCEPT.value: _accept,
    ReportMove.REOPEN.value: _reopen,
}


def _obligation(period: str, obligation_id: int, permission: Permission) -> Obligation:
    obligation = fetch(Obligation, obligation_id, permission)
    if obligation.period != period:
        abort(404)
    return obligation


def _content(report: Report | None) -> reports.Content:
    return reports.content_of(session(), report) if report else reports.Content()


def _page(
    obligation: Obligation, report: Report | None, sheet: Sheet, refusal: DomainError | None = None
) -> str:
    """The page of an answer: a form where the unit may write, otherwise the answer as text."""
    lock = regimes.lock_reason(
        obligation, on=today(), reopened_until=regimes.reopened_until(session(), obligation)
    )
    state = report.state if report else None
    submitted_on = report.submitted_on if report else None
    moves = reports.moves_open_to(me(), report, on=today()) if report else []
    editable = may(Permission.REPORT_WRITE, obligation) and (state is None or state in reports.EDITABLE)
    return render_template(
        "reports/show.html",
        obligation=obligation,
        report=report,
        sheet=sheet,
        before=reports.figures_before(session(), obligation),
        lock=in_words(lock) if lock else "",
        writing=editable and lock is None,
        needs_sign_off=obligation.unit.needs_sign_off and state is not ReportState.SIGNED_OFF,
        may_sign_off=may(Permission.REPORT_SIGN_OFF, obligation),
        moves={move.value: move for move in moves},
        badges=[
            standing_badge(reports.standing(state, submitted_on, obligation.timely_until, today=today()))
        ],
        left="" if submitted_on else in_words(days_left(obligation.due_on, now(), calendar())),
        changed=_changed(report, sheet),
        refusal=said(refusal) if refusal and not isinstance(refusal, InvalidFields) else "",
        history=lines_of(report) if report else [],
    )


def _changed(report: Report | None, sheet: Sheet) -> list[reports.Change]:
    """What a resubmitted answer says differently, for whoever reviews it."""
    if report is None or len(report.editions) < 2:
        return []
    before, after = (reports.Content.read(edition.content) for edition in report.editions[-2:])
    return reports.changes(sheet.form, before, after)
