"""The register fills the return with a click; where they differ, the cell says so and keeps its comment."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, Register, admitted, found_register
from tests.workflows.office import Office
from workflows import members, regimes, reports, statistics
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.errors import InvalidFields, Refused
from workflows.members import MovementKind
from workflows.regimes import Obligation, Selection, Terms
from workflows.statistics import member_form
from workflows.statistics.models import Publication


@pytest.fixture
def register(session: Session, office: Office) -> Register:
    """Two organisations with branches."""
    return found_register(session, office)


@pytest.fixture
def owed(session: Session, register: Register) -> Obligation:
    """The return of the first commune's youth for the third quarter."""
    office = register.office
    form = regimes.publish_form(
        session,
        office.office,
        code=member_form.CODE,
        definition=member_form.definition(),
        by=office.clerk,
        at=NOW,
    )
    terms = Terms(
        name="Thống kê đoàn viên, hội viên",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=20,
        selection=Selection(organisations=("youth",)),
        starts_on=date(2026, 7, 1),
    )
    regime = regimes.establish(
        session, office.office, terms=terms, form_version=form, by=office.clerk, at=NOW
    )
    session.flush()
    regimes.generate(session, on=date(2026, 10, 5), calendar=WorkingCalendar())
    return (
        session.query(Obligation)
        .filter_by(regime_id=regime.id, period="2026-Q3", unit_id=register.youth_here.id)
        .one()
    )


def quarter(session: Session, register: Register) -> None:
    """Three members before the quarter, one in it, one struck off in it."""
    for number in range(3):
        admitted(session, register.branch, f"Lê Văn {number}", register.clerk, on=date(2026, 3, 1))
    gone = admitted(session, register.branch, "Lê Thị Tư", register.clerk, on=date(2026, 7, 20))
    members.record(session, gone, kind=MovementKind.MATURED, on=date(2026, 8, 1), by=register.clerk, at=NOW)


def test_the_register_fills_the_return(session: Session, register: Register, owed: Obligation):
    quarter(session, register)
    statistics.register.fill_from_register(session, owed, by=register.clerk, at=NOW)
    report = reports.of_obligation(session, owed)
    figures = reports.content_of(session, report).figures
    wanted = {"opening": 3, "admitted": 1, "left": 1, "closing": 3, "female": 3, "branches": 2}
    assert {cell: figures[cell] for cell in wanted} == {cell: Decimal(n) for cell, n in wanted.items()}
    assert not [line for line in statistics.register.compared(session, owed) if line.differs]


def test_a_cell_that_differs_says_so_and_keeps_its_comment(
    session: Session, register: Register, owed: Obligation
):
    quarter(session, register)
    statistics.register.fill_from_register(session, owed, by=register.clerk, at=NOW)
    admitted(session, register.branch, "Đến Sau", register.clerk, on=date(2026, 9, 1))
    differing = {line.cell for line in statistics.register.compared(session, owed) if line.differs}
    assert differing == {"admitted", "closing", "female", "ethnic_minority"}
    statistics.register.explain_difference(
        session, owed, notes={"closing": "ghi sổ chậm"}, by=register.clerk, at=NOW
    )
    notes = {line.cell: line.note for line in statistics.register.compared(session, owed)}
    assert notes["closing"] == "ghi sổ chậm"


def test_a_movement_in_a_published_period_is_a_restatement(
    session: Session, register: Register, owed: Obligation
):
    quarter(session, register)
    published = NOW + timedelta(hours=1)
    publication = Publication(
        regime=owed.regime, period=owed.period, edition=1, totals={}, published_by=register.office.leader,
        published_at=published,
    )  # fmt: skip
    session.add(publication)
    session.flush()
    assert statistics.register.published_until(session, register.youth_here) == date(2026, 9, 30)
    assert statistics.register.register_restatement(session, register.youth_here, publication) == []
    late = session.query(members.Membership).first()
    members.record(
        session, late, kind=MovementKind.DECEASED, on=date(2026, 9, 2), by=register.clerk,
        at=published + timedelta(days=1),
    )  # fmt: skip
    lines = statistics.register.register_restatement(session, register.youth_here, publication)
    changed = {line.cell: (line.returned, line.registered) for line in lines}
    assert changed["closing"] == (3, 2)
    assert changed["left"] == (1, 2)


def test_a_unit_without_a_register_is_not_filled_with_noughts(session: Session, register: Register):
    register.branch.unit_id = register.branch_beside.unit_id = register.youth_there.id
    session.flush()
    assert not statistics.register.keeps_register(session, register.youth_here)
    assert statistics.register.keeps_register(session, register.youth)


def test_filling_from_an_empty_register_is_refused(session: Session, register: Register, owed: Obligation):
    register.branch.unit_id = register.branch_beside.unit_id = register.youth_there.id
    session.flush()
    with pytest.raises(Refused, match="sổ chưa có chi đoàn"):
        statistics.register.fill_from_register(session, owed, by=register.clerk, at=NOW)


def test_a_return_that_differs_is_not_handed_in_before_somebody_says_why(
    session: Session, register: Register, owed: Obligation
):
    quarter(session, register)
    statistics.register.fill_from_register(session, owed, by=register.clerk, at=NOW)
    report = reports.of_obligation(session, owed)
    said = reports.content_of(session, report)
    words = {"eligible_source": "Công an xã", "eligible_day": "01/09/2026"}
    other = replace(
        said, figures={**said.figures, "eligible": Decimal(9), "female": Decimal(2)}, narrative=words
    )
    reports.write(session, report, content=other, by=register.clerk, at=NOW)
    with pytest.raises(InvalidFields) as refused:
        reports.submit(session, report, by=register.clerk, at=NOW)
    assert refused.value.fields == {
        "female": "Nữ: báo cáo ghi 2, sổ đoàn viên, hội viên có 3. Lấy số từ sổ, hoặc ghi chú vì sao khác."
    }
    explained = replace(reports.content_of(session, report), notes={"female": "một người chưa vào sổ"})
    reports.write(session, report, content=explained, by=register.clerk, at=NOW)
    reports.submit(session, report, by=register.clerk, at=NOW)
