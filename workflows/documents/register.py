"""The register of numbers: gapless per issuing unit × type × term (official-format, Register of numbers)."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflows.documents.models import NumberSeries, NumberState, OfficialDocument, RegisterEntry, Term
from workflows.errors import Refused
from workflows.organisations import Letterhead, Unit
from workflows.people import Person

STATE_FAMILIES = frozenset({"state", "front"})


def take_number(
    session: Session,
    document: OfficialDocument,
    letterhead: Letterhead,
    *,
    dated: date,
    by: Person,
    at: datetime,
) -> RegisterEntry:
    """The next number of the series, taken in the caller's transaction."""
    series = locked_series(session, document.issuer, document.type, _term(session, letterhead, dated))
    newest = session.scalar(
        select(func.max(RegisterEntry.dated)).where(
            RegisterEntry.series_id == series.id, RegisterEntry.state != NumberState.CANCELLED
        )
    )
    if newest is not None and dated < newest:
        raise Refused(
            "Chưa lấy được số: ngày %(dated)s sớm hơn ngày của số liền trước (%(newest)s). Chọn ngày từ"
            " %(newest)s trở đi, hoặc dùng số đã giữ chỗ.",
            dated=f"{dated:%d/%m/%Y}",
            newest=f"{newest:%d/%m/%Y}",
        )
    series.last_number += 1
    entry = RegisterEntry(
        series=series,
        number=series.last_number,
        dated=dated,
        document=document,
        subject=document.subject,
        taken_by=by,
        taken_at=at,
    )
    session.add(entry)
    session.flush()
    return entry


def locked_series(session: Session, issuer: Unit, type_: str, term: str) -> NumberSeries:
    """The row of a sequence, held until the transaction ends, made if it was not there."""
    values = {"issuer_id": issuer.id, "type": type_, "term": term, "last_number": 0}
    # Two first papers of a type at once must not make two sequences.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(NumberSeries).values(values).on_conflict_do_nothing())
    wanted = (
        select(NumberSeries)
        .where(NumberSeries.issuer_id == issuer.id, NumberSeries.type == type_, NumberSeries.term == term)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(wanted).one()


def printed(number: int, type_: str, letterhead: Letterhead) -> str:
    """Number and symbol as printed: `06-CT/TU` for the Party, `12/BC-UBND` for state bodies."""
    if letterhead.profile in STATE_FAMILIES:
        return (
            f"{number:02}/{letterhead.symbol}"
            if type_ == "CV"
            else f"{number:02}/{type_}-{letterhead.symbol}"
        )
    return f"{number:02}-{type_}/{letterhead.symbol}"


def _term(session: Session, letterhead: Letterhead, dated: date) -> str:
    """The committee's term that a day falls into; the calendar year for state bodies."""
    if letterhead.profile in STATE_FAMILIES:
        return str(dated.year)
    ancestors = [int(step) for step in letterhead.unit.path.strip("/").split("/")]
    found = session.scalars(
        select(Term)
        .where(Term.unit_id.in_(ancestors), Term.starts_on <= dated)
        .where(Term.ends_on.is_(None) | (Term.ends_on >= dated))
    ).all()
    if not found:
        raise Refused(
            "Chưa lấy được số: chưa khai báo nhiệm kỳ cho ngày %(dated)s. Nhờ quản trị khai báo nhiệm kỳ.",
            dated=f"{dated:%d/%m/%Y}",
        )
    return max(found, key=lambda term: ancestors.index(term.unit_id)).name
