"""What may be typed about branches, members and what happened to them."""

import re
from datetime import date
from typing import cast

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from webapp.forms.administration import choices_of
from webapp.forms.base import DayField, OfficeForm
from webapp.runtime import today
from workflows.members import (
    Branch,
    BranchKind,
    Details,
    Entry,
    Habits,
    Member,
    Membership,
    MovementKind,
    Sector,
    Sex,
)
from workflows.members.states import ENTRIES, EXITS
from workflows.organisations import Unit

_YEAR = re.compile(r"(?:19|20)\d\d")
RECORDED = (*EXITS, MovementKind.HONOURED)


class BirthField(DayField):
    """A day of birth, or the year alone."""

    year: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """A year stands for itself; anything else must be a day."""
        typed = " ".join(valuelist).strip()
        if _YEAR.fullmatch(typed):
            self.data, self.year = None, int(typed)
            return
        super().process_formdata(valuelist)

    def show(self, member: Member) -> None:
        """Put a known birth into the box."""
        self.data = member.born_on
        if member.born_on is None and member.birth_year:
            self.raw_data = [str(member.birth_year)]


class PersonForm(OfficeForm):
    """What the register says of a person."""

    name = StringField(
        lazy_gettext("Họ và tên"), [InputRequired(lazy_gettext("Nhập họ và tên.")), Length(max=100)]
    )
    born = BirthField(
        lazy_gettext("Ngày sinh"), [Optional()], description=lazy_gettext("Hoặc chỉ năm sinh, ví dụ 1998.")
    )
    sex = SelectField(lazy_gettext("Giới tính"))
    identity = StringField(
        lazy_gettext("Số định danh"),
        [Length(max=20)],
        description=lazy_gettext(
            "Không lưu số: chỉ giữ mã băm có khoá và ba số cuối để nhận ra người đã có trong sổ."
        ),
    )
    ethnicity = StringField(lazy_gettext("Dân tộc"), [Length(max=40)])
    religion = StringField(lazy_gettext("Tôn giáo"), [Length(max=60)])
    party_member = BooleanField(lazy_gettext("Đảng viên"))
    sector = SelectField(lazy_gettext("Khu vực làm việc"))
    occupation = StringField(lazy_gettext("Nghề nghiệp"), [Length(max=120)])
    place = StringField(lazy_gettext("Nơi ở"), [Length(max=200)], description=lazy_gettext("Thôn, khu phố."))
    card_number = StringField(lazy_gettext("Số thẻ"), [Length(max=40)])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        unknown = SelectChoice("", gettext("chưa rõ"))
        self.sex.choices = [unknown, *choices_of(Sex)]
        self.sector.choices = [unknown, *choices_of(Sector)]

    def details(self) -> Details:
        """What was typed, as details."""
        return Details(
            name=self.name.data or "",
            born_on=self.born.data,
            birth_year=self.born.year,
            sex=Sex(self.sex.data) if self.sex.data else None,
            identity=self.identity.data or "",
            ethnicity=self.ethnicity.data or "",
            religion=self.religion.data or "",
            party_member=self.party_member.data,
            sector=Sector(self.sector.data) if self.sector.data else None,
            occupation=self.occupation.data or "",
            place=self.place.data or "",
        )


