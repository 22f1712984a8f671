"""What all forms share: fields that read Vietnamese, and verbs tried without losing what was typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.widgets import TextInput

from webapp.errors import COLLISIONS, SENTENCES, said, status_of
from webapp.forms.refusals import Vietnamese
from webapp.runtime import session
from workflows.errors import Conflict, DomainError, InvalidFields


class OfficeForm(FlaskForm):
    """A form whose refusals stand beside the fields and, summed up, on top."""

    class Meta(FlaskForm.Meta):
        """Forms speak Vietnamese where WTForms does not."""

        def get_translations(self, form: "OfficeForm") -> Vietnamese:
            """The words of the sentences WTForms brings along."""
            return Vietnamese()

    def refuse(self, error: DomainError) -> None:
        """Show a refusal of a verb: beside the fields it names, otherwise on top of the form."""
        named = error.fields if isinstance(error, InvalidFields) else {}
        for name, sentence in named.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(str(gettext(sentence)))
            else:
                field.errors = [*field.errors, str(gettext(sentence))]
        if not named:
            self.form_errors.append(said(error))


class Attempt:
    """Whether a verb that was tried went through, and the HTTP status that says so."""

    succeeded = True
    status = 200


@contextmanager
def attempt(form: OfficeForm) -> Iterator[Attempt]:
    """Try a verb inside a savepoint; a refusal undoes it and stays on the form with what was typed."""
    tried = Attempt()
    point = session().begin_nested()
    try:
        yield tried
        session().flush()
    except (DomainError, *COLLISIONS) as trouble:
        point.rollback()
        refusal = as_refusal(trouble)
        tried.succeeded, tried.status = False, status_of(refusal)
        form.refuse(refusal)
    else:
        point.commit()


def as_refusal(trouble: Exception) -> DomainError:
    """The refusal itself; two hands at the same moment, where the database lets both read first, conflict."""
    return trouble if isinstance(trouble, DomainError) else Conflict(SENTENCES[409])


def refusal_of(act: Callable[[], Any]) -> DomainError | None:
    """Do something inside a savepoint; the refusal that undid it, if there was one."""
    point = session().begin_nested()
    try:
        act()
        session().flush()
    except (DomainError, *COLLISIONS) as trouble:
        point.rollback()
        return as_refusal(trouble)
    point.commit()
    return None


# A slip of the hand outside them would have working days counted through millennia.
YEARS = range(1900, 2200)


class DayField(DateField):
    """A day typed as dd/mm/yyyy (yyyy-mm-dd is understood too)."""

    # Browsers write the days of their own pickers as the system's language does, not as the office does.
    widget = TextInput()

    def __init__(self, label: str | None = None, validators: Any = None, **options: Any) -> None:
        super().__init__(
            label, validators, format=["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y"], **options
        )

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        value: date | datetime | None = self.data
        return f"{value:%d/%m/%Y}" if value else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say in Vietnamese what is wrong with it."""
        typed = " ".join(valuelist).strip()
        if not typed:
            self.data = None
            return
        try:
            super().process_formdata([typed])
        except ValueError as error:
            self.data = None
            raise ValueError(
                gettext(
                    "Không có ngày %(typed)s. Nhập theo dạng ngày/tháng/năm, ví dụ 15/12/2026.", typed=typed
                )
            ) from error
        if self.data and self.data.year not in YEARS:
            self.data = None
            raise ValueError(gettext("Ngày %(typed)s quá xa. Kiểm tra lại năm.", typed=typed))
