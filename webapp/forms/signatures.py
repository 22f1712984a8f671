"""What is handed over for one signature, and what an administrator gives the list of trusted roots."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField

from webapp.forms.base import OfficeForm


class SignForm(OfficeForm):
    """A key file with its passphrase, for this act alone."""

    key = FileField(
        lazy_gettext("Tệp khoá ký số (.p12, .pfx)"),
        [FileRequired(lazy_gettext("Chọn tệp khoá .p12 hoặc .pfx của bạn."))],
    )
    passphrase = PasswordField(lazy_gettext("Mật khẩu của tệp khoá"))
    image = FileField(lazy_gettext("Ảnh chữ ký (PNG nền trong suốt)"))


class RootForm(OfficeForm):
    """A certificate of an authority."""

    file = FileField(
        lazy_gettext("Tệp chứng thư gốc (.cer, .crt, .pem)"),
        [FileRequired(lazy_gettext("Chọn tệp chứng thư gốc dạng PEM hoặc DER."))],
    )
