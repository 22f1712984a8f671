"""Forms of one's own account."""

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from webapp.access import me
from webapp.auth import check_password
from webapp.forms.base import OfficeForm
from webapp.passwords import SHORTEST_PASSWORD, is_easily_guessed


class SignInForm(OfficeForm):
    """Name and password."""

    username = StringField(
        lazy_gettext("Tên đăng nhập"), [InputRequired(lazy_gettext("Nhập tên đăng nhập.")), Length(max=60)]
    )
    password = PasswordField(
        lazy_gettext("Mật khẩu"), [InputRequired(lazy_gettext("Nhập mật khẩu.")), Length(max=200)]
    )


class OwnPasswordForm(OfficeForm):
    """The password now, before something about the account is changed."""

    current = PasswordField(
        lazy_gettext("Mật khẩu hiện tại"),
        [InputRequired(lazy_gettext("Nhập mật khẩu hiện tại.")), Length(max=200)],
    )

    def validate_current(self, field: PasswordField) -> None:
        """The password now must be right."""
        if check_password(me().username, field.data or "") is None:
            raise ValidationError(gettext("Mật khẩu hiện tại chưa đúng."))


class PasswordForm(OwnPasswordForm):
    """The password now, and a new one twice."""

    new = PasswordField(
        lazy_gettext("Mật khẩu mới"),
        [
            InputRequired(lazy_gettext("Nhập mật khẩu mới.")),
            Length(SHORTEST_PASSWORD, 200, lazy_gettext("Mật khẩu cần ít nhất %(min)d ký tự.")),
        ],
    )
    again = PasswordField(
        lazy_gettext("Nhập lại mật khẩu mới"),
        [EqualTo("new", lazy_gettext("Hai lần nhập chưa giống nhau. Nhập lại."))],
    )

    def validate_new(self, field: PasswordField) -> None:
        """The new password must be new, and not the name."""
        if field.data == self.current.data:
            raise ValidationError(gettext("Mật khẩu mới phải khác mật khẩu hiện tại."))
        if me().username in (field.data or "").lower():
            raise ValidationError(gettext("Mật khẩu mới không được chứa tên đăng nhập."))
        if is_easily_guessed(field.data or ""):
            raise ValidationError(
                gettext("Mật khẩu này quá dễ đoán. Dùng một câu dài, hoặc trộn chữ, số và dấu.")
            )


def code_field() -> StringField:
    """The box for a code, of the telephone or of paper."""
    return StringField(
        lazy_gettext("Mã 6 số trên ứng dụng"), [InputRequired(lazy_gettext("Nhập mã.")), Length(max=40)]
    )


class CodeForm(OfficeForm):
    """The second step at the door."""

    code = code_field()


class SwitchOnForm(OwnPasswordForm):
    """The password, the first code, and the secret it proves the telephone to know."""

    sealed = HiddenField()
    code = code_field()


class ProofForm(OwnPasswordForm):
    """Password and code together, before the second factor is changed."""

    code = code_field()
