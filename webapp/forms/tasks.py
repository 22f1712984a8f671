"""What may be typed about tasks."""

from flask_babel import lazy_gettext
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.units import unit_choices


class MoveForm(OfficeForm):
    """Whatever a move may need: a reason, a word on the result."""

    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])


class ProgressForm(OfficeForm):
    """How far a unit is."""

    progress = IntegerField(
        lazy_gettext("Tiến độ"),
        [
            InputRequired(lazy_gettext("Nhập tiến độ, từ 0 đến 100.")),
            NumberRange(0, 100, lazy_gettext("Tiến độ là số từ 0 đến 100.")),
        ],
    )
    text = TextAreaField(
        lazy_gettext("Kết quả đã làm được"),
        [InputRequired(lazy_gettext("Ghi kết quả đã làm được.")), Length(max=20_000)],
    )


class ExtensionForm(OfficeForm):
    """A later deadline, and why."""

    proposed = DayField(lazy_gettext("Thời hạn đề nghị"), [InputRequired(lazy_gettext("Nhập thời hạn."))])
    reason = TextAreaField(
        lazy_gettext("Lý do đề nghị"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class DecideExtensionForm(OfficeForm):
    """The deadline granted, and a word with it."""

    deadline = DayField(lazy_gettext("Thời hạn mới"), [InputRequired(lazy_gettext("Nhập thời hạn mới."))])
    reason = TextAreaField(lazy_gettext("Ý kiến"), [Length(max=2_000)])


class ReassignForm(OfficeForm):
    """Another lead unit, and why."""

    lead = SelectField(lazy_gettext("Đơn vị chủ trì mới"), coerce=int)
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.lead.choices = unit_choices()


class AssignForm(OfficeForm):
    """All that is said when a task is assigned by hand."""

    title = TextAreaField(
        lazy_gettext("Nội dung nhiệm vụ"),
        [InputRequired(lazy_gettext("Nhập nội dung nhiệm vụ.")), Length(max=4_000)],
    )
    lead = SelectField(lazy_gettext("Đơn vị chủ trì"), coerce=int)
    coordinators = SelectMultipleField(lazy_gettext("Đơn vị phối hợp"), coerce=int)
    monitoring = SelectField(lazy_gettext("Cơ quan theo dõi, đôn đốc"), coerce=int)
    deadline = DayField(lazy_gettext("Thời hạn"), [Optional()])
    product = StringField(lazy_gettext("Sản phẩm phải có"), [Length(max=500)])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.lead.choices = self.coordinators.choices = unit_choices()
        self.monitoring.choices = [(0, "–"), *unit_choices()]
