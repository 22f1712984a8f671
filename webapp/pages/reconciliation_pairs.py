"""Cặp nghi trùng: two records side by side, what speaks for one person, and the decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, or_, select

from webapp import listing
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.filters import Options
from webapp.forms.base import attempt
from webapp.forms.reconciliation import DecisionForm
from webapp.listing import Column, Listing, View
from webapp.pages import reconciliation as rounds
from webapp.pages.members_reading import note_list, note_record
from webapp.runtime import now, session, today
from webapp.words import day, words
from workflows import reconciliation
from workflows.permissions import Permission
from workflows.reconciliation import (
    Agreement,
    Decision,
    DoubtfulPair,
    Field,
    Ground,
    Laid,
    Round,
    RoundEntry,
    Side,
)
from workflows.wording import N_

UNDECIDED = "undecided"
TONES = {Decision.SAME: Tone.GOOD, Decision.DIFFERENT: Tone.IDLE, Decision.LATER: Tone.SOON}
FIELDS = {
    Field.NAME: N_("Họ tên"),
    Field.BIRTH: N_("Ngày sinh"),
    Field.SEX: N_("Giới tính"),
    Field.PLACE: N_("Xã, phường"),
    Field.HAMLET: N_("Thôn, khu phố"),
    Field.ETHNICITY: N_("Dân tộc"),
    Field.RELIGION: N_("Tôn giáo"),
    Field.IDENTITY: N_("Số định danh"),
    Field.ORGANISATION: N_("Tổ chức"),
}
STANDS = {
    Agreement.SAME: N_("trùng"),
    Agreement.SAME_LETTERS: N_("trùng nếu bỏ dấu, một bên viết không dấu"),
    Agreement.OTHER_ACCENTS: N_("cùng chữ cái nhưng khác dấu"),
    Agreement.ALIKE: N_("gần giống, có thể viết nhầm"),
    Agreement.SAME_YEAR: N_("cùng năm, một bên chỉ ghi năm"),
    Agreement.UNKNOWN: N_("không rõ"),
    Agreement.DIFFERENT: N_("khác"),
}


@dataclass(frozen=True)
class Compared:
    """One line of two records beside each other, and what it says for or against one person."""

    label: str
    left: str
    right: str
    ground: Ground | None


def compared(laid: Laid, grounds: Iterable[Ground]) -> list[Compared]:
    """The records line by line; of what may not be seen there is only how the two stand."""
    said = {ground.field: ground for ground in grounds}
    sides = (_record(laid.left), _record(laid.right))
    fields = [
        Compared(FIELDS[field], *(side.get(field, "") for side in sides), said.get(field))
        for field in Field
        if field in said or any(side.get(field) for side in sides)
    ]
    if not laid.shows_names:
        return fields
    memberships = [side.membership for side in (laid.left, laid.right) if side.membership]
    since = [day(one.joined_on) if one.joined_on else "" for one in memberships]
    branches = [one.branch.name for one in memberships]
    return [*fields, Compared(N_("Nơi sinh hoạt"), *branches, None), Compared(N_("Ngày vào"), *since, None)]


def _record(side: Side) -> dict[Field, str]:
    """What may be seen of a record; of an identity number never more than that there is one."""
    seen = {Field.ORGANISATION: side.list_.head.short_name, Field.PLACE: side.unit.short_name}
    if side.membership is None:
        return seen
    member = side.membership.member
    return seen | {
        Field.NAME: member.name,
        Field.BIRTH: day(member.born_on) if member.born_on else str(member.birth_year or ""),
        Field.SEX: words(member.sex) if member.sex else "",
        Field.HAMLET: member.place,
        Field.ETHNICITY: member.ethnicity,
        Field.RELIGION: member.religion,
        Field.IDENTITY: gettext("đã ghi") if member.identity_key else "",
    }


def pair_list(round_: Round, laid: dict[int, Laid]) -> Listing[DoubtfulPair]:
    """The doubtful pairs of a round; `laid` holds both records of each pair shown."""
    return Listing(
        name=f"cap-nghi-trung-{round_.id}",
        title=N_("Cặp nghi trùng"),
        columns=(
            Column(
                "chance",
                N_("Khả năng là một người"),
                lambda pair: round(pair.probability * 100),
                sort=DoubtfulPair.probability,
                numeric=True,
                address=pair_address,
            ),
            Column("left", N_("Hồ sơ thứ nhất"), lambda pair: _said(laid, pair, 0), width=44),
            Column("right", N_("Hồ sơ thứ hai"), lambda pair: _said(laid, pair, 1), width=44),
            Column("grounds", N_("Căn cứ chính"), lambda pair: _main_grounds(pair), width=44),
            Column("decision", N_("Quyết định"), decision_badge),
        ),
        filters=(
            Options("decision", N_("Quyết định"), _decisions, _decided),
            Options("list", N_("Tổ chức"), lambda: _lists(round_), lambda places: _of_lists(round_, places)),
        ),
        views=(
            View("waiting", N_("Chưa quyết định"), {"decision": [UNDECIDED]}),
            View("all", N_("Tất cả")),
        ),
        sort="-chance",
    )


def pair_address(pair: DoubtfulPair) -> str:
    """The page of a pair."""
    return url_for("reconciliation.pair", round_id=pair.round_id, pair_id=pair.id)


def decision_badge(pair: DoubtfulPair) -> Badge:
    """What was decided."""
    if pair.decision is None:
        return Badge(gettext("chưa quyết định"), Tone.WAITING)
    return Badge(words(pair.decision), TONES[pair.decision])


def _decisions() -> list[tuple[str, str]]:
    return [(UNDECIDED, gettext("chưa quyết định")), *((one.value, words(one)) for one in Decision)]


def _decided(values: list[str]) -> ColumnElement[bool]:
    known = DoubtfulPair.decision.in_([value for value in values if value in set(Decision)])
    return or_(known, DoubtfulPair.decision.is_(None)) if UNDECIDED in values else known


def _lists(round_: Round) -> list[tuple[str, str]]:
    return [(str(list_.place), list_.head.short_name) for list_ in round_.lists]


def _of_lists(round_: Round, places: list[str]) -> ColumnElement[bool]:
    wanted = [int(place) for place in places if place.isdigit() and len(place) < 5]
    numbers = select(RoundEntry.number).where(
        RoundEntry.round_id == round_.id, RoundEntry.list_place.in_(wanted)
    )
    return or_(DoubtfulPair.left_number.in_(numbers), DoubtfulPair.right_number.in_(numbers))


def _said(laid: dict[int, Laid], pair: DoubtfulPair, side: int) -> str:
    """Name (where it may be seen) and unit."""
    one = laid[pair.id]
    shown = (one.left, one.right)[side]
    name = shown.membership.member.name if shown.membership else gettext("(không hiện tên)")
    return f"{name} – {shown.unit.short_name}"


def _main_grounds(pair: DoubtfulPair) -> str:
    return "; ".join(
        f"{gettext(FIELDS[ground.field]).lower()} {gettext(STANDS[ground.agreement])}"
        for ground in reconciliation.grounds(pair)[:3]
    )


@rounds.blueprint.get("/<int:round_id>/pairs")
@guarded(Permission.ROUND_VIEW)
def pairs(round_id: int) -> ResponseReturnValue:
    """The pairs that may be one person, the likeliest first."""
    round_ = fetch(Round, round_id, Permission.ROUND_VIEW)
    laid: dict[int, Laid] = {}
    shown, statement = pair_list(round_, laid), reconciliation.pairs(round_, me(), on=today())
    if request.args.get("format") == "xlsx":
        _lay(round_, laid, listing.read_all(session(), shown.asked(request.args), statement))
        return listing.sheet(shown, statement)
    page = listing.read_page(session(), shown, statement, request.args)
    _lay(round_, laid, page.rows)
    return render_template("reconciliation/pairs.html", page=page, round=round_)


def _lay(round_: Round, laid: dict[int, Laid], rows: Iterable[DoubtfulPair]) -> None:
    """Read both records of every pair shown, and note that they were read."""
    found = reconciliation.laid_out(session(), round_, rows, me(), on=today())
    laid.update({one.pair.id: one for one in found})
    if shown := sum(side.membership is not None for one in found for side in (one.left, one.right)):
        note_list(None, shown)


@rounds.blueprint.route("/<int:round_id>/pairs/<int:pair_id>", methods=["GET", "POST"])
@guarded(Permission.ROUND_VIEW)
def pair(round_id: int, pair_id: int) -> ResponseReturnValue:
    """Two records side by side; the decision."""
    round_ = fetch(Round, round_id, Permission.ROUND_VIEW)
    readable = reconciliation.pairs(round_, me(), on=today())
    found = session().scalars(readable.where(DoubtfulPair.id == pair_id)).one_or_none()
    if found is None or (request.method == "POST" and not may(Permission.ROUND_MANAGE, found)):
        abort(404)
    form, status = DecisionForm(version=found.version, note=found.note), 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            _decide(found, form)
        if tried.succeeded:
            return redirect(_next(found))
        status = tried.status
    return render_template("reconciliation/pair.html", **_both(round_, found), form=form), status


def _decide(found: DoubtfulPair, form: DecisionForm) -> None:
    version = int(form.version.data) if form.version.data.isdigit() else 0
    decision = form.decided()
    reconciliation.decide(
        session(), found, decision=decision, note=form.note.data, version=version, by=me(), at=now()
    )
    said = (
        gettext("Đã ghi: %(decision)s.", decision=words(decision))
        if decision
        else gettext("Đã bỏ quyết định.")
    )
    flash(said, "success")


def _next(decided: DoubtfulPair) -> str:
    """The next pair nobody decided; back to the round when none is left."""
    waiting = (
        select(DoubtfulPair)
        .where(DoubtfulPair.round_id == decided.round_id, DoubtfulPair.decision.is_(None))
        .where(DoubtfulPair.id != decided.id)
        .order_by(DoubtfulPair.probability.desc(), DoubtfulPair.id)
    )
    following = session().scalars(waiting.limit(1)).one_or_none()
    return pair_address(following) if following else rounds.address(decided.round)


def _both(round_: Round, found: DoubtfulPair) -> dict[str, Any]:
    (laid,) = reconciliation.laid_out(session(), round_, [found], me(), on=today())
    for side in (laid.left, laid.right):
        if side.membership is not None:
            note_record(side.membership.member)
    return {
        "round": round_,
        "pair": found,
        "laid": laid,
        "badge": decision_badge(found),
        "compared": compared(laid, reconciliation.grounds(found)),
        "stands": STANDS,
    }
