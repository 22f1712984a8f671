"""Báo cáo, continued: one obligation with its answer, filled in, handed in, returned, accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.errors import said, status_of
from webapp.forms.base import refusal_of
from webapp.forms.reports import Returning, Sheet
from webapp.history import lines_of
from webapp.pages.reports import address, own_page, standing_badge
from webapp.pages.reports import blueprint as report_pages
from webapp.pages.reports_fields import keep_files, look_back, questions
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words, words
from workflows import regimes, reports
from workflows.calendar import days_left, local_day
from workflows.errors import Conflict, DomainError, InvalidFields
from workflows.files import attached
from workflows.permissions import Permission
from workflows.regimes import Obligation
from workflows.regimes.forms import Form, read
from workflows.reports import Acceptance, Content, Report, ReportMove, ReportState
from workflows.statistics import newest_publication
from workflows.tasks.results import Result, results_of
from workflows.wording import N_


@dataclass
class Answer:
    """An obligation, its report if one was begun, and what the form asks."""

    obligation: Obligation
    report: Report | None = field(init=False)
    stored: Sheet = field(init=False)
    before: Content = field(init=False)

    def __post_init__(self) -> None:
        self.report = reports.of_obligation(session(), self.obligation)
        content = reports.content_of(session(), self.report) if self.report else Content()
        self.before = reports.content_before(session(), self.obligation)
        self.stored = Sheet.of(read(self.obligation.form_version.definition), content)


def obligation_at(period: str, obligation_id: int, permission: Permission) -> Obligation:
    """The obligation at an address, if the person may do this to it; otherwise 404."""
    obligation = fetch(Obligation, obligation_id, permission)
    if obligation.period != period:
        abort(404)
    return obligation


@report_pages.get("/<period>/<int:obligation_id>")
@guarded(Permission.REPORT_VIEW)
def show(period: str, obligation_id: int) -> ResponseReturnValue:
    """One obligation with its answer: to be filled in by the unit, to be read by everybody else."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_VIEW)
    if elsewhere := own_page(obligation):
        return redirect(elsewhere)
    return answer_page(Answer(obligation))


@report_pages.post("/<period>/<int:obligation_id>")
@guarded(Permission.REPORT_WRITE)
def save(period: str, obligation_id: int) -> ResponseReturnValue:
    """Keep what was typed; on wish propose it, sign it off or hand it in as well."""
    obligation = obligation_at(period, obligation_id, Permission.REPORT_WRITE)
    sheet = Sheet.sent(read(obligation.form_version.definition), request.form)
    wish = request.form.get("act", "")
    if wish.startswith(INSERT):
        _insert(obligation, sheet, wish.removeprefix(INSERT))
    refusal = _kept(obligation, sheet)
    if refusal is None:
        keep_files(obligation, sheet)
    if refusal is None and not sheet.faults and wish in WISHES:
        refusal = _done(obligation, sheet, WISHES[wish])
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return _answer_to_autosave(obligation, sheet, refusal)
    if refusal is None and not sheet.faults:
        flash(gettext(SAID[wish]) if wish in SAID else gettext("Đã lưu."), "success")
        return redirect(address(obligation))
    return answer_page(Answer(obligation), sheet, refusal), status_of(refusal) if refusal else 422


def _insert(obligation: Obligation, sheet: Sheet, task_id: str) -> None:
    """Add what was achieved on a task, with its origin, to the paragraph that was chosen."""
    into = request.form.get("insert-into", "")
    found = [one for one in _results(obligation, sheet.form) if str(one.task.id) == task_id]
    if found and any(asked.code == into and asked.kind == "narrative" for asked in sheet.form.fields()):
        sheet.add_words(into, found[0].with_origin)


INSERT = "insert-"
WISHES: dict[str, Callable[..., None]] = {
    ReportMove.PROPOSE.value: reports.propose,
    ReportMove.SIGN_OFF.value: reports.sign_off,
    ReportMove.SUBMIT.value: reports.submit,
}
SAID = {
    ReportMove.PROPOSE.value: N_("Đã trình thủ trưởng duyệt."),
    ReportMove.SIGN_OFF.value: N_("Đã duyệt báo cáo."),
    ReportMove.SUBMIT.value: N_("Đã nộp báo cáo."),
}


