"""How far a directive has come, branch by branch."""

from sqlalchemy.orm import Session

from tests.workflows.asked import DUE, given_directive, owed_by
from tests.workflows.office import FOUNDED, NOW, TODAY, Office
from workflows import studies
from workflows.asking import Request
from workflows.organisations import Level, Unit, UnitKind
from workflows.regimes import Regime, Selection
from workflows.studies import Confirmation


def branch_of(session: Session, commune: Unit, number: int) -> Unit:
    """A party cell of a commune."""
    cell = Unit(
        code=f"{commune.code}-CB{number}",
        name=f"Chi bộ {number}",
        short_name=f"Chi bộ {number}",
        kind=UnitKind.BRANCH,
        level=Level.BASE,
        parent=commune,
        path="",
        founded_on=FOUNDED,
    )
    session.add(cell)
    session.flush()
    cell.path = f"{commune.path}{cell.id}/"
    return cell


def ask_cells(session: Session, office: Office) -> tuple[Regime, list[Unit]]:
    cells = [branch_of(session, office.communes[0], number) for number in (1, 2)]
    cells.append(branch_of(session, office.communes[1], 3))
    chosen = Selection(kinds=("branch",), units=(office.communes[0].code,))
    request = Request(given_directive(session, office), "Học tập", DUE, chosen)
    asked = studies.ask(session, office.office, request=request, ways=["Hội nghị"], by=office.clerk, at=NOW)
    return asked, cells


def test_every_branch_has_its_share_and_its_figures(session: Session, office: Office):
    asked, (first, _, third) = ask_cells(session, office)
    for cell, clerk in ((first, office.commune_clerk), (third, office.other_clerk)):
        said = Confirmation(TODAY, "Hội nghị", cells=1, attending=20, expected=25)
        studies.confirm(session, owed_by(session, asked, cell), confirmation=said, by=clerk, at=NOW)
    found = studies.branches(session, asked, office.province, office.clerk, on=TODAY)
    assert [(b.unit, b.expected, b.confirmed, b.in_time) for b in found] == [
        (office.communes[0], 3, 1, 1),
        (office.communes[1], 1, 1, 1),
    ]
    assert found[0].figures == {"cells": 1, "attending": 20, "expected": 25}
    assert [b.share for b in found] == [1 / 3, 1.0]


def test_below_a_commune_stand_the_commune_itself_and_its_cells(session: Session, office: Office):
    asked, cells = ask_cells(session, office)
    found = studies.branches(session, asked, office.communes[0], office.commune_clerk, on=TODAY)
    assert [branch.unit for branch in found] == [office.communes[0], *cells[:2]]
    assert [branch.expected for branch in found] == [1, 1, 1]


def test_a_unit_sees_its_own_branch_only(session: Session, office: Office):
    asked, _ = ask_cells(session, office)
    found = studies.branches(session, asked, office.province, office.other_clerk, on=TODAY)
    assert [branch.unit for branch in found] == [office.communes[1]]
    assert session.scalars(studies.requests(office.other_clerk, on=TODAY)).all() == [asked]
    assert session.scalars(studies.requests(office.agency_clerk, on=TODAY)).all() == []
