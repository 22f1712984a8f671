"""Đối chiếu: rounds that compare the lists of organisations, what they found, pairs to be decided."""

from operator import attrgetter
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, func, select
from wtforms import SelectChoice

from webapp import listing
from webapp.access import fetch, guarded, may, me, own_office
from webapp.badges import Badge, Tone
from webapp.filters import Flag, Options
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.reconciliation import RoundForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.runtime import now, session, today
from webapp.unit_filter import Units
from webapp.words import in_words, words
from workflows import reconciliation, statistics
from workflows.calendar import parse
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.reconciliation import Round, RoundList, RoundMove, RoundState, RoundUnit
from workflows.regimes import Regime
from workflows.wording import N_

blueprint = Blueprint("reconciliation", __name__, url_prefix="/reconciliation")

TONES = {
    RoundState.GATHERING: Tone.WAITING,
    RoundState.COMPARING: Tone.SOON,
    RoundState.REVIEWING: Tone.WAITING,
    RoundState.CLOSED: Tone.GOOD,
    RoundState.ABANDONED: Tone.IDLE,
}
MOST_UNITS = 15


def round_list() -> Listing[Round]:
    """The rounds."""
    return Listing(
        name="doi-chieu",
        title=N_("Đối chiếu đoàn viên, hội viên"),
        columns=(
            Column("name", N_("Đợt đối chiếu"), lambda r: r.name, sort=Round.name, address=address, width=50),
            Column("state", N_("Tình trạng"), state_badge, sort=Round.state),
            Column(
                "lists",
                N_("Tổ chức"),
                lambda r: ", ".join(list_.head.short_name for list_ in r.lists),
                width=50,
            ),
            Column("memberships", N_("Số lượt"), lambda r: _counted(r, "memberships"), numeric=True),
            Column("persons", N_("Số người"), lambda r: _counted(r, "likely"), numeric=True),
            Column("opened", N_("Ngày mở"), lambda r: r.opened_at, sort=Round.opened_at),
        ),
        filters=(Options.of("state", N_("Tình trạng"), RoundState, Round.state),),
        views=(
            View("all", N_("Tất cả")),
            View("open", N_("Đang làm"), {"state": ["gathering", "comparing", "reviewing"]}),
        ),
        sort="-opened",
    )


def address(round_: Round) -> str:
    """The page of a round."""
    return url_for("reconciliation.show", round_id=round_.id)


def state_badge(round_: Round) -> Badge:
    """How far the round has come."""
    return Badge(words(round_.state), TONES[round_.state])


def _counted(round_: Round, what: str) -> int | None:
    return round_.outcome["count"][what] if round_.outcome else None


@blueprint.get("/")
@guarded(Permission.ROUND_VIEW)
def index() -> ResponseReturnValue:
    """All rounds the person has a part in."""
    return listing.answer(
        round_list(), reconciliation.all_rounds(me(), on=today()), "reconciliation/index.html"
    )


