"""Điểm của cơ quan, đơn vị: what was due in a period, what became of it, points line by line."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, select
from wtforms import SelectChoice

from webapp.access import fetch, guarded, me, own_office
from webapp.badges import Badge, Tone
from webapp.forms.base import attempt
from webapp.forms.scores import CauseForm, WeightsForm
from webapp.runtime import now, session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.words import words
from workflows import scores
from workflows.calendar import Cadence, Period, containing, parse
from workflows.errors import Refused
from workflows.organisations import Level, Unit
from workflows.permissions import Permission, reaches
from workflows.scores import Cause, Line, Outcome, Score, Thing, Weights
from workflows.tasks import Task
from workflows.wording import N_

blueprint = Blueprint("scores", __name__, url_prefix="/scores")

PERIODS = 6
PAGE = 50
TONES = {
    Outcome.IN_TIME: Tone.GOOD,
    Outcome.LATE: Tone.SOON,
    Outcome.VERY_LATE: Tone.LATE,
    Outcome.NOT_DONE: Tone.LATE,
}
HEADS = (N_("Đơn vị"), N_("Điểm"), N_("Đến hạn"), *(outcome.label for outcome in Outcome))


@dataclass(frozen=True)
class Choice:
    """What the address asks for: a period, and bodies of which storey."""

    period: Period
    level: Level | None

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.period.first_day(), self.period.last_day()


@dataclass(frozen=True)
class Row:
    """A unit with its score."""

    unit: Unit
    score: Score
    causes: list[Cause]

    @property
    def address(self) -> str:
        """The lines the score comes from."""
        return self.lines_of(None)

    def lines_of(self, outcome: Outcome | None) -> str:
        """The lines of one outcome, or all."""
        return url_for(
            "scores.show", unit_id=self.unit.id, period=request.args.get("period"), outcome=outcome
        )


@blueprint.get("/")
@guarded(Permission.SCORE_VIEW)
def index() -> ResponseReturnValue:
    """The scores of all bodies the person oversees, the lowest first."""
    choice, known = chosen(), weights()
    found = scores_in(choice, known)
    if request.args.get("format") == "xlsx":
        return _sheet(choice, rows_of(found, choice))
    number = max(1, min(request.args.get("page", 1, type=int), -(-len(found) // PAGE) or 1))
    return render_template(
        "scores/index.html",
        rows=rows_of(found[(number - 1) * PAGE : number * PAGE], choice),
        total=len(found),
        number=number,
        pages=-(-len(found) // PAGE) or 1,
        choice=choice,
        periods=periods(),
        levels=list(Level),
        outcomes=list(Outcome),
        weights=known,
    )


def chosen() -> Choice:
    """The period and the storey in the address; what cannot be read is the running quarter, all storeys."""
    try:
        period = parse(request.args.get("period", ""))
    except Refused:
        period = periods()[0]
    level = request.args.get("level", "")
    return Choice(period, Level(level) if level in set(Level) else None)


def periods() -> list[Period]:
    """The running quarter and those before it, then the running year."""
    running = containing(today(), Cadence.QUARTERLY)
    found = [running] if running else []
    while len(found) < PERIODS and (before := found[-1].previous()):
        found.append(before)
    year = containing(today(), Cadence.YEARLY)
    return [*found, year] if year else found


def weights() -> Weights:
    """What holds where the person looks from."""
    widest = min(reaches(me(), on=today()), key=len, default="/")
    return scores.weights_for(session(), widest)


def scores_in(choice: Choice, known: Weights) -> list[Score]:
    """The scores of the bodies asked for."""
    scope: ColumnElement[bool] = scores.readable(me(), on=today())
    if choice.level:
        scope = scope & (Unit.level == choice.level)
    return scores.scores_of(session(), *choice.span, scope, known, today=today())


def rows_of(found: list[Score], choice: Choice) -> list[Row]:
    """The scores with the names of their units and the causes named."""
    ids = [score.unit_id for score in found]
    units = {unit.id: unit for unit in session().scalars(select(Unit).where(Unit.id.in_(ids)))}
    causes = scores.causes_by_unit(session(), *choice.span, ids)
    return [Row(units[score.unit_id], score, causes.get(score.unit_id, [])) for score in found]


def _sheet(choice: Choice, rows: list[Row]) -> ResponseReturnValue:
    columns = [
        SheetColumn(gettext(head), 44 if place == 0 else 14, 1 if place == 1 else 0)
        for place, head in enumerate(HEADS)
    ]
    values = [
        [row.unit.name, row.score.points, len(row.score.lines), *(row.score.count(one) for one in Outcome)]
        for row in rows
    ]
    file = xlsx(gettext("Điểm"), columns, values)
    return send_file(file, XLSX, as_attachment=True, download_name=f"diem-{choice.period}.xlsx")


@blueprint.get("/<int:unit_id>")
@guarded(Permission.SCORE_VIEW)
def show(unit_id: int) -> ResponseReturnValue:
    """One body's score, line by line."""
    unit = fetch(Unit, unit_id, Permission.SCORE_VIEW)
    choice, known = chosen(), weights()
    found = scores.scores_of(session(), *choice.span, Unit.id == unit.id, known, today=today())
    score = found[0] if found else Score(unit.id, ())
    only = next((one for one in Outcome if one.value == request.args.get("outcome")), None)
    lines = sorted(score.lines, key=lambda line: (line.points, line.of.due))
    late = [
        line.of.id for line in lines if line.of.thing is Thing.TASK and line.outcome is not Outcome.IN_TIME
    ]
    return render_template(
        "scores/show.html",
        unit=unit,
        score=score,
        lines=[line for line in lines if only in (None, line.outcome)],
        only=only,
        choice=choice,
        periods=periods(),
        causes=scores.causes_of(session(), late),
        late=set(late),
        address_of=_address_of,
        named=lambda period: parse(period).label,
        badge_of=_badge_of,
        weights=known,
    )


