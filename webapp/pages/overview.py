"""Tình hình chung: few figures, how the months went, the ten worst with their reasons; for whoever leads."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import months
from webapp.access import guarded, me
from webapp.pages import scores as score_pages
from webapp.pages import tasks as task_pages
from webapp.runtime import session, today
from webapp.words import words
from workflows import overview, targets, tasks
from workflows.permissions import Permission
from workflows.reports import Standing
from workflows.scores import Outcome
from workflows.targets import Course
from workflows.tasks import Timeliness

blueprint = Blueprint("overview", __name__, url_prefix="/overview")

WORST = 10
SHOWN = (Timeliness.OVERDUE, Timeliness.DUE_SOON, Timeliness.IN_TIME, Timeliness.DONE_LATE)


@dataclass(frozen=True)
class Figure:
    """A figure that leads to the list behind it."""

    label: str
    count: int
    address: str


@blueprint.get("/")
@guarded(Permission.SCORE_VIEW)
def index() -> ResponseReturnValue:
    """The page of a leader."""
    choice = score_pages.chosen()
    found = score_pages.scores_in(choice, score_pages.weights())
    worst = [score for score in found if score.loses_points][:WORST]
    return render_template(
        "overview/index.html",
        figures=_figures(),
        tasks_by_month=months.of_tasks(),
        reports_by_month=months.of_reports(),
        worst=score_pages.rows_of(worst, choice),
        choice=choice,
        NOT_DONE=Outcome.NOT_DONE,
    )


def _figures() -> list[Figure]:
    """Tasks by how they stand against time, reports that are missing, targets that are behind."""
    counted = tasks.counts_by_timeliness(session(), me(), task_pages.the_day())
    found = [
        Figure(_tasks_that_are(kind), counted[kind], url_for("tasks.index", timeliness=kind.value))
        for kind in SHOWN
    ]
    missing = overview.reports_missing(session(), me(), today=today())
    behind = targets.counts(session(), me(), on=today()).get(Course.BEHIND, 0)
    return [
        *found,
        Figure(
            gettext("báo cáo quá hạn chưa nộp"),
            missing,
            url_for("reports.index", view="late", standing=Standing.MISSING.value),
        ),
        Figure(gettext("chỉ tiêu chậm"), behind, url_for("targets.index", view="behind", course="behind")),
    ]


def _tasks_that_are(kind: Timeliness) -> str:
    return gettext("nhiệm vụ %(standing)s", standing=words(kind))
