"""Chi đoàn, chi hội: the tree of branches, one branch with its list, its secretaries, its gradings."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select
from wtforms import SelectChoice

from webapp import listing
from webapp.access import fetch, guarded, may, me
from webapp.filters import Flag, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.members import (
    BranchForm,
    CellForm,
    DissolveForm,
    EntrustForm,
    RenameForm,
    RulesForm,
    grade_choices,
)
from webapp.history import lines_of
from webapp.listing import Column, Listing
from webapp.pages.members import blueprint as member_pages
from webapp.pages.members import member_list
from webapp.pages.members_reading import note_list
from webapp.runtime import now, session, today
from webapp.unit_filter import Units
from workflows import members
from workflows.db import in_vietnamese_order
from workflows.members import Branch, BranchGrade, BranchKind, BranchSeat, Membership, MembershipState
from workflows.organisations import Unit
from workflows.people import Appointment, Person, Role
from workflows.permissions import Permission
from workflows.wording import N_


def address(branch: Branch) -> str:
    """The page of a branch."""
    return url_for("members.branch", branch_id=branch.id)


MEMBERS_NOW = (
    select(func.count())
    .where(Membership.branch_id == Branch.id, Membership.state == MembershipState.ACTIVE)
    .correlate(Branch)
    .scalar_subquery()
)

BRANCHES: Listing[Any] = Listing(
    name="chi-doan-chi-hoi",
    title=N_("Chi đoàn, chi hội"),
    columns=(
        Column(
            "name",
            N_("Chi đoàn, chi hội"),
            lambda row: row.Branch.name,
            sort=in_vietnamese_order(Branch.name),
            address=lambda row: address(row.Branch),
            width=40,
        ),
        Column(
            "parent",
            N_("Trực thuộc"),
            lambda row: row.Branch.parent.name if row.Branch.parent else "",
            width=30,
        ),
        Column("unit", N_("Đơn vị"), lambda row: row.Branch.unit.short_name, sort=Unit.short_name, width=36),
        Column("kind", N_("Loại"), lambda row: row.Branch.kind, sort=Branch.kind, shown=False),
        Column("members", N_("Đang sinh hoạt"), lambda row: row.members, sort=MEMBERS_NOW, numeric=True),
        Column("founded", N_("Thành lập"), lambda row: row.Branch.founded_on, sort=Branch.founded_on),
        Column(
            "dissolved",
            N_("Giải thể"),
            lambda row: row.Branch.dissolved_on,
            sort=Branch.dissolved_on,
            shown=False,
        ),
        Column("tree", N_("Vị trí trong cây"), lambda row: row.Branch.path, sort=Branch.path, shown=False),
    ),
    filters=(
        Words("words", N_("Tên"), (Branch.name,)),
        Units("unit", N_("Đơn vị"), Branch.unit_id),
        Options.of("kind", N_("Loại"), BranchKind, Branch.kind),
        Flag("gone", N_("đã giải thể"), lambda: Branch.dissolved_on.is_not(None)),
    ),
    sort="name",
)


@member_pages.get("/branches")
@guarded(Permission.MEMBERS_VIEW)
def branches() -> ResponseReturnValue:
    """The branches whose lists the person may read, as their trees order them."""
    visible = members.all_branches(session(), me(), on=today()).add_columns(MEMBERS_NOW.label("members"))
    left_behind = members.left_behind(session(), me(), on=today())
    return listing.answer(BRANCHES, visible, "members/branches.html", kept=_kept(), left_behind=left_behind)


def _kept() -> list[Unit]:
    """The units whose register the person keeps, the lowest ones first: there the branches are."""
    found = members.kept_units(session(), me(), on=today())
    return sorted(found, key=lambda unit: -unit.path.count("/"))


@member_pages.get("/branches/<int:branch_id>")
@guarded(Permission.MEMBERS_VIEW)
def branch(branch_id: int) -> ResponseReturnValue:
    """One branch with its list."""
    return branch_page(fetch(Branch, branch_id, Permission.MEMBERS_VIEW))


def branch_page(branch: Branch, status: int = 200, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of a branch; a form that was refused comes back filled."""
    own = (
        select(Membership)
        .join(Membership.member)
        .options(members.with_member())
        .where(Membership.branch_id == branch.id)
    )
    kept = may(Permission.MEMBERS_MANAGE, branch)
    answer = listing.answer(
        member_list(with_branch=False),
        own,
        "members/branch.html",
        branch=branch,
        kept=kept,
        habits=members.habits_of(session(), branch.unit),
        cells=session()
        .scalars(select(Branch).where(Branch.parent_id == branch.id).order_by(Branch.id))
        .all(),
        count=members.active_counts(session(), [branch.id]).get(branch.id, 0),
        seats=session()
        .scalars(select(BranchSeat).where(BranchSeat.branch_id == branch.id).order_by(BranchSeat.until))
        .all(),
        grades=session()
        .scalars(
            select(BranchGrade).where(BranchGrade.branch_id == branch.id).order_by(BranchGrade.year.desc())
        )
        .all(),
        reviews=members.reviews.open_for(session(), branch),
        history=lines_of(branch) if kept else [],
        cell_form=forms.get("cell") or CellForm(formdata=None, founded_on=today()),
        rename_form=forms.get("rename")
        or RenameForm(formdata=None, name=branch.name, version=branch.version),
        dissolve_form=forms.get("dissolve") or DissolveForm(formdata=None, on=today()),
        entrust_form=forms.get("entrust") or _entrust_form(branch, bare=True),
        refused=next(iter(forms.values()), None),
    )
    note_list(branch)
    return (answer, status) if isinstance(answer, str) else answer


