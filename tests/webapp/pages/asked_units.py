"""A directive of the small office at work, for the pages of what it sets going."""

from datetime import date, timedelta
from itertools import count

from flask import Flask

from tests.support.working_office import CLERK, OFFICE, work_in
from webapp.runtime import now, today
from workflows.directives import Directive
from workflows.files import StoredFile
from workflows.organisations import Unit
from workflows.people import Person

_numbers = count(1)


def given_directive(app: Flask) -> int:
    """A directive the office follows; its id."""
    with work_in(app) as session:
        number = next(_numbers)
        file = StoredFile(sha256=f"{number:064}", size=1, media_type="application/pdf", stored_at=now())
        directive = Directive(
            office=session.get_one(Unit, OFFICE),
            number=f"{number}-CT/TU",
            type="CT",
            issuer="Tỉnh uỷ Tân Hưng",
            issued_on=today() - timedelta(60),
            subject="tăng cường công tác dân vận",
            text="Nội dung chỉ thị.",
            original=file,
            file_name="CT.pdf",
            registered_by=session.get_one(Person, CLERK),
            registered_at=now(),
        )
        session.add(directive)
        session.flush()
        return directive.id


def day_from_today(app: Flask, days: int) -> date:
    """A day so many days from now."""
    with work_in(app):
        return today() + timedelta(days)
