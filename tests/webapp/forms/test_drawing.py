"""Fields are drawn with label, hint, unit and fault; the summary leads to each of them."""

import pytest
from flask import Flask
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms.base import DayField, OfficeForm
from webapp.forms.drawing import Fault, attributes, faults, layout
from workflows.errors import InvalidFields, Refused

PAGE = """{% import "components/forms.html" as forms with context %}
{% call forms.form(form, autosave="/draft") %}
{{ forms.field(form.title, hint="Viết gọn", unit="%", rows=2, data_x="1") }}
{{ forms.field(form.units) }}{{ forms.field(form.agreed) }}{{ forms.field(form.note) }}{% endcall %}"""


class Part(Form):
    """A form inside a form."""

    body = StringField("Cơ quan", [InputRequired("Chọn cơ quan.")])


class Example(OfficeForm):
    """One field of every layout."""

    title = StringField("Tên", [InputRequired("Nhập tên.")])
    note = StringField("Ghi chú", [Optional()])
    day = DayField("Ngày", [Optional()])
    kind = SelectField("Loại", choices=[SelectChoice("a", "A")])
    way = RadioField("Cách", choices=[SelectChoice("a", "A")])
    units = SelectMultipleField(
        "Đơn vị", choices=[SelectChoice("1", "Một")], widget=ListWidget(), option_widget=CheckboxInput()
    )
    agreed = BooleanField("Đồng ý")
    parts = FieldList(FormField(Part), min_entries=1)


@pytest.fixture
def form(app: Flask):
    """The example sent empty and refused."""
    with app.test_request_context(method="POST", data={"kind": "a", "way": "a"}):
        form = Example(meta={"csrf": False})
        form.validate()
        yield form


def test_the_summary_names_every_fault_also_inside_lists(form: Example):
    form.refuse(Refused("Chưa giao được."))
    assert faults(form) == [
        Fault("Chưa giao được."),
        Fault("Nhập tên.", "title", "Tên"),
        Fault("Chọn cơ quan.", "parts-0-body", "Cơ quan"),
    ]


def test_a_refusal_of_a_verb_stands_beside_its_field(form: Example):
    form.refuse(InvalidFields({"note": "Ghi chú quá dài.", "elsewhere": "Chưa đúng."}))
    assert Fault("Ghi chú quá dài.", "note", "Ghi chú") in faults(form)
    assert Fault("Chưa đúng.") in faults(form)


def test_each_kind_of_field_has_its_layout(form: Example):
    names = ("title", "kind", "way", "units", "agreed")
    assert [layout(form[name]) for name in names] == ["line", "line", "group", "group", "tick"]


def test_a_control_is_described_by_its_hint_and_its_fault(form: Example):
    drawn = attributes(form.title, "Viết gọn", {"data_x": "1"})
    assert drawn["aria-describedby"] == "title-hint title-fault"
    assert (drawn["aria-invalid"], drawn["data-x"]) == ("true", "1")


def test_a_day_is_typed_with_digits(form: Example):
    assert attributes(form.day, "", {})["inputmode"] == "numeric"


def test_the_form_is_drawn_whole(app: Flask, form: Example):
    page = app.jinja_env.from_string(PAGE).render(form=form)
    for part in (
        '<a href="#title">Tên: Nhập tên.</a>',
        '<p class="hint" id="title-hint">Viết gọn</p>',
        '<p class="fault" id="title-fault">Nhập tên.</p>',
        '<span class="unit">%</span>',
        '<label for="note">Ghi chú <span class="optional">(không bắt buộc)</span></label>',
        '<label for="units-0">Một</label>',
        'data-autosave="/draft"',
        'rows="2"',
    ):
        assert part in page
