"""Taking numbers: gapless and unique for each issuing unit × type × term, whoever else takes one now.

Every function works in the caller's transaction and holds the row of the sequence until that ends.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from document_templates import Profile
from workflows.documents.models import OfficialDocument
from workflows.documents.register.models import (
    NumberSeries,
    NumberState,
    RegisterEntry,
    SharedSeries,
    Term,
)
from workflows.errors import Conflict, Refused
from workflows.organisations import Unit
from workflows.people import Person

LETTER = "Công văn"


@dataclass(frozen=True)
class Numbering:
    """Under which sequence a paper takes its number, and how the number is printed."""

    issuer: Unit
    type: str
    profile: Profile
    symbol: str

    def printed(self, number: int) -> str:
        """Number and symbol as printed after the word Số: `06-CT/TU`, `12/BC-UBND`."""
        rules = self.profile.rules
        pattern = rules.letter_number if self.type == self.profile.types[LETTER] else rules.number
        text = pattern.format(number=f"{number:02d}", type=self.type, symbol=self.symbol)
        return text.removeprefix("Số").lstrip(": ")


def take_number(
    session: Session,
    document: OfficialDocument,
    numbering: Numbering,
    *,
    dated: date,
    by: Person,
    at: datetime,
) -> RegisterEntry:
    """The next number of the sequence, given to a document."""
    entry = _next_entry(session, numbering, dated=dated, by=by, at=at)
    entry.document, entry.subject = document, document.subject
    session.add(entry)
    session.flush()
    return entry


def reserve_number(
    session: Session,
    numbering: Numbering,
    *,
    dated: date,
    subject: str,
    reason: str,
    by: Person,
    at: datetime,
) -> RegisterEntry:
    """The next number of the sequence, kept for a paper that comes later."""
    entry = _next_entry(session, numbering, dated=dated, by=by, at=at)
    entry.state, entry.subject, entry.reason = NumberState.RESERVED, subject, reason
    session.add(entry)
    session.flush()
    return entry


def use_reserved(
    session: Session, entry: RegisterEntry, document: OfficialDocument, numbering: Numbering, *, dated: date
) -> RegisterEntry:
    """Give a reserved number to a document; its day must lie between those of its neighbours."""
    series = _locked(session, entry.series.issuer, entry.series.type, entry.series.term)
    session.refresh(entry)
    if entry.state is not NumberState.RESERVED:
        raise Conflict(
            "Chưa dùng được số %(symbol)s: số này không còn giữ chỗ. Tải lại trang và chọn số khác.",
            symbol=entry.symbol,
        )
    if series.issuer_id != numbering.issuer.id or entry.type != numbering.type:
        raise Refused(
            "Số %(symbol)s không thuộc sổ của loại văn bản này. Chọn số giữ chỗ khác.", symbol=entry.symbol
        )
    _refuse_between(session, series, entry.number, dated)
    entry.state, entry.document, entry.subject = NumberState.TAKEN, document, document.subject
    entry.dated, entry.symbol = dated, numbering.printed(entry.number)
    session.flush()
    return entry


def series_type(session: Session, issuer: Unit, type_: str) -> str:
    """The type whose sequence this type takes its numbers from: its own, unless the office shares them."""
    wanted = select(SharedSeries.shares_with).where(
        SharedSeries.issuer_id == issuer.id, SharedSeries.type == type_
    )
    return session.scalar(wanted) or type_


def term_on(session: Session, issuer: Unit, profile: Profile, dated: date) -> str:
    """The committee's term that a day falls into, by name; the calendar year for state bodies."""
    if profile.rules.register == "year":
        return str(dated.year)
    above = [int(step) for step in issuer.path.strip("/").split("/")]
    found = session.scalars(
        select(Term)
        .where(Term.unit_id.in_(above), Term.starts_on <= dated)
        .where(Term.ends_on.is_(None) | (Term.ends_on >= dated))
    ).all()
    if not found:
        raise Refused(
            "Chưa lấy được số: chưa khai báo nhiệm kỳ cho ngày %(dated)s. Nhờ quản trị khai báo nhiệm kỳ"
            " trong Sổ văn bản.",
            dated=f"{dated:%d/%m/%Y}",
        )
    return max(found, key=lambda term: (above.index(term.unit_id), term.starts_on)).name


def _next_entry(
    session: Session, numbering: Numbering, *, dated: date, by: Person, at: datetime
) -> RegisterEntry:
    issuer = numbering.issuer
    term = term_on(session, issuer, numbering.profile, dated)
    series = _locked(session, issuer, series_type(session, issuer, numbering.type), term)
    _refuse_back_dated(session, series, dated)
    series.last_number += 1
    return RegisterEntry(
        series=series,
        number=series.last_number,
        type=numbering.type,
        symbol=numbering.printed(series.last_number),
        dated=dated,
        taken_by=by,
        taken_at=at,
    )


def _locked(session: Session, issuer: Unit, type_: str, term: str) -> NumberSeries:
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


def _refuse_back_dated(session: Session, series: NumberSeries, dated: date) -> None:
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


def _refuse_between(session: Session, series: NumberSeries, number: int, dated: date) -> None:
    alive = (RegisterEntry.series_id == series.id) & (RegisterEntry.state != NumberState.CANCELLED)
    before = session.scalar(select(func.max(RegisterEntry.dated)).where(alive, RegisterEntry.number < number))
    after = session.scalar(select(func.min(RegisterEntry.dated)).where(alive, RegisterEntry.number > number))
    if (before and dated < before) or (after and dated > after):
        raise Refused(
            "Ngày %(dated)s không khớp thứ tự của sổ: số liền trước ngày %(before)s, số liền sau ngày"
            " %(after)s. Chọn ngày trong khoảng đó.",
            dated=f"{dated:%d/%m/%Y}",
            before=f"{before:%d/%m/%Y}" if before else "–",
            after=f"{after:%d/%m/%Y}" if after else "–",
        )
