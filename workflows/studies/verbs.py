"""What is done about studying a directive: ask units to confirm it, confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from workflows import asking, reports
from workflows.asking import Request
from workflows.calendar import local_day
from workflows.errors import InvalidFields
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.regimes import Obligation, Regime
from workflows.reports import Content, Report
from workflows.studies import form
from workflows.verb import verb
from workflows.wording import N_


@dataclass(frozen=True)
class Confirmation:
    """What a unit says: the day, the way, how many organisations and people of how many."""

    studied_on: date
    way: str
    cells: int
    attending: int
    expected: int
    note: str = ""

    def content(self) -> Content:
        """The same as an answer to the form."""
        numbers = {form.CELLS: self.cells, form.ATTENDING: self.attending, form.EXPECTED: self.expected}
        words = {form.STUDIED_ON: f"{self.studied_on:%d/%m/%Y}", form.WAY: self.way, form.NOTE: self.note}
        return Content(
            figures={code: Decimal(value) for code, value in numbers.items()},
            narrative={code: text.strip() for code, text in words.items() if text.strip()},
        )


@verb("study.ask", Permission.REGIME_MANAGE)
def ask(
    session: Session, office: Unit, *, request: Request, ways: Sequence[str], by: Person, at: datetime
) -> Regime:
    """Ask units to study a directive and to confirm it."""
    known = list(dict.fromkeys(" ".join(way.split()) for way in ways if way.strip()))
    if not known:
        raise InvalidFields({"ways": N_("Ghi ít nhất một hình thức, mỗi dòng một hình thức.")})
    definition = form.definition(known)
    return asking.ask(session, office, request, code=form.CODE, definition=definition, by=by, at=at)


@verb("study.confirm", Permission.REPORT_WRITE)
def confirm(
    session: Session, obligation: Obligation, *, confirmation: Confirmation, by: Person, at: datetime
) -> Report:
    """A unit confirms that the directive was studied, in one act; a head who must approve it comes first."""
    if confirmation.studied_on > local_day(at):
        raise InvalidFields(
            {form.STUDIED_ON: N_("Ngày hoàn thành ở sau hôm nay. Xác nhận khi đã học tập xong.")}
        )
    report = reports.begin(session, obligation, by=by, at=at)
    reports.write(session, report, content=confirmation.content(), by=by, at=at)
    asking.hand_in(session, report, by=by, at=at)
    return report
