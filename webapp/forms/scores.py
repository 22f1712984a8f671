"""What is typed about scores."""

from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import OfficeForm
from workflows.scores import UsualWeights

_NEEDED = InputRequired(lazy_gettext("Nhập một số."))


class WeightsForm(OfficeForm):
    """What each outcome is worth."""

    late = IntegerField(lazy_gettext("Điểm khi muộn"), [_NEEDED])
    late_days = IntegerField(lazy_gettext("Muộn là không quá"), [_NEEDED])
    very_late = IntegerField(lazy_gettext("Điểm khi muộn hơn nữa"), [_NEEDED])
    extension = IntegerField(lazy_gettext("Trừ cho mỗi lần gia hạn"), [_NEEDED])
    task = IntegerField(lazy_gettext("Trọng số của nhiệm vụ"), [_NEEDED])
    report = IntegerField(lazy_gettext("Trọng số của báo cáo"), [_NEEDED])
    version = HiddenField()

    def weights(self) -> UsualWeights:
        """What was typed."""
        return UsualWeights(
            self.late.data,
            self.late_days.data,
            self.very_late.data,
            self.extension.data,
            self.task.data,
            self.report.data,
        )


class CauseForm(OfficeForm):
    """Why a task ran late."""

    cause = SelectField(lazy_gettext("Nguyên nhân"))
    note = StringField(lazy_gettext("Nói rõ"), [Length(max=500)])
