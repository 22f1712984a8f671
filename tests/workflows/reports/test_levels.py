"""Several levels accept along the tree: every move from every state, for every level and the unit itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from tests.workflows.reports.conftest import FORM
from workflows import regimes, reports
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.db import Base
from workflows.errors import Conflict, InvalidFields, NotAllowed
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Appointment, Person, Role
from workflows.regimes import Obligation, ReviewLevel, Selection, Terms
from workflows.regimes.reviewing import chain
from workflows.reports import MOVES, Content, Report, ReportMove, ReportState

GOOD = Content(figures={"given": Decimal(3), "done": Decimal(2)}, narrative={"results": "Xong."})


@dataclass
class Ladder:
    """A youth union of a commune that reports through the commune and the province's union to the office."""

    report: Report
    writer: Person
    commune: Person
    province: Person
    office: Office

    @property
    def people(self) -> dict[str, Person]:
        """By the part they play."""
        return {
            "unit": self.writer,
            "level 1": self.commune,
            "level 2": self.province,
            "office": self.office.clerk,
            "neighbour": self.office.other_clerk,
        }


def unit(session: Session, code: str, parent: Unit, level: Level) -> Unit:
    made = Unit(
        code=code,
        name=f"Đoàn {code}",
        short_name=f"Đoàn {code}",
        kind=UnitKind.ORGANISATION,
        level=level,
        organisation="youth",
        parent=parent,
        path="",
        founded_on=FOUNDED,
    )
    session.add(made)
    session.flush()
    made.path = f"{parent.path}{made.id}/"
    return made


def clerk_of(session: Session, unit: Unit, name: str) -> Person:
    person = Person(
        username=name,
        full_name=f"Người {name}",
        appointments=[Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=FOUNDED)],
    )
    session.add(person)
    session.flush()
    return person


@pytest.fixture
def ladder(session: Session, office: Office) -> Ladder:
    """A submitted report with two levels below the office."""
    province = unit(session, "TDTN", office.province, Level.PROVINCE)
    below = unit(session, "DTN-AB", office.communes[0], Level.COMMUNE)
    writer, head = clerk_of(session, below, "doanxa"), clerk_of(session, province, "tinhdoan")
    version = regimes.publish_form(
        session, office.office, code="youth-quarterly", definition=FORM, by=office.clerk, at=NOW
    )
    terms = Terms(
        name="Báo cáo quý của Đoàn",
        cadence=Cadence.QUARTERLY,
        due_kind=DueKind.DAY_AFTER_PERIOD,
        due_number=5,
        selection=Selection(units=("DTN-AB",)),
        starts_on=date(2026, 10, 1),
        review_levels=(ReviewLevel.SUPERIOR, ReviewLevel.ORGANISATION),
    )
    regimes.establish(session, office.office, terms=terms, form_version=version, by=office.clerk, at=NOW)
    session.flush()
    regimes.generate(session, on=TODAY, calendar=WorkingCalendar())
    owed = session.scalars(select(Obligation).where(Obligation.unit_id == below.id)).one()
    report = reports.begin(session, owed, by=writer, at=NOW)
    reports.write(session, report, content=GOOD, by=writer, at=NOW)
    reports.submit(session, report, by=writer, at=NOW)
    return Ladder(report, writer, office.commune_clerk, head, office)


def act(session: Session, ladder: Ladder, move: ReportMove, who: str) -> None:
    said: dict[str, Any] = {"by": ladder.people[who], "at": NOW}
    if move in (ReportMove.RETURN, ReportMove.TURN_DOWN, ReportMove.HAND_DOWN, ReportMove.REOPEN):
        said["reason"] = "Xem lại số liệu."
    verb = reports.return_ if move is ReportMove.RETURN else getattr(reports, move.value.replace("-", "_"))
    verb(session, ladder.report, **said)
    session.flush()


def climb(session: Session, ladder: Ladder, upto: int) -> None:
    """Let the first levels accept."""
    for who in ("level 1", "level 2", "office")[:upto]:
        act(session, ladder, ReportMove.ACCEPT if who == "office" else ReportMove.ENDORSE, who)


# Who may make which move when so many levels have accepted; every other pair is refused.
OPEN = {
    (0, ReportMove.ENDORSE): {"level 1"},
    (0, ReportMove.TURN_DOWN): {"level 1"},
    (1, ReportMove.ENDORSE): {"level 2"},
    (1, ReportMove.TURN_DOWN): {"level 2"},
    (2, ReportMove.ACCEPT): {"office"},
    (2, ReportMove.RETURN): {"office"},
    (2, ReportMove.HAND_DOWN): {"office"},
    (3, ReportMove.REOPEN): {"office"},
}


@pytest.mark.parametrize("accepted", range(4))
def test_every_move_at_every_level_is_open_to_those_whose_turn_it_is(
    session: Session, ladder: Ladder, accepted: int
):
    climb(session, ladder, accepted)
    for who, person in ladder.people.items():
        drawn = reports.moves_open_to(person, ladder.report, on=TODAY)
        for move in MOVES:
            point = session.begin_nested()
            if who in OPEN.get((accepted, move), set()):
                assert move in drawn, (who, move)
                act(session, ladder, move, who)
            else:
                assert move not in drawn, (who, move)
                with pytest.raises((Conflict, NotAllowed, InvalidFields)):
                    act(session, ladder, move, who)
            point.rollback()
            session.expire_all()