class AdmitForm(PersonForm):
    """Somebody comes onto the list of a branch."""

    kind = SelectField(lazy_gettext("Hình thức"))
    on = DayField(lazy_gettext("Ngày"), [InputRequired(lazy_gettext("Nhập ngày vào danh sách."))])
    joined_on = DayField(
        lazy_gettext("Ngày vào tổ chức"),
        [Optional()],
        description=lazy_gettext("Nếu khác ngày trên, ví dụ người chuyển đến."),
    )
    paper = StringField(
        lazy_gettext("Căn cứ"), [Length(max=200)], description=lazy_gettext("Số, ngày của quyết định.")
    )
    is_no_namesake = BooleanField(lazy_gettext("Đã kiểm tra: là người khác với người cùng tên, ngày sinh"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        kinds = [MovementKind.ADMITTED, MovementKind.TRANSFERRED_IN, MovementKind.ENROLLED]
        self.kind.choices = [
            SelectChoice(kind.value, gettext(kind.label)) for kind in kinds if kind in ENTRIES
        ]

    def entry(self) -> Entry:
        """How they come."""
        return Entry(
            kind=MovementKind(self.kind.data),
            on=cast(date, self.on.data),
            paper=self.paper.data or "",
            card_number=self.card_number.data or "",
            joined_on=self.joined_on.data,
        )


class SeenVersion:
    """A form that says which version of a row it was filled from."""

    version = HiddenField()

    def seen(self) -> int:
        """The version; none that any row has where something else was sent."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else 0


class EditForm(SeenVersion, PersonForm):
    """A correction of the record, and what it rests on."""

    reason = StringField(
        lazy_gettext("Căn cứ sửa"),
        [InputRequired(lazy_gettext("Ghi căn cứ sửa.")), Length(max=300)],
        description=lazy_gettext("Ví dụ theo giấy khai sinh, theo căn cước."),
    )

    @classmethod
    def of(cls, member: Member, membership: Membership | None) -> "EditForm":
        """The form filled with what is known; the identity number is not known."""
        form = cls(
            formdata=None,
            name=member.name,
            sex=member.sex or "",
            ethnicity=member.ethnicity,
            religion=member.religion,
            party_member=member.party_member,
            sector=member.sector or "",
            occupation=member.occupation,
            place=member.place,
            card_number=membership.card_number if membership else "",
            version=member.version,
        )
        form.born.show(member)
        return form


class RecordForm(OfficeForm):
    """Something happened to a membership."""

    kind = SelectField(lazy_gettext("Biến động"))
    on = DayField(lazy_gettext("Ngày"), [InputRequired(lazy_gettext("Nhập ngày biến động."))])
    paper = StringField(
        lazy_gettext("Căn cứ"), [Length(max=200)], description=lazy_gettext("Số, ngày của quyết định.")
    )
    ground = SelectField(
        lazy_gettext("Lý do"), description=lazy_gettext("Bắt buộc khi đưa ra khỏi danh sách.")
    )
    note = StringField(lazy_gettext("Ghi chú"), [Length(max=300)])

    def __init__(self, habits: Habits, **options: object) -> None:
        super().__init__(**options)
        self.kind.choices = [SelectChoice(kind.value, gettext(kind.label)) for kind in RECORDED]
        self.ground.choices = [
            SelectChoice("", "–"),
            *(SelectChoice(ground, ground) for ground in habits.reasons),
        ]


class SendForm(OfficeForm):
    """Where a member goes."""

    to_unit = SelectField(lazy_gettext("Đơn vị nơi đến"), coerce=int)
    to_branch = SelectField(
        lazy_gettext("Chi đoàn, chi hội"),
        coerce=int,
        description=lazy_gettext("Chỉ chọn khi chuyển trong đơn vị; nơi khác tự xếp khi tiếp nhận."),
    )
    on = DayField(lazy_gettext("Ngày giới thiệu"), [InputRequired(lazy_gettext("Nhập ngày giới thiệu."))])
    paper = StringField(lazy_gettext("Giấy giới thiệu"), [Length(max=200)])

    def __init__(self, units: list[Unit], branches: list[Branch], **options: object) -> None:
        super().__init__(**options)
        self.to_unit.choices = [SelectChoice(unit.id, unit.short_name) for unit in units]
        self.to_branch.choices = [
            SelectChoice(0, gettext("nơi đến tự xếp")),
            *(SelectChoice(branch.id, branch.name) for branch in branches),
        ]


class ReceiveForm(OfficeForm):
    """Onto which list, from which day."""

    branch = SelectField(lazy_gettext("Xếp về"), coerce=int)
    on = DayField(lazy_gettext("Ngày tiếp nhận"), [InputRequired(lazy_gettext("Nhập ngày tiếp nhận."))])

    def __init__(self, branches: list[Branch], **options: object) -> None:
        super().__init__(**options)
        self.branch.choices = [SelectChoice(branch.id, branch.label) for branch in branches]


class ReasonForm(OfficeForm):
    """Why."""

    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])


class BranchForm(OfficeForm):
    """A new branch, or a cell below one."""

    name = StringField(lazy_gettext("Tên"), [InputRequired(lazy_gettext("Nhập tên.")), Length(max=200)])
    unit = SelectField(lazy_gettext("Thuộc đơn vị"), coerce=int)
    founded_on = DayField(
        lazy_gettext("Ngày thành lập"), [InputRequired(lazy_gettext("Nhập ngày thành lập."))]
    )

    def __init__(self, units: list[Unit], **options: object) -> None:
        super().__init__(**options)
        self.unit.choices = [SelectChoice(unit.id, unit.short_name) for unit in units]


class CellForm(OfficeForm):
    """A cell below a branch."""

    name = StringField(
        lazy_gettext("Tên tổ, phân đoàn"), [InputRequired(lazy_gettext("Nhập tên.")), Length(max=200)]
    )
    founded_on = DayField(
        lazy_gettext("Ngày thành lập"), [InputRequired(lazy_gettext("Nhập ngày thành lập."))]
    )
    kind = BranchKind.CELL


class RenameForm(SeenVersion, OfficeForm):
    """Another name."""

    name = StringField(lazy_gettext("Tên mới"), [InputRequired(lazy_gettext("Nhập tên.")), Length(max=200)])


class HeirsForm(OfficeForm):
    """From which day branches belong to the unit theirs went on as, and by what."""

    on = DayField(lazy_gettext("Từ ngày"), [InputRequired(lazy_gettext("Nhập ngày chuyển."))])
    reason = StringField(
        lazy_gettext("Căn cứ"), [InputRequired(lazy_gettext("Ghi số, ngày của quyết định.")), Length(max=300)]
    )


class DissolveForm(OfficeForm):
    """When it ended, and by what."""

    on = DayField(lazy_gettext("Ngày giải thể"), [InputRequired(lazy_gettext("Nhập ngày giải thể."))])
    reason = StringField(
        lazy_gettext("Căn cứ"), [InputRequired(lazy_gettext("Ghi số, ngày của quyết định.")), Length(max=300)]
    )


class EntrustForm(OfficeForm):
    """Who looks after the branch."""

    person = SelectField(lazy_gettext("Người phụ trách"), coerce=int)


class ReviewForm(OfficeForm):
    """A review of the lists."""

    unit = SelectField(lazy_gettext("Đơn vị mở đợt"), coerce=int)
    year = IntegerField(
        lazy_gettext("Năm"), [InputRequired(lazy_gettext("Nhập năm.")), NumberRange(2000, 2100)]
    )
    due_on = DayField(lazy_gettext("Hạn hoàn thành"), [InputRequired(lazy_gettext("Nhập hạn hoàn thành."))])
    paper = StringField(lazy_gettext("Căn cứ"), [Length(max=200)])

    def __init__(self, units: list[Unit], **options: object) -> None:
        super().__init__(**options)
        self.unit.choices = [SelectChoice(unit.id, unit.short_name) for unit in units]


class RulesForm(OfficeForm):
    """What an organisation settles for its register."""

    branch_word = StringField(lazy_gettext("Cách gọi chi đoàn, chi hội"), [Length(max=60)])
    cell_word = StringField(lazy_gettext("Cách gọi tổ, phân đoàn"), [Length(max=60)])
    grades = TextAreaField(
        lazy_gettext("Các bậc xếp loại"),
        [Length(max=500)],
        description=lazy_gettext("Mỗi bậc một dòng, bậc tốt nhất trước; hai đến năm bậc."),
    )
    reasons = TextAreaField(
        lazy_gettext("Lý do đưa ra khỏi danh sách"),
        [Length(max=3_000)],
        description=lazy_gettext("Mỗi lý do một dòng."),
    )
    answer_days = IntegerField(
        lazy_gettext("Thời hạn trả lời chuyển sinh hoạt"), [InputRequired(), NumberRange(1, 365)]
    )
    retention_years = IntegerField(
        lazy_gettext("Lưu dữ liệu cá nhân sau khi thôi sinh hoạt"), [InputRequired(), NumberRange(0, 70)]
    )
    purpose = TextAreaField(
        lazy_gettext("Mục đích xử lý dữ liệu cá nhân"),
        [InputRequired(lazy_gettext("Ghi mục đích xử lý dữ liệu.")), Length(max=2_000)],
    )

    @classmethod
    def of(cls, habits: Habits) -> "RulesForm":
        """The form filled with what holds now."""
        return cls(
            formdata=None,
            branch_word=habits.branch_word,
            cell_word=habits.cell_word,
            grades="\n".join(habits.grades),
            reasons="\n".join(habits.reasons),
            answer_days=habits.answer_days,
            retention_years=habits.retention_years,
            purpose=habits.purpose,
        )

    def habits(self) -> Habits:
        """What was typed."""
        return Habits(
            branch_word=self.branch_word.data or "",
            cell_word=self.cell_word.data or "",
            grades=_lines(self.grades.data),
            reasons=_lines(self.reasons.data),
            answer_days=cast(int, self.answer_days.data),
            purpose=self.purpose.data or "",
            retention_years=cast(int, self.retention_years.data),
        )


def grade_choices(typed: str, most: int) -> int | None:
    """A grade as posted by the grid of gradings; none for a blank."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= most):
        raise ValidationError(gettext("Xếp loại không hợp lệ. Chọn trong danh sách."))
    return int(typed)


def this_year() -> int:
    """The year on the office's calendar."""
    return today().year


def _lines(typed: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in (typed or "").splitlines() if line.strip()))
