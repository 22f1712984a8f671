"""Chuyển sinh hoạt: who waits to be received here, whom others have not answered for yet."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp import listing
from webapp.access import fetch, guarded, may, me
from webapp.badges import Badge, Tone
from webapp.filters import Days, Flag, Options
from webapp.forms.base import OfficeForm, attempt
from webapp.forms.members import ReasonForm, ReceiveForm
from webapp.listing import Column, Listing, View
from webapp.pages.members import blueprint as member_pages
from webapp.pages.members import born, name_of
from webapp.runtime import now, session, today
from webapp.words import words
from workflows import members
from workflows.members import Branch, Transfer, TransferState
from workflows.permissions import Permission
from workflows.wording import N_

TONES = {
    TransferState.SENT: Tone.WAITING,
    TransferState.RECEIVED: Tone.GOOD,
    TransferState.REFUSED: Tone.LATE,
    TransferState.WITHDRAWN: Tone.IDLE,
}


def address(transfer: Transfer) -> str:
    """The page of a transfer."""
    return url_for("members.transfer", transfer_id=transfer.id)


def state_badge(transfer: Transfer) -> Badge:
    """How it stands; an answer that is overdue shows."""
    if transfer.state is TransferState.SENT and transfer.answer_by < today():
        return Badge(gettext("quá hạn trả lời"), Tone.LATE)
    return Badge(words(transfer.state), TONES[transfer.state])


def transfer_list() -> Listing[Transfer]:
    """The list of transfers."""
    return Listing(
        name="chuyen-sinh-hoat",
        title=N_("Chuyển sinh hoạt"),
        columns=(
            Column(
                "name", N_("Họ và tên"), lambda t: name_of(t.membership.member), address=address, width=28
            ),
            Column("from", N_("Nơi đi"), lambda t: t.from_branch.label, width=40),
            Column("to", N_("Nơi đến"), _destination, width=40),
            Column("sent", N_("Ngày giới thiệu"), lambda t: t.sent_on, sort=Transfer.sent_on),
            Column("answer", N_("Hạn trả lời"), lambda t: t.answer_by, sort=Transfer.answer_by),
            Column("state", N_("Trạng thái"), state_badge, sort=Transfer.state),
        ),
        filters=(
            Options.of("state", N_("Trạng thái"), TransferState, Transfer.state),
            Days("sent", N_("Ngày giới thiệu"), Transfer.sent_on),
            Flag("mine", N_("chờ đơn vị tôi tiếp nhận"), lambda: members.awaiting_receipt(me(), on=today())),
        ),
        views=(
            View("all", N_("Tất cả")),
            View("mine", N_("Chờ tiếp nhận"), {"mine": "1", "sort": "answer"}),
            View("sent", N_("Chờ nơi khác trả lời"), {"state": ["sent"], "sort": "answer"}),
        ),
        sort="-sent",
    )


def _destination(transfer: Transfer) -> str:
    return transfer.to_branch.label if transfer.to_branch else transfer.to_unit.short_name


@member_pages.get("/transfers")
@guarded(Permission.MEMBERS_MANAGE)
def transfers() -> ResponseReturnValue:
    """Everybody on the way from or to a list the person keeps."""
    mine = members.all_transfers(me(), on=today())
    return listing.answer(transfer_list(), mine, "members/transfers.html")


@member_pages.get("/transfers/<int:transfer_id>")
@guarded(Permission.MEMBERS_VIEW)
def transfer(transfer_id: int) -> ResponseReturnValue:
    """One handing over."""
    return transfer_page(fetch(Transfer, transfer_id, Permission.MEMBERS_VIEW))


def transfer_page(
    transfer: Transfer, status: int = 200, form: OfficeForm | None = None
) -> ResponseReturnValue:
    """The page of a transfer; a form that was refused comes back filled."""
    waits = transfer.state is TransferState.SENT
    receives = waits and may(Permission.MEMBERS_RECEIVE, transfer)
    html = render_template(
        "members/transfer.html",
        transfer=transfer,
        name=name_of(transfer.membership.member),
        born=born(transfer.membership.member),
        badges=[state_badge(transfer)],
        may_open=may(Permission.MEMBERS_VIEW, transfer.membership),
        withdraws=waits and may(Permission.MEMBERS_MANAGE, transfer.from_branch),
        receive_form=form
        if isinstance(form, ReceiveForm)
        else _form(transfer, bare=True)
        if receives
        else None,
        refused=form,
    )
    return html, status


def _form(transfer: Transfer, *, bare: bool = False) -> ReceiveForm:
    units = members.receiving_units(session(), transfer, on=today())
    own = [branch for unit in units for branch in members.branches_of(session(), unit, on=today())]
    return ReceiveForm(own, formdata=None, on=today()) if bare else ReceiveForm(own)


@member_pages.post("/transfers/<int:transfer_id>/receive")
@guarded(Permission.MEMBERS_RECEIVE)
def receive(transfer_id: int) -> ResponseReturnValue:
    """Take the member onto a list."""
    transfer = fetch(Transfer, transfer_id, Permission.MEMBERS_RECEIVE)
    form = _form(transfer)

    def do() -> None:
        branch = session().get_one(Branch, form.branch.data)
        members.transfers.receive(session(), transfer, branch=branch, on=form.on.data, by=me(), at=now())

    return _try(transfer, form, do)


@member_pages.post("/transfers/<int:transfer_id>/refuse")
@guarded(Permission.MEMBERS_RECEIVE)
def refuse(transfer_id: int) -> ResponseReturnValue:
    """Do not take the member."""
    transfer, form = fetch(Transfer, transfer_id, Permission.MEMBERS_RECEIVE), ReasonForm()

    def do() -> None:
        members.transfers.refuse(session(), transfer, reason=form.reason.data or "", by=me(), at=now())

    return _try(transfer, form, do)


@member_pages.post("/transfers/<int:transfer_id>/withdraw")
@guarded(Permission.MEMBERS_MANAGE)
def withdraw(transfer_id: int) -> ResponseReturnValue:
    """Take the introduction back."""
    transfer, form = fetch(Transfer, transfer_id, Permission.MEMBERS_MANAGE), ReasonForm()

    def do() -> None:
        members.transfers.withdraw(session(), transfer, reason=form.reason.data or "", by=me(), at=now())

    return _try(transfer, form, do)


def _try(transfer: Transfer, form: OfficeForm, act: Any) -> ResponseReturnValue:
    status = 422
    if form.validate_on_submit():
        with attempt(form) as tried:
            act()
        if tried.succeeded:
            flash(gettext("Đã ghi nhận."), "success")
            return redirect(address(transfer))
        status = tried.status
    return transfer_page(transfer, status, form)
