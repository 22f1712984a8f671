"""Việc của tôi: each person opens on their own work — what is late, what waits, what comes due."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.access import guarded, me
from webapp.pages import reports as report_pages
from webapp.pages import tasks as task_pages
from webapp.runtime import calendar, now, session, today
from webapp.words import in_words, words
from workflows import desk, tasks
from workflows.calendar import days_left
from workflows.desk import Desk, Pile
from workflows.documents import OfficialDocument
from workflows.permissions import Permission
from workflows.tasks import Task
from workflows.wording import N_

blueprint = Blueprint("home", __name__)

TITLES = {
    Pile.LATE: N_("Quá hạn"),
    Pile.WAITING: N_("Chờ tôi xử lý"),
    Pile.SOON: N_("Sắp đến hạn"),
}
TASK_VIEWS = {
    Pile.LATE: {"view": "overdue", "timeliness": "overdue"},
    Pile.WAITING: {"state": ["awaiting-confirmation", "assigned", "refused"]},
    Pile.SOON: {"view": "soon", "timeliness": "due-soon"},
}
REPORT_VIEWS = {
    Pile.LATE: {"view": "late", "standing": "missing"},
    Pile.WAITING: {"standing": ["submitted", "submitted-late", "returned"]},
    Pile.SOON: {"standing": "awaited"},
}


@dataclass(frozen=True)
class Row:
    """One thing on the desk: what, from whom, how long, where to go."""

    what: str
    whose: str
    when: str
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
    """The person's desk, and how the months went."""
    found = desk.of(session(), me(), task_pages.the_day())
    months = tasks.months_of(session(), me(), today=today())
    return render_template("home/index.html", columns=[_column(found, pile) for pile in Pile], months=months)


def _column(found: Desk, pile: Pile) -> Column:
    """The oldest things of a pile, tasks and reports together; papers that wait for a signature first."""
    dated = [(task.deadline or date.max, _task(task)) for task in found.tasks[pile]]
    dated += [(row[0].due_on, _report(row)) for row in found.reports[pile]]
    papers = [_paper(paper) for paper in found.papers] if pile is Pile.WAITING else []
    rows = papers + [row for _, row in sorted(dated, key=lambda pair: pair[0])]
    lists = [
        (gettext("Nhiệm vụ"), found.task_totals[pile], url_for("tasks.index", **TASK_VIEWS[pile])),
        (gettext("Báo cáo"), found.report_totals[pile], url_for("reports.index", **REPORT_VIEWS[pile])),
    ]
    return Column(pile.value, gettext(TITLES[pile]), rows[: desk.ROWS], [one for one in lists if one[1]])


def _task(task: Task) -> Row:
    return Row(
        task.title,
        task.lead.short_name,
        task_pages.time_left(task) or words(task.state),
        task_pages.address(task),
    )


def _report(row: Any) -> Row:
    obligation, report, standing = row
    left = in_words(days_left(obligation.due_on, now(), calendar()))
    when = (
        left if report is None or report.submitted_on is None else str(report_pages.standing_badge(standing))
    )
    what = f"{obligation.regime.name}, {in_words(obligation.span.label)}"
    return Row(what, obligation.unit.short_name, when, report_pages.address(obligation))


def _paper(paper: OfficialDocument) -> Row:
    return Row(
        paper.label,
        paper.issuer.short_name,
        words(paper.state),
        url_for("documents.show", document_id=paper.id),
    )
