"""What the office types about regimes."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.units import UnitsField
from webapp.words import words
from workflows.calendar import FROM_RECEIPT, Cadence, DueKind
from workflows.organisations import Level
from workflows.regimes import ReviewLevel, Selection, Terms

DAYS = [
    InputRequired(lazy_gettext("Nhập số ngày.")),
    NumberRange(0, 366, lazy_gettext("Số ngày từ 0 đến 366.")),
]
# A regime without a rhythm has no periods to generate, one counted from receipt no day to count from.
ESTABLISHED = [cadence for cadence in Cadence if cadence is not Cadence.AD_HOC]
COUNTED = [kind for kind in DueKind if kind not in FROM_RECEIPT]


class TicksField(SelectMultipleField):
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RegimeForm(OfficeForm):
    """The terms of a new regime."""

    name = StringField(
        lazy_gettext("Tên chế độ báo cáo"),
        [InputRequired(lazy_gettext("Nhập tên chế độ báo cáo.")), Length(max=300)],
    )
    form_version = SelectField(lazy_gettext("Biểu"), coerce=int)
    cadence = SelectField(lazy_gettext("Định kỳ"))
    cut_off_day = IntegerField(
        lazy_gettext("Ngày chốt số liệu trong tháng"),
        [Optional(), NumberRange(1, 31, lazy_gettext("Ngày trong tháng là số từ 1 đến 31."))],
    )
    due_kind = SelectField(lazy_gettext("Cách tính hạn nộp"))
    due_number = IntegerField(lazy_gettext("Ngày hoặc số ngày"), DAYS)
    moves_to_working_day = BooleanField(
        lazy_gettext("Hạn rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp")
    )
    grace_days = IntegerField(lazy_gettext("Số ngày sau hạn vẫn tính là đúng hạn"), DAYS)
    lock_days = IntegerField(lazy_gettext("Khoá biểu sau hạn (0 là không khoá)"), DAYS)
    groups = TicksField(lazy_gettext("Nhóm đơn vị"), coerce=int)
    organisations = TicksField(lazy_gettext("Các tổ chức"))
    levels = TicksField(lazy_gettext("Ở cấp"))
    units = UnitsField(lazy_gettext("Thêm từng đơn vị"))
    without = UnitsField(lazy_gettext("Trừ các đơn vị"))
    starts_on = DayField(
        lazy_gettext("Áp dụng từ ngày"), [InputRequired(lazy_gettext("Nhập ngày bắt đầu áp dụng."))]
    )
    ends_on = DayField(lazy_gettext("Đến ngày"), [Optional()])
    review_levels = TicksField(lazy_gettext("Cấp tiếp nhận trước văn phòng"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.cadence.choices = [SelectChoice(cadence.value, words(cadence)) for cadence in ESTABLISHED]
        self.due_kind.choices = [SelectChoice(kind.value, words(kind)) for kind in COUNTED]
        self.review_levels.choices = [SelectChoice(level.value, words(level)) for level in ReviewLevel]
        self.levels.choices = [SelectChoice(level.value, words(level)) for level in Level]

    def terms(self) -> Terms:
        """What was typed, as the terms of a regime."""
        return Terms(
            name=self.name.data or "",
            cadence=Cadence(self.cadence.data),
            due_kind=DueKind(self.due_kind.data),
            due_number=self.due_number.data or 0,
            selection=Selection(
                groups=tuple(self.groups.data or ()),
                organisations=tuple(self.organisations.data or ()),
                levels=tuple(self.levels.data or ()),
                units=tuple(unit.code for unit in self.units.units),
                without=tuple(unit.code for unit in self.without.units),
            ),
            starts_on=self.starts_on.data,
            cut_off_day=self.cut_off_day.data,
            moves_to_working_day=self.moves_to_working_day.data,
            grace_days=self.grace_days.data or 0,
            lock_days=self.lock_days.data or 0,
            ends_on=self.ends_on.data,
            review_levels=tuple(ReviewLevel(level) for level in self.review_levels.data or ()),
        )


class ImportForm(OfficeForm):
    """A form as a file or as pasted text."""

    code = StringField(
        lazy_gettext("Mã biểu"),
        [
            InputRequired(lazy_gettext("Nhập mã biểu.")),
            Regexp(
                r"[a-z][a-z0-9-]{1,59}$",
                message=lazy_gettext("Mã biểu gồm chữ thường không dấu, số và dấu gạch nối."),
            ),
        ],
    )
    definition = TextAreaField(lazy_gettext("Nội dung biểu"), [Length(max=500_000)])
    file = FileField(lazy_gettext("Hoặc tệp biểu đã xuất"))


class ReopenForm(OfficeForm):
    """Until when a locked form is opened again, and why."""

    until = DayField(lazy_gettext("Mở lại đến hết ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class LevelsForm(OfficeForm):
    """Who accepts below the office."""

    levels = TicksField(lazy_gettext("Cấp tiếp nhận trước văn phòng"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.levels.choices = [SelectChoice(level.value, words(level)) for level in ReviewLevel]


class EndForm(OfficeForm):
    """After which day a regime asks no more."""

    on = DayField(lazy_gettext("Kết thúc sau ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )
