"""What a unit types to confirm that a directive was studied."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from webapp.forms.base import DayField, OfficeForm
from workflows.studies import Confirmation

COUNT = [
    InputRequired(lazy_gettext("Nhập số; không có thì ghi 0.")),
    NumberRange(0, 10_000_000, lazy_gettext("Nhập số từ 0 trở lên.")),
]


class ConfirmForm(OfficeForm):
    """Day, way, how many organisations and people; short enough for a telephone."""

    studied_on = DayField(lazy_gettext("Ngày hoàn thành"), [InputRequired(lazy_gettext("Nhập ngày."))])
    way = SelectField(lazy_gettext("Hình thức"), [InputRequired(lazy_gettext("Chọn hình thức."))])
    cells = IntegerField(lazy_gettext("Số chi bộ, tổ chức trực thuộc đã học tập"), COUNT)
    attending = IntegerField(lazy_gettext("Số người đã dự"), COUNT)
    expected = IntegerField(lazy_gettext("Tổng số người phải học tập"), COUNT)
    note = TextAreaField(lazy_gettext("Ghi chú"), [Length(max=2_000)])

    def offer(self, ways: Sequence[str]) -> None:
        """The ways to choose from."""
        first = SelectChoice("", gettext("Chọn hình thức"))
        self.way.choices = [first, *(SelectChoice(way, way) for way in ways)]

    def confirmation(self) -> Confirmation:
        """What was typed."""
        return Confirmation(
            self.studied_on.data,
            self.way.data,
            self.cells.data or 0,
            self.attending.data or 0,
            self.expected.data or 0,
            self.note.data or "",
        )
