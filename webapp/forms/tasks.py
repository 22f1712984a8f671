"""What may be typed about tasks."""

from dataclasses import replace
from typing import cast

from flask_babel import lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.units import UnitField, UnitsField
from workflows.organisations import Unit
from workflows.tasks import Assignment


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
    files = MultipleFileField(lazy_gettext("Tệp minh chứng"))


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

    lead = UnitField(
        lazy_gettext("Đơn vị chủ trì mới"), [InputRequired(lazy_gettext("Nhập tên đơn vị chủ trì mới."))]
    )
    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class PartForm(OfficeForm):
    """What is said when a part of a task is given to a unit below."""

    title = TextAreaField(
        lazy_gettext("Nội dung nhiệm vụ"),
        [InputRequired(lazy_gettext("Nhập nội dung nhiệm vụ.")), Length(max=4_000)],
    )
    lead = UnitField(
        lazy_gettext("Đơn vị chủ trì"), [InputRequired(lazy_gettext("Nhập tên đơn vị chủ trì."))]
    )
    deadline = DayField(lazy_gettext("Thời hạn"), [Optional()])
    product = StringField(lazy_gettext("Sản phẩm phải có"), [Length(max=500)])

    def assignment(self) -> Assignment:
        """What was typed, as an assignment."""
        return Assignment(
            title=self.title.data or "",
            lead=cast(Unit, self.lead.unit),
            deadline=self.deadline.data,
            product=self.product.data or "",
        )


class AssignForm(PartForm):
    """All that is said when a task is assigned by hand."""

    coordinators = UnitsField(lazy_gettext("Đơn vị phối hợp"))
    monitoring = UnitField(lazy_gettext("Cơ quan theo dõi, đôn đốc"), [Optional()])
    report_to = StringField(lazy_gettext("Báo cáo cho"), [Length(max=300)])

    def assignment(self) -> Assignment:
        """What was typed, as an assignment."""
        return replace(
            super().assignment(),
            coordinators=tuple(self.coordinators.units),
            monitoring=self.monitoring.unit,
            report_to=self.report_to.data or "",
        )


class TogetherForm(OfficeForm):
    """A word that goes with one move of many tasks."""

    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])
