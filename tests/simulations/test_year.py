"""A year of a province: every rate and total at each month's end against an independent count."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import true
from sqlalchemy.orm import Session

from tests.simulations.year import MONTHS, YEAR, Body, Followed, Reporting, Stretch, Year
from tests.workflows.office import found_office
from workflows import reports, statistics
from workflows.reports import Completeness
from workflows.statistics import Line, Publication, member_form

MANNERS = (
    "in time", "late", "in time", "silent", "nil", "mended", "in time", "never mended", "waiting",
    "extended", "reopened", "corrected", "in time",
)  # fmt: skip
LAST_DAY = date(YEAR + 1, 2, 28)
Act = Callable[[], None]


def test_a_year_of_a_province_agrees_with_an_independent_count(session: Session):
    year = Year(session, found_office(session))
    diary = Diary(year)
    while year.on <= LAST_DAY:
        diary.play_the_day()
        year.on += timedelta(1)
    assert set(year.played) == set(MANNERS)
    assert diary.looked >= 12
    assert diary.restated


class Diary:
    """What is to happen on which day: changes of the tree, answers as periods end, looks at the figures."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.acts: dict[date, list[Act]] = {
            date(YEAR, 5, 15): [self.merge],
            date(YEAR, 8, 10): [self.split],
            date(YEAR, 10, 5): [self.found],
            date(YEAR, 11, 20): [self.end],
            date(YEAR, 5, 4): [self.publish_the_first_quarter],
        }
        self.looks = {month.last_day for month in MONTHS} | {LAST_DAY}
        self.looked = 0
        self.publication: Publication | None = None
        self.frozen: dict[str, dict[str, Decimal]] = {}
        self.restated: set[str] = set()

    def play_the_day(self) -> None:
        """Acts by day, the sweep by night; a look on the last day of each month."""
        today = self.acts.pop(self.year.on, [])
        ends = any(period.last_day == self.year.on for period in MONTHS)
        begins = self.year.on.day == 1
        for act in today:
            act()
        if today or ends or begins:
            self.year.sweep()
        for followed in (self.year.monthly, self.year.members):
            for place, period in enumerate(followed.periods):
                if period.last_day == self.year.on:
                    self.plan(followed, period, place)
        if self.year.on in self.looks:
            self.look()

    def plan(self, followed: Followed, period: Stretch, place: int) -> None:
        """Everybody who owes an answer gives it in some manner, another one each time."""
        for number, (body, _) in enumerate(self.year.owing(followed, period)):
            manner = MANNERS[(number * 5 + place * 3) % len(MANNERS)]
            reporting = Reporting(self.year, followed, body, period, seed=number * 3 + place)
            for days, act in reporting.plan(manner):
                self.acts.setdefault(period.last_day + timedelta(days), []).append(act)

    def merge(self) -> None:
        """Two bodies go on as one of them."""
        self.year.dissolve(self.year.bodies[3], [self.year.bodies[9]])

    def split(self) -> None:
        """One body goes on as two new ones."""
        old = self.year.bodies[4]
        heirs = [self.year.found(old.unit.parent or old.unit, self.year.on, "youth") for _ in range(2)]
        self.year.dissolve(old, heirs)

    def found(self) -> None:
        """A body that came from none."""
        self.year.found(self.year.office.communes[2], self.year.on, "women")

    def end(self) -> None:
        """A body that goes on as none."""
        self.year.dissolve(self.year.bodies[7], [])

    def publish_the_first_quarter(self) -> None:
        """Before some bodies correct what was accepted."""
        members = self.year.members
        self.publication = statistics.publish(
            self.year.session,
            members.regime,
            period=members.periods[0].code,
            by=self.year.office.leader,
            at=self.year.at,
        )
        self.frozen = self.year.added_up(members, members.periods[0], organisation)

    def look(self) -> None:
        """All rates and totals of all periods begun so far."""
        self.looked += 1
        for followed in (self.year.monthly, self.year.members):
            begun = [period for period in followed.periods if period.first_day <= self.year.on]
            self.look_at_rates(followed, begun)
            self.look_at_units(followed, begun)
        for period in self.year.members.periods:
            if period.first_day <= self.year.on:
                self.look_at_totals(period)
        self.look_at_series()
        self.look_at_what_was_published()

    def look_at_rates(self, followed: Followed, begun: list[Stretch]) -> None:
        """Expected, received, in time, accepted: over all, and in each branch of the tree."""
        codes = [period.code for period in begun]
        found = reports.completeness_of(self.year.session, followed.regime, codes, true())
        assert found == {period.code: self.year.counted(followed, period) for period in begun}
        for period in begun:
            lines = self.by_branch(followed, period)
            told = {
                key: Completeness(line.expected, line.received, line.in_time, line.accepted)
                for key, line in lines.items()
            }
            assert told == {
                str(commune.id): counted
                for commune in self.year.office.communes
                if (counted := self.year.counted(followed, period, branch=commune.id)).expected
            }

    def look_at_units(self, followed: Followed, begun: list[Stretch]) -> None:
        """The board, cell by cell, and the list of the silent."""
        codes, today = [period.code for period in begun], self.year.on
        ids = [body.unit.id for body in self.year.bodies]
        board = reports.standings(self.year.session, followed.regime, codes, ids, on=today)
        assert {place: standing for place, (_, standing) in board.items()} == {
            (body.unit.id, period.code): answer.standing(today)
            for period in begun
            for body, answer in self.year.owing(followed, period)
        }
        clerk = self.year.office.clerk
        for period in begun:
            silent = reports.silent(self.year.session, followed.regime, period.code, person=clerk, on=today)
            assert {owed.unit_id for owed in silent} == {
                body.unit.id for body, answer in self.year.owing(followed, period) if not answer.received
            }

    def look_at_totals(self, period: Stretch) -> None:
        """Three ways of adding up the same returns, and the gathering rates."""
        members, session = self.year.members, self.year.session
        organisations = statistics.by_organisation(session, members.regime, period.code, true())
        assert figures(organisations) == self.year.added_up(members, period, organisation)
        for line in organisations:
            told = line.figures
            known = member_form.ELIGIBLE in told
            rate = told[member_form.CLOSING] / told[member_form.ELIGIBLE] if known else None
            assert line.rate == rate
        units = statistics.by_unit(session, members.regime, period.code, true())
        assert figures(units) == self.year.added_up(members, period, lambda body: body.unit.id)
        branches = self.by_branch(members, period).values()
        assert figures(branches) == self.year.added_up(members, period, lambda body: body.branch)

    def by_branch(self, followed: Followed, period: Stretch) -> dict[str, Line]:
        """The program's figures by the branches below the province."""
        root = self.year.office.province
        lines = statistics.by_branch(self.year.session, followed.regime, [period.code], true(), root)
        return {line.key: line for line in lines}

    def look_at_series(self) -> None:
        """One figure over the quarters; and that of a body which another was merged into."""
        members, session = self.year.members, self.year.session
        found = statistics.series(session, members.regime, member_form.CLOSING, true())
        counted = [
            (period.code, sum(told.get(member_form.CLOSING, Decimal(0)) for told in all_told.values()))
            for period in members.periods
            if any(all_told := self.year.added_up(members, period, organisation))
            and any(member_form.CLOSING in told for told in all_told.values())
        ]
        assert found == counted
        line = statistics.lineage(session, self.year.bodies[9].unit)
        merged = {body.unit.id for body in self.family()}
        assert {unit.id for unit in line.own} == merged
        for moment in statistics.told_by(session, members.regime, line.own):
            period = next(one for one in members.periods if one.code == moment.period)
            told = self.year.added_up(members, period, lambda body: body.unit.id in merged).get("True", {})
            assert moment.figures == told

    def family(self) -> list[Body]:
        """The body that another went on as, with that other once it did."""
        heir, forebear = self.year.bodies[9], self.year.bodies[3]
        return [heir, forebear] if forebear.dissolved_on else [heir]

    def look_at_what_was_published(self) -> None:
        """Published totals stay; what was corrected since shows as the difference."""
        if self.publication is None:
            return
        published = {
            key: {cell: Decimal(value) for cell, value in told.items()}
            for key, told in self.publication.totals.items()
        }
        assert published == self.frozen
        members = self.year.members
        now = self.year.added_up(members, members.periods[0], organisation)
        differing = {
            (key, cell, told.get(cell, Decimal(0)), now[key].get(cell, Decimal(0)))
            for key, told in self.frozen.items()
            for cell in told.keys() | now[key].keys()
            if told.get(cell, Decimal(0)) != now[key].get(cell, Decimal(0))
        }
        found = statistics.restatement(self.year.session, self.publication)
        assert {(one.organisation, one.cell, one.published, one.now) for one in found} == differing
        self.restated |= {cell for _, cell, _, _ in differing}


def organisation(body: Body) -> str:
    """The family a body belongs to."""
    return body.unit.organisation or ""


def figures(lines: Iterable[Line]) -> dict[str, dict[str, Decimal]]:
    """Key → cell → total, as the program tells them."""
    return {line.key: dict(line.figures) for line in lines}
