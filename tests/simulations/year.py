"""A year of a province, played day by day; beside it a ledger in plain Python that knows no table.

Every act goes through the verbs of the office. The ledger notes what was done and counts for itself, from
the terms of the regimes as a person would read them: due five days after the period, two days of grace.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflows.office import Office
from tests.workflows.reports.conftest import FORM
from workflows import regimes, reports
from workflows.administration import units
from workflows.calendar import Cadence, DueKind, WorkingCalendar
from workflows.errors import Refused
from workflows.organisations import Level, Unit, UnitKind
from workflows.people import Account, Appointment, Person, Role
from workflows.regimes import Obligation, Regime, Selection, Terms
from workflows.reports import Completeness, Content, Report, Standing
from workflows.statistics import member_form

YEAR = 2026
DUE, GRACE, LOCK = 5, 2, 20
SOURCE = {"eligible_source": "Công an xã", "eligible_day": "14/06/2026", "results": "Đã quán triệt."}
ORGANISATIONS = ("youth", "women")


@dataclass
class Body:
    """A reporting body: when it lived, where it hangs."""

    unit: Unit
    clerk: Person
    branch: int
    founded_on: date
    dissolved_on: date | None = None

    def owes(self, last_day: date, today: date) -> bool:
        """Is it asked for a period that ends on a day, as far as is known today?"""
        gone = self.dissolved_on is not None and self.dissolved_on <= min(last_day, today)
        return self.founded_on <= min(last_day, today) and not gone


@dataclass
class Answer:
    """What the ledger knows of one body's answer."""

    timely_until: date
    handed_on: date | None = None
    state: str = "none"
    figures: dict[str, Decimal] = field(default_factory=dict)

    @property
    def received(self) -> bool:
        """Does it lie with the office?"""
        return self.state in ("submitted", "accepted")

    @property
    def in_time(self) -> bool:
        """Was it first handed in within the grace?"""
        return self.received and self.handed_on is not None and self.handed_on <= self.timely_until

    def standing(self, today: date) -> Standing:
        """How the board has to show it."""
        if self.state == "returned":
            return Standing.RETURNED
        if self.state == "accepted":
            return Standing.ACCEPTED if self.in_time else Standing.ACCEPTED_LATE
        if self.state == "submitted":
            return Standing.SUBMITTED if self.in_time else Standing.SUBMITTED_LATE
        return Standing.MISSING if self.timely_until < today else Standing.AWAITED


@dataclass(frozen=True)
class Stretch:
    """A period as it stands in a diary."""

    code: str
    first_day: date
    last_day: date


MONTHS = [
    Stretch(
        f"{YEAR}-{month:02}", date(YEAR, month, 1), date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(1)
    )
    for month in range(1, 13)
]
QUARTERS = [
    Stretch(f"{YEAR}-Q{quarter + 1}", MONTHS[3 * quarter].first_day, MONTHS[3 * quarter + 2].last_day)
    for quarter in range(4)
]


@dataclass
class Followed:
    """A regime with its periods and the ledger's answers: (period, unit) → answer."""

    regime: Regime
    periods: list[Stretch]
    answers: dict[tuple[str, int], Answer] = field(default_factory=dict)


