"""Đoàn viên, hội viên: the lists a person keeps, one member's record, what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, func, select

from webapp import listing, navigation
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.members import AdmitForm, EditForm, ReasonForm, RecordForm, SendForm
from webapp.history import lines_of
from webapp.listing import Column, Listing, View
from webapp.pages.members_reading import note_list, note_record
from webapp.runtime import now, runtime, session, today
from webapp.unit_filter import Units
from webapp.words import words
from workflows import members, reconciliation, statistics
from workflows.members import (
    Branch,
    Member,
    Membership,
    MembershipState,
    Movement,
    MovementKind,
    Sex,
    personal_data,
)
from workflows.members.identity import folded_name
from workflows.members.states import effective
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.wording import N_

blueprint = Blueprint("members", __name__, url_prefix="/members")

MOST_COUNTED = 10_000

TONES = {
    MembershipState.ACTIVE: Tone.GOOD,
    MembershipState.STRUCK_OFF: Tone.LATE,
    MembershipState.VOID: Tone.LATE,
}


@dataclass(frozen=True)
class Named(Words):
    """Names holding every typed word, with or without its accents."""

    def condition(self, value: str) -> ColumnElement[bool]:
        """The words as the register folds them."""
        return super().condition(folded_name(value))


def secret() -> bytes:
    """The key under which identity numbers are hidden; it never reaches the database."""
    return runtime().settings.members_secret.encode()


def state_badge(membership: Membership) -> Badge:
    """Where a membership stands, in colour and word."""
    return Badge(words(membership.state), TONES.get(membership.state, Tone.IDLE))


def address(membership: Membership) -> str:
    """The page of a member."""
    return url_for("members.show", member_id=membership.member_id)


def born(member: Member) -> str:
    """Day of birth, or the year, as people write it."""
    return f"{member.born_on:%d/%m/%Y}" if member.born_on else str(member.birth_year or "")


def name_of(member: Member) -> str:
    """The name, or that it was erased."""
    return member.name or gettext("(đã xoá theo yêu cầu)")


def member_columns(*, with_branch: bool) -> tuple[Column[Membership], ...]:
    """What the lists of members show."""
    where: tuple[Column[Membership], ...] = (
        Column("branch", N_("Chi đoàn, chi hội"), lambda m: m.branch.name, sort=Branch.name, width=30),
        Column("unit", N_("Đơn vị"), lambda m: m.branch.unit.short_name, sort=Unit.short_name, width=30),
    )
    return (
        Column(
            "name",
            N_("Họ và tên"),
            lambda m: name_of(m.member),
            sort=Member.sort_name,
            address=address,
            width=28,
        ),
        Column("born", N_("Ngày sinh"), lambda m: born(m.member), sort=Member.birth_year, unbroken=True),
        Column("sex", N_("Giới tính"), lambda m: m.member.sex, sort=Member.sex),
        *(where if with_branch else ()),
        Column("card", N_("Số thẻ"), lambda m: m.card_number, sort=Membership.card_number, unbroken=True),
        Column("joined", N_("Ngày vào"), lambda m: m.joined_on, sort=Membership.joined_on),
        Column("state", N_("Trạng thái"), state_badge, sort=Membership.state),
        Column("since", N_("Từ ngày"), lambda m: m.since, sort=Membership.since, shown=False),
        Column("ethnicity", N_("Dân tộc"), lambda m: m.member.ethnicity, shown=False),
        Column("religion", N_("Tôn giáo"), lambda m: m.member.religion, shown=False),
        Column("party", N_("Đảng viên"), lambda m: _tick(m.member.party_member), shown=False),
        Column("sector", N_("Khu vực"), lambda m: m.member.sector, shown=False, width=26),
        Column("occupation", N_("Nghề nghiệp"), lambda m: m.member.occupation, shown=False, width=26),
        Column("place", N_("Nơi ở"), lambda m: m.member.place, shown=False, width=30),
        Column("tail", N_("Số định danh (ba số cuối)"), lambda m: m.member.identity_tail, shown=False),
    )


def member_list(*, with_branch: bool = True) -> Listing[Membership]:
    """A list of members."""
    own = (Units("unit", N_("Đơn vị"), Branch.unit_id),) if with_branch else ()
    return Listing(
        name="doan-vien-hoi-vien",
        title=N_("Đoàn viên, hội viên"),
        columns=member_columns(with_branch=with_branch),
        filters=(
            Named("words", N_("Họ tên"), (Member.folded_name,)),
            Options.of("state", N_("Trạng thái"), MembershipState, Membership.state),
            Options.of("sex", N_("Giới tính"), Sex, Member.sex),
            *own,
            Days("since", N_("Biến động gần nhất"), Membership.since),
            Flag("party", N_("Đảng viên"), lambda: Member.party_member),
            Flag("minority", N_("Dân tộc thiểu số"), lambda: Member.ethnic_minority),
            Flag("nameless", N_("Thiếu số định danh"), lambda: Member.identity_key.is_(None)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("active", N_("Đang sinh hoạt"), {"state": ["active"]}),
            View("left", N_("Đã chuyển đi, đưa ra"), {"state": ["gone", "struck-off"]}),
            View("ended", N_("Trưởng thành, từ trần"), {"state": ["matured", "deceased"]}),
        ),
        sort="name",
        counted_to=MOST_COUNTED,
    )


def _tick(holds: bool) -> str:
    return gettext("có") if holds else ""


@navigation.waiting("members.index")
def waiting(person: Person, on: date) -> Select[int]:
    """How many members wait to be received."""
    mine = members.awaiting_receipt(person, on=on)
    return select(func.count()).select_from(members.Transfer).where(mine)


@blueprint.get("/")
@guarded(Permission.MEMBERS_VIEW)
def index() -> ResponseReturnValue:
    """Everybody on the lists the person may read."""
    visible = members.all_memberships(session(), me(), on=today())
    answer = listing.answer(member_list(), visible, "members/index.html")
    note_list(None)
    return answer


@blueprint.get("/<int:member_id>")
@guarded(Permission.MEMBERS_VIEW)
def show(member_id: int) -> ResponseReturnValue:
    """One member's record; the reading of it is noted."""
    return page(fetch(Member, member_id, Permission.MEMBERS_VIEW))


