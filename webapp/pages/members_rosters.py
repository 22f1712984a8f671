"""Nhập danh sách: a roster is sent, its columns are settled, its rows checked, then it goes in or is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.filters import Options
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.members import ReasonForm
from webapp.forms.members_rosters import ColumnsForm, DecideForm, UploadForm
from webapp.listing import Column, Listing
from webapp.pages.members import blueprint as member_pages
from webapp.pages.members_reading import note_list
from webapp.runtime import let_others_write, now, runtime, session, today
from webapp.sheets import XLSX, SheetColumn, xlsx
from webapp.uploads import name_of
from webapp.words import words
from workflows import members
from workflows.errors import DomainError, Refused
from workflows.files import keep
from workflows.members import Branch, RosterImport, rosters
from workflows.members.rosters import Field, Head, ImportState, Rows, head_of, letters
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.wording import N_, Phrase

SHOWN_ROWS = 8
SHEET = "application/octet-stream"
TONES = {
    ImportState.CHECKED: Tone.WAITING,
    ImportState.UPLOADED: Tone.WAITING,
    ImportState.DONE: Tone.GOOD,
    ImportState.UNDONE: Tone.LATE,
}


def state_badge(roster: RosterImport) -> Badge:
    """How far it is, in colour and word."""
    return Badge(words(roster.state), TONES.get(roster.state, Tone.IDLE))


def address(roster: RosterImport) -> str:
    """The page of an import."""
    return url_for("members.roster", roster_id=roster.id)


IMPORTS: Listing[RosterImport] = Listing(
    name="nhap-danh-sach",
    title=N_("Nhập danh sách"),
    columns=(
        Column(
            "file",
            N_("Tệp"),
            lambda r: r.file_name,
            sort=RosterImport.file_name,
            address=address,
            width=40,
        ),
        Column("unit", N_("Đơn vị"), lambda r: r.unit.short_name, width=30),
        Column("at", N_("Tải lên"), lambda r: r.uploaded_at, sort=RosterImport.uploaded_at),
        Column("by", N_("Người tải"), lambda r: r.by.full_name, width=26),
        Column("rows", N_("Số dòng"), lambda r: r.total_rows, sort=RosterImport.total_rows, numeric=True),
        Column("good", N_("Dòng đúng"), lambda r: r.good_rows, sort=RosterImport.good_rows, numeric=True),
        Column("state", N_("Trạng thái"), state_badge, sort=RosterImport.state),
    ),
    filters=(Options.of("state", N_("Trạng thái"), ImportState, RosterImport.state),),
    sort="-at",
)


@member_pages.route("/rosters", methods=["GET", "POST"])
@guarded(Permission.MEMBERS_MANAGE)
def rosters_index() -> ResponseReturnValue:
    """All imports into registers the person keeps; a new file begins another."""
    kept = members.kept_units(session(), me(), on=today())
    form, status = UploadForm(list(kept)), 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        sent = _sent()
        with attempt(form) as tried:
            roster = _uploaded(form, sent)
        if tried.succeeded:
            return redirect(address(roster))
        status = tried.status
    mine = (
        select(RosterImport)
        .join(RosterImport.unit)
        .options(joinedload(RosterImport.unit), joinedload(RosterImport.by))
        .where(members.register_units(me(), on=today()))
    )
    answer = listing.answer(IMPORTS, mine, "members/rosters.html", form=form)
    return (answer, status) if isinstance(answer, str) else answer


@dataclass(frozen=True)
class Sent:
    """A file that was sent, and its head."""

    name: str
    content: bytes
    head: Head


def _sent() -> Sent | DomainError:
    """Read the head of the file while others may write: a large sheet takes its seconds."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return Refused("Chưa có tệp nào. Chọn tệp danh sách rồi gửi lại.")
    let_others_write()
    name, content = name_of(file.filename), file.read()
    try:
        return Sent(name, content, head_of(Rows(content, name).sample()))
    except DomainError as unreadable:
        return unreadable


def _uploaded(form: UploadForm, sent: Sent | DomainError) -> RosterImport:
    """Keep the file; what could not be read is refused."""
    if isinstance(sent, DomainError):
        raise sent
    unit = fetch(Unit, form.unit.data, Permission.MEMBERS_MANAGE)
    file = keep(session(), runtime().files, sent.content, media_type=SHEET, at=now())
    return rosters.upload(session(), unit, file=file, file_name=sent.name, head=sent.head, by=me(), at=now())


@member_pages.get("/rosters/<int:roster_id>")
@guarded(Permission.MEMBERS_MANAGE)
def roster(roster_id: int) -> ResponseReturnValue:
    """One import: its columns, what is wrong with its rows, what can be done with it."""
    return roster_page(fetch(RosterImport, roster_id, Permission.MEMBERS_MANAGE))