@blueprint.route("/new", methods=["GET", "POST"])
@guarded(Permission.ROUND_MANAGE)
def new() -> ResponseReturnValue:
    """Open a round."""
    form, status = RoundForm(), 422 if request.method == "POST" else 200
    known = {head.id: head for head in reconciliation.heads(session(), own_office(), on=today())}
    form.heads.choices = [SelectChoice(id_, head.name) for id_, head in known.items()]
    form.returns.choices = [SelectChoice("", gettext("Không so sánh")), *_returns()]
    if form.validate_on_submit():
        with attempt(form) as tried:
            regime, period = _chosen_returns(form.returns.data)
            opened = reconciliation.open_round(
                session(),
                own_office(),
                name=form.name.data,
                purpose=form.purpose.data,
                heads=[known[id_] for id_ in form.heads.data],
                regime=regime,
                period=period,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã mở đợt. Các tổ chức có thể mở danh sách trước khi đối chiếu."), "success")
            return redirect(address(opened))
        status = tried.status
    return render_template("reconciliation/new.html", form=form), status


def _returns() -> list[SelectChoice]:
    """The member statistics a round can be held to, newest period first."""
    return [
        SelectChoice(f"{regime.id}:{period}", f"{regime.name} – {in_words(parse(period).label)}")
        for regime in statistics.member_regimes(session(), me(), on=today())
        for period in statistics.periods(session(), regime)[:4]
    ]


def _chosen_returns(chosen: str) -> tuple[Regime | None, str | None]:
    if not chosen:
        return None, None
    regime_id, _, period = chosen.partition(":")
    return fetch(Regime, int(regime_id), Permission.REGIME_VIEW), period


@blueprint.get("/<int:round_id>")
@guarded(Permission.ROUND_VIEW)
def show(round_id: int) -> ResponseReturnValue:
    """One round: what was found, by organisation and by unit."""
    round_ = fetch(Round, round_id, Permission.ROUND_VIEW)
    return _page(round_)


def _page(round_: Round, refused: OfficeForm | None = None, status: int = 200) -> ResponseReturnValue:
    striking, many = _striking(round_)
    page = render_template(
        "reconciliation/show.html",
        round=round_,
        badge=state_badge(round_),
        moves=reconciliation.open_moves(round_, me(), at=now()),
        open_lists=[list_ for list_ in round_.lists if may(Permission.MEMBERS_MANAGE, list_)],
        undecided=reconciliation.undecided(session(), round_),
        shades=_shades(round_),
        lines=striking,
        more=many - len(striking),
        returns=_returns_of(round_),
        history=lines_of(round_),
        refused=refused,
    )
    return page, status


def _returns_of(round_: Round) -> str:
    """The returns the lists are held to, in words."""
    if round_.regime is None or round_.period is None:
        return ""
    return f"{round_.regime.name} – {in_words(parse(round_.period).label)}"


def _striking(round_: Round) -> tuple[list[RoundUnit], int]:
    """The bodies with most to look into, and how many there are in all."""
    wanted = reconciliation.units(round_, me(), on=today()).where(RoundUnit.weight > 0)
    many = session().scalar(select(func.count()).select_from(wanted.subquery())) or 0
    ordered = wanted.order_by(RoundUnit.weight.desc(), RoundUnit.unit_id)
    return list(session().scalars(ordered.limit(MOST_UNITS))), many


def _shades(round_: Round) -> list[list[int]]:
    """How much of the smaller of two organisations belongs to both, in fifths, for the eye."""
    both = round_.outcome.get("both", [])
    return [
        [
            0 if i == j or not count else 1 + min(4, count * 5 // max(1, min(both[i][i], both[j][j])))
            for j, count in enumerate(row)
        ]
        for i, row in enumerate(both)
    ]


def unit_list(round_: Round) -> Listing[RoundUnit]:
    """The bodies whose lists were compared, held to their returns where the round asks for it."""
    lists = {str(list_.place): list_.head.short_name for list_ in round_.lists}
    returns = (
        Column(
            "returned",
            N_("Số trong báo cáo"),
            lambda line: line.returned,
            sort=RoundUnit.returned,
            total=func.sum(RoundUnit.returned),
            numeric=True,
        ),
        Column(
            "difference",
            N_("Chênh lệch"),
            lambda line: line.difference,
            sort=RoundUnit.difference,
            numeric=True,
        ),
    )
    return Listing(
        name=f"doi-chieu-{round_.id}",
        title=N_("Kết quả đối chiếu theo đơn vị"),
        columns=(
            Column("unit", N_("Đơn vị"), lambda line: line.unit.name, sort=Unit.path, width=44),
            Column("list", N_("Tổ chức"), lambda line: lists[str(line.list_place)]),
            _figure("entries", N_("Có tên trong danh sách"), RoundUnit.entries),
            _figure("persons", N_("Số người"), RoundUnit.persons),
            _figure("twice", N_("Ghi trùng"), RoundUnit.entered_twice),
            *(returns if round_.regime else ()),
        ),
        filters=(
            Options(
                "list", N_("Tổ chức"), lambda: [(str(place), name) for place, name in lists.items()], _of
            ),
            Units("unit", N_("Đơn vị"), RoundUnit.unit_id),
            Flag("striking", N_("Cần xem lại"), lambda: RoundUnit.weight > 0),
        ),
        views=(View("all", N_("Tất cả")), View("striking", N_("Cần xem lại"), {"striking": "1"})),
        sort="unit",
    )


def _figure(key: str, label: str, figure: Any) -> Column[RoundUnit]:
    """A column of figures with their sum."""
    return Column(key, label, attrgetter(figure.key), sort=figure, total=func.sum(figure), numeric=True)


def _of(places: list[str]) -> ColumnElement[bool]:
    return RoundUnit.list_place.in_([int(place) for place in places if place.isdigit() and len(place) < 5])


@blueprint.get("/<int:round_id>/units")
@guarded(Permission.ROUND_VIEW)
def units(round_id: int) -> ResponseReturnValue:
    """Every body of the round with its figures, as far as the person may read of them."""
    round_ = fetch(Round, round_id, Permission.ROUND_VIEW)
    readable = reconciliation.units(round_, me(), on=today())
    return listing.answer(unit_list(round_), readable, "reconciliation/units.html", round=round_)


@blueprint.post("/<int:round_id>/<move>")
@guarded(Permission.ROUND_MANAGE)
def act(round_id: int, move: str) -> ResponseReturnValue:
    """Compare, close or give up."""
    round_ = fetch(Round, round_id, Permission.ROUND_MANAGE)
    if move not in set(RoundMove):
        abort(404)
    form = OfficeForm()
    version = request.form.get("version", 0, type=int)
    with attempt(form) as tried:
        _do(RoundMove(move), round_, version)
    if not tried.succeeded:
        return _page(round_, form, tried.status)
    flash(_done(RoundMove(move)), "success")
    return redirect(address(round_))


def _do(move: RoundMove, round_: Round, version: int) -> None:
    common: dict[str, Any] = {"version": version, "by": me(), "at": now()}
    if move is RoundMove.COMPARE:
        reconciliation.start_comparing(session(), round_, **common)
    elif move is RoundMove.CLOSE:
        reconciliation.close(session(), round_, **common)
    else:
        reconciliation.abandon(session(), round_, reason=request.form.get("reason", ""), **common)


def _done(move: RoundMove) -> str:
    return {
        RoundMove.COMPARE: gettext("Đang đối chiếu. Có thể rời trang này; kết quả hiện khi xong."),
        RoundMove.CLOSE: gettext("Đã kết thúc đợt đối chiếu."),
        RoundMove.ABANDON: gettext("Đã huỷ đợt đối chiếu."),
    }[move]


@blueprint.post("/<int:round_id>/lists/<int:place>")
@guarded(Permission.MEMBERS_MANAGE)
def open_list(round_id: int, place: int) -> ResponseReturnValue:
    """An organisation opens its list for the round, or closes it."""
    list_ = session().get(RoundList, (round_id, place))
    if list_ is None or not may(Permission.MEMBERS_MANAGE, list_):
        abort(404)
    is_open = request.form.get("open") == "1"
    form = OfficeForm()
    with attempt(form) as tried:
        reconciliation.open_list(session(), list_, is_open=is_open, by=me(), at=now())
    if not tried.succeeded:
        return _page(list_.round, form, tried.status)
    flash(gettext("Đã mở danh sách.") if is_open else gettext("Đã đóng danh sách."), "success")
    return redirect(address(list_.round))