def page(member: Member, status: int = 200, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of a member; a form that was refused comes back filled."""
    note_record(member)
    last = member.memberships[-1]
    past = {each.id: members.movements_of(session(), each) for each in member.memberships}
    html = render_template(
        "members/show.html",
        member=member,
        membership=last,
        name=name_of(member),
        born=born(member),
        badges=[state_badge(last)],
        movements=past,
        holding={moved.id for moves in past.values() for moved in effective(moves)},
        transfer=members.open_transfer(session(), last),
        habits=members.habits_of(session(), last.branch.unit),
        others=reconciliation.others(session(), [last.id]).get(last.id, 0),
        history=lines_of(member, *member.memberships),
        readings=personal_data.readings_of(session(), member)
        if may(Permission.MEMBERS_MANAGE, member)
        else [],
        record_form=forms.get("record") or _record_form(last),
        send_form=forms.get("send") or _send_form(last),
        refused=forms.get("move"),
        published=_published(last),
    )
    return html, status


def _published(membership: Membership) -> date | None:
    """The last day whose figures are out: what is dated up to it becomes a restatement."""
    return statistics.register.published_until(session(), membership.branch.unit)


def _record_form(membership: Membership, *, bare: bool = True) -> RecordForm:
    habits = members.habits_of(session(), membership.branch.unit)
    return RecordForm(habits, formdata=None, on=today()) if bare else RecordForm(habits)


def _send_form(membership: Membership, *, bare: bool = True) -> SendForm:
    head = members.head_of(session(), membership.branch.unit)
    units = members.units_of(session(), head, on=today())
    branches = members.branches_of(session(), membership.branch.unit, on=today())
    if bare:
        return SendForm(list(units), list(branches), formdata=None, on=today())
    return SendForm(list(units), list(branches))


def _try(member: Member, form: OfficeForm, name: str, act: Callable[[], Any]) -> ResponseReturnValue:
    """Do an act of a valid form and go back to the record; otherwise show the form again."""
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            act()
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(url_for("members.show", member_id=member.id))
        status = tried.status
    return page(member, status, **{name: form})


@blueprint.post("/memberships/<int:membership_id>/record")
@guarded(Permission.MEMBERS_MANAGE)
def record(membership_id: int) -> ResponseReturnValue:
    """Something happened to the member."""
    membership = fetch(Membership, membership_id, Permission.MEMBERS_MANAGE)
    form = _record_form(membership, bare=False)

    def do() -> None:
        members.record(
            session(),
            membership,
            kind=MovementKind(form.kind.data),
            on=form.on.data,
            paper=form.paper.data or "",
            ground=form.ground.data or "",
            note=form.note.data or "",
            by=me(),
            at=now(),
        )

    return _try(membership.member, form, "record", do)


@blueprint.post("/memberships/<int:membership_id>/send")
@guarded(Permission.MEMBERS_MANAGE)
def send(membership_id: int) -> ResponseReturnValue:
    """Introduce the member to another unit or branch."""
    membership = fetch(Membership, membership_id, Permission.MEMBERS_MANAGE)
    form = _send_form(membership, bare=False)

    def do() -> None:
        members.transfers.send(
            session(),
            membership,
            to_unit=session().get_one(Unit, form.to_unit.data),
            to_branch=session().get(Branch, form.to_branch.data) if form.to_branch.data else None,
            on=form.on.data,
            paper=form.paper.data or "",
            by=me(),
            at=now(),
        )

    return _try(membership.member, form, "send", do)


@blueprint.post("/movements/<int:movement_id>/counter")
@guarded(Permission.MEMBERS_MANAGE)
def counter(movement_id: int) -> ResponseReturnValue:
    """Take back a movement that was a mistake."""
    movement, form = fetch(Movement, movement_id, Permission.MEMBERS_MANAGE), ReasonForm()

    def do() -> None:
        members.counter(session(), movement, reason=form.reason.data or "", by=me(), at=now())

    return _try(movement.membership.member, form, "move", do)


@blueprint.route("/branches/<int:branch_id>/admit", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def admit(branch_id: int) -> ResponseReturnValue:
    """Put somebody on the list of a branch."""
    branch = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE)
    form, status = AdmitForm(), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            membership = members.admit(
                session(),
                branch,
                details=form.details(),
                entry=form.entry(),
                secret=secret(),
                is_no_namesake=form.is_no_namesake.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã ghi vào danh sách."), "success")
            return redirect(address(membership))
        status = tried.status
    habits = members.habits_of(session(), branch.unit)
    return render_template("members/admit.html", form=form, branch=branch, habits=habits), status


@blueprint.route("/<int:member_id>/edit", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def edit(member_id: int) -> ResponseReturnValue:
    """Correct the record."""
    member = fetch(Member, member_id, Permission.MEMBERS_MANAGE)
    last = member.memberships[-1]
    posted = request.method == "POST"
    form, status = EditForm() if posted else EditForm.of(member, last), 422 if posted else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            members.edit(
                session(),
                member,
                details=form.details(),
                card_numbers={last.id: form.card_number.data or ""},
                secret=secret(),
                version=form.seen(),
                reason=form.reason.data or "",
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã sửa hồ sơ."), "success")
            return redirect(address(last))
        status = tried.status
    note_record(member)
    return render_template("members/edit.html", form=form, member=member), status


@blueprint.post("/<int:member_id>/hand-out")
@guarded(Permission.MEMBERS_MANAGE)
def hand_out(member_id: int) -> ResponseReturnValue:
    """All the register knows of a person, as a file for them."""
    member, form = fetch(Member, member_id, Permission.MEMBERS_MANAGE), ReasonForm()
    known: dict[str, Any] = {}
    with attempt(form) as tried:
        known = personal_data.hand_out(session(), member, reason=form.reason.data or "", by=me(), at=now())
    if not tried.succeeded:
        return page(member, tried.status, move=form)
    answer: Response = jsonify(known)
    answer.headers["Content-Disposition"] = f"attachment; filename=HS-{member.id}-{today()}.json"
    return answer


@blueprint.post("/<int:member_id>/erase")
@guarded(Permission.MEMBERS_MANAGE)
def erase(member_id: int) -> ResponseReturnValue:
    """Forget a person on their request."""
    member, form = fetch(Member, member_id, Permission.MEMBERS_MANAGE), ReasonForm()

    def do() -> None:
        personal_data.erase(session(), member, reason=form.reason.data or "", by=me(), at=now())

    return _try(member, form, "move", do)
