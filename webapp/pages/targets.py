"""Chỉ tiêu: which are behind, who leads them, by when; one target with its values against the line."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select

from webapp import listing, uploads
from webapp.access import fetch, guarded, may, me, own_office
from webapp.badges import Badge, Tone
from webapp.course_chart import course_chart, figure
from webapp.filters import Days, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import ReasonForm
from webapp.forms.targets import TargetForm, ValueForm, typed_as
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import now, session, today
from webapp.unit_filter import Units
from webapp.words import day, words
from workflows import targets
from workflows.directives import Directive
from workflows.files import Attachment, attached
from workflows.permissions import Permission
from workflows.targets import FRESH_DAYS, Course, Direction, FollowedTarget, Standing, TargetValue
from workflows.tasks import Task, TaskTarget
from workflows.wording import N_

blueprint = Blueprint("targets", __name__, url_prefix="/targets")

TONES = {
    Course.BEHIND: Tone.LATE,
    Course.STALE: Tone.SOON,
    Course.NO_VALUE: Tone.IDLE,
    Course.ON_COURSE: Tone.GOOD,
    Course.REACHED: Tone.GOOD,
}


def course_badge(course: str) -> Badge:
    """How a target stands, in colour and word."""
    return Badge(words(Course(course)), TONES[Course(course)])


def address(target: FollowedTarget) -> str:
    """The page of a target."""
    return url_for("targets.show", target_id=target.id)


def target_list(how: Standing) -> Listing[Any]:
    """The list of targets; rows are (target, newest value, its day, gap, course)."""
    return Listing(
        name="chi-tieu",
        title=N_("Chỉ tiêu"),
        columns=(
            Column(
                "name",
                N_("Chỉ tiêu"),
                lambda r: r[0].name,
                sort=FollowedTarget.name,
                address=lambda r: address(r[0]),
                width=60,
            ),
            Column("directive", N_("Văn bản"), _directive_number, unbroken=True, width=16),
            Column("lead", N_("Chủ trì"), lambda r: r[0].lead.short_name, width=32),
            Column("in_charge", N_("Lãnh đạo phụ trách"), _in_charge, width=28),
            Column("measure", N_("Đơn vị tính"), lambda r: r[0].measure),
            Column("value", N_("Mới nhất"), lambda r: r[1], sort=how.newest.c.value, numeric=True, places=2),
            Column("measured", N_("Số liệu đến"), lambda r: r[2], sort=how.newest.c.measured_on),
            Column("goal", N_("Phải đạt"), lambda r: r[0].goal_value, numeric=True, places=2),
            Column("goal_on", N_("Vào ngày"), lambda r: r[0].goal_on, sort=FollowedTarget.goal_on),
            Column("gap", N_("Chậm so với tiến độ"), _gap, sort=how.gap, numeric=True, places=2),
            Column("course", N_("Tình trạng"), lambda r: course_badge(r[4]), sort=how.course),
        ),
        filters=(
            Options.of("course", N_("Tình trạng"), Course, how.course),
            Options("directive", N_("Văn bản"), _directives, _of_directives),
            Units("unit", N_("Đơn vị chủ trì"), FollowedTarget.lead_id),
            Days("goal", N_("Ngày phải đạt"), FollowedTarget.goal_on),
            Words("words", N_("Tên chỉ tiêu"), (FollowedTarget.name,)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("behind", N_("Chỉ tiêu chậm"), {"course": ["behind"], "sort": "goal_on"}),
            View("unknown", N_("Thiếu số liệu"), {"course": ["stale", "no-value"], "sort": "goal_on"}),
            View("reached", N_("Đã đạt"), {"course": ["reached"]}),
        ),
        sort="goal_on",
    )


def _directive_number(row: Any) -> str:
    directive = row[0].directive
    return (directive.number or directive.type) if directive else ""


def _in_charge(row: Any) -> str:
    return row[0].task.in_charge if row[0].task else ""


def _gap(row: Any) -> float | None:
    return row[3] if row[4] == Course.BEHIND.value else None


def _directives() -> list[tuple[str, str]]:
    wanted = (
        select(Directive.id, func.coalesce(Directive.number, Directive.type))
        .where(Directive.id.in_(select(FollowedTarget.directive_id).where(targets.seen_by(me(), on=today()))))
        .order_by(Directive.issued_on.desc())
    )
    return [(str(id_), number) for id_, number in session().execute(wanted)]


def _of_directives(ids: list[str]) -> Any:
    return FollowedTarget.directive_id.in_([int(id_) for id_ in ids if id_.isdigit()])


@blueprint.get("/")
@guarded(Permission.TARGET_VIEW)
def index() -> ResponseReturnValue:
    """All targets the person may read, those behind on a tab of their own."""
    how = targets.standing(today())
    return listing.answer(target_list(how), targets.all_visible(me(), how, on=today()), "targets/index.html")


@blueprint.get("/<int:target_id>")
@guarded(Permission.TARGET_VIEW)
def show(target_id: int) -> ResponseReturnValue:
    """One target."""
    return page(fetch(FollowedTarget, target_id, Permission.TARGET_VIEW))


def page(target: FollowedTarget, status: int = 200, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of a target; a form that was refused comes back filled."""
    values = targets.values_of(session(), target)
    in_force = targets.in_force(values)
    newest = (in_force[0].value, in_force[0].measured_on) if in_force else None
    course = targets.course(
        target.line, target.direction, newest, fresh_days=target.fresh_days, today=today()
    )
    open_ = target.dropped_on is None
    recording = open_ and may(Permission.TARGET_RECORD, target)
    html = render_template(
        "targets/show.html",
        target=target,
        badges=[course_badge(course)] if open_ else [Badge(gettext("thôi theo dõi"))],
        values=values,
        in_force={value.id for value in in_force},
        newest=newest,
        gap=targets.shortfall(target.line, target.direction, *newest) if newest else None,
        expected=target.line.at(newest[1] if newest else today()),
        is_behind=course is Course.BEHIND,
        chart=course_chart(target, in_force, today()),
        rows=[_behind_the_chart(target, value) for value in reversed(in_force)],
        files=attached(session(), TargetValue, [value.id for value in values]),
        offers=targets.offers(session(), target) if recording else [],
        recording=recording,
        setting=open_ and may(Permission.TARGET_SET, target),
        value_form=forms.get("value") or _value_form(),
        refused=forms.get("other"),
        history=lines_of(target),
        figure=figure,
    )
    return html, status


