"""Việc của tôi: each person opens on their own work — what is late, what waits, what comes due."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import history, months
from webapp.access import guarded, may_anywhere, me
from webapp.pages import tasks as task_pages
from webapp.runtime import calendar, now, session, today
from webapp.search_shelf import at_hand
from webapp.words import in_words, inside, words
from workflows import desk
from workflows.calendar import days_left, parse
from workflows.desk import Desk, Heap, Pile
from workflows.documents import DocumentState, OfficialDocument
from workflows.permissions import Permission, reaches
from workflows.reports import ReportState, Standing
from workflows.tasks import TaskState, Timeliness
from workflows.wording import N_

blueprint = Blueprint("home", __name__)

TITLES = {
    Pile.LATE: N_("Quá hạn"),
    Pile.WAITING: N_("Chờ tôi xử lý"),
    Pile.SOON: N_("Sắp đến hạn"),
}
NEXT: dict[TaskState | ReportState | None, str] = {
    TaskState.ASSIGNED: N_("tiếp nhận"),
    TaskState.AWAITING_CONFIRMATION: N_("xác nhận hoặc trả lại"),
    TaskState.REFUSED: N_("giao đơn vị khác"),
    ReportState.UNDER_REVIEW: N_("tiếp nhận hoặc trả lại"),
    ReportState.SUBMITTED: N_("tiếp nhận hoặc trả lại"),
    ReportState.PROPOSED: N_("duyệt"),
    ReportState.RETURNED: N_("sửa rồi nộp lại"),
    ReportState.SIGNED_OFF: N_("nộp"),
    None: N_("xem xét"),
}
PLACES = (
    (Permission.SYSTEM_VIEW, N_("Tình trạng hệ thống"), "administration.system"),
    (Permission.PEOPLE_MANAGE, N_("Người dùng"), "administration.people"),
    (Permission.UNITS_MANAGE, N_("Đơn vị"), "administration.units"),
)


@dataclass(frozen=True)
class Row:
    """One thing on the desk: what, whose, how long, what to do next, where to go."""

    what: str
    whose: str
    when: str
    act: str
    address: str


@dataclass(frozen=True)
class Column:
    """One pile of the desk with the lists behind its figures."""

    key: str
    title: str
    rows: list[Row]
    lists: list[tuple[str, int, str]]


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """The person's desk, and how the months went; for inspectors the newest of the trail."""
    found = desk.of(session(), me(), task_pages.the_day()) if reaches(me(), on=today()) else None
    return render_template(
        "home/index.html",
        columns=[_column(found, pile) for pile in Pile] if found else [],
        months=months.of_tasks() if found else [],
        shelf=at_hand(),
        trail=_trail() if may_anywhere(Permission.AUDIT_VIEW) else [],
        keeping=[(label, endpoint) for permission, label, endpoint in PLACES if may_anywhere(permission)],
    )


def _trail() -> list[tuple[history.Line, str]]:
    newest = desk.newest_trail(session(), me(), on=today())
    return [(history.line(entry), entry.subject_label) for entry in newest]


def _column(found: Desk, pile: Pile) -> Column:
    """The first things of a pile, tasks and reports together; papers that wait for a signature first."""
    heaps = [(heap, _task) for heap in found.tasks[pile]] + [(heap, _report) for heap in found.reports[pile]]
    heaps.sort(key=lambda pair: pair[0].due or date.max, reverse=pile is Pile.LATE)
    papers = [_paper(paper) for paper in found.papers] if pile is Pile.WAITING else []
    rows = papers + [row_of(heap, pile) for heap, row_of in heaps]
    return Column(pile.value, gettext(TITLES[pile]), rows[: desk.ROWS], _lists(found, pile))


def _lists(found: Desk, pile: Pile) -> list[tuple[str, int, str]]:
    """What the figures count, how many, and the list that holds exactly these."""
    lists = [
        (gettext("Nhiệm vụ"), found.task_totals[pile], url_for("tasks.index", **_task_view(pile))),
        (gettext("Báo cáo"), found.report_totals[pile], url_for("reports.index", **_report_view(pile))),
    ]
    if pile is Pile.WAITING:
        lists.append((gettext("Văn bản"), found.paper_total, _papers_address()))
    return [one for one in lists if one[1]]


def _task_view(pile: Pile) -> dict[str, Any]:
    return {
        Pile.LATE: {"view": "overdue", "timeliness": Timeliness.OVERDUE.value, "sort": "-deadline"},
        Pile.WAITING: {"view": "mine", "mine": "1", "sort": "deadline"},
        Pile.SOON: {"view": "soon", "timeliness": Timeliness.DUE_SOON.value, "sort": "deadline"},
    }[pile]


def _report_view(pile: Pile) -> dict[str, Any]:
    soon_until = f"{task_pages.the_day().soon_until:%d/%m/%Y}"
    return {
        Pile.LATE: {"view": "late", "standing": Standing.MISSING.value, "sort": "-due"},
        Pile.WAITING: {"view": "mine", "mine": "1", "sort": "due"},
        Pile.SOON: {"standing": Standing.AWAITED.value, "due_to": soon_until, "sort": "due"},
    }[pile]


def _papers_address() -> str:
    states = {
        Permission.DOCUMENT_SIGN_OFF: DocumentState.PREPARED,
        Permission.DOCUMENT_ISSUE: DocumentState.SIGNED_OFF,
    }
    mine = [state.value for permission, state in states.items() if may_anywhere(permission)]
    return url_for("documents.index", state=mine)


def _task(heap: Heap, pile: Pile) -> Row:
    alone = url_for("tasks.show", task_id=heap.id)
    together = url_for("tasks.index", alike=heap.id, **_task_view(pile))
    return _row(heap, pile, heap.what, alone, together)


def _report(heap: Heap, pile: Pile) -> Row:
    what = f"{heap.what}, {inside(in_words(parse(heap.period).label))}"
    alone = url_for("reports.show", period=heap.period, obligation_id=heap.id)
    together = url_for("reports.index", regime=heap.regime_id, period=heap.period, **_report_view(pile))
    return _row(heap, pile, what, alone, together)


def _row(heap: Heap, pile: Pile, what: str, alone: str, together: str) -> Row:
    """One thing leads to itself, several that are alike to their list."""
    several = heap.count > 1
    return Row(
        what,
        gettext("%(count)s đơn vị", count=heap.count) if several else heap.unit,
        _when(heap),
        gettext(NEXT.get(heap.state, NEXT[None])) if pile is Pile.WAITING else "",
        together if several else alone,
    )


def _when(heap: Heap) -> str:
    """The days left; no deadline runs any more for what was handed in."""
    if heap.state in (ReportState.SUBMITTED, TaskState.AWAITING_CONFIRMATION):
        return words(heap.state)
    return in_words(days_left(heap.due, now(), calendar())) if heap.due else ""


def _paper(paper: OfficialDocument) -> Row:
    act = gettext("duyệt") if paper.state is DocumentState.PREPARED else gettext("ban hành, lấy số")
    address = url_for("documents.show", document_id=paper.id)
    return Row(paper.label, paper.issuer.short_name, words(paper.state), act, address)