def _entrust_form(branch: Branch, *, bare: bool = False) -> EntrustForm:
    """Whoever is secretary in the unit can be entrusted with one of its branches."""
    serving = (
        select(Person)
        .join(Person.appointments)
        .where(
            Appointment.unit_id == branch.unit_id,
            Appointment.role == Role.BRANCH_SECRETARY,
            Appointment.valid_from <= today(),
            Appointment.valid_to.is_(None) | (Appointment.valid_to >= today()),
        )
    )
    form = EntrustForm(formdata=None) if bare else EntrustForm()
    form.person.choices = [SelectChoice(one.id, one.full_name) for one in session().scalars(serving)]
    return form


def _try(branch: Branch, form: OfficeForm, name: str, act: Callable[[], Any]) -> ResponseReturnValue:
    """Do an act of a valid form and go back to the branch; otherwise show the form again."""
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            act()
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(address(branch))
        status = tried.status
    return branch_page(branch, status, **{name: form})


@member_pages.route("/branches/new", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def found() -> ResponseReturnValue:
    """A new branch of a unit the person keeps."""
    form, status = BranchForm(_kept()), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            made = members.branches.found_branch(
                session(),
                fetch(Unit, form.unit.data, Permission.MEMBERS_MANAGE),
                name=form.name.data or "",
                founded_on=form.founded_on.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đã lập %(branch)s.", branch=made.name), "success")
            return redirect(address(made))
        status = tried.status
    return render_template("members/found.html", form=form), status


@member_pages.post("/branches/<int:branch_id>/cells")
@guarded(Permission.MEMBERS_MANAGE)
def found_cell(branch_id: int) -> ResponseReturnValue:
    """A cell below a branch."""
    above, form = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE), CellForm()

    def do() -> None:
        members.branches.found_branch(
            session(),
            above.unit,
            name=form.name.data or "",
            kind=BranchKind.CELL,
            parent=above,
            founded_on=form.founded_on.data,
            by=me(),
            at=now(),
        )

    return _try(above, form, "cell", do)


@member_pages.post("/branches/<int:branch_id>/rename")
@guarded(Permission.MEMBERS_MANAGE)
def rename(branch_id: int) -> ResponseReturnValue:
    """Another name."""
    branch, form = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE), RenameForm()

    def do() -> None:
        members.branches.rename_branch(
            session(),
            branch,
            name=form.name.data or "",
            version=form.seen(),
            by=me(),
            at=now(),
        )

    return _try(branch, form, "rename", do)


