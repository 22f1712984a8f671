"""What is typed about targets: the goal with its line, a value on the way."""

from datetime import date
from decimal import Decimal
from typing import cast

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.figures import FigureField
from webapp.forms.units import UnitField
from webapp.words import words
from workflows import targets
from workflows.errors import Refused
from workflows.organisations import Unit
from workflows.reports import number, written
from workflows.targets import FRESH_DAYS, Direction, FollowedTarget, Goal, Line, Reading

NEEDED = [InputRequired(lazy_gettext("Nhập số."))]
DAY_NEEDED = [InputRequired(lazy_gettext("Nhập ngày."))]


class StepsField(TextAreaField):
    """Steps on the way, a line each: a day, a colon, a figure."""

    steps: tuple[tuple[date, Decimal], ...] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read every line, or name the first that makes no sense."""
        self.data = "\n".join(valuelist)
        self.steps = tuple(self._step(line) for line in self.data.splitlines() if line.strip())

    def _step(self, line: str) -> tuple[date, Decimal]:
        day, _, figure = line.partition(":")
        try:
            parts = [int(part) for part in day.strip().split("/")]
            value = number(figure)
            if value is None:
                raise ValueError(line)
            return date(parts[2], parts[1], parts[0]), value
        except (ValueError, IndexError, Refused) as error:
            sentence = gettext("Không đọc được mốc “%(line)s”. Ghi như 31/12/2026: 45,5.", line=line[:60])
            raise ValueError(sentence) from error


class TargetForm(OfficeForm):
    """A goal, the line to it, who leads it."""

    version = HiddenField()
    name = StringField(
        lazy_gettext("Chỉ tiêu"), [InputRequired(lazy_gettext("Nhập tên chỉ tiêu.")), Length(max=500)]
    )
    lead = UnitField(
        lazy_gettext("Đơn vị chủ trì"), [InputRequired(lazy_gettext("Nhập tên đơn vị chủ trì."))]
    )
    measure = StringField(
        lazy_gettext("Đơn vị tính"), [InputRequired(lazy_gettext("Nhập đơn vị tính.")), Length(max=60)]
    )
    direction = SelectField(lazy_gettext("Chiều của chỉ tiêu"))
    baseline_value = FigureField(lazy_gettext("Số gốc"), NEEDED)
    baseline_on = DayField(lazy_gettext("Ngày của số gốc"), DAY_NEEDED)
    goal_value = FigureField(lazy_gettext("Mức phải đạt"), NEEDED)
    goal_on = DayField(lazy_gettext("Ngày phải đạt"), DAY_NEEDED)
    steps = StepsField(lazy_gettext("Các mốc trên đường đi"), [Length(max=4_000)])
    fresh_days = IntegerField(
        lazy_gettext("Số liệu dùng được trong"),
        [
            InputRequired(lazy_gettext("Nhập số ngày.")),
            NumberRange(1, 3_660, lazy_gettext("Số ngày từ 1 đến 3.660.")),
        ],
    )
    indicator = SelectField(lazy_gettext("Lấy số liệu từ thống kê đoàn viên, hội viên"))
    quote = TextAreaField(lazy_gettext("Câu giao chỉ tiêu trong văn bản"), [Length(max=4_000)])
    reason = TextAreaField(lazy_gettext("Lý do điều chỉnh"), [Length(max=2_000)])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.direction.choices = [SelectChoice(one.value, words(one)) for one in Direction]
        none = SelectChoice("", gettext("Không, nhập bằng tay"))
        named = (SelectChoice(code, gettext(label)) for code, label in targets.choices().items())
        self.indicator.choices = [none, *named]

    def goal(self) -> Goal:
        """What was typed, as a goal."""
        line = Line(
            self.baseline_value.figure or Decimal(0),
            self.baseline_on.data,
            self.goal_value.figure or Decimal(0),
            self.goal_on.data,
            tuple(sorted(self.steps.steps)),
        )
        return Goal(
            name=self.name.data or "",
            measure=self.measure.data or "",
            direction=Direction(self.direction.data),
            lead=cast(Unit, self.lead.unit),
            line=line,
            quote=self.quote.data or "",
            fresh_days=self.fresh_days.data or FRESH_DAYS,
            indicator=self.indicator.data or None,
        )


def typed_as(target: FollowedTarget) -> dict[str, object]:
    """A known target as the form shows it."""
    steps = [f"{step.due_on:%d/%m/%Y}: {written(step.value)}" for step in target.steps]
    return {
        "version": target.version,
        "name": target.name,
        "lead": target.lead.name,
        "measure": target.measure,
        "direction": target.direction.value,
        "baseline_value": target.baseline_value,
        "baseline_on": target.baseline_on,
        "goal_value": target.goal_value,
        "goal_on": target.goal_on,
        "steps": "\n".join(steps),
        "fresh_days": target.fresh_days,
        "indicator": target.indicator or "",
        "quote": target.quote,
    }


class ValueForm(OfficeForm):
    """A value on the way: how much, when, from where; a correction names what it corrects."""

    value = FigureField(lazy_gettext("Giá trị"), NEEDED)
    measured_on = DayField(lazy_gettext("Số liệu đến ngày"), DAY_NEEDED)
    source = StringField(
        lazy_gettext("Nguồn số liệu"), [InputRequired(lazy_gettext("Ghi nguồn số liệu.")), Length(max=300)]
    )
    note = TextAreaField(lazy_gettext("Ghi chú"), [Length(max=2_000)])
    corrects = HiddenField()
    files = MultipleFileField(lazy_gettext("Tệp minh chứng"))

    def reading(self) -> Reading:
        """What was typed."""
        return Reading(
            self.value.figure or Decimal(0),
            self.measured_on.data,
            self.source.data or "",
            self.note.data or "",
        )
