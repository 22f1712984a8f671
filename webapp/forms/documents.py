"""What may be typed about official documents besides their facts."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import select
from wtforms import (
    BooleanField,
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
from wtforms.validators import InputRequired, Length, NumberRange, Optional

import document_templates
from document_templates import Authority, Particulars, Signatory
from document_templates.particulars import Prefix
from document_templates.profiles import CODES
from webapp.access import me
from webapp.forms.base import DayField, OfficeForm
from webapp.forms.units import unit_choices
from webapp.runtime import session, today
from workflows import directives, reconciliation, regimes
from workflows.calendar import parse
from workflows.directives import Directive
from workflows.organisations import Letterhead, Level, Unit, UnitKind
from workflows.permissions import kept_units, readable_units
from workflows.reconciliation import Round
from workflows.regimes import Regime, periods_of
from workflows.wording import N_

PERIODS_OFFERED = 6
URGENCIES = ("", N_("KHẨN"), N_("THƯỢNG KHẨN"), N_("HOẢ TỐC"))
PREFIXES = ("", "TM", "KT", "TL", "TUQ", "Q")


class DraftForm(OfficeForm):
    """Which paper, in whose name, about what."""

    form = SelectField(lazy_gettext("Mẫu văn bản"))
    issuer = SelectField(lazy_gettext("Cơ quan ban hành"), coerce=int)
    directive = SelectField(lazy_gettext("Văn bản chỉ đạo"), coerce=int)
    collection = SelectField(lazy_gettext("Chế độ báo cáo và kỳ"))
    round = SelectField(lazy_gettext("Đợt đối chiếu"), coerce=int, default=0)
    each = BooleanField(lazy_gettext("Mỗi đơn vị một công văn riêng"))
    partners = SelectMultipleField(lazy_gettext("Cơ quan cùng ban hành"), [Optional()], coerce=int)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.form.choices = [
            (form.code, form.name) for form in document_templates.forms() if form.code != "unit-report"
        ]
        self.issuer.choices = self.partners.choices = issuer_choices()
        self.directive.choices = [(0, "–"), *_directive_choices()]
        self.collection.choices = [("", "–"), *_collection_choices()]
        self.round.choices = [(0, "–"), *_round_choices()]


class SignatoryForm(Form):
    """Who signs for one of the bodies that issue a joint paper."""

    post = StringField(lazy_gettext("Chức vụ"), [Length(max=200)])
    name = StringField(lazy_gettext("Họ tên"), [Length(max=200)])
    prefix = SelectField(
        lazy_gettext("Quyền hạn ký"),
        choices=[SelectChoice(known, known or "–") for known in PREFIXES],
        default="",
    )
    body = StringField(lazy_gettext("Thay mặt, ký thay ai"), [Length(max=200)])

    def signatory(self) -> Signatory:
        """What was typed."""
        return typed_signatory(self.post.data, self.name.data, self.prefix.data, self.body.data)


class ParticularsForm(OfficeForm):
    """Who signs, the marks on the paper, to whom it is sent."""

    signer_name = StringField(lazy_gettext("Họ tên người ký"), [Length(max=200)])
    signer_post = StringField(lazy_gettext("Chức vụ người ký"), [Length(max=200)])
    prefix = SelectField(lazy_gettext("Quyền hạn ký"), default="")
    body = StringField(lazy_gettext("Thay mặt, ký thay ai"), [Length(max=200)])
    urgency = SelectField(lazy_gettext("Mức độ khẩn"), default="")
    draft = IntegerField(
        lazy_gettext("Dự thảo lần"),
        [Optional(), NumberRange(0, 50, lazy_gettext("Nhập số lần dự thảo, từ 0 đến 50."))],
    )
    drafter = StringField(lazy_gettext("Ký hiệu người soạn thảo"), [Length(max=60)])
    contact = StringField(lazy_gettext("Thông tin liên hệ"), [Length(max=300)])
    recipients = SelectMultipleField(lazy_gettext("Gửi tới các đơn vị"), [Optional()], coerce=int)
    others = FieldList(FormField(SignatoryForm))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.prefix.choices = [(known, known or "–") for known in PREFIXES]
        self.urgency.choices = [(mark, gettext(mark) if mark else "–") for mark in URGENCIES]
        self.recipients.choices = unit_choices()

    @classmethod
    def typed(cls, particulars: Mapping[str, Any], recipients: list[int]) -> dict[str, Any]:
        """What the boxes hold for a paper as it was kept."""
        lead, *others = map(_boxes, particulars.get("signatories", ()) or ({},))
        return {
            "signer_name": lead["name"],
            "signer_post": lead["post"],
            "prefix": lead["prefix"],
            "body": lead["body"],
            "others": others,
            "recipients": recipients,
            **{key: particulars.get(key) for key in ("urgency", "draft", "drafter", "contact")},
        }

    def particulars(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The particulars with what was typed; a paper has as many signatories as before."""
        lead = typed_signatory(self.signer_post.data, self.signer_name.data, self.prefix.data, self.body.data)
        others = [Signatory.from_json(known) for known in before.get("signatories", ())[1:]]
        typed = [entry.form.signatory() for entry in self.others][: len(others)]
        return Particulars(
            signatories=(lead, *typed, *others[len(typed) :]),
            urgency=self.urgency.data or "",
            draft=self.draft.data or 0,
            drafter=(self.drafter.data or "").strip(),
            contact=(self.contact.data or "").strip(),
        ).to_json()