@member_pages.post("/branches/<int:branch_id>/dissolve")
@guarded(Permission.MEMBERS_MANAGE)
def dissolve(branch_id: int) -> ResponseReturnValue:
    """End a branch."""
    branch, form = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE), DissolveForm()

    def do() -> None:
        members.branches.dissolve_branch(
            session(), branch, on=form.on.data, reason=form.reason.data or "", by=me(), at=now()
        )

    return _try(branch, form, "dissolve", do)


@member_pages.post("/branches/<int:branch_id>/secretaries")
@guarded(Permission.MEMBERS_MANAGE)
def entrust(branch_id: int) -> ResponseReturnValue:
    """Make somebody its secretary."""
    branch = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE)
    form = _entrust_form(branch)

    def do() -> None:
        person = session().get_one(Person, form.person.data)
        members.branches.entrust(session(), branch, person=person, by=me(), at=now())

    return _try(branch, form, "entrust", do)


@member_pages.post("/branches/<int:branch_id>/secretaries/<int:person_id>/relieve")
@guarded(Permission.MEMBERS_MANAGE)
def relieve(branch_id: int, person_id: int) -> ResponseReturnValue:
    """Somebody is its secretary no more."""
    branch = fetch(Branch, branch_id, Permission.MEMBERS_MANAGE)
    person = next((one for one in branch.secretaries if one.id == person_id), None) or abort(404)
    members.branches.relieve(session(), branch, person=person, by=me(), at=now())
    flash(gettext("Đã thôi giao phụ trách."), "success")
    return redirect(address(branch))


@member_pages.route("/units/<int:unit_id>/grades", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def grades(unit_id: int) -> ResponseReturnValue:
    """The grades of a unit's branches for a year, on the scale of its organisation."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_MANAGE)
    habits, form = members.habits_of(session(), unit), OfficeForm()
    year = request.values.get("year", today().year, type=int)
    own = members.branches_of(session(), unit, on=today())
    status = 200
    if form.validate_on_submit():
        with attempt(form) as tried:
            given = {one.id: grade_choices(request.form.get(f"grade-{one.id}", ""), 5) for one in own}
            paper = request.form.get("paper", "")
            members.branches.grade(session(), unit, year=year, grades=given, paper=paper, by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã ghi xếp loại năm %(year)s.", year=year), "success")
            return redirect(url_for("members.grades", unit_id=unit.id, year=year))
        status = tried.status
    known = select(BranchGrade).where(
        BranchGrade.year == year, BranchGrade.branch_id.in_([one.id for one in own])
    )
    given = {one.branch_id: one for one in session().scalars(known)}
    html = render_template(
        "members/grades.html", unit=unit, year=year, branches=own, given=given, habits=habits, form=form
    )
    return html, status


@member_pages.route("/units/<int:unit_id>/rules", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_VIEW)
def rules(unit_id: int) -> ResponseReturnValue:
    """What an organisation has settled for its register; its uppermost unit may change it."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_VIEW)
    head = members.head_of(session(), unit)
    form, status = RulesForm.of(members.habits_of(session(), unit)), 200
    may_settle = may(Permission.MEMBERS_MANAGE, head)
    if request.method == "POST":
        fetch(Unit, head.id, Permission.MEMBERS_MANAGE)
        form, status = RulesForm(), 422
        if form.validate_on_submit():
            with attempt(form) as tried:
                members.branches.settle(session(), head, habits=form.habits(), by=me(), at=now())
            if tried.succeeded:
                flash(gettext("Đã ghi quy định của sổ."), "success")
                return redirect(url_for("members.rules", unit_id=unit.id))
            status = tried.status
    return render_template("members/rules.html", form=form, head=head, may_settle=may_settle), status
