"""The office's own wordings: everything wrong is named at once, the newest is in force, none is lost."""

import pytest
from sqlalchemy.orm import Session

from document_templates import load_form
from tests.workflows.office import NOW, Office
from workflows import documents
from workflows.errors import InvalidFields, NotAllowed

FORM = "reminder-letter"


def change(session: Session, office: Office, wording: str) -> None:
    """The clerk words the reminder letter."""
    documents.change_wording(session, office.office, form=FORM, wording=wording, by=office.clerk, at=NOW)
    session.flush()


def test_the_form_s_own_wording_is_in_force_until_the_office_has_one(session: Session, office: Office):
    assert documents.wording_in_force(session, office.office, FORM) == load_form(FORM).wording
    change(session, office, "@trích yếu: {{ subject }}\nMột câu.")
    assert documents.wording_in_force(session, office.office, FORM).endswith("Một câu.")
    assert documents.wording_in_force(session, office.agency, FORM) == load_form(FORM).wording


def test_an_empty_wording_goes_back_to_the_form_s(session: Session, office: Office):
    change(session, office, "@trích yếu: {{ subject }}\nMột câu.")
    change(session, office, "  ")
    assert documents.wording_in_force(session, office.office, FORM) == load_form(FORM).wording


def test_every_misspelt_field_is_named_at_once(session: Session, office: Office):
    with pytest.raises(InvalidFields) as refused:
        change(session, office, "{{ subjct }}\nvà {{ directive.shrt }}\n{% for u in untis %}{% endfor %}")
    said = refused.value.fields["wording"]
    for words in ("Dòng 1", "subjct", "“subject”", "Dòng 2", "directive.shrt", "untis"):
        assert words in said


@pytest.mark.parametrize("wording", ["{{ subject", "{% include 'x' %}", "{{ subject.__class__ }}"])
def test_what_a_wording_may_not_hold_is_refused(session: Session, office: Office, wording: str):
    with pytest.raises(InvalidFields):
        change(session, office, wording)


def test_only_the_office_words_its_forms(session: Session, office: Office):
    with pytest.raises(NotAllowed):
        documents.change_wording(
            session, office.office, form=FORM, wording="Một câu.", by=office.commune_clerk, at=NOW
        )
