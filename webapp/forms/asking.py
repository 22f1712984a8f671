"""What the office types when it asks many units for one answer each: which units, by when."""

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from wtforms import SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.regimes import TicksField
from webapp.forms.units import UnitsField
from webapp.runtime import session
from webapp.words import words
from workflows.asking import Request
from workflows.directives import Directive
from workflows.organisations import Level, UnitGroup, UnitKind
from workflows.regimes import Selection
from workflows.statistics import member_form


class ChooserForm(OfficeForm):
    """Units by group, or by branch, kind, organisation and level together, or one by one, minus some."""

    groups = TicksField(lazy_gettext("Nhóm đơn vị"), coerce=int)
    branches = UnitsField(lazy_gettext("Các đơn vị bên dưới"))
    kinds = TicksField(lazy_gettext("Loại đơn vị"))
    levels = TicksField(lazy_gettext("Ở cấp"))
    organisations = TicksField(lazy_gettext("Thuộc tổ chức"))
    units = UnitsField(lazy_gettext("Thêm từng đơn vị"))
    without = UnitsField(lazy_gettext("Trừ các đơn vị"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        groups = session().scalars(select(UnitGroup).order_by(UnitGroup.name))
        self.groups.choices = [SelectChoice(group.id, group.name) for group in groups]
        self.kinds.choices = [SelectChoice(kind.value, words(kind)) for kind in UnitKind]
        self.levels.choices = [SelectChoice(level.value, words(level)) for level in Level]
        self.organisations.choices = [
            SelectChoice(key, gettext(name)) for key, name in member_form.ORGANISATIONS.items()
        ]

    def selection(self) -> Selection:
        """What was chosen."""
        return Selection(
            kinds=tuple(self.kinds.data or ()),
            levels=tuple(self.levels.data or ()),
            organisations=tuple(self.organisations.data or ()),
            groups=tuple(self.groups.data or ()),
            branches=tuple(unit.code for unit in self.branches.units),
            units=tuple(unit.code for unit in self.units.units),
            without=tuple(unit.code for unit in self.without.units),
        )


class AskForm(ChooserForm):
    """What is asked under which name, and by when."""

    name = StringField(
        lazy_gettext("Tên yêu cầu"), [InputRequired(lazy_gettext("Nhập tên yêu cầu.")), Length(max=300)]
    )
    due_on = DayField(lazy_gettext("Hạn"), [InputRequired(lazy_gettext("Nhập hạn phải xong."))])

    def request(self, directive: Directive) -> Request:
        """What was typed, as a request."""
        return Request(directive, self.name.data or "", self.due_on.data, self.selection())


class StudyForm(AskForm):
    """What is asked about studying a directive."""

    ways = TextAreaField(
        lazy_gettext("Các hình thức để đơn vị chọn"),
        [InputRequired(lazy_gettext("Ghi ít nhất một hình thức.")), Length(max=2_000)],
    )


class PlanRequestForm(AskForm):
    """What is asked about the units' own plans."""

    guidance = TextAreaField(lazy_gettext("Lưu ý khi xây dựng kế hoạch"), [Length(max=4_000)])
