"""Bảng tải về: long lists as Excel files, written by a worker; people wait for them or come back."""

from io import BytesIO
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from webapp import language, listing
from webapp.access import fetch, guarded, me
from webapp.badges import Badge, Tone
from webapp.followed import followed
from webapp.listing import Column, Listing
from webapp.papers import FILE_POLICY
from webapp.runtime import now, runtime, session
from webapp.sheets import XLSX
from workflows import sheet_orders
from workflows.permissions import Permission
from workflows.sheet_orders import SheetOrder
from workflows.wording import N_

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")


def badge(order: SheetOrder) -> Badge:
    """How far it has come, in colour and word."""
    if order.ended_at is None:
        return Badge(gettext("đang lập"), Tone.WAITING)
    if order.file_sha256 is None:
        return Badge(gettext("không lập được"), Tone.LATE)
    return Badge(gettext("sẵn sàng"), Tone.GOOD)


def address(order: SheetOrder) -> str:
    """Its page."""
    return url_for("sheets.show", order_id=order.id)


def _title(order: SheetOrder) -> str:
    return order.title or gettext("Danh sách")


ORDERS: Listing[SheetOrder] = Listing(
    name="bang-tai-ve",
    title=N_("Bảng tải về"),
    columns=(
        Column("title", N_("Danh sách"), _title, address=address, width=40),
        Column("total", N_("Số dòng"), lambda o: o.total or None, sort=SheetOrder.total, numeric=True),
        Column("at", N_("Yêu cầu lúc"), lambda o: o.ordered_at, sort=SheetOrder.ordered_at),
        Column("until", N_("Giữ đến"), lambda o: o.ordered_at + sheet_orders.KEPT),
        Column("state", N_("Trạng thái"), badge),
    ),
    sort="-at",
)


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """The sheets the person asked for and that are still kept."""
    return listing.answer(ORDERS, sheet_orders.of_person(me()), "sheets/index.html")


@blueprint.post("/")
@guarded(Permission.OWN_ACCOUNT)
def order() -> ResponseReturnValue:
    """Have a list written."""
    wanted = _place(request.form.get("address", "")) or abort(404)
    made = sheet_orders.order(session(), me(), address=wanted, language=language.chosen(), by=me(), at=now())
    return redirect(address(made))


def _place(wanted: str) -> str:
    """Path and query of a sheet of this office, empty for any other; the worker finds out what is no list."""
    try:
        parts = urlsplit(wanted)
        current_app.url_map.bind("").match(parts.path, "GET")
    except (ValueError, HTTPException):
        return ""
    return f"{parts.path}?{parts.query}" if "format=xlsx" in parts.query else ""


@blueprint.get("/<int:order_id>")
@guarded(Permission.OWN_ACCOUNT)
def show(order_id: int) -> ResponseReturnValue:
    """How far a sheet has come; looks again by itself until it is there."""
    found = fetch(SheetOrder, order_id, Permission.OWN_WORK)
    until = found.ordered_at + sheet_orders.KEPT
    html = render_template("sheets/show.html", order=found, until=until)
    return followed(html, running=found.ended_at is None)


@blueprint.get("/<int:order_id>/file")
@guarded(Permission.OWN_ACCOUNT)
def file(order_id: int) -> Response:
    """The sheet itself."""
    found = fetch(SheetOrder, order_id, Permission.OWN_WORK)
    sha256 = found.file_sha256 or abort(404)
    answer = send_file(
        BytesIO(runtime().files.read(sha256)), XLSX, as_attachment=True, download_name=found.file_name
    )
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    return answer
