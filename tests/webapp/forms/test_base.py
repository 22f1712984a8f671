"""A verb that is refused leaves nothing behind, and two hands at the same moment are told so."""

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from webapp.forms.base import OfficeForm, attempt, refusal_of
from webapp.runtime import session
from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit


@pytest.fixture(autouse=True)
def _request(app: Flask):
    with app.test_request_context():
        yield
        session().close()


def raising(error: Exception):
    """An act that changes something and then fails."""

    def act() -> None:
        session().get_one(Unit, 1).name = "Tên dở dang"
        session().flush()
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "kind"),
    [(Refused("Không được."), Refused), (StaleDataError("one row was expected"), Conflict)],
)
def test_what_was_refused_is_undone(error: Exception, kind: type[Exception]):
    refusal = refusal_of(raising(error))
    assert type(refusal) is kind
    assert session().get_one(Unit, 1).name == "Tỉnh uỷ Hà Bình"


@pytest.mark.parametrize(("error", "status"), [(Refused("Không được."), 422), (StaleDataError("row"), 409)])
def test_the_form_says_why(error: Exception, status: int):
    form = OfficeForm()
    with attempt(form) as tried:
        raising(error)()
    assert (tried.succeeded, tried.status) == (False, status)
    assert len(form.form_errors) == 1
    assert session().get_one(Unit, 1).name == "Tỉnh uỷ Hà Bình"


def test_fields_that_the_form_does_not_have_are_named_on_top():
    form = OfficeForm()
    with attempt(form):
        raise InvalidFields({"nowhere": "Thiếu nội dung."})
    assert form.form_errors == ["Thiếu nội dung."]


def test_a_failure_that_is_no_refusal_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        refusal_of(lambda: 1 / 0)
