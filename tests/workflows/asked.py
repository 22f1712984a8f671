"""A directive of the small office, and what it asks of its communes."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from workflows.asking import Request
from workflows.directives import Directive
from workflows.files import StoredFile
from workflows.organisations import Unit
from workflows.regimes import Obligation, Regime, Selection

DUE = date(2026, 11, 30)


def given_directive(session: Session, office: Office) -> Directive:
    """A directive that the small office follows."""
    file = StoredFile(sha256="d" * 64, size=1, media_type="application/pdf", stored_at=NOW)
    directive = Directive(
        office=office.office,
        number="15-CT/TU",
        type="CT",
        issuer="Tỉnh uỷ Tân Hưng",
        issued_on=date(2026, 10, 1),
        subject="tăng cường công tác dân vận",
        text="Nội dung chỉ thị.",
        original=file,
        file_name="15-CT.pdf",
        registered_by=office.clerk,
        registered_at=NOW,
    )
    session.add(directive)
    session.flush()
    return directive


def request_to_communes(
    directive: Directive, office: Office, *, due_on: date = DUE, name: str = ""
) -> Request:
    """What is asked of the three communes."""
    codes = tuple(unit.code for unit in office.communes)
    return Request(directive, name or "Triển khai Chỉ thị 15", due_on, Selection(units=codes))


def owed_by(session: Session, regime: Regime, unit: Unit) -> Obligation:
    """What a unit owes under a request."""
    wanted = select(Obligation).where(Obligation.regime_id == regime.id, Obligation.unit_id == unit.id)
    return session.scalars(wanted).one()
