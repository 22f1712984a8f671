"""What whoever gathers facts has at hand, and the facts that several forms share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflows.calendar import WorkingCalendar
from workflows.directives import Directive
from workflows.documents import rules
from workflows.errors import InvalidFields
from workflows.organisations import Unit, UnitKind
from workflows.people import Person
from workflows.reconciliation import Round
from workflows.regimes import Obligation, Regime
from workflows.reports import Report
from workflows.tasks import Task
from workflows.wording import N_

NAMED_AT_MOST = 6
LATE_UNITS = "Các cơ quan, đơn vị có tên tại Phụ lục kèm theo"
ALL_UNITS = "Các cơ quan, đơn vị được giao nhiệm vụ"


@dataclass(frozen=True)
class Source:
    """What a paper is about: a directive, a period, one report, a round, some units (none means all).

    `late` names things overdue one by one, where a list of them gave rise to the paper.
    """

    directive: Directive | None = None
    regime: Regime | None = None
    period: str | None = None
    report: Report | None = None
    round: Round | None = None
    units: tuple[Unit, ...] = ()
    late: tuple[Task | Obligation, ...] = ()

    @property
    def subject(self) -> Directive | None:
        """The directive behind it all, where there is one."""
        return self.directive or (self.regime.directive if self.regime else None)


@dataclass(frozen=True)
class Desk:
    """Where the facts of a paper are gathered: who asks, for which body, on which day."""

    session: Session
    source: Source
    issuer: Unit
    person: Person
    day: date
    calendar: WorkingCalendar

    @property
    def directive(self) -> Directive:
        """The directive a paper needs, or a refusal that asks for one."""
        if self.source.subject is None:
            raise InvalidFields({"directive": N_("Chọn văn bản chỉ đạo để lấy số liệu.")})
        return self.source.subject

    def concerns(self, unit: Unit) -> bool:
        """Is the unit one of those the paper is about?"""
        return not self.source.units or unit in self.source.units


def about_directive(directive: Directive) -> dict[str, Any]:
    """A directive as the forms cite it."""
    return {
        "citation": rules.citation(directive),
        "short": rules.brief(directive),
        "about": rules.about(directive),
    }


def about_subject(directive: Directive | None, regime: Regime | None) -> dict[str, Any]:
    """What a report answers: a directive, or the regime that stands on its own."""
    if directive is None and regime is not None:
        name = f"chế độ báo cáo “{regime.name}”"
        return {"citation": name, "short": name, "about": "việc báo cáo đúng kỳ, đúng hạn"}
    if directive is None:
        raise InvalidFields({"directive": N_("Chọn văn bản chỉ đạo để lấy số liệu.")})
    return about_directive(directive)


def addressed(units: Sequence[Unit], otherwise: str) -> list[str]:
    """The addressees by name, or all of them in one phrase when there are many."""
    return [unit.name for unit in units] if len(units) <= NAMED_AT_MOST else [otherwise]


def standing_committee(issuer: Unit) -> str | None:
    """The standing committee above the issuer, as papers name it."""
    above = issuer if issuer.kind is UnitKind.PARTY_COMMITTEE else issuer.parent
    return f"Thường trực {above.short_name}" if above else None


def for_information(issuer: Unit) -> list[str]:
    """To whom a paper is sent for information: the standing committee above the issuer."""
    committee = standing_committee(issuer)
    return [f"{committee} (để báo cáo)"] if committee else []


def together(units: Sequence[Unit]) -> list[Unit]:
    """Each unit once, in the order of the tree."""
    return sorted(dict.fromkeys(units), key=lambda unit: unit.path)
