"""Báo cáo, continued: what those above do with an answer, level by level, and with a locked form."""

from collections.abc import Callable

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import guarded, me
from webapp.errors import status_of
from webapp.forms.base import refusal_of
from webapp.forms.reports import Returning
from webapp.pages.reports import address
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_answer import Answer, after, answer_page, obligation_at
from webapp.runtime import now, session
from workflows import regimes, reports
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.reports import Report, ReportMove


@report_pages.post("/<period>/<int:obligation_id>/<any(return, accept, reopen, 'hand-down'):move>")
@guarded(Permission.REPORT_REVIEW)
def act(period: str, obligation_id: int, move: str) -> ResponseReturnValue:
    """Return with reasons, accept, reopen, ask below: what the office does with an answer."""
    return _acted(obligation_at(period, obligation_id, Permission.REPORT_REVIEW), move)


@report_pages.post("/<period>/<int:obligation_id>/<any(endorse, 'turn-down'):move>")
@guarded(Permission.REPORT_ENDORSE)
def act_below(period: str, obligation_id: int, move: str) -> ResponseReturnValue:
    """Accept and pass on, or give back: what a level below the office does with an answer."""
    return _acted(obligation_at(period, obligation_id, Permission.REPORT_VIEW), move)


def _acted(obligation: Obligation, move: str) -> ResponseReturnValue:
    report = reports.of_obligation(session(), obligation) or abort(404)
    returning, version = Returning.sent(request.form), request.form.get("version", type=int)

    def attempted() -> None:
        # Told first: whoever was quicker may have taken the right to act along.
        reports.refuse_outdated(report, version)
        ACTS[move](report, returning)

    refusal = refusal_of(attempted)
    if refusal is None:
        flash(gettext("Đã ghi nhận."), "success")
        return redirect(address(obligation))
    return answer_page(Answer(obligation), refusal=refusal, returning=returning), status_of(refusal)


def _return(report: Report, said: Returning) -> None:
    reports.return_(session(), report, reason=said.general(), cells=said.named(), by=me(), at=now())


def _turn_down(report: Report, said: Returning) -> None:
    reports.turn_down(session(), report, reason=said.general(), cells=said.named(), by=me(), at=now())


def _hand_down(report: Report, said: Returning) -> None:
    reports.hand_down(session(), report, reason=said.reason, by=me(), at=now())


def _endorse(report: Report, _: Returning) -> None:
    reports.endorse(session(), report, by=me(), at=now())


def _accept(report: Report, _: Returning) -> None:
    reports.accept(session(), report, by=me(), at=now())


def _reopen(report: Report, said: Returning) -> None:
    reports.reopen(session(), report, reason=said.reason, by=me(), at=now())


ACTS: dict[str, Callable[[Report, Returning], None]] = {
    ReportMove.RETURN.value: _return,
    ReportMove.TURN_DOWN.value: _turn_down,
    ReportMove.HAND_DOWN.value: _hand_down,
    ReportMove.ENDORSE.value: _endorse,
    ReportMove.ACCEPT.value: _accept,
    ReportMove.REOPEN.value: _reopen,
}


@report_pages.post("/<period>/<int:obligation_id>/reopening")
@guarded(Permission.REPORT_WRITE)
def ask_reopening(period: str, obligation_id: int) -> ResponseReturnValue:
    """The unit asks the office to open its locked form again."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    report, said = reports.of_obligation(session(), obligation), {"reason": request.form.get("reason", "")}

    def ask() -> None:
        if report is None or report.state in reports.EDITABLE:
            regimes.ask_reopening(session(), obligation, **said, by=me(), at=now())
        else:
            reports.ask_reopening(session(), report, **said, by=me(), at=now())

    return after(obligation, refusal_of(ask))


@report_pages.post("/<period>/<int:obligation_id>/reopening/refuse")
@guarded(Permission.REPORT_REVIEW)
def refuse_reopening(period: str, obligation_id: int) -> ResponseReturnValue:
    """The office leaves the form locked."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_REVIEW)
    reason = request.form.get("reason", "")
    return after(
        obligation,
        refusal_of(lambda: regimes.refuse_reopening(session(), obligation, reason=reason, by=me(), at=now())),
    )
