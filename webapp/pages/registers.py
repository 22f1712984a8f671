"""Sổ văn bản: the register of numbers, reserved and cancelled ones, terms, sequences that are shared."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing
from webapp.access import fetch, guarded, may_anywhere, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Options, Words
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.documents import ActForm, ReserveForm, ShareForm, TermForm
from webapp.listing import Column, Listing, View
from webapp.pages.documents import address
from webapp.runtime import now, session, today
from webapp.words import words
from workflows.documents import NumberSeries, NumberState, RegisterEntry, SharedSeries, register
from workflows.organisations import Unit
from workflows.permissions import Permission
from workflows.wording import N_

blueprint = Blueprint("registers", __name__, url_prefix="/registers")

TONES = {NumberState.TAKEN: Tone.GOOD, NumberState.RESERVED: Tone.WAITING, NumberState.CANCELLED: Tone.IDLE}


def entry_list() -> Listing[RegisterEntry]:
    """The register as declared for today."""
    return Listing(
        name="so-van-ban",
        title=N_("Sổ văn bản"),
        columns=(
            Column(
                "symbol",
                N_("Số, ký hiệu"),
                lambda e: e.symbol,
                sort=RegisterEntry.number,
                unbroken=True,
            ),
            Column("dated", N_("Ngày"), lambda e: e.dated, sort=RegisterEntry.dated),
            Column("subject", N_("Trích yếu"), lambda e: e.subject, address=_document_address, width=60),
            Column("issuer", N_("Cơ quan ban hành"), lambda e: e.series.issuer.short_name, width=28),
            Column("term", N_("Nhiệm kỳ, năm"), lambda e: e.series.term),
            Column("state", N_("Tình trạng"), state_badge, sort=RegisterEntry.state),
            Column("by", N_("Người lấy số"), lambda e: e.taken_by.full_name, width=24),
            Column("reason", N_("Ghi chú"), lambda e: e.reason, shown=False, width=40),
        ),
        filters=(
            Options("series", N_("Sổ"), _series, lambda ids: RegisterEntry.series_id.in_(_whole(ids))),
            Options.of("state", N_("Tình trạng"), NumberState, RegisterEntry.state),
            Days("dated", N_("Ngày"), RegisterEntry.dated),
            Words("words", N_("Trích yếu, số"), (RegisterEntry.subject, RegisterEntry.symbol)),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("reserved", N_("Giữ chỗ"), {"state": ["reserved"]}),
            View("cancelled", N_("Đã huỷ"), {"state": ["cancelled"]}),
        ),
        sort="-dated",
    )


def state_badge(entry: RegisterEntry) -> Badge:
    """What became of the number, in colour and word."""
    return Badge(words(entry.state), TONES[entry.state])


def _document_address(entry: RegisterEntry) -> str | None:
    return address(entry.document) if entry.document else None


def _series() -> list[tuple[str, str]]:
    return [(str(series.id), name_of(series)) for series in register.all_series(session(), me(), on=today())]


def name_of(series: NumberSeries) -> str:
    """A sequence as the office calls it."""
    return f"{series.type} – {series.issuer.short_name}, {series.term}"


def _whole(ids: list[str]) -> list[int]:
    return [int(id_) for id_ in ids if id_.isdigit()]


@blueprint.get("/")
@guarded(Permission.DOCUMENT_VIEW)
def index() -> ResponseReturnValue:
    """All numbers the person may read."""
    return _list()


def _list(refused: OfficeForm | None = None) -> ResponseReturnValue:
    return listing.answer(
        entry_list(), register.entries(me(), on=today()), "registers/index.html", refused=refused
    )


@blueprint.get("/<int:series_id>")
@guarded(Permission.DOCUMENT_VIEW)
def show(series_id: int) -> ResponseReturnValue:
    """One sequence as the printed sổ văn bản đi."""
    series = session().get(NumberSeries, series_id)
    known = {known.id for known in register.all_series(session(), me(), on=today())}
    if series is None or series.id not in known:
        abort(404)
    entries = session().scalars(
        register.entries(me(), on=today()).where(NumberSeries.id == series.id).order_by(RegisterEntry.number)
    )
    return render_template("registers/show.html", series=series, entries=entries.all(), name=name_of(series))


@blueprint.get("/settings")
@guarded(Permission.DOCUMENT_VIEW)
def settings() -> ResponseReturnValue:
    """Terms, shared sequences, and every sequence there is."""
    return _settings()


def _settings(**forms: OfficeForm) -> ResponseReturnValue:
    may_share = may_anywhere(Permission.DOCUMENT_ISSUE)
    html = render_template(
        "registers/settings.html",
        all_series=[(s, name_of(s)) for s in register.all_series(session(), me(), on=today())],
        terms=register.terms(session(), me(), on=today()),
        sharings=register.sharings(session(), me(), on=today()),
        share_form=forms.get("share") or (ShareForm(formdata=None) if may_share else None),
    )
    return (html, 422) if forms else html


@blueprint.route("/reserve", methods=["GET", "POST"])
@guarded(Permission.DOCUMENT_ISSUE)
def reserve() -> ResponseReturnValue:
    """Keep a number for a paper that comes later."""
    form = ReserveForm()
    if form.validate_on_submit():
        issuer = fetch(Unit, form.issuer.data, Permission.DOCUMENT_ISSUE)
        said: dict[str, Any] = {name: form[name].data or "" for name in ("type", "subject", "reason")}
        with attempt(form) as tried:
            entry = register.reserve(session(), issuer, dated=form.dated.data, by=me(), at=now(), **said)
        if tried.succeeded:
            flash(gettext("Đã giữ số %(symbol)s.", symbol=entry.symbol), "success")
            return redirect(url_for("registers.index", view="reserved", state="reserved"))
    return render_template(
        "registers/reserve.html", form=form
    ), 422 if form.errors or form.form_errors else 200


@blueprint.post("/entries/<int:entry_id>/cancel")
@guarded(Permission.DOCUMENT_ISSUE)
def cancel(entry_id: int) -> ResponseReturnValue:
    """Give a reserved number up."""
    entry, form = fetch(RegisterEntry, entry_id, Permission.DOCUMENT_ISSUE), ActForm()
    if form.validate_on_submit():
        with attempt(form) as tried:
            register.cancel(session(), entry, reason=form.reason.data or "", by=me(), at=now())
        if tried.succeeded:
            flash(gettext("Đã huỷ số %(symbol)s.", symbol=entry.symbol), "success")
            return redirect(url_for("registers.index"))
    return _list(form), 422


@blueprint.post("/share")
@guarded(Permission.DOCUMENT_ISSUE)
def share() -> ResponseReturnValue:
    """Let two types take their numbers from one sequence."""
    form = ShareForm()
    if form.validate_on_submit():
        issuer = fetch(Unit, form.issuer.data, Permission.DOCUMENT_ISSUE)
        with attempt(form) as tried:
            register.share(
                session(),
                issuer,
                type=form.type.data,
                shares_with=form.shares_with.data,
                by=me(),
                at=now(),
            )
        if tried.succeeded:
            return redirect(url_for("registers.settings"))
    return _settings(share=form)


@blueprint.post("/share/<int:sharing_id>/end")
@guarded(Permission.DOCUMENT_ISSUE)
def unshare(sharing_id: int) -> ResponseReturnValue:
    """Give a type its own sequence again."""
    sharing = fetch(SharedSeries, sharing_id, Permission.DOCUMENT_ISSUE)
    register.unshare(session(), sharing, by=me(), at=now())
    return redirect(url_for("registers.settings"))


@blueprint.route("/terms", methods=["GET", "POST"])
@guarded(Permission.UNITS_MANAGE)
def terms() -> ResponseReturnValue:
    """The terms of committees; a new one begins its numbers at 01."""
    form = TermForm()
    if form.validate_on_submit():
        unit = fetch(Unit, form.unit.data, Permission.UNITS_MANAGE)
        said = {"name": form.name.data or "", "starts_on": form.starts_on.data}
        with attempt(form) as tried:
            register.begin_term(session(), unit, by=me(), at=now(), **said)
        if tried.succeeded:
            flash(gettext("Đã khai báo nhiệm kỳ."), "success")
            return redirect(url_for("registers.terms"))
    known = register.terms(session(), me(), on=today())
    html = render_template("registers/terms.html", form=form, terms=known)
    return (html, 422) if form.errors or form.form_errors else html
