"""Long lists as sheets: a worker opens the address of a list as the person who asked, and writes it all."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any, TypeVar

from flask import Response, current_app, g
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.http import parse_options_header

from webapp.auth import begin_session
from webapp.language import COOKIE
from webapp.runtime import Runtime
from webapp.runtime import session as session_of_request
from webapp.sheets import XLSX
from workflows import sheet_orders
from workflows.errors import DomainError, Refused
from workflows.people import Account
from workflows.sheet_orders import SheetOrder
from workflows.wording import N_

log = logging.getLogger("dondoc.sheets")
NOTED_EVERY = 1_000
NOT_TO_BE_SEEN = N_("Danh sách này không mở được với quyền hiện nay của bạn. Mở lại danh sách rồi thử lại.")
PASSWORD_FIRST = N_(
    "Chưa lập được bảng: tài khoản phải đổi mật khẩu trước. Đổi xong, mở lại danh sách rồi yêu cầu lại."
)
FAILED = N_("Chưa lập được bảng do sự cố. Thử lại; nếu vẫn lỗi, báo quản trị.")
Row = TypeVar("Row")


def write_sheets(office: Runtime, session: Session, wanted: list[dict[str, Any]], at: datetime) -> None:
    """Write the lists that people ordered as sheets; one that was cut off is written from its beginning."""
    for id_ in {ordered["id"] for ordered in wanted}:
        if (order := session.get(SheetOrder, id_)) is not None and order.ended_at is None:
            _write(office, order, at)


def forget_old(_: Runtime, session: Session, at: datetime) -> None:
    """Remove sheets that were kept long enough."""
    sheet_orders.forget_old(session, at=at)


def followed(title: str, total: int, rows: Iterable[Row]) -> Iterable[Row]:
    """The rows of a list as they come; while a worker writes them the progress is noted."""
    if (order_id := being_written()) is None:
        return rows
    g.list_followed = True
    return _noting(order_id, title, total, rows)


def being_written() -> int | None:
    """The order a worker is writing in this request, if it is one of a worker."""
    found: int | None = g.get("sheet_order")
    return found


def _noting(order_id: int, title: str, total: int, rows: Iterable[Row]) -> Iterator[Row]:
    office: Runtime = current_app.extensions["dondoc"]
    for written, row in enumerate(rows):
        if written % NOTED_EVERY == 0:
            with office.unit_of_work() as own:
                sheet_orders.note_progress(own, order_id, title=title, total=total, written=written)
        yield row


def _write(office: Runtime, order: SheetOrder, at: datetime) -> None:
    try:
        name, content = _sheet(office, order)
        with office.unit_of_work() as own:
            sheet_orders.hand_out(own, order.id, content, office.files, name=name, kind=XLSX, at=at)
    except Exception as trouble:
        with office.unit_of_work() as own:
            sheet_orders.give_up(own, order.id, problem=_why(order, trouble), at=at)


def _why(order: SheetOrder, trouble: Exception) -> str:
    """What to tell whoever asked; what is no refusal is for the log."""
    if isinstance(trouble, Refused) and not trouble.params:
        return trouble.message
    if isinstance(trouble, DomainError | HTTPException):
        return NOT_TO_BE_SEEN
    log.error("sheet order %d failed", order.id, exc_info=trouble)
    return FAILED


def _sheet(office: Runtime, order: SheetOrder) -> tuple[str, bytes]:
    """Name and bytes of the sheet behind the address, as the person who asked may see it now."""
    with _opened(office, order), closing(_answer()) as answer:
        # What is no list has no rows that could be followed: a file, a page, an older sheet.
        if answer.mimetype != XLSX or "list_followed" not in g:
            raise Forbidden
        _, said = parse_options_header(answer.headers["Content-Disposition"])
        return said["filename"], b"".join(answer.iter_encoded())


def _answer() -> Response:
    """The answer to the request, with the guards that stand before every view."""
    if current_app.preprocess_request() is not None:
        raise Refused(PASSWORD_FIRST)
    return current_app.make_response(current_app.dispatch_request())


@contextmanager
def _opened(office: Runtime, order: SheetOrder) -> Iterator[None]:
    """A request for the address of an order, by the person who gave it."""
    host = office.settings.allowed_hosts[0].removeprefix(".")
    headers = {"Cookie": f"{COOKIE}={order.language}"}
    # A context of its own: what one request remembers (the time, the rights) must not serve the next.
    with (
        current_app.app_context(),
        current_app.test_request_context(order.address, base_url=f"http://{host}", headers=headers),
    ):
        account = session_of_request().get(Account, order.person_id)
        if account is None or not account.person.active:
            raise Forbidden
        begin_session(account)
        g.sheet_order = order.id
        yield
