"""What the office types about regimes."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from webapp.forms.base import DayField, OfficeForm
from webapp.words import words
from workflows.calendar import Cadence, DueKind


def reason_field() -> TextAreaField:
    """Why something is done, said to those it concerns."""
    return TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class RegimeForm(OfficeForm):
    """The terms of a new regime."""

    name = StringField(
        lazy_gettext("Tên chế độ báo cáo"),
        [InputRequired(lazy_gettext("Nhập tên chế độ báo cáo.")), Length(max=300)],
    )
    form_version = SelectField(lazy_gettext("Biểu"), coerce=int)
    cadence = SelectField(lazy_gettext("Định kỳ"))
    cut_off_day = IntegerField(
        lazy_gettext("Ngày chốt số liệu trong tháng"), [Optional(), NumberRange(1, 31)]
    )
    due_kind = SelectField(lazy_gettext("Cách tính hạn nộp"))
    due_number = IntegerField(lazy_gettext("Ngày hoặc số ngày"), [InputRequired(), NumberRange(0, 366)])
    moves_to_working_day = BooleanField(
        lazy_gettext("Hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp")
    )
    grace_days = IntegerField(
        lazy_gettext("Số ngày vẫn tính là đúng hạn"), [InputRequired(), NumberRange(0, 366)]
    )
    lock_days = IntegerField(lazy_gettext("Khoá biểu sau hạn (ngày; 0 là không khoá)"), [InputRequired()])
    groups = SelectMultipleField(lazy_gettext("Nhóm đơn vị phải báo cáo"), coerce=int)
    units = SelectMultipleField(lazy_gettext("Thêm từng đơn vị"))
    starts_on = DayField(lazy_gettext("Áp dụng từ ngày"), [InputRequired()])
    ends_on = DayField(lazy_gettext("Đến ngày"), [Optional()])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.cadence.choices = [(cadence.value, words(cadence)) for cadence in Cadence]
        self.due_kind.choices = [(kind.value, words(kind)) for kind in DueKind]


class ReopenForm(OfficeForm):
    """Until when a locked form is opened again, and why."""

    until = DayField(lazy_gettext("Mở lại đến hết ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class EndForm(OfficeForm):
    """After which day a regime asks no more."""

    on = DayField(lazy_gettext("Kết thúc sau ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )
