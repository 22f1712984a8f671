"""Văn bản chỉ đạo: the list, one directive with its text, tasks, reports, relations and history."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.clauses import clause_in_words
from webapp.directive_board import NO_CLAUSE, OUTSIDE, board_of
from webapp.filters import Days, Flag, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.directives import ReasonForm, SendForm, type_choices, type_name, typed_lines
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.marked_text import block_at, blocks
from webapp.pages.tasks import TONES, state_badge, task_list, the_day, timeliness_badge
from webapp.rollout import rollout_of
from webapp.runtime import now, runtime, session, today
from webapp.sheets import XLSX
from webapp.unit_filter import Units
from webapp.words import words
from workflows import directives, intake, regimes, signatures, tasks
from workflows.directives import Clause, Directive, DirectiveState
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.regimes import Regime
from workflows.tasks import Task, TaskState, Timeliness
from workflows.wording import N_

blueprint = Blueprint("directives", __name__, url_prefix="/directives")

STATE_TONES = {
    DirectiveState.FOLLOWED: Tone.WAITING,
    DirectiveState.CLOSED: Tone.GOOD,
    DirectiveState.WITHDRAWN: Tone.IDLE,
}
TABS = {
    "text": N_("Nội dung"),
    "tasks": N_("Nhiệm vụ"),
    "progress": N_("Tiến độ"),
    "rollout": N_("Triển khai"),
    "reports": N_("Báo cáo"),
    "relations": N_("Liên quan"),
    "history": N_("Lịch sử"),
}
LIVE = [state for state in TaskState if state is not TaskState.CANCELLED]
# The original opens in no page of ours: it is handed out as it came, for saving only.
ORIGINAL_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}


blueprint.add_app_template_filter(clause_in_words, "clause")


def state_badge_of(directive: Directive) -> Badge:
    """Whether the office still follows it, in colour and word."""
    return Badge(words(directive.state), STATE_TONES[directive.state])


def address(row: Any) -> str:
    """The page of a directive in a row of the list."""
    return url_for("directives.show", directive_id=row[0].id)


def _leads_to(place: int, **asked: str | list[str]) -> Callable[[Any], str | None]:
    """Where the tasks that a figure of a row counts are listed; a nought has no list."""
    return lambda row: (
        url_for("directives.show", directive_id=row[0].id, tab="tasks", **asked) if row[place] else None
    )


def _figures(tally: dict[str, ColumnElement[int]]) -> tuple[Column[Any], ...]:
    """How many tasks there are, done and late, each leading to them."""
    live = _leads_to(1, state=[state.value for state in LIVE])
    done = _leads_to(2, state=TaskState.DONE.value)
    late = _leads_to(3, timeliness=Timeliness.OVERDUE.value)
    return (
        Column("live", N_("Nhiệm vụ"), lambda row: row[1], sort=tally["live"], numeric=True, address=live),
        Column("done", N_("Hoàn thành"), _done, sort=tally["done"], numeric=True, address=done),
        Column("overdue", N_("Quá hạn"), _overdue, sort=tally["overdue"], address=late),
    )


def directive_list() -> Listing[Any]:
    """The list of directives as declared for today; rows are (directive, live, done, overdue)."""
    tally = tasks.tally_sql(me(), the_day())
    return Listing(
        name="van-ban-chi-dao",
        title=N_("Văn bản chỉ đạo"),
        columns=(
            Column("number", N_("Số, ký hiệu"), _number, sort=Directive.number, address=address),
            Column("type", N_("Loại"), lambda row: row[0].type, sort=Directive.type, width=8),
            Column("subject", N_("Trích yếu"), lambda row: row[0].subject, address=address, width=70),
            Column("issuer", N_("Cơ quan ban hành"), lambda row: row[0].issuer, sort=Directive.issuer),
            Column("issued", N_("Ngày"), lambda row: row[0].issued_on, sort=Directive.issued_on),
            *_figures(tally),
            Column("state", N_("Trạng thái"), lambda row: state_badge_of(row[0]), sort=Directive.state),
            Column(
                "registered",
                N_("Đăng ký lúc"),
                lambda row: row[0].registered_at,
                sort=Directive.registered_at,
                shown=False,
            ),
        ),
        filters=(
            Options("type", N_("Loại văn bản"), lambda: type_choices()[1:], Directive.type.in_),
            Options.of("state", N_("Trạng thái"), DirectiveState, Directive.state),
            Days("issued", N_("Ngày ban hành"), Directive.issued_on),
            Flag("late", N_("Có nhiệm vụ quá hạn"), lambda: tally["overdue"] > 0),
            Words(
                "words", N_("Số, trích yếu, cơ quan"), (Directive.number, Directive.subject, Directive.issuer)
            ),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("followed", N_("Đang theo dõi"), {"state": ["followed"]}),
            View("late", N_("Có việc quá hạn"), {"late": "1", "state": ["followed"]}),
            View("closed", N_("Đã kết thúc"), {"state": ["closed"]}),
        ),
        sort="-issued",
    )


def _number(row: Any) -> str:
    return row[0].number or gettext("(chưa có số)")


def _done(row: Any) -> str:
    return f"{row[2]}/{row[1]}" if row[1] else ""


def _overdue(row: Any) -> Badge | None:
    return Badge(gettext("%(count)s quá hạn", count=row[3]), Tone.LATE) if row[3] else None


@blueprint.get("/")
@guarded(Permission.DIRECTIVE_VIEW)
def index() -> ResponseReturnValue:
    """All directives the person may read."""
    tally = tasks.tally_sql(me(), the_day())
    statement = directives.all_visible(me(), on=today()).add_columns(*tally.values())
    return listing.answer(directive_list(), statement, "directives/index.html")


@blueprint.get("/<int:directive_id>")
@blueprint.get("/<int:directive_id>/<any(tasks, progress, rollout, reports, relations, history):tab>")
@guarded(Permission.DIRECTIVE_VIEW)
def show(directive_id: int, tab: str = "text") -> ResponseReturnValue:
    """One directive, part by part; `format=xlsx` hands out its board, or its tasks."""
    directive = fetch(Directive, directive_id, Permission.DIRECTIVE_VIEW)
    if request.args.get("format") != "xlsx":
        return _page(directive, tab)
    if tab == "progress":
        return _board_sheet(directive)
    return listing.sheet(_task_list(directive), _tasks_of(directive))


def _board_sheet(directive: Directive) -> ResponseReturnValue:
    file = board_of(directive, _assigned(directive), the_day()).sheet(gettext("Tiến độ"))
    return send_file(file, XLSX, as_attachment=True, download_name=f"tien-do-{directive.id}-{today()}.xlsx")


def _assigned(directive: Directive) -> Sequence[Task]:
    wanted = _tasks_of(directive).options(joinedload(Task.clause)).order_by(Task.id)
    return session().scalars(wanted).all()


def _page(
    directive: Directive, tab: str = "text", refused: OfficeForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a directive; a form that was refused comes back with its sentences."""
    assigned = _assigned(directive)
    html = render_template(
        "directives/show.html",
        directive=directive,
        tab=tab,
        tabs=[(key, gettext(label), _tab(directive, key), None) for key, label in TABS.items()],
        tasks=assigned,
        type_name=type_name(directive.type),
        badges=[state_badge_of(directive)],
        task_badges=lambda task: [timeliness_badge(task), state_badge(task)],
        task_counts=_counts(assigned),
        counts=_counts,
        tones=TONES,
        send=refused if isinstance(refused, SendForm) else SendForm(formdata=None),
        refused=refused,
        findings=signatures.findings_of(session(), directive.sha256),
        **PARTS[tab](directive, assigned),
    )
    return html, status