def _kept(obligation: Obligation, sheet: Sheet) -> DomainError | None:
    """Begin the answer if need be and keep the sheet; the refusal, if it was refused."""
    content = sheet.content()
    known = reports.of_obligation(session(), obligation)
    # The page of a report not yet begun says version 0; whoever began it meanwhile is not overwritten.
    version = request.form.get("version", type=int) if known else None

    def keep() -> None:
        report = known or reports.begin(session(), obligation, by=me(), at=now())
        reports.write(session(), report, content=content, version=version, by=me(), at=now())

    refusal = refusal_of(keep)
    if isinstance(refusal, Conflict) and known and known.state in reports.EDITABLE:
        # The same words sent twice are no quarrel.
        kept = reports.content_of(session(), known)
        return None if kept == reports.would_say(session(), known, content) else refusal
    return refusal


def _done(obligation: Obligation, sheet: Sheet, act: Callable[..., None]) -> DomainError | None:
    report = reports.of_obligation(session(), obligation)
    refusal = refusal_of(lambda: act(session(), report, by=me(), at=now()))
    if isinstance(refusal, InvalidFields):
        for cell, sentence in refusal.fields.items():
            sheet.fault(cell, sentence)
    return refusal


def _answer_to_autosave(
    obligation: Obligation, sheet: Sheet, refusal: DomainError | None
) -> ResponseReturnValue:
    """The new version where something was kept; after a conflict the page goes on with its old one."""
    if refusal is not None:
        return jsonify(message=said(refusal)), status_of(refusal)
    report = reports.of_obligation(session(), obligation)
    fields = {"version": report.version} if report else {}
    if sheet.faults:
        sentences = [sentence for faults in sheet.faults.values() for sentence in faults]
        return jsonify(message=" ".join(sentences), fields=fields), 422
    return jsonify(fields=fields, questions=questions(obligation, sheet))


def after(obligation: Obligation, refusal: DomainError | None) -> ResponseReturnValue:
    """Back to the page when an act went through, the page with the refusal otherwise."""
    if refusal is None:
        flash(gettext("Đã ghi nhận."), "success")
        return redirect(address(obligation))
    typed = Returning.sent(request.form)
    return answer_page(Answer(obligation), refusal=refusal, returning=typed), status_of(refusal)


def answer_page(
    answer: Answer,
    typed: Sheet | None = None,
    refusal: DomainError | None = None,
    returning: Returning | None = None,
) -> str:
    """The page of an answer: a form where the unit may write, otherwise the answer as text."""
    obligation, report, stored = answer.obligation, answer.report, answer.stored
    publication = newest_publication(session(), obligation.regime, obligation.period)
    published_on = local_day(publication.published_at) if publication else None
    closed = reports.closed(session(), obligation, report, on=today(), published_on=published_on)
    writing = may(Permission.REPORT_WRITE, obligation) and closed is None
    sheet = typed if typed and writing else stored
    sheet.before = answer.before.figures
    sheet.files = attached(session(), Report, [report.id]).get(report.id, []) if report else []
    if writing:
        look_back(obligation, sheet)
    return render_template(
        "reports/show.html",
        obligation=obligation,
        report=report,
        sheet=sheet,
        unsaved=_unsaved(stored, typed, refusal),
        refusal=said(refusal) if refusal and not _named_at_cells(refusal, typed) else "",
        returning=returning or Returning(),
        before=answer.before,
        writing=writing,
        closed=closed,
        granted=regimes.live_exceptions(session(), obligation, on=today()),
        request_=regimes.newest_request(session(), obligation),
        files=[file for file in sheet.files if not file.place],
        history=lines_of(report) if report else [],
        results=_results(obligation, stored.form) if writing else [],
        **_standing_of(obligation, report),
    )


def _results(obligation: Obligation, form: Form) -> Sequence[Result]:
    """What the unit achieved on its tasks, where the form has a place to tell of it."""
    if not any(asked.kind == "narrative" for asked in form.fields()):
        return []
    last = min(max(obligation.last_day, obligation.due_on), today())
    return results_of(session(), obligation.unit, first=obligation.first_day, last=last)