def test_each_level_is_kept_with_person_and_date(session: Session, ladder: Ladder):
    climb(session, ladder, 3)
    kept = [(one.level, one.unit.code, one.by, one.at) for one in ladder.report.acceptances]
    assert kept == [
        (1, "DU-AB", ladder.commune, NOW),
        (2, "TDTN", ladder.province, NOW),
        (3, "VPTU", ladder.office.clerk, NOW),
    ]
    assert ladder.report.state is ReportState.ACCEPTED


def test_a_return_goes_to_the_unit_and_every_level_accepts_anew(session: Session, ladder: Ladder):
    climb(session, ladder, 2)
    act(session, ladder, ReportMove.RETURN, "office")
    report = ladder.report
    assert (report.state, report.endorsements, report.awaiting) == (ReportState.RETURNED, 0, None)
    assert all(one.taken_back_at == NOW for one in report.acceptances)
    reports.submit(session, report, by=ladder.writer, at=NOW)
    session.flush()
    assert (report.state, report.awaiting) == (ReportState.UNDER_REVIEW, ladder.office.communes[0])
    climb(session, ladder, 3)
    assert len(report.acceptances) == 5


def test_the_level_below_may_be_asked_to_look_again(session: Session, ladder: Ladder):
    climb(session, ladder, 2)
    act(session, ladder, ReportMove.HAND_DOWN, "office")
    assert ladder.report.awaiting is not None
    assert (ladder.report.awaiting.code, ladder.report.endorsements) == ("TDTN", 1)
    act(session, ladder, ReportMove.ENDORSE, "level 2")
    assert ladder.report.state is ReportState.SUBMITTED


def test_a_level_sees_what_it_accepts_and_finds_it_waiting(session: Session, ladder: Ladder):
    climb(session, ladder, 1)
    mine = reports.owed(ladder.province, on=TODAY).where(reports.waiting_for(ladder.province, on=TODAY))
    assert [row.Report for row in session.execute(mine)] == [ladder.report]
    assert not session.execute(reports.owed(ladder.office.other_clerk, on=TODAY)).all()


def test_without_levels_a_report_comes_straight_to_the_office(session: Session, ladder: Ladder):
    regimes.set_review_levels(
        session, ladder.report.obligation.regime, levels=(), by=ladder.office.clerk, at=NOW
    )
    assert ladder.report.obligation.regime.review_levels == []
    assert [one.unit.code for one in ladder.report.obligation.reviewers] == ["DU-AB", "TDTN"]


def test_a_level_that_a_unit_lacks_is_left_out(session: Session, ladder: Ladder):
    province = ladder.office.province
    units = session.scalars(select(Unit)).all()
    head = next(unit for unit in units if unit.code == "TDTN")
    both = [ReviewLevel.SUPERIOR.value, ReviewLevel.ORGANISATION.value]
    assert chain(head, both, units, branch=province.path) == []
    assert chain(ladder.office.agency, both, units, branch=province.path) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"endorsements": 3},
        {"awaiting_id": None},
        {"state": ReportState.SUBMITTED},
        {"state": ReportState.RETURNED, "awaiting_id": None, "endorsements": 1},
    ],
)
def test_the_database_refuses_impossible_levels(session: Session, ladder: Ladder, wrong: dict[str, Any]):
    table = Base.metadata.tables["report"]
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(table.update().where(table.c.id == ladder.report.id).values(**wrong))


def test_whoever_acts_on_an_outdated_page_is_told_who_was_quicker(session: Session, ladder: Ladder):
    seen = ladder.report.version
    climb(session, ladder, 1)
    with pytest.raises(Conflict, match="Ngô Văn Ích"):
        reports.endorse(session, ladder.report, by=ladder.province, at=NOW, version=seen)


UNIT_MOVES = {
    ReportMove.PROPOSE: {ReportState.DRAFT, ReportState.RETURNED},
    ReportMove.SIGN_OFF: {ReportState.DRAFT, ReportState.PROPOSED, ReportState.RETURNED},
    ReportMove.SUBMIT: set(reports.EDITABLE),
}


@pytest.mark.parametrize("state", sorted(reports.EDITABLE))
def test_every_move_of_the_unit_from_every_state(session: Session, ladder: Ladder, state: ReportState):
    climb(session, ladder, 2)
    act(session, ladder, ReportMove.RETURN, "office")
    head = clerk_of(session, ladder.report.obligation.unit, "bithudoan")
    head.appointments[0].role = Role.UNIT_HEAD
    session.flush()
    people = {**ladder.people, "head": head}
    for move in MOVES:
        for who, person in people.items():
            ladder.report.state = state
            session.flush()
            may = move in UNIT_MOVES and state in UNIT_MOVES[move]
            # The head of the unit writes too; the commune above the unit writes for it.
            allowed = {"head"} if move is ReportMove.SIGN_OFF else {"unit", "head", "level 1"}
            expected = may and who in allowed
            assert (move in reports.moves_open_to(person, ladder.report, on=TODAY)) == expected, (move, who)
            if not expected:
                said = {"reason": "Thử."} if move not in UNIT_MOVES else {}
                verb = (
                    reports.return_ if move is ReportMove.RETURN else getattr(reports, move.replace("-", "_"))
                )
                said = said if move not in (ReportMove.ACCEPT, ReportMove.ENDORSE) else {}
                with pytest.raises((Conflict, NotAllowed)):
                    verb(session, ladder.report, by=person, at=NOW, **said)
