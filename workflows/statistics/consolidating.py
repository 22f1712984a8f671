"""The accepted returns of any regime taken together: totals over a period, branch by branch, as published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session, contains_eager

from workflows.calendar import parse
from workflows.db import in_vietnamese_order
from workflows.organisations import Unit
from workflows.regimes import FormVersion, Obligation, Regime
from workflows.regimes.forms import Form, read, totals
from workflows.reports import Report, ReportState
from workflows.statistics import member_form
from workflows.statistics.models import Publication
from workflows.statistics.queries import Line, by_branch, by_organisation, by_own

Figures = Mapping[str, Decimal]
BLANKS = " \t\r\n"


@dataclass(frozen=True)
class Consolidated:
    """What the accepted returns of a period come to, beside the period before; and on how many it stands."""

    form: Form
    figures: Figures
    before: Figures
    expected: int
    accepted: int

    @property
    def missing(self) -> int:
        """How many returns are owed and not accepted yet."""
        return self.expected - self.accepted


@dataclass(frozen=True)
class Answers:
    """What accepted returns answer to a question: (obligation, unit, text) of the first, and how many do."""

    question: str
    first: Sequence[tuple[int, str, str]]
    count: int


@dataclass(frozen=True)
class Restated:
    """A total that was published and is another one today."""

    organisation: str
    cell: str
    published: Decimal
    now: Decimal


def consolidate(session: Session, regime: Regime, period: str, scope: ColumnElement[bool]) -> Consolidated:
    """The totals of a period over the units in scope; only accepted returns count."""
    form = form_of(session, regime, period)
    now = by_organisation(session, regime, period, scope)
    earlier = parse(period).previous()
    sums = _added(by_organisation(session, regime, earlier.code, scope)) if earlier else {}
    before = totals(form, sums, {})
    return Consolidated(
        form,
        totals(form, _added(now), before),
        before,
        sum(line.expected for line in now),
        sum(line.accepted for line in now),
    )


def branches_of(
    session: Session, regime: Regime, period: str, scope: ColumnElement[bool], unit: Unit
) -> list[Line]:
    """What each branch directly below a unit comes to, after the unit's own return where it owes one."""
    form = form_of(session, regime, period)
    lines = _own_and_branches(session, regime, period, scope, unit)
    earlier = parse(period).previous()
    needed = any(formula.earlier for formula in form.formulas.values())
    known = _own_and_branches(session, regime, earlier.code, scope, unit) if earlier and needed else []
    before = {line.key: totals(form, line.figures, {}) for line in known}
    return [
        replace(line, figures=totals(form, line.figures, before.get(line.key, {})))
        for line in lines
        if line.expected
    ]


def form_of(session: Session, regime: Regime, period: str) -> Form:
    """The newest version of the form that was asked in a period."""
    asked = select(Obligation.form_version_id).where(
        Obligation.regime_id == regime.id, Obligation.period == period
    )
    wanted = select(FormVersion).where(FormVersion.id.in_(asked)).order_by(FormVersion.number.desc())
    version = session.scalar(wanted.limit(1)) or regime.form_version
    return read(version.definition)


def missing(
    session: Session, regime: Regime, period: str, scope: ColumnElement[bool], *, limit: int
) -> Sequence[Obligation]:
    """The first of what is owed of a period and not accepted yet, by the names of the units."""
    wanted = (
        select(Obligation)
        .join(Obligation.unit)
        .outerjoin(Report, Report.obligation_id == Obligation.id)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived, scope)
        .where(Report.id.is_(None) | (Report.state != ReportState.ACCEPTED))
        .options(contains_eager(Obligation.unit))
        .order_by(in_vietnamese_order(Unit.short_name))
        .limit(limit)
    )
    return session.scalars(wanted).all()


def said(
    session: Session, regime: Regime, period: str, scope: ColumnElement[bool], form: Form, *, limit: int
) -> list[Answers]:
    """What the accepted returns answer in words, question by question, in the order of the tree."""
    asked = [field for field in form.fields() if field.kind == "narrative"]
    accepted = (
        select(Obligation.id, Unit.name)
        .join(Report, Report.obligation_id == Obligation.id)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, Obligation.period == period, ~Obligation.waived, scope)
        .where(Report.state == ReportState.ACCEPTED)
        .order_by(Unit.path)
    )
    found = [_answers(session, accepted, field.code, field.label, limit) for field in asked]
    return [answers for answers in found if answers.count]


def _answers(session: Session, accepted: Select[int, str], code: str, question: str, limit: int) -> Answers:
    text = func.trim(Report.narrative[code].as_string(), BLANKS)
    wanted = accepted.add_columns(text, func.count().over()).where(text != "").limit(limit)
    rows = session.execute(wanted).all()
    return Answers(question, [row[:3] for row in rows], rows[0][3] if rows else 0)


def frozen(session: Session, regime: Regime, period: str) -> dict[str, Figures]:
    """What is published of a period: by organisation for members, under no name for everything else."""
    if regime.form_version.code != member_form.CODE:
        return {"": consolidate(session, regime, period, true()).figures}
    return {line.key: line.figures for line in by_organisation(session, regime, period, true())}


def restatement(session: Session, publication: Publication) -> list[Restated]:
    """Where the totals of today differ from the published ones, because returns were corrected since."""
    today = frozen(session, publication.regime, publication.period)
    return [
        Restated(organisation, cell, Decimal(published), now)
        for organisation, figures in publication.totals.items()
        for cell, published in figures.items()
        if (now := today.get(organisation, {}).get(cell, Decimal(0))) != Decimal(published)
    ] + [
        Restated(organisation, cell, Decimal(0), now)
        for organisation, figures in today.items()
        for cell, now in figures.items()
        if now and cell not in publication.totals.get(organisation, {})
    ]


def _own_and_branches(
    session: Session, regime: Regime, period: str, scope: ColumnElement[bool], unit: Unit
) -> list[Line]:
    own = by_own(session, regime, [period], scope, unit)
    return [own, *by_branch(session, regime, [period], scope, unit)]


def _added(lines: Iterable[Line]) -> Figures:
    sums: dict[str, Decimal] = {}
    for line in lines:
        for cell, value in line.figures.items():
            sums[cell] = sums.get(cell, Decimal(0)) + value
    return sums