def _behind_the_chart(target: FollowedTarget, value: TargetValue) -> tuple[str, str, str]:
    """A day, what was reached, and what should have been."""
    on = value.measured_on
    return day(on), figure(value.value), figure(target.line.at(on))


def _value_form() -> ValueForm:
    """A blank one, or one that corrects the value the address names."""
    return ValueForm(formdata=None, measured_on=today(), corrects=request.args.get("corrects", ""))


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.TARGET_SET)
def new() -> ResponseReturnValue:
    """Begin to follow a target: of a directive, as it was read, or on its own."""
    directive, read_as = _source()
    form = TargetForm(**_proposed(directive, read_as))
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            target = targets.set_(
                session(),
                own_office(),
                goal=form.goal(),
                directive=directive,
                task=read_as.task if read_as else None,
                read_as=read_as,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã đặt chỉ tiêu."), "success")
            return redirect(address(target))
        status = tried.status
    return render_template("targets/edit.html", form=form, directive=directive, target=None), status


def _source() -> tuple[Directive | None, TaskTarget | None]:
    """The directive and the reading that the address names, as far as the person may use them."""
    directive, read_as = None, None
    if directive_id := request.args.get("directive", type=int):
        directive = fetch(Directive, directive_id, Permission.DIRECTIVE_EDIT)
    if read_id := request.args.get("reading", type=int):
        read_as = session().get(TaskTarget, read_id) or abort(404)
        fetch(Task, read_as.task_id, Permission.TASK_DECIDE)
        directive = read_as.task.directive
    return directive, read_as


def _proposed(directive: Directive | None, read_as: TaskTarget | None) -> dict[str, Any]:
    """What the form begins with."""
    begun: dict[str, Any] = {
        "direction": Direction.AT_LEAST.value,
        "fresh_days": FRESH_DAYS,
        "baseline_on": directive.issued_on if directive else today(),
    }
    if read_as is not None:
        task = read_as.task
        begun |= {
            "name": task.title[:500],
            "lead": task.lead.name,
            "measure": read_as.unit,
            "goal_value": read_as.value,
            "goal_on": task.deadline,
            "quote": read_as.words or task.quote,
        }
    return begun


@blueprint.route("/<int:target_id>/edit", methods=["GET", "POST"])
@guarded(Permission.TARGET_SET)
def revise(target_id: int) -> ResponseReturnValue:
    """Set goal, line or lead anew."""
    target = fetch(FollowedTarget, target_id, Permission.TARGET_SET)
    form = TargetForm(data=typed_as(target))
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            targets.revise(
                session(),
                target,
                goal=form.goal(),
                reason=form.reason.data or "",
                version=request.form.get("version", type=int),
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã điều chỉnh chỉ tiêu."), "success")
            return redirect(address(target))
        status = tried.status
    return render_template("targets/edit.html", form=form, directive=target.directive, target=target), status


@blueprint.post("/<int:target_id>/values")
@guarded(Permission.TARGET_RECORD)
def record(target_id: int) -> ResponseReturnValue:
    """Add a value, or the correction of one."""
    target = fetch(FollowedTarget, target_id, Permission.TARGET_RECORD)
    form = ValueForm()
    wrong = session().get(TargetValue, int(form.corrects.data)) if _is_id(form.corrects.data) else None
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            targets.record(
                session(),
                target,
                reading=form.reading(),
                corrects=wrong,
                files=uploads.received("files"),
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã ghi số liệu."), "success")
            return redirect(address(target))
        status = tried.status
    return page(target, status, value=form)


def _is_id(typed: str | None) -> bool:
    return bool(typed) and str(typed).isascii() and str(typed).isdigit() and len(str(typed)) < 10


@blueprint.post("/<int:target_id>/figures")
@guarded(Permission.TARGET_RECORD)
def take(target_id: int) -> ResponseReturnValue:
    """Record what the statistics of a period say."""
    target = fetch(FollowedTarget, target_id, Permission.TARGET_RECORD)
    regime_id, period = request.form.get("regime", type=int) or 0, request.form.get("period", "")
    form = OfficeForm()
    with attempt(form) as tried:
        targets.take_figure(session(), target, regime_id=regime_id, period=period, by=me(), at=now())
    if not tried.succeeded:
        return page(target, tried.status, other=form)
    flash(gettext("Đã ghi số liệu."), "success")
    return redirect(address(target))


@blueprint.post("/<int:target_id>/drop")
@guarded(Permission.TARGET_SET)
def drop(target_id: int) -> ResponseReturnValue:
    """Follow the target no longer."""
    target = fetch(FollowedTarget, target_id, Permission.TARGET_SET)
    form = ReasonForm()
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            targets.drop(session(), target, reason=form.reason.data or "", by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã thôi theo dõi chỉ tiêu."), "success")
            return redirect(address(target))
        status = tried.status
    return page(target, status, other=form)


@blueprint.get("/<int:target_id>/files/<int:attachment_id>")
@guarded(Permission.TARGET_VIEW)
def evidence(target_id: int, attachment_id: int) -> Response:
    """A file that came with a value."""
    target = fetch(FollowedTarget, target_id, Permission.TARGET_VIEW)
    attachment = session().get(Attachment, attachment_id)
    hung_on_value = attachment is not None and attachment.subject_kind == TargetValue.__tablename__
    value = session().get(TargetValue, attachment.subject_id) if attachment and hung_on_value else None
    return uploads.saved(attachment if value is not None and value.target_id == target.id else None)