def _address_of(line: Line) -> str:
    """The thing behind a line."""
    if line.of.thing is Thing.TASK:
        return url_for("tasks.show", task_id=line.of.id)
    return url_for("reports.show", period=line.of.period, obligation_id=line.of.id)


def _badge_of(line: Line) -> Badge:
    return Badge(words(line.outcome), TONES[line.outcome])


@blueprint.route("/settings", methods=["GET", "POST"])
@guarded(Permission.SCORE_SETTLE)
def settings() -> ResponseReturnValue:
    """What each outcome is worth."""
    office = own_office()
    known = scores.weights_for(session(), office.served_branch)
    form, status = WeightsForm(obj=known), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        version = int(form.version.data) if (form.version.data or "").isdigit() else 0
        with attempt(form) as tried:
            scores.settle_weights(
                session(), office, weights=form.weights(), version=version, by=me(), at=now()
            )
        if tried.succeeded:
            flash(gettext("Đã đặt cách chấm điểm."), "success")
            return redirect(url_for(".index"))
        status = tried.status
    return render_template("scores/settings.html", form=form), status


@blueprint.route("/causes/<int:task_id>", methods=["GET", "POST"])
@guarded(Permission.TASK_NAME_CAUSE)
def cause(task_id: int) -> ResponseReturnValue:
    """Name why a task runs or ran late."""
    task = fetch(Task, task_id, Permission.TASK_NAME_CAUSE)
    form, status = CauseForm(), 422 if request.method == "POST" else 200
    form.cause.choices = [SelectChoice(one.value, words(one)) for one in Cause]
    if form.validate_on_submit():
        with attempt(form) as tried:
            chosen_cause, note = Cause(form.cause.data), form.note.data or ""
            scores.name_cause(session(), task, cause=chosen_cause, note=note, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã ghi nguyên nhân."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
        status = tried.status
    return render_template("scores/cause.html", form=form, task=task), status
