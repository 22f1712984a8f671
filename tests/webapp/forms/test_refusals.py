"""WTForms says nothing in English."""

from pathlib import Path

import wtforms
from babel.messages.pofile import read_po
from flask import Flask
from wtforms import IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.refusals import WORDS


class Example(OfficeForm):
    """Fields that refuse with the sentences WTForms brings along."""

    class Meta(OfficeForm.Meta):
        """No token, as nobody is asked for one here."""

        csrf = False

    name = StringField("Tên", [InputRequired(), Length(max=3)])
    number = IntegerField("Số")
    way = RadioField("Cách", choices=[SelectChoice("a", "A")])
    day = DayField("Ngày")


def refusals(app: Flask, **typed: str) -> dict[str, list[str]]:
    """What the example says to what was typed."""
    with app.test_request_context(method="POST", data=typed):
        form = Example()
        form.validate()
        return form.errors


def test_every_sentence_of_wtforms_has_its_vietnamese():
    template = Path(wtforms.__file__).parent / "locale" / "wtforms.pot"
    with template.open("rb") as file:
        sentences = {one for message in read_po(file) if message.id for one in _forms_of(message.id)}
    assert sentences <= WORDS.keys()


def _forms_of(message_id: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message_id,) if isinstance(message_id, str) else tuple(message_id)


def test_refusals_are_vietnamese(app: Flask):
    assert refusals(app, name="dài quá", number="mười", way="b", day="31/02/2026") == {
        "name": ["Nhập nhiều nhất 3 ký tự."],
        "number": ["Chưa đúng dạng số nguyên. Chỉ nhập chữ số."],
        "way": ["Chọn một trong các mục có sẵn."],
        "day": ["Không có ngày 31/02/2026. Nhập theo dạng ngày/tháng/năm, ví dụ 15/12/2026."],
    }


def test_a_missing_field_is_said_in_vietnamese(app: Flask):
    assert refusals(app, number="1", way="a")["name"] == ["Mục này cần được điền."]


def test_a_year_that_slipped_is_no_day(app: Flask):
    typed = {"name": "An", "number": "1", "way": "a"}
    assert refusals(app, **typed, day="31/12/9999")["day"] == ["Ngày 31/12/9999 quá xa. Kiểm tra lại năm."]
    assert refusals(app, **typed, day="31/12/26") == {}
