"""From refusals to answers: one table, the same for pages and API."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask_babel import gettext
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from webapp.limits import limiter
from webapp.runtime import session
from webapp.words import moment
from workflows.errors import Conflict, DomainError, NotAllowed, Refused, TooLarge, Unreadable
from workflows.wording import N_

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
# Two hands at once: the row was changed in between, or the database refused what both made.
COLLISIONS = (StaleDataError, IntegrityError)

STATUS: dict[type[Exception], int] = {
    NotAllowed: 403,
    Conflict: 409,
    StaleDataError: 409,
    IntegrityError: 409,
    TooLarge: 413,
    Unreadable: 422,
    Refused: 422,
}

SENTENCES = {
    400: N_("Yêu cầu không đọc được. Quay lại trang trước rồi thử lại."),
    401: N_("Phiên làm việc đã hết. Đăng nhập lại để tiếp tục."),
    403: N_("Tài khoản của bạn không có quyền thực hiện việc này."),
    404: N_(
        "Không có nội dung này, hoặc bạn không có quyền xem. Kiểm tra lại địa chỉ, hoặc tìm ở ô Tra cứu."
    ),
    405: N_("Địa chỉ này không nhận thao tác vừa gửi. Quay lại trang trước rồi thử lại."),
    409: N_("Nội dung vừa được người khác thay đổi. Tải lại trang để xem bản mới rồi thực hiện lại."),
    413: N_("Tệp vượt quá dung lượng cho phép. Nén hoặc tách tệp rồi gửi lại."),
    415: N_("Loại nội dung gửi lên không được nhận ở đây."),
    422: N_("Nội dung gửi lên chưa đúng. Kiểm tra lại rồi gửi lại."),
    429: N_("Thao tác quá nhiều lần. Thử lại từ %(when)s; cần ngay thì nhờ quản trị hệ thống."),
    500: N_(
        "Hệ thống gặp sự cố, nội dung chưa được lưu. Thử lại; nếu vẫn lỗi, báo quản trị kèm thời điểm xảy ra."
    ),
}


def said(error: DomainError) -> str:
    """The refusal in the language of the person."""
    return str(gettext(error.message, **error.params))


def status_of(error: Exception) -> int:
    """The HTTP status of a refusal, by its nearest kind in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def init_app(app: Flask) -> None:
    """Answer every refusal and failure in words."""
    app.register_error_handler(DomainError, _refusal)
    for kind in COLLISIONS:
        app.register_error_handler(kind, _collision)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failure)


def _refusal(error: DomainError) -> tuple[Any, int]:
    session().rollback()
    return answer(status_of(error), said(error))


def _collision(error: Exception) -> tuple[Any, int]:
    current_app.logger.warning("two changes met at %s", request.path, exc_info=error)
    session().rollback()
    return answer(409, gettext(SENTENCES[409]))


def _expired_form(_: CSRFError) -> tuple[Any, int]:
    return answer(
        400, gettext("Trang đã mở quá lâu nên không còn gửi được. Tải lại trang rồi gửi lại."), "form-expired"
    )


def _foreign_host(_: SecurityError) -> tuple[str, int, dict[str, str]]:
    # No page: its links would have to be made for a host that is not ours.
    sentence = gettext("Địa chỉ này không thuộc hệ thống. Mở lại bằng đúng địa chỉ được cấp.")
    return sentence, 400, PLAIN


def _too_often(_: RateLimitExceeded) -> tuple[Any, int]:
    session().rollback()
    until = datetime.fromtimestamp(limiter.current_limit.reset_at, UTC)
    # The sentence names whole minutes: the next one, when it is over for certain.
    return answer(429, gettext(SENTENCES[429], when=moment(until + timedelta(seconds=59))))


def _http(error: HTTPException) -> tuple[Any, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    session().rollback()
    return answer(error.code, gettext(SENTENCES.get(error.code, SENTENCES[400])))


def _failure(error: Exception) -> tuple[Any, int] | tuple[str, int, dict[str, str]]:
    current_app.logger.exception("unexpected failure at %s", request.path, exc_info=error)
    try:
        session().rollback()
        return answer(500, gettext(SENTENCES[500]))
    except SQLAlchemyError:
        # Even the frame of a page asks the database who is there.
        return gettext(SENTENCES[500]), 500, PLAIN


def wants_json() -> bool:
    """Did a script ask, not a person?"""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def answer(status: int, sentence: str, kind: str = "") -> tuple[Any, int]:
    """A page, or JSON where JSON was asked for."""
    if wants_json():
        return jsonify(message=sentence, kind=kind), status
    return render_template("error.html", status=status, sentence=sentence), status
