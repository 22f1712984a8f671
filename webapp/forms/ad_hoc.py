"""What the office types when it asks out of turn."""

from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import DayField, OfficeForm


class AdHocForm(OfficeForm):
    """What it is about, up to which day, by when."""

    title = StringField(
        lazy_gettext("Nội dung cần báo cáo"),
        [InputRequired(lazy_gettext("Nhập nội dung cần báo cáo.")), Length(max=300)],
    )
    last_day = DayField(lazy_gettext("Số liệu đến hết ngày"), [InputRequired(lazy_gettext("Nhập ngày."))])
    due_on = DayField(lazy_gettext("Hạn nộp"), [InputRequired(lazy_gettext("Nhập hạn nộp."))])
