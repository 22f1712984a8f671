"""What the office types about statistics."""

from flask_babel import lazy_gettext
from wtforms import DecimalField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from webapp.forms.base import DayField, OfficeForm


class TargetForm(OfficeForm):
    """A gathering target with its source."""

    organisation = SelectField(lazy_gettext("Tổ chức"))
    percent = DecimalField(
        lazy_gettext("Chỉ tiêu tỷ lệ tập hợp"),
        [
            InputRequired(lazy_gettext("Nhập tỷ lệ.")),
            NumberRange(1, 100, lazy_gettext("Tỷ lệ là số từ 1 đến 100.")),
        ],
    )
    valid_from = DayField(
        lazy_gettext("Áp dụng từ ngày"), [InputRequired(lazy_gettext("Nhập ngày áp dụng."))]
    )
    source = StringField(
        lazy_gettext("Văn bản giao chỉ tiêu"),
        [InputRequired(lazy_gettext("Ghi văn bản giao chỉ tiêu.")), Length(max=300)],
    )