def typed_signatory(post: str | None, name: str | None, prefix: Prefix, body: str | None) -> Signatory:
    """A signatory as typed; without the body in whose stead somebody signs there is no authority line."""
    for_whom = (body or "").strip()
    authority = (Authority(prefix, for_whom),) if for_whom else ()
    return Signatory((post or "").strip(), (name or "").strip(), authority)


def _boxes(signatory: Mapping[str, Any]) -> dict[str, str]:
    authority = next(iter(signatory.get("authority", ())), {})
    said = {key: signatory.get(key, "") for key in ("post", "name")}
    return {**said, **{key: authority.get(key, "") for key in ("prefix", "body")}}


class ActForm(OfficeForm):
    """Whatever a move may need: a reason, the day and the number of issuing."""

    reason = TextAreaField(lazy_gettext("Lý do"), [Length(max=2_000)])
    dated = DayField(lazy_gettext("Ngày ban hành"), [Optional()])
    reserved = IntegerField(lazy_gettext("Số đã giữ chỗ"), [Optional()])


class WordingForm(OfficeForm):
    """The words of a form."""

    wording = TextAreaField(lazy_gettext("Lời văn"), [Length(max=200_000)])


class ReserveForm(OfficeForm):
    """A number kept for a paper that comes later."""

    issuer = SelectField(lazy_gettext("Cơ quan ban hành"), coerce=int)
    type = SelectField(lazy_gettext("Loại văn bản"))
    dated = DayField(lazy_gettext("Ngày giữ số"), [Optional()])
    subject = StringField(lazy_gettext("Trích yếu"), [Length(max=500)])
    reason = StringField(lazy_gettext("Lý do giữ số"), [Length(max=500)])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.issuer.choices = issuer_choices()
        self.type.choices = type_choices()


class ShareForm(OfficeForm):
    """Two types that take their numbers from one sequence."""

    issuer = SelectField(lazy_gettext("Cơ quan ban hành"), coerce=int)
    type = SelectField(lazy_gettext("Loại văn bản"))
    shares_with = SelectField(lazy_gettext("Lấy số trong dãy của"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.issuer.choices = issuer_choices()
        self.type.choices = self.shares_with.choices = type_choices()


class TermForm(OfficeForm):
    """A committee's term."""

    unit = SelectField(lazy_gettext("Cấp uỷ"), coerce=int)
    name = StringField(lazy_gettext("Tên nhiệm kỳ"), [Length(max=40)])
    starts_on = DayField(
        lazy_gettext("Ngày bắt đầu"), [InputRequired(lazy_gettext("Nhập ngày bắt đầu nhiệm kỳ."))]
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.unit.choices = _committee_choices()


class CheckForm(OfficeForm):
    """A finished file, and the rule it is held against."""

    file = FileField(lazy_gettext("Tệp văn bản"), [FileRequired(lazy_gettext("Chọn tệp .docx hoặc .pdf."))])
    profile = SelectField(lazy_gettext("Thể thức"))

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.profile.choices = [(code, document_templates.profile_for(code).name) for code in CODES]


def issuer_choices() -> list[tuple[int, str]]:
    """The bodies with a letterhead in the person's branches, those of the person first."""
    wanted = (
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(select(Letterhead.unit_id)), readable_units(me(), on=today()))
        .where(Unit.dissolved_on.is_(None))
        .order_by(Unit.path)
    )
    own = [post.unit_id for post in me().appointments_on(today())]
    found = [(id_, name) for id_, name in session().execute(wanted)]
    return sorted(found, key=lambda choice: choice[0] not in own)


def _committee_choices() -> list[tuple[int, str]]:
    """The committees above communes in the branches the person keeps."""
    wanted = (
        select(Unit.id, Unit.name)
        .where(Unit.kind == UnitKind.PARTY_COMMITTEE, Unit.level.in_((Level.NATION, Level.PROVINCE)))
        .where(kept_units(me(), on=today()), Unit.dissolved_on.is_(None))
        .order_by(Unit.path)
    )
    return [(id_, name) for id_, name in session().execute(wanted)]


def type_choices() -> list[tuple[str, str]]:
    """The document types by their abbreviations."""
    types = document_templates.profile_for(document_templates.DEFAULT_PROFILE).types
    names: dict[str, list[str]] = {}
    for name, short in types.items():
        names.setdefault(short, []).append(name)
    return [(short, f"{short} – {', '.join(known)}") for short, known in names.items()]


def _directive_choices() -> list[tuple[int, str]]:
    wanted = directives.all_visible(me(), on=today()).order_by(
        Directive.issued_on.desc(), Directive.id.desc()
    )
    return [(row.id, row.label[:110]) for row in session().scalars(wanted.limit(300))]


def _round_choices() -> list[tuple[int, str]]:
    """The rounds that were counted."""
    counted = reconciliation.all_rounds(me(), on=today()).where(Round.counted_at.is_not(None))
    return [(round_.id, round_.name) for round_ in session().scalars(counted.order_by(Round.id.desc()))]


def _collection_choices() -> list[tuple[str, str]]:
    found = session().scalars(
        select(Regime).where(regimes.visible_to(me(), on=today())).order_by(Regime.name)
    )
    return [
        (f"{regime.id}:{period}", f"{regime.name} – {parse(period).label}")
        for regime in found
        for period in reversed(periods_of(session(), regime, limit=PERIODS_OFFERED))
    ]
