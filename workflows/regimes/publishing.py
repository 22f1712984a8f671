"""What the office does with forms: draft, change, publish, copy, retire."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import Conflict, InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import forms
from workflows.regimes.forms import designing, importing
from workflows.regimes.models import FormState, FormVersion, Indicator
from workflows.regimes.queries import draft_of, newest_number
from workflows.verb import verb
from workflows.wording import N_

LONGEST_CODE = 50


@verb("form.publish", Permission.REGIME_MANAGE)
def publish_form(
    session: Session, office: Unit, *, code: str, definition: Mapping[str, Any], by: Person, at: datetime
) -> FormVersion:
    """Make a new version of a form usable; earlier versions stay with the returns they were filled in."""
    form = forms.read(definition)
    _refuse_second_draft(session, office, code)
    version = _version(session, office, code, form.title, definition, FormState.PUBLISHED, at)
    _know_indicators(session, code, form)
    return version


@verb("form.draft", Permission.REGIME_MANAGE)
def draft_form(
    session: Session,
    office: Unit,
    *,
    title: str,
    by: Person,
    at: datetime,
    definition: Mapping[str, Any] | None = None,
) -> FormVersion:
    """Begin a new form, blank or as a copy of a definition."""
    if not title.strip():
        raise InvalidFields({"title": N_("Nhập tên biểu.")})
    title = title.strip()
    drafted = designing.blank(title) if definition is None else {**definition, "title": title}
    code = _free_code(session, office, title)
    return _version(session, office, code, title, drafted, FormState.DRAFT, at)


@verb("form.import", Permission.REGIME_MANAGE)
def import_form(
    session: Session, office: Unit, *, code: str, definition: Mapping[str, Any], by: Person, at: datetime
) -> FormVersion:
    """Lay a form that came as a file on the desk as a draft: the next version of its code."""
    form = forms.read(definition)
    _refuse_second_draft(session, office, code)
    return _version(session, office, code, form.title, definition, FormState.DRAFT, at)


@verb("form.draft-version", Permission.REGIME_MANAGE)
def draft_version(session: Session, version: FormVersion, *, by: Person, at: datetime) -> FormVersion:
    """Begin the next version of a form; whoever is second goes on with the draft that is there."""
    known = draft_of(session, version.office, version.code)
    if known is not None:
        return known
    return _version(
        session, version.office, version.code, version.name, version.definition, FormState.DRAFT, at
    )


@verb("form.edit", Permission.REGIME_MANAGE)
def edit_form(
    session: Session,
    draft: FormVersion,
    *,
    definition: Mapping[str, Any],
    version: int,
    by: Person,
    at: datetime,
) -> None:
    """Keep a draft as it was changed, complete or not; `version` is the one the person began from."""
    _refuse_unless_draft(draft)
    if version != draft.version:
        raise Conflict(
            "Chưa lưu được: người khác vừa sửa bản nháp này. Tải lại trang để xem bản mới rồi sửa tiếp."
        )
    draft.definition = importing.plain(dict(definition))
    draft.name = str(draft.definition.get("title", "")).strip()[:300] or draft.name
    draft.changed_at = at


@verb("form.publish-draft", Permission.REGIME_MANAGE)
def publish_draft(session: Session, draft: FormVersion, *, version: int, by: Person, at: datetime) -> None:
    """Make a draft the version in use; what is wrong in it is named and nothing is published."""
    _refuse_unless_draft(draft)
    if version != draft.version:
        raise Conflict(
            "Chưa ban hành được: người khác vừa sửa bản nháp này. Tải lại trang, xem lại rồi ban hành."
        )
    form = forms.read(draft.definition)
    draft.name, draft.state, draft.changed_at = form.title, FormState.PUBLISHED, at
    _know_indicators(session, draft.code, form)


@verb("form.discard", Permission.REGIME_MANAGE)
def discard_draft(session: Session, draft: FormVersion, *, by: Person, at: datetime) -> None:
    """Throw a draft away; published versions stay."""
    _refuse_unless_draft(draft)
    session.delete(draft)


@verb("form.retire", Permission.REGIME_MANAGE)
def retire_form(session: Session, version: FormVersion, *, by: Person, at: datetime) -> None:
    """Stop offering a version for new regimes; what uses it goes on."""
    if version.state is not FormState.PUBLISHED:
        raise Refused("Chỉ ngừng dùng được bản đang dùng. Tải lại trang để xem trạng thái của biểu.")
    version.state, version.changed_at = FormState.RETIRED, at


def indicator_code(form_code: str, cell: str) -> str:
    """The code of the indicator behind a number cell, the same in every version of the form."""
    return f"{form_code}:{cell}"


def code_from(title: str) -> str:
    """A code that a form may have, from its title: letters without marks, figures, hyphens."""
    letters = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_CODE].strip("-") or "bieu"


def _free_code(session: Session, office: Unit, title: str) -> str:
    code = code_from(title)
    code = code if code[0].isalpha() else f"bieu-{code}"
    wanted = select(FormVersion.code).where(FormVersion.office_id == office.id)
    taken, free, number = set(session.scalars(wanted)), code, 2
    while free in taken:
        free, number = f"{code}-{number}", number + 1
    return free


def _version(
    session: Session,
    office: Unit,
    code: str,
    title: str,
    definition: Mapping[str, Any],
    state: FormState,
    at: datetime,
) -> FormVersion:
    version = FormVersion(
        office=office,
        code=code,
        number=newest_number(session, office, code) + 1,
        name=title,
        definition=dict(definition),
        state=state,
        changed_at=at,
    )
    session.add(version)
    return version


def _refuse_second_draft(session: Session, office: Unit, code: str) -> None:
    if draft_of(session, office, code) is not None:
        raise Conflict("Biểu này đang có một bản nháp. Ban hành hoặc bỏ bản nháp trước, rồi nhập bản mới.")


def _refuse_unless_draft(version: FormVersion) -> None:
    if version.state is not FormState.DRAFT:
        raise Conflict(
            "Bản biểu này đã ban hành nên không sửa được nữa. Bấm “Sửa thành bản mới” để làm bản tiếp theo."
        )


def _know_indicators(session: Session, code: str, form: forms.Form) -> None:
    """Give every number cell of the form its indicator."""
    wanted = {indicator_code(code, cell.name): cell for cell in form.number_cells()}
    known = {row.code: row for row in session.scalars(select(Indicator).where(Indicator.code.in_(wanted)))}
    for indicator, cell in wanted.items():
        if indicator in known:
            known[indicator].name, known[indicator].unit = cell.label, cell.unit
        else:
            session.add(Indicator(code=indicator, name=cell.label, unit=cell.unit))