def roster_page(roster: RosterImport, status: int = 200, **forms: OfficeForm) -> ResponseReturnValue:
    """The page of an import; a form that was refused comes back filled."""
    settling = roster.state in (ImportState.UPLOADED, ImportState.CHECKED)
    html = render_template(
        "members/roster.html",
        roster=roster,
        badges=[state_badge(roster)],
        columns_form=forms.get("columns") or _columns_form(roster, bare=True),
        decide_form=forms.get("decide") or DecideForm(formdata=None),
        refused=next(iter(forms.values()), None),
        table=_table(roster) if settling and roster.file_sha256 else None,
        fields=[(field.value, words(field)) for field in Field],
        problems=[
            (row, column, Phrase(said, **params), bad) for row, column, said, params, bad in roster.problems
        ],
        works=roster.state in (ImportState.CHECKING, ImportState.RUNNING, ImportState.UNDOING),
    )
    return html, status


def _table(roster: RosterImport) -> dict[str, Any]:
    """The first rows of the file under their heads, with what each column means."""
    sample = Rows(runtime().files.read(roster.file_sha256 or ""), roster.file_name).sample()
    head = head_of(sample)
    meant = {place: name for name, place in roster.mapping.items()}
    typed = request.form if request.method == "POST" else {}
    return {
        "labels": [
            (place, letters(place), label, typed.get(f"column-{place}", meant.get(place, "")))
            for place, label in enumerate(head.labels)
        ],
        "rows": [(number, row) for number, row in sample if number > head.rows][:SHOWN_ROWS],
    }


def _columns_form(roster: RosterImport, *, bare: bool = False) -> ColumnsForm:
    own = list(members.branches_of(session(), roster.unit, on=today()))
    if bare:
        return ColumnsForm(own, formdata=None, as_of=roster.as_of, branch=roster.branch_id or 0)
    return ColumnsForm(own)


@member_pages.post("/rosters/<int:roster_id>/columns")
@guarded(Permission.MEMBERS_MANAGE)
def settle_columns(roster_id: int) -> ResponseReturnValue:
    """Say what the columns mean; every row is checked then."""
    roster = fetch(RosterImport, roster_id, Permission.MEMBERS_MANAGE)
    form = _columns_form(roster)
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            rosters.settle_columns(
                session(),
                roster,
                labels=_head(roster).labels,
                mapping=_mapping(request.form),
                as_of=form.as_of.data,
                branch=session().get(Branch, form.branch.data) if form.branch.data else None,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            flash(gettext("Đang kiểm tra từng dòng."), "success")
            return redirect(address(roster))
        status = tried.status
    return roster_page(roster, status, columns=form)


def _head(roster: RosterImport) -> Head:
    return head_of(Rows(runtime().files.read(roster.file_sha256 or ""), roster.file_name).sample())


def _mapping(typed: Mapping[str, str]) -> dict[Field, int]:
    """Field → column, of the columns something was chosen for."""
    known = {field.value for field in Field}
    return {
        Field(value): int(name.removeprefix("column-"))
        for name, value in typed.items()
        if name.startswith("column-") and value in known and name.removeprefix("column-").isdigit()
    }


@member_pages.post("/rosters/<int:roster_id>/decide")
@guarded(Permission.MEMBERS_MANAGE)
def decide(roster_id: int) -> ResponseReturnValue:
    """Let it in: all of it, or the good rows."""
    roster, form = fetch(RosterImport, roster_id, Permission.MEMBERS_MANAGE), DecideForm()
    with attempt(form) as tried:
        good = form.takes_good_rows.data
        rosters.decide(session(), roster, takes_good_rows=good, by=me(), at=now())
    if not tried.succeeded:
        return roster_page(roster, tried.status, decide=form)
    return redirect(address(roster))


@member_pages.post("/rosters/<int:roster_id>/discard")
@guarded(Permission.MEMBERS_MANAGE)
def discard(roster_id: int) -> ResponseReturnValue:
    """Leave it."""
    roster = fetch(RosterImport, roster_id, Permission.MEMBERS_MANAGE)
    rosters.discard(session(), roster, by=me(), at=now())
    flash(gettext("Đã bỏ tệp; sổ không thay đổi."), "success")
    return redirect(url_for("members.rosters_index"))


@member_pages.post("/rosters/<int:roster_id>/undo")
@guarded(Permission.MEMBERS_MANAGE)
def undo(roster_id: int) -> ResponseReturnValue:
    """Take the whole import back."""
    roster, form = fetch(RosterImport, roster_id, Permission.MEMBERS_MANAGE), ReasonForm()
    with attempt(form) as tried:
        rosters.undo(session(), roster, reason=form.reason.data or "", by=me(), at=now())
    if not tried.succeeded:
        return roster_page(roster, tried.status, undo=form)
    return redirect(address(roster))


@member_pages.get("/units/<int:unit_id>/roster")
@guarded(Permission.MEMBERS_VIEW)
def export(unit_id: int) -> ResponseReturnValue:
    """The lists of a unit in the shape of its own rosters."""
    unit = fetch(Unit, unit_id, Permission.MEMBERS_VIEW)
    note_list(unit, taken=True)
    let_others_write()
    shape = rosters.shape_of(session(), unit)
    columns = [SheetColumn(label, 22) for label, _ in shape]
    rows = rosters.exported(session(), members.figures.of_unit(unit), shape)
    file = xlsx(gettext("Danh sách"), columns, rows)
    return send_file(file, XLSX, as_attachment=True, download_name=f"danh-sach-{unit.code}-{today()}.xlsx")
