"""What may be typed when a roster is taken in."""

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from webapp.forms.base import DayField, OfficeForm
from workflows.members import Branch
from workflows.organisations import Unit


class UploadForm(OfficeForm):
    """The file, and whose register it is for."""

    unit = SelectField(lazy_gettext("Đơn vị"), coerce=int)
    file = FileField(
        lazy_gettext("Tệp danh sách"), description=lazy_gettext("Excel (.xlsx, .xls), OpenDocument hoặc CSV.")
    )

    def __init__(self, units: list[Unit], **options: object) -> None:
        super().__init__(**options)
        self.unit.choices = [SelectChoice(unit.id, unit.short_name) for unit in units]


class ColumnsForm(OfficeForm):
    """Beside what each column means: the day of the roster, and where its people belong."""

    as_of = DayField(
        lazy_gettext("Danh sách tính đến ngày"),
        [InputRequired(lazy_gettext("Nhập ngày của danh sách."))],
        description=lazy_gettext("Mọi người trong danh sách được ghi vào sổ theo ngày này."),
    )
    branch = SelectField(lazy_gettext("Cả danh sách thuộc"), coerce=int)

    def __init__(self, branches: list[Branch], **options: object) -> None:
        super().__init__(**options)
        self.branch.choices = [
            SelectChoice(0, gettext("theo cột chi đoàn, chi hội trong tệp")),
            *(SelectChoice(branch.id, branch.name) for branch in branches),
        ]


class DecideForm(OfficeForm):
    """All rows, or the good ones."""

    takes_good_rows = BooleanField(lazy_gettext("Chỉ nhập các dòng đúng, bỏ qua các dòng có lỗi"))