class Year:
    """The office, its bodies and what happens to them; `on` is today."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session, self.office, self.on = session, office, date(YEAR, 1, 1)
        self.bodies: list[Body] = []
        self.played: Counter[str] = Counter()
        self._numbers = count(1)
        for place in range(12):
            self.found(office.communes[place % 3], date(2020, 1, 1), ORGANISATIONS[place % 2])
        self.monthly = self._follow("Báo cáo tháng", Cadence.MONTHLY, "monthly", FORM, MONTHS)
        form = member_form.definition()
        self.members = self._follow("Thống kê", Cadence.QUARTERLY, member_form.CODE, form, QUARTERS)

    @property
    def at(self) -> datetime:
        """This morning."""
        return datetime.combine(self.on, time(3), UTC)

    def found(self, parent: Unit, day: date, organisation: str) -> Body:
        """A new body with its clerk."""
        number = next(self._numbers)
        unit = units.add_unit(
            self.session,
            parent,
            code=f"TC-{number}",
            name=f"Tổ chức số {number}",
            short_name="",
            kind=UnitKind.ORGANISATION,
            level=Level.COMMUNE,
            founded_on=day,
            organisation=organisation,
            by=self.office.administrator,
            at=self.at,
        )
        posts = [Appointment(unit=unit, role=Role.UNIT_CLERK, valid_from=date(2020, 1, 1))]
        account = Account(password_hash="!", must_change=False)
        clerk = Person(username=f"tc{number}", full_name="Ngô Văn Ích", appointments=posts, account=account)
        self.session.add(clerk)
        self.session.flush()
        self.bodies.append(Body(unit, clerk, parent.id, day))
        return self.bodies[-1]

    def dissolve(self, body: Body, heirs: Iterable[Body]) -> None:
        """A body ends today and goes on as others."""
        successors = [heir.unit for heir in heirs]
        by, source = self.office.administrator, "Nghị quyết sắp xếp"
        units.dissolve_unit(
            self.session, body.unit, on=self.on, successors=successors, source=source, by=by, at=self.at
        )
        body.dissolved_on = self.on

    def sweep(self) -> None:
        """What the night does: make what is owed, let go what is not."""
        self.session.flush()
        regimes.generate(self.session, on=self.on, calendar=WorkingCalendar())

    def owing(self, followed: Followed, period: Stretch) -> list[tuple[Body, Answer]]:
        """Who owes an answer for a period as of today, with what the ledger knows of it."""
        if period.first_day > self.on:
            return []
        limit = period.last_day + timedelta(DUE + GRACE)
        return [
            (body, followed.answers.setdefault((period.code, body.unit.id), Answer(limit)))
            for body in self.bodies
            if body.owes(period.last_day, self.on)
        ]

    def counted(self, followed: Followed, period: Stretch, *, branch: int | None = None) -> Completeness:
        """The four figures, counted in the ledger, over all or below one commune."""
        owing = self.owing(followed, period)
        answers = [answer for body, answer in owing if branch in (None, body.branch)]
        return Completeness(
            len(answers),
            sum(answer.received for answer in answers),
            sum(answer.in_time for answer in answers),
            sum(answer.state == "accepted" for answer in answers),
        )

    def added_up(
        self, followed: Followed, period: Stretch, key: Callable[[Body], object]
    ) -> dict[str, dict[str, Decimal]]:
        """Key → cell → total of what was accepted, added up in the ledger."""
        totals: dict[str, dict[str, Decimal]] = {}
        for body, answer in self.owing(followed, period):
            group = totals.setdefault(str(key(body)), {})
            if answer.state == "accepted":
                for cell, value in answer.figures.items():
                    group[cell] = group.get(cell, Decimal(0)) + value
        return totals

    def _follow(
        self, name: str, cadence: Cadence, code: str, form: Mapping[str, object], periods: list[Stretch]
    ) -> Followed:
        office, by, at = self.office.office, self.office.clerk, self.at
        version = regimes.publish_form(self.session, office, code=code, definition=form, by=by, at=at)
        terms = Terms(
            name=name,
            cadence=cadence,
            due_kind=DueKind.DAY_AFTER_PERIOD,
            due_number=DUE,
            selection=Selection(organisations=ORGANISATIONS),
            starts_on=date(YEAR, 1, 1),
            ends_on=date(YEAR, 12, 31),
            moves_to_working_day=False,
            grace_days=GRACE,
            lock_days=LOCK,
        )
        regime = regimes.establish(self.session, office, terms=terms, form_version=version, by=by, at=at)
        self.session.flush()
        return Followed(regime, periods)


class Reporting:
    """One body answers for one period, in its own manner; each method is the acts of one day."""

    def __init__(self, year: Year, followed: Followed, body: Body, period: Stretch, seed: int) -> None:
        self.year, self.followed, self.body, self.period, self.seed = year, followed, body, period, seed

    def plan(self, manner: str) -> Iterator[tuple[int, Callable[[], None]]]:
        """Days after the period's end, and what happens then."""
        plans: dict[str, list[tuple[int, Callable[[], None]]]] = {
            "in time": [(7, self.hand_in), (8, self.accept)],
            "late": [(8, self.hand_in), (9, self.accept)],
            "silent": [],
            "nil": [(3, self.hand_in_nil), (6, self.accept)],
            "mended": [(3, self.hand_in), (4, self.give_back), (10, self.hand_in), (11, self.accept)],
            "never mended": [(3, self.hand_in), (6, self.give_back)],
            "waiting": [(4, self.hand_in)],
            "extended": [(4, self.extend), (12, self.hand_in), (13, self.accept)],
            "reopened": [(26, self.ask_in_vain), (27, self.hand_in), (28, self.accept)],
            "corrected": [(5, self.hand_in), (6, self.accept), (40, self.give_back_accepted),
                          (41, self.hand_in), (42, self.accept)],
        }  # fmt: skip
        self.year.played[manner] += 1
        yield from plans[manner]

    @property
    def answer(self) -> Answer:
        """The ledger's line."""
        limit = self.period.last_day + timedelta(DUE + GRACE)
        return self.followed.answers.setdefault((self.period.code, self.body.unit.id), Answer(limit))

    @property
    def obligation(self) -> Obligation:
        """What the program holds the body to."""
        wanted = select(Obligation).where(
            Obligation.regime_id == self.followed.regime.id,
            Obligation.unit_id == self.body.unit.id,
            Obligation.period == self.period.code,
        )
        return self.year.session.scalars(wanted).one()

    def hand_in(self) -> None:
        """Write and submit; a second time with other figures."""
        figures = self._figures()
        notes = dict.fromkeys(figures, "Đã đối chiếu.")
        self._submit(Content(figures=figures, narrative=SOURCE, notes=notes))
        self.answer.figures = figures

    def hand_in_nil(self) -> None:
        """Nothing happened."""
        self._submit(Content(nil=True))

    def accept(self) -> None:
        """The office accepts."""
        reports.accept(self.year.session, self._report(), by=self.year.office.clerk, at=self.year.at)
        self.answer.state = "accepted"

    def give_back(self) -> None:
        """The office returns it with its reason."""
        by = self.year.office.clerk
        reports.return_(self.year.session, self._report(), reason="Thiếu số nữ.", by=by, at=self.year.at)
        self.answer.state = "returned"

    def give_back_accepted(self) -> None:
        """What was accepted is opened for a correction."""
        by = self.year.office.clerk
        reports.reopen(self.year.session, self._report(), reason="Sai số nữ.", by=by, at=self.year.at)
        self.answer.state = "returned"

    def extend(self) -> None:
        """A later due day."""
        until, by = self.period.last_day + timedelta(DUE + 6), self.year.office.clerk
        regimes.extend(
            self.year.session, self.obligation, until=until, reason="Mưa lũ.", by=by, at=self.year.at
        )
        self.answer.timely_until = until + timedelta(GRACE)

    def ask_in_vain(self) -> None:
        """The form has locked; the office opens it for this body."""
        with pytest.raises(Refused):
            self.hand_in()
        until, by = self.year.on + timedelta(3), self.year.office.clerk
        regimes.reopen(
            self.year.session, self.obligation, until=until, reason="Mưa lũ.", by=by, at=self.year.at
        )

    def _submit(self, content: Content) -> None:
        by, at, session = self.body.clerk, self.year.at, self.year.session
        report = reports.begin(session, self.obligation, by=by, at=at)
        reports.write(session, report, content=content, by=by, at=at)
        reports.submit(session, report, by=by, at=at)
        self.answer.state, self.answer.handed_on = "submitted", self.answer.handed_on or self.year.on

    def _report(self) -> Report:
        report = reports.of_obligation(self.year.session, self.obligation)
        assert report is not None
        return report

    def _figures(self) -> dict[str, Decimal]:
        again = self.answer.handed_on is not None
        if self.followed is self.year.monthly:
            told = {"given": 12 + self.seed % 5, "done": 9 + self.seed % 3 - again}
            return {cell: Decimal(value) for cell, value in told.items()}
        return self._members(again)

    def _members(self, again: bool) -> dict[str, Decimal]:
        """The opening is what was handed in for the quarter before, where it was."""
        place = self.followed.periods.index(self.period)
        earlier = self.followed.periods[place - 1].code if place else ""
        before = self.followed.answers.get((earlier, self.body.unit.id))
        known = before.figures.get(member_form.CLOSING) if before and before.received else None
        opening = known if known is not None else Decimal(100 + self.seed)
        moved = {"admitted": 3 + self.seed % 4, "transferred_in": 1, "transferred_out": self.seed % 2}
        moved |= {"struck_off": 1, "left": 1}
        flows = {cell: Decimal(value) for cell, value in moved.items()}
        closing = opening + sum(flows[cell] for cell in member_form.INCREASES)
        closing -= sum(flows[cell] for cell in member_form.DECREASES)
        parts = dict.fromkeys(member_form.PARTS, closing // 3 - again)
        levels = {member_form.ELIGIBLE: closing * 2, member_form.OPENING: opening, "branches": Decimal(5)}
        return {**flows, **parts, **levels, member_form.CLOSING: closing, "cells": Decimal(9)}
