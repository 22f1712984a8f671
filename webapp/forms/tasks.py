"""What may be typed about tasks."""

from dataclasses import replace
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.people import PeopleField
from webapp.forms.units import UnitField, UnitsField
from workflows.calendar import FROM_RECEIPT, Cadence, DueKind
from workflows.discussion import LONGEST
from workflows.organisations import Unit
from workflows.tasks import REGULAR, TASK_DUE_KINDS, Assignment, BulkAct, Due, Grade, Rules
from workflows.wording import N_

BY_DATE = "by-date"
BY_DATE_WORDS = N_("đúng ngày ghi ở trên (hoặc không có hạn)")
PERIOD_DUE_KINDS = tuple(kind for kind in TASK_DUE_KINDS if kind not in FROM_RECEIPT)


def due_kind_choices() -> list[SelectChoice]:
    """By a day, or one of the ways to count."""
    counted = [SelectChoice(kind.value, gettext(kind.label)) for kind in TASK_DUE_KINDS]
    return [SelectChoice(BY_DATE, gettext(BY_DATE_WORDS)), *counted]


class KeepDayField(BooleanField):
    """Says that a day is meant though it is over or a day off."""

    def __init__(self, **options: Any) -> None:
        super().__init__(lazy_gettext("Giữ đúng ngày này dù đã qua hoặc là ngày nghỉ"), **options)


