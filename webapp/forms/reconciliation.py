"""What is typed about rounds."""

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.forms.base import OfficeForm
from workflows.reconciliation import Decision


class RoundForm(OfficeForm):
    """A new round: what for, whose lists, held to which returns."""

    name = StringField(
        lazy_gettext("Tên đợt"),
        [InputRequired(lazy_gettext("Đặt tên đợt đối chiếu.")), Length(max=200)],
    )
    purpose = TextAreaField(
        lazy_gettext("Mục đích, căn cứ"),
        [InputRequired(lazy_gettext("Ghi mục đích, căn cứ.")), Length(max=2000)],
    )
    heads = SelectMultipleField(
        lazy_gettext("Tổ chức tham gia"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    returns = SelectField(lazy_gettext("So với báo cáo thống kê"))


class DecisionForm(OfficeForm):
    """What is decided of two records."""

    # Not drawn: each button of the form sends its own decision.
    decision = StringField()
    note = StringField(lazy_gettext("Ghi chú"), [Length(max=500)])
    version = HiddenField()

    def decided(self) -> Decision | None:
        """The decision; none takes an earlier one back."""
        return Decision(self.decision.data) if self.decision.data in set(Decision) else None
