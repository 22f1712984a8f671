"""What may be typed about units, people and the calendar."""

from flask import g
from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.access import me
from webapp.forms.base import DayField, OfficeForm
from webapp.forms.regimes import TicksField
from webapp.runtime import session, today
from workflows.calendar import DayChange
from workflows.organisations import Level, Unit, UnitKind, existing
from workflows.people import Role
from workflows.permissions import kept_units
from workflows.wording import LabelledEnum

PROFILES = ("party", "state", "front", "youth")


def kept_unit_choices() -> list[SelectChoice]:
    """The units in being that the person administers, in Vietnamese order, read once a request."""
    if "kept_unit_choices" not in g:
        wanted = existing(today()).where(kept_units(me(), on=today())).with_only_columns(Unit.id, Unit.name)
        g.kept_unit_choices = [SelectChoice(id_, name) for id_, name in session().execute(wanted)]
    choices: list[SelectChoice] = g.kept_unit_choices
    return choices


def choices_of(members: type[LabelledEnum]) -> list[SelectChoice]:
    """The members of an enumeration as choices."""
    return [SelectChoice(member.value, gettext(member.label)) for member in members]


class NamesForm(OfficeForm):
    """How a unit is called."""

    name = StringField(
        lazy_gettext("Tên đầy đủ"), [InputRequired(lazy_gettext("Nhập tên đơn vị.")), Length(max=300)]
    )
    short_name = StringField(
        lazy_gettext("Tên gọn"),
        [Length(max=120)],
        default="",
        description=lazy_gettext("Dùng trong bảng và danh sách. Để trống thì lấy tên đầy đủ."),
    )


class UnitForm(NamesForm):
    """All that is said when a unit is added."""

    code = StringField(
        lazy_gettext("Mã đơn vị"),
        [InputRequired(lazy_gettext("Nhập mã đơn vị.")), Length(max=60)],
        description=lazy_gettext("Không đổi về sau, ví dụ DU-AN-BINH."),
    )
    kind = SelectField(lazy_gettext("Loại"), coerce=UnitKind)
    level = SelectField(lazy_gettext("Cấp"), coerce=Level)
    founded_on = DayField(
        lazy_gettext("Ngày thành lập"), [InputRequired(lazy_gettext("Nhập ngày thành lập."))]
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.kind.choices, self.level.choices = choices_of(UnitKind), choices_of(Level)


class AliasForm(OfficeForm):
    """Another name."""

    name = StringField(
        lazy_gettext("Tên gọi khác, tên viết tắt"),
        [InputRequired(lazy_gettext("Nhập tên gọi khác hoặc tên viết tắt.")), Length(max=300)],
        description=lazy_gettext("Dùng khi đọc văn bản và khi tra cứu."),
    )


class DissolveForm(OfficeForm):
    """When a unit ends, who goes on with its affairs, by which decision."""

    on = DayField(lazy_gettext("Ngày giải thể"), [InputRequired(lazy_gettext("Nhập ngày giải thể."))])
    successors = SelectMultipleField(
        lazy_gettext("Đơn vị kế thừa"),
        coerce=int,
        description=lazy_gettext("Giữ phím Ctrl để chọn nhiều đơn vị. Để trống nếu không có."),
    )
    source = StringField(
        lazy_gettext("Quyết định"),
        [InputRequired(lazy_gettext("Ghi số, ngày của quyết định.")), Length(max=300)],
    )

    def __init__(self, unit: Unit, **options: object) -> None:
        super().__init__(**options)
        self.successors.choices = [choice for choice in kept_unit_choices() if choice.value != unit.id]


class LetterheadForm(OfficeForm):
    """How the papers of a unit begin from a day on."""

    valid_from = DayField(
        lazy_gettext("Áp dụng từ ngày"), [InputRequired(lazy_gettext("Nhập ngày bắt đầu áp dụng."))]
    )
    upper_line = StringField(lazy_gettext("Cơ quan cấp trên"), [Length(max=200)], default="")
    issuing_lines = TextAreaField(
        lazy_gettext("Tên cơ quan ban hành"),
        [InputRequired(lazy_gettext("Nhập tên cơ quan ban hành.")), Length(max=400)],
        description=lazy_gettext("Viết hoa, mỗi dòng in trên một dòng."),
    )
    symbol = StringField(
        lazy_gettext("Ký hiệu trong số văn bản"),
        [InputRequired(lazy_gettext("Nhập ký hiệu, ví dụ VPTU.")), Length(max=40)],
    )
    place = StringField(
        lazy_gettext("Địa danh"), [InputRequired(lazy_gettext("Nhập địa danh.")), Length(max=120)]
    )
    profile = SelectField(lazy_gettext("Thể thức"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        words = (gettext("văn bản của Đảng"), gettext("văn bản hành chính nhà nước"))
        words += (gettext("văn bản Mặt trận Tổ quốc"), gettext("văn bản của Đoàn"))
        self.profile.choices = [SelectChoice(*one) for one in zip(PROFILES, words, strict=True)]


class RoleForm(OfficeForm):
    """A role in a unit."""

    unit = SelectField(lazy_gettext("Đơn vị"), coerce=int)
    role = SelectField(lazy_gettext("Vai trò"), coerce=Role)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.unit.choices, self.role.choices = kept_unit_choices(), choices_of(Role)


class PersonForm(RoleForm):
    """Somebody new."""

    full_name = StringField(
        lazy_gettext("Họ và tên"), [InputRequired(lazy_gettext("Nhập họ và tên.")), Length(max=120)]
    )
    username = StringField(
        lazy_gettext("Tên đăng nhập"),
        [InputRequired(lazy_gettext("Nhập tên đăng nhập.")), Length(max=60)],
        description=lazy_gettext("Chữ thường không dấu, ví dụ chuyenvien.anbinh."),
    )
    post = StringField(lazy_gettext("Chức vụ"), [Length(max=200)], default="")
    email = StringField(lazy_gettext("Thư điện tử"), [Length(max=200)], default="")


class EndRoleForm(OfficeForm):
    """The last day of a role."""

    last_day = DayField(
        lazy_gettext("Ngày cuối giữ vai trò"), [InputRequired(lazy_gettext("Nhập ngày cuối."))]
    )


class SignInRulesForm(OfficeForm):
    """Which roles need more than a password."""

    roles = TicksField(lazy_gettext("Vai trò bắt buộc xác thực hai bước"), coerce=Role)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.roles.choices = choices_of(Role)


class OfficeDayForm(OfficeForm):
    """A day that is not what the law's calendar says."""

    day = DayField(lazy_gettext("Ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    working = RadioField(lazy_gettext("Ngày này là"), default="off")
    source = StringField(
        lazy_gettext("Văn bản quyết định"),
        [InputRequired(lazy_gettext("Ghi văn bản quyết định (số, ngày, cơ quan).")), Length(max=300)],
    )
    effective_from = DayField(
        lazy_gettext("Có hiệu lực từ"),
        [InputRequired(lazy_gettext("Nhập ngày có hiệu lực."))],
        description=lazy_gettext("Hạn tính trước ngày này giữ theo lịch cũ."),
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.working.choices = [
            SelectChoice("off", gettext("ngày nghỉ")),
            SelectChoice("working", gettext("ngày làm việc bù")),
        ]

    def change(self) -> DayChange:
        """What was typed, as the calendar understands it."""
        working = self.working.data == "working"
        return DayChange(self.day.data, working, (self.source.data or "").strip(), self.effective_from.data)