def _tab(directive: Directive, tab: str) -> str:
    return url_for("directives.show", directive_id=directive.id, tab=None if tab == "text" else tab)


def _counts(assigned: Sequence[Task]) -> dict[Timeliness, int]:
    """How the tasks stand against time, the kinds that occur."""
    kinds = [tasks.timeliness(task, the_day()) for task in assigned]
    return {kind: kinds.count(kind) for kind in Timeliness if kind in kinds}


def _text(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    """The text in clauses, each with the tasks that came from it; tasks of equal span share a mark."""
    spans = {
        f"{task.span_start}-{task.span_end}": (task.span_start, task.span_end)
        for task in assigned
        if task.span_start is not None and task.span_end is not None
    }
    found = blocks(directive.text, [(c.address, c.span_start) for c in directive.clauses], spans)
    beside: list[dict[str, list[Task]]] = [{} for _ in found]
    for task in assigned:
        if task.span_start is not None:
            mark = f"{task.span_start}-{task.span_end}"
            beside[block_at(found, task.span_start)].setdefault(mark, []).append(task)
    return {"blocks": list(zip(found, beside, strict=True))}


def _task_list(directive: Directive) -> Listing[Task]:
    """The list of tasks as everywhere, by clause instead of by directive."""
    usual = task_list()
    clause = Column[Task]("clause", N_("Khoản"), _clause)
    columns = [column for column in usual.columns if column.key != "directive"]
    filters = [_among_leads(directive, known) if known.key == "unit" else known for known in usual.filters]
    return replace(
        usual,
        columns=(clause, *columns),
        filters=(_by_clause(directive), *filters),
        views=(),
        sort="deadline",
    )


def _by_clause(directive: Directive) -> Options:
    known = [(clause.address, clause_in_words(clause.address)) for clause in directive.clauses]
    return Options(
        "clause",
        N_("Khoản"),
        lambda: [*known, (NO_CLAUSE, gettext(OUTSIDE))],
        lambda wanted: or_(
            Task.clause.has(Clause.address.in_(wanted)),
            Task.clause_id.is_(None) if NO_CLAUSE in wanted else false(),
        ),
    )


def _among_leads(directive: Directive, known: Any) -> Units:
    """Who leads a task that a person may read stands in its row, so that it can be asked for by name."""
    readable = tasks.visible_to(me(), on=today())
    leads = select(Task.lead_id).where(Task.directive_id == directive.id, readable)
    return Units(known.key, known.label, known.column, named_besides=Unit.id.in_(leads))


def _clause(task: Task) -> str:
    return clause_in_words(task.clause.address) if task.clause else ""


def _tasks_of(directive: Directive) -> Select[Task]:
    return tasks.all_visible(me(), on=today()).where(Task.directive_id == directive.id)


def _tasks(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    wanted = _tasks_of(directive).options(joinedload(Task.clause))
    return {"page": listing.read_page(session(), _task_list(directive), wanted, request.args)}


def _progress(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    live = [task for task in assigned if task.state is not TaskState.CANCELLED]
    done = [task for task in live if task.state is TaskState.DONE]
    return {"board": board_of(directive, assigned, the_day()), "live": len(live), "done": len(done)}


def _rollout(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    return rollout_of(directive)


def _reports(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    wanted = select(Regime).where(Regime.directive_id == directive.id, regimes.visible_to(me(), on=today()))
    return {"regimes": session().scalars(wanted.order_by(Regime.id)).all()}


def _relations(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    linked = [link.target_id for link in directive.links if link.target_id]
    return {
        "readable": directives.readable_among(session(), linked, me(), on=today()),
        "cited_by": directives.cited_by(session(), directive, me(), on=today()),
    }


def _history(directive: Directive, assigned: Sequence[Task]) -> dict[str, Any]:
    return {"history": lines_of(directive)}


Part = Callable[[Directive, Sequence[Task]], dict[str, Any]]
PARTS: dict[str, Part] = {
    "text": _text,
    "tasks": _tasks,
    "progress": _progress,
    "rollout": _rollout,
    "reports": _reports,
    "relations": _relations,
    "history": _history,
}


@blueprint.get("/<int:directive_id>/original")
@guarded(Permission.DIRECTIVE_VIEW)
def original(directive_id: int) -> ResponseReturnValue:
    """The file as it came, unchanged, for saving."""
    directive = fetch(Directive, directive_id, Permission.DIRECTIVE_VIEW)
    content = BytesIO(runtime().files.read(directive.sha256))
    response = send_file(
        content, directive.original.media_type, as_attachment=True, download_name=directive.file_name
    )
    response.headers.update(ORIGINAL_HEADERS)
    return response


@blueprint.post("/<int:directive_id>/send")
@guarded(Permission.DIRECTIVE_EDIT)
def send(directive_id: int) -> ResponseReturnValue:
    """Let units read the directive."""
    directive = fetch(Directive, directive_id, Permission.DIRECTIVE_EDIT)
    form = SendForm()
    if not form.validate_on_submit():
        return _page(directive, refused=form, status=422)
    vocabulary = intake.vocabulary_of(session(), directive.office, on=today())
    matches = vocabulary.match_all(typed_lines(form.names.data))
    if unknown := [match.name for match in matches if not (match and match.sure)]:
        form.names.errors = [
            gettext("Chưa nhận ra: %(names)s. Ghi đúng tên đơn vị.", names="; ".join(unknown))
        ]
        return _page(directive, refused=form, status=422)
    return _try(directive, form, directives.send_to, units=intake.units_of(matches))


MOVES = {"close": directives.close, "reopen": directives.reopen, "withdraw": directives.withdraw}


@blueprint.post("/<int:directive_id>/<any(close, reopen, withdraw):move>")
@guarded(Permission.DIRECTIVE_EDIT)
def act(directive_id: int, move: str) -> ResponseReturnValue:
    """Stop following the directive, follow it again, or note that it was withdrawn."""
    directive = fetch(Directive, directive_id, Permission.DIRECTIVE_EDIT)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(directive, refused=form, status=422)
    return _try(directive, form, MOVES[move], reason=form.reason.data)


def _try(
    directive: Directive, form: OfficeForm, verb: Callable[..., Any], **said: Any
) -> ResponseReturnValue:
    with attempt(form) as tried:
        verb(session(), directive, by=me(), at=now(), **said)
    if not tried.succeeded:
        return _page(directive, refused=form, status=tried.status)
    flash(gettext("Đã ghi nhận."), "success")
    return redirect(_tab(directive, "text"))
