"""What may be typed about substitutes."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from webapp.forms.base import DayField, OfficeForm
from webapp.runtime import session, today
from workflows.people import Person, by_username, colleagues


class SubstituteForm(OfficeForm):
    """Who acts in somebody's posts, from when to when; colleagues to choose from, others by user name."""

    substitute = SelectField(lazy_gettext("Người thay"), default=0, coerce=int)
    username = StringField(lazy_gettext("Người ngoài cơ quan: tên đăng nhập"), [Optional(), Length(max=60)])
    first_day = DayField(lazy_gettext("Từ ngày"), [InputRequired(lazy_gettext("Nhập ngày đầu."))])
    last_day = DayField(lazy_gettext("Đến hết ngày"), [InputRequired(lazy_gettext("Nhập ngày cuối."))])
    chosen: Person | None = None

    def __init__(self, absent: Person, **options: Any) -> None:
        super().__init__(**options)
        self.known = {person.id: person for person in colleagues(session(), absent, on=today())}
        names = [SelectChoice(person.id, _named(person)) for person in self.known.values()]
        self.substitute.choices = [SelectChoice(0, gettext("Chọn một người cùng cơ quan")), *names]

    def validate_substitute(self, field: SelectField) -> None:
        """Find the one who is meant."""
        typed = (self.username.data or "").strip()
        self.chosen = by_username(session(), typed) if typed else self.known.get(field.data)
        if self.chosen is None and not typed:
            raise ValidationError(gettext("Chọn người thay."))

    def validate_username(self, field: StringField) -> None:
        """Say when nobody has this name."""
        if (field.data or "").strip() and by_username(session(), field.data) is None:
            raise ValidationError(gettext("Không có tài khoản này. Kiểm tra lại tên đăng nhập."))


def _named(person: Person) -> str:
    return f"{person.full_name}, {person.post}" if person.post else person.full_name
