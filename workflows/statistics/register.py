"""Between the register of members and the returns: what the register would say, and where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows import members, reports
from workflows.errors import Refused
from workflows.members import figures
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import FormVersion, Obligation, Regime
from workflows.reports import Content, Finding
from workflows.statistics import member_form
from workflows.statistics.models import Publication
from workflows.verb import verb
from workflows.wording import N_, Phrase


@dataclass(frozen=True)
class Compared:
    """One cell of a return beside what the register says; a comment explains why they differ."""

    cell: str
    label: str
    returned: Decimal | None
    registered: Decimal
    note: str = ""

    @property
    def differs(self) -> bool:
        """Does the return say something else than the register?"""
        return self.returned is not None and self.returned != self.registered


def cells_of(
    session: Session, unit: Unit, first: date, last: date, *, known_at: datetime | None = None
) -> dict[str, Decimal]:
    """The cells of the return of member statistics that the register can fill, for a span of days.

    Whoever was put into the register as it began counts as having been there before.
    """
    here = figures.of_unit_on(unit, last)
    moved = figures.flow(session, here, first, last, known_at=known_at)
    numbers = {
        member_form.OPENING: moved.opening + moved.enrolled,
        "admitted": moved.admitted,
        "transferred_in": moved.transferred_in,
        "transferred_out": moved.transferred_out,
        "struck_off": moved.struck_off,
        "left": moved.matured + moved.deceased,
        member_form.CLOSING: moved.closing,
        **figures.parts(session, here, last, known_at=known_at),
        **figures.branch_figures(session, here, last),
    }
    return {cell: Decimal(number) for cell, number in numbers.items()}


def compared(session: Session, obligation: Obligation) -> list[Compared]:
    """Every cell the register can fill, beside what the unit's return says."""
    report = reports.of_obligation(session, obligation)
    said = reports.content_of(session, report) if report else Content()
    known = cells_of(session, obligation.unit, obligation.first_day, obligation.last_day)
    return [
        Compared(cell, label, said.figures.get(cell), known[cell], said.notes.get(cell, ""))
        for cell, label in member_form.LABELS.items()
        if cell in known
    ]


@reports.ask_also
def ask_why_it_differs(session: Session, obligation: Obligation, content: Content) -> list[Finding]:
    """Ask for a comment at every cell in which a return says something else than the register."""
    if not is_member_return(obligation) or not keeps_register(session, obligation.unit):
        return []
    known = cells_of(session, obligation.unit, obligation.first_day, obligation.last_day)
    return [
        Finding(cell, _difference(cell, content.figures[cell], number), refuses=False, question=True)
        for cell, number in known.items()
        if cell in content.figures and content.figures[cell] != number and not content.notes.get(cell)
    ]


def _difference(cell: str, returned: Decimal, registered: Decimal) -> Phrase:
    sentence = N_(
        "%(cell)s: báo cáo ghi %(returned)s, sổ đoàn viên, hội viên có %(registered)s. Lấy số từ sổ, hoặc ghi"
        " chú vì sao khác."
    )
    return Phrase(
        sentence,
        cell=member_form.LABELS[cell],
        returned=reports.written(returned),
        registered=reports.written(registered),
    )


@verb("statistics.fill-from-register", Permission.REPORT_WRITE)
def fill_from_register(
    session: Session,
    obligation: Obligation,
    *,
    by: Person,
    at: datetime,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Put the register's figures into the return; what the register does not know stays as it was."""
    if not keeps_register(session, obligation.unit):
        raise Refused(
            "Chưa lấy được số: sổ chưa có chi đoàn, chi hội nào của đơn vị. Lập chi đoàn, chi hội hoặc nhập"
            " danh sách trước."
        )
    said = _said(session, obligation, by=by, at=at)
    known = cells_of(session, obligation.unit, obligation.first_day, obligation.last_day)
    _write(session, obligation, said, {**said.figures, **known}, notes or {}, by=by, at=at)


@verb("statistics.explain-difference", Permission.REPORT_WRITE)
def explain_difference(
    session: Session, obligation: Obligation, *, notes: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Say in the cells of the return why they differ from the register."""
    said = _said(session, obligation, by=by, at=at)
    _write(session, obligation, said, said.figures, notes, by=by, at=at)


def published_until(session: Session, unit: Unit) -> date | None:
    """The last day of the newest period whose totals, with this unit's in them, were published."""
    known = (
        select(func.max(Obligation.last_day))
        .join(
            Publication,
            (Publication.regime_id == Obligation.regime_id) & (Publication.period == Obligation.period),
        )
        .where(Obligation.unit_id == unit.id)
    )
    return session.scalar(known)


def register_restatement(session: Session, unit: Unit, publication: Publication) -> list[Compared]:
    """Cells of a published period for which the register, by what was entered since, says another number."""
    period = select(Obligation.first_day, Obligation.last_day).where(
        Obligation.regime_id == publication.regime_id, Obligation.period == publication.period
    )
    days = session.execute(period.limit(1)).one_or_none()
    if days is None:
        return []
    then = cells_of(session, unit, *days, known_at=publication.published_at)
    now = cells_of(session, unit, *days)
    return [
        Compared(cell, member_form.LABELS[cell], then[cell], number)
        for cell, number in now.items()
        if then.get(cell, Decimal(0)) != number
    ]


def publications_of(session: Session, unit: Unit) -> list[Publication]:
    """The two newest publications of periods for which the unit, or one below it, owed a return."""
    mine = (
        select(Obligation.regime_id, Obligation.period)
        .join(Obligation.unit)
        .where(figures.of_unit(unit))
        .distinct()
        .subquery()
    )
    wanted = (
        select(Publication)
        .join(mine, (mine.c.regime_id == Publication.regime_id) & (mine.c.period == Publication.period))
        .order_by(Publication.published_at.desc())
        .limit(2)
    )
    return list(session.scalars(wanted))


def obligations_of(session: Session, unit: Unit, *, limit: int = 6) -> list[Obligation]:
    """The newest returns of member statistics a unit owes."""
    wanted = (
        select(Obligation)
        .join(Obligation.regime)
        .join(Regime.form_version)
        .where(Obligation.unit_id == unit.id, ~Obligation.waived)
        .where(FormVersion.code == member_form.CODE)
        .order_by(Obligation.last_day.desc())
        .limit(limit)
    )
    return list(session.scalars(wanted))


def is_member_return(obligation: Obligation) -> bool:
    """Does the obligation ask for member statistics of an organisation that keeps a register?"""
    return obligation.form_version.code == member_form.CODE and bool(obligation.unit.organisation)


def keeps_register(session: Session, unit: Unit) -> bool:
    """Has the unit, or one of its organisation below it, any branch in the register?"""
    known = select(members.Branch.id).join(members.Branch.unit).where(figures.of_unit(unit)).limit(1)
    return session.scalar(known) is not None


def _said(session: Session, obligation: Obligation, *, by: Person, at: datetime) -> Content:
    report = reports.begin(session, obligation, by=by, at=at)
    return reports.content_of(session, report)


def _write(
    session: Session,
    obligation: Obligation,
    said: Content,
    numbers: Mapping[str, Decimal],
    notes: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    report = reports.begin(session, obligation, by=by, at=at)
    explained = {**said.notes, **{cell: note.strip() for cell, note in notes.items() if note.strip()}}
    content = Content(False, numbers, said.narrative, explained)
    reports.write(session, report, content=content, by=by, at=at)
