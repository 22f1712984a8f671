"""The office's own wordings of the forms: the words belong to the office, the measures to the rule."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from document_templates import DocumentError, WordingError, check_wording, load_form
from workflows.documents.models import FormWording
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.verb import verb


def newest_wording(session: Session, office: Unit, form: str) -> FormWording | None:
    """The wording an office last gave a form, if ever."""
    wanted = (
        select(FormWording)
        .where(FormWording.office_id == office.id, FormWording.form == form)
        .order_by(FormWording.id.desc())
    )
    return session.scalar(wanted.limit(1))


def wording_in_force(session: Session, office: Unit, form: str) -> str:
    """The office's own wording of a form, or the form's where it has none."""
    newest = newest_wording(session, office, form)
    return newest.wording if newest and newest.wording else load_form(form).wording


def faults_of(form: str, wording: str) -> list[str]:
    """Everything wrong with a wording: statements it may not hold, fields the form does not have."""
    try:
        check_wording(wording, load_form(form).fields)
    except WordingError as error:
        return [str(problem) for problem in error.problems]
    except DocumentError as error:
        return [str(error)]
    return []


@verb("form.change-wording", Permission.FORM_EDIT)
def change_wording(
    session: Session, office: Unit, *, form: str, wording: str, by: Person, at: datetime
) -> FormWording:
    """Give a form the office's own words; an empty wording goes back to the form's own."""
    text = wording.replace("\r\n", "\n").strip()
    if faults := faults_of(form, text) if text else []:
        raise InvalidFields({"wording": "\n".join(faults)})
    changed = FormWording(office=office, form=form, wording=text, changed_by=by, changed_at=at)
    session.add(changed)
    return changed
