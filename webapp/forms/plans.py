"""What a unit types in its plan, milestones line by line."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import OfficeForm
from workflows.plans import Plan, Step

BLANK_LINES = 3
COLUMNS = ("what", "who", "due_on")


@dataclass
class Line:
    """A milestone as typed, with what is wrong with it."""

    what: str = ""
    who: str = ""
    due_on: str = ""
    fault: str = ""

    def step(self) -> Step:
        """The milestone it means; a day that cannot be read is said."""
        return Step(self.what, self._day(), self.who)

    def _day(self) -> date | None:
        if not self.due_on.strip():
            return None
        try:
            day, month, year = (int(part) for part in self.due_on.strip().split("/"))
            return date(year, month, day)
        except ValueError:
            self.fault = gettext(
                "Không có ngày %(typed)s. Nhập theo dạng ngày/tháng/năm, ví dụ 15/12/2026.",
                typed=self.due_on[:20],
            )
            return None


class PlanForm(OfficeForm):
    """Title, text, file; the milestones stand in lines of their own."""

    version = HiddenField()
    title = StringField(
        lazy_gettext("Tên, số, ký hiệu của kế hoạch"),
        [InputRequired(lazy_gettext("Ghi tên hoặc số, ký hiệu của kế hoạch.")), Length(max=500)],
    )
    content = TextAreaField(lazy_gettext("Nội dung kế hoạch"), [Length(max=100_000)])
    files = MultipleFileField(lazy_gettext("Tệp kế hoạch"))
    lines: list[Line]

    def read_lines(self, sent: MultiDict[str, str]) -> None:
        """The milestones as sent."""
        columns = [sent.getlist(f"milestone-{name}") for name in COLUMNS]
        self.lines = [Line(*said) for said in zip(*columns, strict=False)]

    def plan(self) -> Plan | None:
        """What was typed; nothing while a day cannot be read."""
        steps = tuple(line.step() for line in self.lines)
        if any(line.fault for line in self.lines):
            self.form_errors.extend(line.fault for line in self.lines if line.fault)
            return None
        return Plan(self.title.data or "", self.content.data or "", steps)
