"""What may be typed about reminders: channels, ladders, hours, words of urging."""

from datetime import datetime, time
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import OfficeForm
from workflows.calendar import LOCAL_ZONE
from workflows.reminders import Hours, LetterManner, MailChoice, Steps, whole_days
from workflows.wording import LabelledEnum


def _choices(members: type[LabelledEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, lazy_gettext(member.label)) for member in members]


class ChannelsForm(OfficeForm):
    """How to be told by e-mail."""

    reminders = RadioField(lazy_gettext("Nhắc việc đến hạn, quá hạn, đôn đốc"), choices=_choices(MailChoice))
    events = RadioField(
        lazy_gettext("Việc mới giao, trả lại, gia hạn và các thay đổi"), choices=_choices(MailChoice)
    )

    def choices(self) -> dict[str, MailChoice]:
        """What was chosen for each."""
        return {"reminders": MailChoice(self.reminders.data), "events": MailChoice(self.events.data)}


class DaysField(StringField):
    """Figures with commas between them: 5, 1."""

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return ", ".join(map(str, self.data or ()))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the figures, or say how they are typed."""
        try:
            self.data: Any = whole_days(" ".join(valuelist)[:100])
        except ValueError as error:
            self.data = None
            raise ValueError(gettext("Nhập các số cách nhau bằng dấu phẩy, ví dụ 5, 1.")) from error


class HourField(StringField):
    """An hour of the day typed as HH:MM."""

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the hour, or say how it is typed."""
        typed = " ".join(valuelist).strip()
        try:
            moment = datetime.strptime(typed, "%H:%M").replace(tzinfo=LOCAL_ZONE)
            self.data: time | None = moment.time()
        except ValueError as error:
            self.data = None
            raise ValueError(gettext("Nhập giờ theo dạng 07:30.")) from error


def _days(label: str) -> IntegerField:
    return IntegerField(label, [InputRequired(lazy_gettext("Nhập số ngày; 0 là không nhắc."))])


class LadderForm(OfficeForm):
    """A ladder of reminders."""

    before = DaysField(lazy_gettext("Nhắc trước hạn"))
    on_the_day = BooleanField(lazy_gettext("Nhắc vào ngày đến hạn"))
    after = _days(lazy_gettext("Nhắc lần đầu khi quá hạn, sau"))
    every = _days(lazy_gettext("Sau đó nhắc lại, cứ mỗi"))
    times = IntegerField(
        lazy_gettext("Số lần nhắc lại nhiều nhất"), [InputRequired(lazy_gettext("Nhập số lần."))]
    )
    escalation = _days(lazy_gettext("Báo cấp trên trực tiếp khi quá hạn"))
    letter = _days(lazy_gettext("Soạn sẵn công văn đôn đốc khi quá hạn"))
    letter_manner = RadioField(lazy_gettext("Công văn đôn đốc"), choices=_choices(LetterManner))
    committee = _days(lazy_gettext("Đưa vào danh sách báo cáo Thường trực khi quá hạn"))

    def steps(self) -> Steps:
        """What was typed, as a ladder."""
        return Steps(
            self.before.data,
            self.on_the_day.data,
            self.after.data,
            self.every.data,
            self.times.data,
            self.escalation.data,
            self.letter.data,
            LetterManner(self.letter_manner.data),
            self.committee.data,
        )


class HoursForm(OfficeForm):
    """Between which hours anything may leave."""

    opens_at = HourField(lazy_gettext("Gửi từ"))
    closes_at = HourField(lazy_gettext("Đến"))
    digest_at = HourField(lazy_gettext("Thư tổng hợp trong ngày gửi lúc"))
    urgings_a_day = IntegerField(
        lazy_gettext("Số lần đôn đốc tay trong ngày với một nội dung"),
        [InputRequired(lazy_gettext("Nhập số lần."))],
    )

    def hours(self) -> Hours:
        """What was typed, as hours."""
        return Hours(self.opens_at.data, self.closes_at.data, self.digest_at.data, self.urgings_a_day.data)


class UrgeForm(OfficeForm):
    """Own words that go with an urging."""

    reason = TextAreaField(lazy_gettext("Lời đôn đốc"), [Length(max=1_000)])