class CadencesField(SelectMultipleField):
    """The cadences in which a task comes again."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **options: Any) -> None:
        regular = [cadence for cadence in Cadence if cadence in REGULAR or cadence is Cadence.AD_HOC]
        choices = [SelectChoice(cadence.value, gettext(cadence.label)) for cadence in regular]
        super().__init__(label, choices=choices, validators=[Optional()], **options)

    @property
    def cadences(self) -> tuple[Cadence, ...]:
        """The chosen cadences."""
        return tuple(Cadence(value) for value in self.data or ())


class MoveForm(OfficeForm):
    """Whatever a move may need: a reason, a word on the result."""

    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])


class SubmitForm(MoveForm):
    """What was achieved, and the product."""

    product_number = StringField(
        lazy_gettext("Sản phẩm: số, ký hiệu hoặc tên văn bản"), [Optional(), Length(max=300)]
    )
    files = MultipleFileField(lazy_gettext("Tệp sản phẩm, minh chứng"))


class ConfirmForm(MoveForm):
    """How well it was done, and that the product was looked at."""

    grade = SelectField(lazy_gettext("Mức đánh giá"), default="")
    product_checked = BooleanField(lazy_gettext("Đã kiểm tra sản phẩm"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        graded = [SelectChoice(grade.value, gettext(grade.label)) for grade in Grade]
        self.grade.choices = [SelectChoice("", gettext("chưa đánh giá")), *graded]

    @property
    def chosen_grade(self) -> Grade | None:
        """The mark, if one was given."""
        return Grade(self.grade.data) if self.grade.data else None


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
    keeps_day = KeepDayField()
    reason = TextAreaField(
        lazy_gettext("Lý do đề nghị"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


class DecideExtensionForm(OfficeForm):
    """The deadline granted, and a word with it."""

    deadline = DayField(lazy_gettext("Thời hạn mới"), [InputRequired(lazy_gettext("Nhập thời hạn mới."))])
    keeps_day = KeepDayField()
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
    keeps_day = KeepDayField()
    in_charge = StringField(lazy_gettext("Lãnh đạo phụ trách"), [Optional(), Length(max=200)])
    product = StringField(lazy_gettext("Sản phẩm phải có"), [Optional(), Length(max=500)])

    def assignment(self) -> Assignment:
        """What was typed, as an assignment."""
        return Assignment(
            title=self.title.data or "",
            lead=cast(Unit, self.lead.unit),
            deadline=self.deadline.data,
            keeps_day=self.keeps_day.data,
            in_charge=self.in_charge.data or "",
            product=self.product.data or "",
        )


class AssignForm(PartForm):
    """All that is said when a task is assigned by hand."""

    coordinators = UnitsField(lazy_gettext("Đơn vị phối hợp"))
    monitoring = UnitField(lazy_gettext("Cơ quan theo dõi, đôn đốc"), [Optional()])
    report_to = StringField(lazy_gettext("Báo cáo cho"), [Optional(), Length(max=300)])
    watchers = UnitsField(lazy_gettext("Gửi để biết"))
    due_kind = SelectField(lazy_gettext("Cách tính hạn"), default=BY_DATE)
    due_number = IntegerField(
        lazy_gettext("Số ngày, hoặc ngày trong tháng"),
        [Optional(), NumberRange(0, 365, lazy_gettext("Số ngày từ 0 đến 365."))],
    )
    cadences = CadencesField(lazy_gettext("Kỳ thực hiện"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.due_kind.choices = due_kind_choices()
        self.coordinators.flags.optional = self.watchers.flags.optional = True

    def due(self) -> Due | None:
        """The rule the deadline is counted by, if one was chosen."""
        if self.due_kind.data == BY_DATE:
            return None
        return Due(DueKind(self.due_kind.data), self.due_number.data or 0)

    def assignment(self) -> Assignment:
        """What was typed, as an assignment."""
        return replace(
            super().assignment(),
            due=self.due(),
            cadences=self.cadences.cadences,
            watchers=tuple(self.watchers.units),
            coordinators=tuple(self.coordinators.units),
            monitoring=self.monitoring.unit,
            report_to=self.report_to.data or "",
        )


class WatchForm(OfficeForm):
    """Who is to be told."""

    units = UnitsField(lazy_gettext("Đơn vị"))
    people = PeopleField(lazy_gettext("Người"), [Optional()])

    @property
    def names(self) -> str:
        """Those chosen, in words."""
        chosen = [unit.short_name for unit in self.units.units]
        return "; ".join([*chosen, *(person.full_name for person in self.people.people)])


class TalkForm(OfficeForm):
    """Something to say to the other parties."""

    words = TextAreaField(
        lazy_gettext("Ý kiến"),
        [InputRequired(lazy_gettext("Nhập nội dung trao đổi.")), Length(max=2 * LONGEST)],
    )


class TurnForm(OfficeForm):
    """A turn outside every cadence: by when, and why."""

    deadline = DayField(lazy_gettext("Thời hạn"), [InputRequired(lazy_gettext("Nhập thời hạn."))])
    keeps_day = KeepDayField()
    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])


class RecurrenceForm(OfficeForm):
    """How often a task comes again, and how its due day is counted by the end of its period."""

    cadences = CadencesField(lazy_gettext("Kỳ thực hiện"))
    due_kind = SelectField(lazy_gettext("Cách tính hạn"))
    due_number = IntegerField(
        lazy_gettext("Số ngày, hoặc ngày trong tháng"),
        [
            InputRequired(lazy_gettext("Nhập số ngày, 0 là ngày cuối kỳ.")),
            NumberRange(0, 365, lazy_gettext("Số ngày từ 0 đến 365.")),
        ],
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.due_kind.choices = [SelectChoice(kind.value, gettext(kind.label)) for kind in PERIOD_DUE_KINDS]

    @property
    def due(self) -> Due:
        """The rule as chosen."""
        return Due(DueKind(self.due_kind.data), self.due_number.data or 0)


class RulesForm(OfficeForm):
    """What the office decides once for all its tasks."""

    due_soon_days = IntegerField(
        lazy_gettext("Coi là sắp đến hạn trước"),
        [InputRequired(lazy_gettext("Nhập số ngày.")), NumberRange(0, 60)],
    )
    extends_after_deadline = BooleanField(lazy_gettext("Cho đề nghị gia hạn cả khi đã quá hạn"))
    most_extensions = IntegerField(
        lazy_gettext("Số lần gia hạn nhiều nhất"),
        [InputRequired(lazy_gettext("Nhập số lần, 0 là không giới hạn.")), NumberRange(0, 20)],
    )
    product_needed = BooleanField(lazy_gettext("Phải có sản phẩm và kiểm tra sản phẩm mới kết thúc nhiệm vụ"))

    def rules(self) -> Rules:
        """What was typed, as rules."""
        return Rules(
            self.due_soon_days.data,
            self.extends_after_deadline.data,
            self.most_extensions.data,
            self.product_needed.data,
        )


class TogetherForm(ConfirmForm):
    """What goes with one act with many tasks."""

    lead = UnitField(lazy_gettext("Đơn vị chủ trì mới"), [Optional()])

    def said(self, act: BulkAct) -> dict[str, Any]:
        """What was typed, as far as the act needs it."""
        words: dict[str, Any] = {"reason": self.reason.data or ""}
        if act is BulkAct.REASSIGN:
            words["lead"] = self.lead.unit.id if self.lead.unit else None
        if act is BulkAct.CONFIRM:
            words |= {"grade": self.grade.data, "checked": self.product_checked.data}
        return words
