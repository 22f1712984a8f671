"""What is typed about reviews: day and outline, a paragraph, in whose name the report is made."""

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.forms.base import DayField, OfficeForm
from webapp.words import words
from workflows.reviews import Kind, Matter, Outline


class ReviewForm(OfficeForm):
    """Which look back, on which day; the outline stands in lines of its own."""

    version = HiddenField()
    kind = SelectField(lazy_gettext("Loại"))
    title = StringField(
        lazy_gettext("Tên đợt"), [InputRequired(lazy_gettext("Nhập tên đợt.")), Length(max=300)]
    )
    planned_on = DayField(lazy_gettext("Ngày tổ chức"), [InputRequired(lazy_gettext("Nhập ngày tổ chức."))])
    lines: list[tuple[str, str, Matter]]

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.kind.choices = [SelectChoice(kind.value, words(kind)) for kind in Kind]

    def show(self, outline: Outline) -> None:
        """The lines of a known outline."""
        self.lines = [(heading.key, heading.words, heading.matter) for heading in outline.headings]

    def read_lines(self, sent: MultiDict[str, str]) -> None:
        """The outline as sent; a matter that does not exist is a result."""
        columns = zip(
            sent.getlist("heading-key"),
            sent.getlist("heading-words"),
            sent.getlist("heading-matter"),
            strict=False,
        )
        known = {matter.value: matter for matter in Matter}
        self.lines = [
            (key[:40], said[:300], known.get(matter, Matter.RESULTS)) for key, said, matter in columns
        ]

    def outline(self) -> Outline:
        """What was typed, as an outline."""
        return Outline.of(self.lines)


class ParagraphForm(OfficeForm):
    """A paragraph under a heading, and the text the person began from."""

    text = TextAreaField(
        lazy_gettext("Nội dung"), [InputRequired(lazy_gettext("Ghi nội dung.")), Length(max=50_000)]
    )
    heading = StringField(lazy_gettext("Mục"), [InputRequired(lazy_gettext("Chọn mục.")), Length(max=40)])
    left_out = BooleanField(lazy_gettext("Không đưa vào báo cáo"))
    before = HiddenField()
