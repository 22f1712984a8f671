"""What may be typed about directives: taking in files, the header, one proposal, sending on."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.tasks import BY_DATE, due_kind_choices
from workflows.calendar import Cadence, SinceIssue
from workflows.directives import Figure, Proposal, Registration, way_to_count
from workflows.directives.reading.types import NAMES

LONG = Length(max=4_000)
FREE_ROWS = 1
PROPOSED_CADENCES = [cadence for cadence in Cadence if cadence is not Cadence.ONE_OFF]


def type_choices() -> list[tuple[str, str]]:
    """Types of documents by their abbreviation, the usual name of each."""
    return [("", "–"), *((short, f"{names[0]} ({short})") for short, names in NAMES.items())]


def type_name(short: str) -> str:
    """The usual name of a type of document."""
    return NAMES[short][0] if short in NAMES else short


def typed_lines(typed: str | None) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in (typed or "").splitlines() if line.strip())


class TakeInForm(OfficeForm):
    """The files of directives."""

    files = MultipleFileField(lazy_gettext("Tệp văn bản"))


class HeaderForm(OfficeForm):
    """The header of a directive as read, to be checked."""

    number = StringField(lazy_gettext("Số, ký hiệu"), [Length(max=80)])
    type = SelectField(lazy_gettext("Loại văn bản"), choices=type_choices, validate_choice=False)
    issued_on = DayField(lazy_gettext("Ngày ban hành"), [Optional()])
    place = StringField(lazy_gettext("Địa danh"), [Length(max=120)])
    issuer = StringField(lazy_gettext("Cơ quan ban hành"), [Length(max=300)])
    subject = TextAreaField(lazy_gettext("Trích yếu"), [LONG])
    urgency = StringField(lazy_gettext("Độ khẩn"), [Length(max=60)])
    signer_authority = TextAreaField(lazy_gettext("Quyền hạn ký"), [Length(max=300)])
    signer_role = StringField(lazy_gettext("Chức vụ người ký"), [Length(max=300)])
    signer_name = StringField(lazy_gettext("Người ký"), [Length(max=120)])
    addressees = TextAreaField(lazy_gettext("Kính gửi"), [Length(max=20_000)])
    recipients = TextAreaField(lazy_gettext("Nơi nhận"), [Length(max=20_000)])

    @classmethod
    def showing(cls, registration: Registration) -> "HeaderForm":
        """The form filled with what is known."""
        signer = registration.signer
        return cls(
            formdata=None,
            data={
                **vars(registration),
                "addressees": "\n".join(registration.addressees),
                "recipients": "\n".join(registration.recipients),
                **{f"signer_{part}": signer.get(part) or "" for part in ("authority", "role", "name")},
            },
        )

    def registration(self, known: Registration) -> Registration:
        """The header as typed, with the clauses and citations known before."""
        return replace(
            known,
            number=_or_none(self.number.data),
            type=self.type.data or "",
            issued_on=self.issued_on.data,
            place=_or_none(self.place.data),
            issuer=(self.issuer.data or "").strip(),
            subject=" ".join((self.subject.data or "").split()),
            urgency=_or_none(self.urgency.data),
            signer=self._signer(),
            addressees=typed_lines(self.addressees.data),
            recipients=typed_lines(self.recipients.data),
        )

    def _signer(self) -> dict[str, Any]:
        parts = ("authority", "role", "name")
        typed = {part: _or_none(getattr(self, f"signer_{part}").data) for part in parts}
        return typed if any(typed.values()) else {}


class FigureForm(Form):
    """One target: a figure, its unit, the words that set it."""

    value = StringField(lazy_gettext("Trị số"), [Length(max=30)])
    unit = StringField(lazy_gettext("Đơn vị tính"), [Length(max=60)])
    text = StringField(lazy_gettext("Nội dung chỉ tiêu"), [Length(max=1_000)])

    def validate_value(self, field: StringField) -> None:
        """A figure as Vietnamese offices write it."""
        if field.data and _figure(field.data) is None:
            raise ValidationError(gettext("Nhập trị số bằng chữ số, ví dụ 60 hoặc 12,5."))


def _ways_to_count() -> list[SelectChoice]:
    """As for any task, or from the day on which the paper was issued."""
    return [*due_kind_choices(), *(SelectChoice(kind.value, gettext(kind.label)) for kind in SinceIssue)]


class ProposalForm(OfficeForm):
    """One task as proposed, to be corrected."""

    title = TextAreaField(
        lazy_gettext("Nội dung nhiệm vụ"), [InputRequired(lazy_gettext("Nhập nội dung nhiệm vụ.")), LONG]
    )
    lead = FieldList(StringField(validators=[Length(max=300)]), lazy_gettext("Chủ trì"))
    coordinate = FieldList(StringField(validators=[Length(max=300)]), lazy_gettext("Phối hợp"))
    monitor = StringField(lazy_gettext("Theo dõi, đôn đốc"), [Length(max=300)])
    deadline = DayField(lazy_gettext("Thời hạn"), [Optional()])
    due_kind = SelectField(lazy_gettext("Cách tính hạn"), choices=_ways_to_count, default=BY_DATE)
    due_number = IntegerField(
        lazy_gettext("Số ngày (tháng), hoặc ngày trong tháng"),
        [Optional(), NumberRange(0, 365, lazy_gettext("Số ngày từ 0 đến 365."))],
    )
    cadences = SelectMultipleField(
        lazy_gettext("Định kỳ"),
        choices=lambda: [(cadence.value, gettext(cadence.label)) for cadence in PROPOSED_CADENCES],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    targets = FieldList(FormField(FigureForm), lazy_gettext("Chỉ tiêu"))
    product = StringField(lazy_gettext("Sản phẩm phải có"), [Length(max=500)])
    report_to = StringField(lazy_gettext("Báo cáo cho"), [Length(max=300)])

    @classmethod
    def showing(cls, proposal: Proposal) -> "ProposalForm":
        """The form filled with a proposal, with an empty row at the end of each list."""
        empty = [{"value": "", "unit": "", "text": ""}] * FREE_ROWS
        return cls(
            formdata=None,
            data={
                **vars(proposal),
                "lead": [*proposal.lead, *[""] * FREE_ROWS],
                "coordinate": [*proposal.coordinate, *[""] * FREE_ROWS],
                "cadences": [cadence.value for cadence in proposal.cadences],
                "due_kind": proposal.due_kind or BY_DATE,
                "due_number": proposal.due_number if proposal.due_kind else None,
                "targets": [*(_typed(figure) for figure in proposal.targets), *empty],
            },
        )

    def proposal(self, known: Proposal) -> Proposal:
        """The proposal as typed."""
        return replace(
            known,
            title=(self.title.data or "").strip(),
            lead=_filled(self.lead.data),
            coordinate=_filled(self.coordinate.data),
            monitor=(self.monitor.data or "").strip(),
            deadline=self.deadline.data,
            due_kind=way_to_count(self.due_kind.data),
            due_number=0 if self.due_kind.data == BY_DATE else self.due_number.data or 0,
            cadences=tuple(Cadence(value) for value in self.cadences.data or ()),
            targets=tuple(_figures(self.targets.data)),
            product=(self.product.data or "").strip(),
            report_to=(self.report_to.data or "").strip(),
        )


class AddForm(OfficeForm):
    """A task that the reader missed: a marked passage, or a sentence copied from the text."""

    start = IntegerField(validators=[Optional()], widget=HiddenInput())
    end = IntegerField(validators=[Optional()], widget=HiddenInput())
    quote = TextAreaField(lazy_gettext("Đoạn giao việc, chép từ văn bản"), [Length(max=20_000)])


class SendForm(OfficeForm):
    """Units and groups, by their names, that may read a directive from now on."""

    names = TextAreaField(
        lazy_gettext("Đơn vị nhận"),
        [InputRequired(lazy_gettext("Ghi ít nhất một đơn vị.")), Length(max=20_000)],
    )


class ReasonForm(OfficeForm):
    """Why a directive is closed, followed again or withdrawn."""

    reason = TextAreaField(
        lazy_gettext("Lý do"), [InputRequired(lazy_gettext("Ghi lý do.")), Length(max=2_000)]
    )


def _filled(typed: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in typed if name and name.strip()))


def _figures(rows: Iterable[dict[str, Any]]) -> Iterable[Figure]:
    for row in rows:
        value = _figure(row["value"] or "")
        if value is not None:
            yield Figure(value, (row["unit"] or "").strip(), (row["text"] or "").strip())


def _figure(typed: str) -> Decimal | None:
    """1.234,5 → 1234.5"""
    try:
        value = Decimal(typed.strip().replace(".", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _typed(figure: Figure) -> dict[str, str]:
    value = f"{figure.value.normalize():f}".replace(".", ",")
    return {"value": value, "unit": figure.unit, "text": figure.text}


def _or_none(typed: str | None) -> str | None:
    return (typed or "").strip() or None
