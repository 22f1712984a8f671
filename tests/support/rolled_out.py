"""A directive being carried out: what was asked of the first commune, a target, a review."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from workflows import plans, reviews, studies, targets
from workflows.asking import Request
from workflows.directives import Directive
from workflows.files import Attachment, FileStore, keep
from workflows.regimes import Obligation, Regime, Selection
from workflows.reviews import Kind
from workflows.targets import Direction, Goal, Line, Reading


def rolled_out(
    session: Session, office: Office, directive: Directive, store: FileStore
) -> dict[str, int | str]:
    """Ids by what addresses call them."""
    chosen = Selection(units=(office.communes[0].code,))
    request = Request(directive, "Quán triệt", TODAY, chosen)
    studied = studies.ask(session, office.office, request=request, ways=["Hội nghị"], by=office.clerk, at=NOW)
    planned = plans.ask(session, office.office, request=request, by=office.clerk, at=NOW)
    line = Line(Decimal(1), TODAY.replace(year=TODAY.year - 1), Decimal(2), TODAY)
    goal = Goal("Tỷ lệ", "%", Direction.AT_LEAST, office.communes[0], line)
    target = targets.set_(session, office.office, goal=goal, by=office.clerk, at=NOW)
    reading = Reading(Decimal("1.5"), TODAY, "Báo cáo")
    proof = keep(session, store, b"%PDF-1.4 ...", media_type="application/octet-stream", at=NOW)
    files = [("bien-ban.pdf", proof)]
    targets.record(session, target, reading=reading, files=files, by=office.clerk, at=NOW)
    review = reviews.schedule(
        session,
        office.office,
        directive=directive,
        kind=Kind.FINAL,
        title="Tổng kết",
        planned_on=TODAY,
        outline=reviews.usual(Kind.FINAL),
        by=office.clerk,
        at=NOW,
    )
    session.flush()
    return {
        "studies.regime_id": studied.id,
        "studies.obligation_id": _owed(session, studied).id,
        "plans.obligation_id": _owed(session, planned).id,
        "target_id": target.id,
        "targets.attachment_id": _evidence(session).id,
        "review_id": review.id,
    }


def _owed(session: Session, regime: Regime) -> Obligation:
    return session.scalars(select(Obligation).where(Obligation.regime_id == regime.id)).one()


def _evidence(session: Session) -> Attachment:
    return session.scalars(select(Attachment).where(Attachment.subject_kind == "target_value")).one()
