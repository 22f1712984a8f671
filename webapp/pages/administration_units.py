"""Đơn vị: the tree of units for those who keep it; adding, renaming, dissolving, letterheads."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp import listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.filters import Flag, Options, Words
from webapp.forms.administration import AliasForm, DissolveForm, LetterheadForm, NamesForm, UnitForm
from webapp.forms.base import attempt
from webapp.listing import Column, Listing, View
from webapp.pages.administration import blueprint as administration
from webapp.pages.administration import form_page
from webapp.runtime import now, session, today
from webapp.seen import insist_unchanged
from workflows import administration as keeping
from workflows.db import in_vietnamese_order
from workflows.organisations import Level, Unit, UnitKind
from workflows.permissions import Permission, kept_units
from workflows.wording import N_


def address(unit: Unit) -> str:
    """The page of a unit."""
    return url_for("units.show", unit_id=unit.id)


def standing(unit: Unit) -> Badge:
    """Whether a unit is in being, in colour and word."""
    if unit.existed_on(today()):
        return Badge(gettext("đang hoạt động"), Tone.GOOD)
    words = gettext("đã giải thể") if unit.dissolved_on else gettext("chưa thành lập")
    return Badge(words, Tone.IDLE)


UNITS: Listing[Unit] = Listing(
    name="don-vi",
    title=N_("Đơn vị"),
    columns=(
        Column(
            "name",
            N_("Đơn vị"),
            lambda unit: unit.name,
            sort=in_vietnamese_order(Unit.name),
            address=address,
            width=50,
        ),
        Column("code", N_("Mã"), lambda unit: unit.code, sort=Unit.code),
        Column(
            "parent", N_("Trực thuộc"), lambda unit: unit.parent.short_name if unit.parent else None, width=36
        ),
        Column("kind", N_("Loại"), lambda unit: unit.kind, sort=Unit.kind, width=28),
        Column("level", N_("Cấp"), lambda unit: unit.level, sort=Unit.level),
        Column("founded", N_("Thành lập"), lambda unit: unit.founded_on, sort=Unit.founded_on),
        Column(
            "dissolved", N_("Giải thể"), lambda unit: unit.dissolved_on, sort=Unit.dissolved_on, shown=False
        ),
        Column("standing", N_("Trạng thái"), standing),
        Column("tree", N_("Vị trí trong cây"), lambda unit: unit.path, sort=Unit.path, shown=False),
    ),
    filters=(
        Words("words", N_("Tên hoặc mã"), (Unit.name, Unit.short_name, Unit.code)),
        Options.of("kind", N_("Loại"), UnitKind, Unit.kind),
        Options.of("level", N_("Cấp"), Level, Unit.level),
        Flag("gone", N_("đã giải thể"), lambda: Unit.dissolved_on <= today()),
    ),
    views=(
        View("all", N_("Tất cả")),
        View("province", N_("Cấp tỉnh"), {"level": ["province"]}),
        View("commune", N_("Cấp xã"), {"level": ["commune"]}),
        View("gone", N_("Đã giải thể"), {"gone": "1"}),
    ),
    sort="tree",
)


@administration.get("/units")
@guarded(Permission.UNITS_MANAGE)
def units() -> ResponseReturnValue:
    """All units the person keeps, as the tree orders them."""
    kept = select(Unit).where(kept_units(me(), on=today())).options(joinedload(Unit.parent))
    return listing.answer(UNITS, kept, "administration/units.html")


@administration.route("/units/<int:unit_id>/new", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def add_unit(unit_id: int) -> ResponseReturnValue:
    """A new unit under this one."""
    parent, form = fetch(Unit, unit_id, Permission.UNITS_MANAGE), UnitForm()
    if form.validate_on_submit():
        said = {name: value for name, value in form.data.items() if name != "csrf_token"}
        with attempt(form) as tried:
            unit = keeping.add_unit(session(), parent, by=me(), at=now(), **said)
        if tried.succeeded:
            return _done(unit, gettext("Đã thêm %(unit)s.", unit=unit.name))
    title = gettext("Thêm đơn vị trực thuộc %(unit)s", unit=parent.name)
    return form_page(form, title, button=gettext("Thêm đơn vị"), back=address(parent))


@administration.route("/units/<int:unit_id>/rename", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def rename_unit(unit_id: int) -> ResponseReturnValue:
    """Another name from now on."""
    unit = fetch(Unit, unit_id, Permission.UNITS_MANAGE)
    form, status = NamesForm(obj=unit), 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            insist_unchanged(unit)
            keeping.rename_unit(
                session(), unit, name=form.name.data, short_name=form.short_name.data, by=me(), at=now()
            )
        if tried.succeeded:
            return _done(unit, gettext("Đã đổi tên thành %(unit)s.", unit=unit.name))
        status = tried.status
    note = gettext("Tên cũ vẫn được hiểu khi đọc văn bản và khi tra cứu.")
    title = gettext("Đổi tên %(unit)s", unit=unit.name)
    button = gettext("Đổi tên")
    return form_page(form, title, button=button, back=address(unit), note=note, about=unit, status=status)


@administration.route("/units/<int:unit_id>/alias", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def call_unit_also(unit_id: int) -> ResponseReturnValue:
    """One more name under which the unit is understood."""
    unit, form = fetch(Unit, unit_id, Permission.UNITS_MANAGE), AliasForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            keeping.call_unit_also(session(), unit, name=form.name.data, by=me(), at=now())
        if tried.succeeded:
            return _done(unit, gettext("Đã thêm tên gọi %(name)s.", name=form.name.data))
    title = gettext("Tên gọi khác của %(unit)s", unit=unit.name)
    return form_page(form, title, button=gettext("Thêm tên gọi"), back=address(unit))


@administration.route("/units/<int:unit_id>/dissolve", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def dissolve_unit(unit_id: int) -> ResponseReturnValue:
    """The end of a unit, and who goes on."""
    unit = fetch(Unit, unit_id, Permission.UNITS_MANAGE)
    form, status = DissolveForm(unit), 422
    if form.validate_on_submit():
        heirs = [fetch(Unit, heir_id, Permission.UNITS_MANAGE) for heir_id in form.successors.data]
        with attempt(form) as tried:
            insist_unchanged(unit)
            keeping.dissolve_unit(
                session(),
                unit,
                on=form.on.data,
                successors=heirs,
                source=form.source.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            return _done(unit, gettext("Đã ghi nhận giải thể %(unit)s.", unit=unit.name))
        status = tried.status
    note = gettext("Số liệu và văn bản của đơn vị được giữ; việc tiếp theo thuộc đơn vị kế thừa.")
    title = gettext("Giải thể %(unit)s", unit=unit.name)
    button = gettext("Giải thể")
    return form_page(form, title, button=button, back=address(unit), note=note, about=unit, status=status)


@administration.route("/units/<int:unit_id>/letterhead", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def give_letterhead(unit_id: int) -> ResponseReturnValue:
    """How the unit's papers begin from a day on."""
    unit = fetch(Unit, unit_id, Permission.UNITS_MANAGE)
    form = LetterheadForm(obj=unit.letterheads[-1] if unit.letterheads else None)
    if request.method == "GET":
        form.valid_from.data = today()
    if form.validate_on_submit():
        said = {name: value for name, value in form.data.items() if name != "csrf_token"}
        with attempt(form) as tried:
            keeping.give_letterhead(session(), unit, by=me(), at=now(), **said)
        if tried.succeeded:
            return _done(unit, gettext("Đã khai báo phần đầu văn bản."))
    note = gettext("Văn bản đã ban hành giữ phần đầu cũ.")
    title = gettext("Phần đầu văn bản của %(unit)s", unit=unit.name)
    return form_page(form, title, button=gettext("Lưu phần đầu văn bản"), back=address(unit), note=note)


def _done(unit: Unit, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(address(unit))