def _standing_of(obligation: Obligation, report: Report | None) -> dict[str, Any]:
    """How the answer stands, and what the person may do with it."""
    state = report.state if report else None
    submitted_on = report.submitted_on if report else None
    moves = reports.moves_open_to(me(), report, on=today()) if report else []
    standing = reports.standing(state, submitted_on, obligation.timely_until, today=today())
    needs_head = obligation.unit.needs_sign_off and state is not ReportState.SIGNED_OFF
    return {
        "badges": [standing_badge(standing), *_head_badge(report), *_level_badge(report)],
        "levels": _levels(obligation, report),
        "left": "" if submitted_on else in_words(days_left(obligation.due_on, now(), calendar())),
        "moves": {move.value: move for move in moves},
        "needs_sign_off": needs_head,
        "may_sign_off": may(Permission.REPORT_SIGN_OFF, obligation),
        "changed": _changed(report, obligation),
        "files_changed": _files_changed(report),
        "reasons": _reasons(report) if report and state in reports.EDITABLE else {},
    }


@dataclass(frozen=True)
class LevelStep:
    """A level that accepts: who, with whose acceptance, and whether it is its turn."""

    name: str
    acceptance: Acceptance | None
    is_next: bool


def _levels(obligation: Obligation, report: Report | None) -> list[LevelStep]:
    """From the first level to the office; nothing where the office accepts alone."""
    if not obligation.reviewers:
        return []
    live = {one.level: one for one in report.acceptances if one.taken_back_at is None} if report else {}
    waits = report is not None and report.state in (ReportState.UNDER_REVIEW, ReportState.SUBMITTED)
    turn = report.endorsements + 1 if report is not None and waits else 0
    names = [*(one.unit.name for one in obligation.reviewers), obligation.regime.office.name]
    return [LevelStep(name, live.get(level), level == turn) for level, name in enumerate(names, start=1)]


def _head_badge(report: Report | None) -> list[Badge]:
    """Whether it lies with the head of the unit, or was signed off and waits to be handed in."""
    tones = {ReportState.PROPOSED: Tone.WAITING, ReportState.SIGNED_OFF: Tone.GOOD}
    if report is None or report.state not in tones:
        return []
    return [Badge(words(report.state), tones[report.state])]


def _level_badge(report: Report | None) -> list[Badge]:
    """How many levels of how many have accepted, where there are several."""
    if report is None or not report.review_levels or report.state in reports.EDITABLE:
        return []
    reached = report.endorsements + (report.state is ReportState.ACCEPTED)
    words = gettext("tiếp nhận cấp %(reached)s/%(all)s", reached=reached, all=report.review_levels + 1)
    return [Badge(words, Tone.WAITING if reached <= report.review_levels else Tone.GOOD)]


def _named_at_cells(refusal: DomainError, typed: Sheet | None) -> bool:
    return isinstance(refusal, InvalidFields) and typed is not None


def _unsaved(stored: Sheet, typed: Sheet | None, refusal: DomainError | None) -> list[reports.Change]:
    """Where words that could not be kept differ from what is kept."""
    if typed is None or not isinstance(refusal, Conflict):
        return []
    return reports.changes(stored.form, stored.content(), typed.content())


def _reasons(report: Report) -> dict[str, list[str]]:
    """Cell → why the office gave the report back; the general reasons under the empty name."""
    found: dict[str, list[str]] = {}
    for reason in report.return_reasons:
        found.setdefault(reason["cell"], []).append(reason["reason"])
    return found


def _changed(report: Report | None, obligation: Obligation) -> list[reports.Change]:
    """What a resubmitted answer says differently, for whoever reviews it."""
    if report is None or len(report.editions) < 2:
        return []
    before, after = (Content.read(edition.content) for edition in report.editions[-2:])
    return reports.changes(read(obligation.form_version.definition), before, after)


@dataclass(frozen=True)
class FilesChanged:
    """Files that a resubmitted edition has more or less than the one before."""

    number: int
    added: list[tuple[int, str]]
    dropped: list[tuple[int, str]]


def _files_changed(report: Report | None) -> FilesChanged | None:
    """What came and went among the files since the edition before, by place and name."""
    if report is None or len(report.editions) < 2:
        return None
    before, after = report.editions[-2:]
    old, new = ({file["sha256"] for file in edition.files} for edition in (before, after))
    added = [(at, f["name"]) for at, f in enumerate(after.files, 1) if f["sha256"] not in old]
    dropped = [(at, f["name"]) for at, f in enumerate(before.files, 1) if f["sha256"] not in new]
    return FilesChanged(after.number, added, dropped) if added or dropped else None
