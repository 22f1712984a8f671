"""The regimes of the sample: established, their obligations generated, the returns of past years put in."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random

from sqlalchemy import select

from workflows import regimes
from workflows.calendar import Cadence, Period, periods_between
from workflows.organisations import Level, Unit, UnitGroup
from workflows.people import Role
from workflows.regimes import FormVersion, Obligation, Regime, Selection, Terms
from workflows.reports import Content
from workflows.sample_office.answering import answer, member_answer
from workflows.sample_office.chance import chance
from workflows.sample_office.figures import MemberFigures, member_figures
from workflows.sample_office.names import is_generated
from workflows.sample_office.past import PastReturn, put_in
from workflows.sample_office.reporting import Answer, handed_in_on, report_story
from workflows.sample_office.scene import Scene
from workflows.sample_office.shapes import SampleRegime
from workflows.sample_office.timeline import CALENDAR, Story, office_hour

_LIVELY_SHARE = 0.35
Returns = Mapping[tuple[str, str], MemberFigures]


def regime_stories(scene: Scene, *, since: datetime) -> Iterator[Story]:
    """One story for each regime, and one for each report asked for by now."""
    for sample in scene.sample.regimes:
        periods = _periods(sample, scene.today)
        returns = _returns(scene, sample, periods)
        yield _establishment(scene, sample, periods, returns, since)
        for period in _lively(sample, periods):
            dates = sample.timetable.dates_of(period, CALENDAR)
            for unit in _asked(scene, sample):
                yield report_story(
                    scene, sample.key, unit, period, dates, _answer(sample, unit, period, returns)
                )


def _periods(sample: SampleRegime, today: date) -> list[Period]:
    """The periods that are over; for what is asked once, its span."""
    if sample.cadence is Cadence.ONE_OFF:
        return [Period.one_off(sample.starts_on, sample.ends_on or sample.starts_on)]
    cut_off_day = sample.timetable.cut_off_day
    begun = periods_between(sample.starts_on, today, sample.cadence, cut_off_day)
    return [period for period in begun if period.last_day(cut_off_day) < today]


def _lively(sample: SampleRegime, periods: list[Period]) -> list[Period]:
    """The periods whose reports have a story; of member statistics only the newest, the rest is past."""
    return periods[-1:] if sample.counts_members else periods


def _returns(scene: Scene, sample: SampleRegime, periods: list[Period]) -> Returns:
    """The figures of every unit and period, for the regime that asks for them."""
    if not sample.counts_members:
        return {}
    level = Level(sample.level or Level.COMMUNE)
    found = member_figures(scene.sample, periods, seed=scene.seed, level=level)
    return {(figures.unit, figures.period): figures for figures in found}


def _asked(scene: Scene, sample: SampleRegime) -> list[Unit]:
    """The units of the full province that a regime asks."""
    if sample.group:
        return [scene.units[code] for code in scene.sample.reached_by(sample.group)]
    return [
        scene.units[unit.code]
        for unit in scene.sample.units
        if unit.organisation in sample.organisations
        and unit.level == sample.level
        and _has_stories(scene, unit.code)
    ]


def _has_stories(scene: Scene, code: str) -> bool:
    """Whether the newest return of a unit is handed in step by step; the others simply have it accepted."""
    return not is_generated(code) and chance(scene.seed, code, "story").random() < _LIVELY_SHARE


def _answer(sample: SampleRegime, unit: Unit, period: Period, returns: Returns) -> Answer:
    figures = returns.get((unit.code, period.code))

    def say(dice: Random, on: date) -> Content:
        if figures is not None:
            return member_answer(figures, counted_on=period.last_day(sample.timetable.cut_off_day))
        return answer(sample.form, dice, on=on)

    return say


def _establishment(
    scene: Scene, sample: SampleRegime, periods: list[Period], returns: Returns, since: datetime
) -> Story:
    """A regime begins the day after its directive was registered, or when the office did."""
    issued = {directive.key: directive.issued for directive in scene.sample.directives}
    day = CALENDAR.add_working_days(issued.get(sample.directive or "", since.date()), 1)
    at = yield office_hour(day, chance(scene.seed, sample.key), now=scene.now)
    office = scene.highest_office if sample.counts_members else scene.office
    clerk = scene.clerk(office)
    regime = regimes.establish(
        scene.session,
        office,
        terms=_terms(scene, sample),
        form_version=_form(scene, office, sample, at),
        directive=scene.directives.get(sample.directive or ""),
        by=clerk,
        at=at,
    )
    regimes.generate_for(scene.session, regime, on=scene.today, calendar=CALENDAR)
    scene.regimes[sample.key] = regime
    scene.obligations[sample.key] = _obligations(scene, regime)
    newest = periods[-1:]
    for period in periods if returns else ():
        _put_in_past(scene, sample, period, returns, everywhere=period not in newest)


def _form(scene: Scene, office: Unit, sample: SampleRegime, at: datetime) -> FormVersion:
    """The form a regime asks by, published when the first regime needs it."""
    code = sample.form["code"]
    return regimes.latest_form(scene.session, office, code) or regimes.publish_form(
        scene.session, office, code=code, definition=sample.form, by=scene.clerk(office), at=at
    )


def _terms(scene: Scene, sample: SampleRegime) -> Terms:
    timetable = sample.timetable
    return Terms(
        name=sample.title,
        cadence=sample.cadence,
        due_kind=timetable.due.kind,
        due_number=timetable.due.number,
        selection=_selection(scene, sample),
        starts_on=sample.starts_on,
        cut_off_day=timetable.cut_off_day,
        moves_to_working_day=timetable.due.moves_to_working_day,
        grace_days=timetable.grace_days,
        lock_days=timetable.lock_days,
        ends_on=sample.ends_on,
    )


def _selection(scene: Scene, sample: SampleRegime) -> Selection:
    if sample.group is None:
        return Selection(levels=(sample.level or "",), organisations=sample.organisations)
    group = scene.session.scalars(select(UnitGroup).where(UnitGroup.name == sample.group)).one()
    return Selection(groups=(group.id,))


def _obligations(scene: Scene, regime: Regime) -> dict[tuple[str, str], int]:
    """Unit and period → the obligation that still stands."""
    wanted = (
        select(Unit.code, Obligation.period, Obligation.id)
        .join(Obligation.unit)
        .where(Obligation.regime_id == regime.id, ~Obligation.waived)
    )
    return {(code, period): id_ for code, period, id_ in scene.session.execute(wanted)}


def _put_in_past(
    scene: Scene, sample: SampleRegime, period: Period, returns: Returns, *, everywhere: bool
) -> None:
    """The returns of a past period; of the newest only those of units that have no stories."""
    dates = sample.timetable.dates_of(period, CALENDAR)
    reviewer, past = scene.clerk(scene.highest_office), []
    for (code, period_code), figures in returns.items():
        obligation_id = scene.obligations[sample.key].get((code, period_code))
        handed_in = handed_in_on(scene.seed, code, period, dates)
        if period_code != period.code or obligation_id is None or handed_in is None:
            continue
        if everywhere or not _has_stories(scene, code):
            content = member_answer(figures, counted_on=dates.last_day)
            clerk = scene.staff.find(scene.units[code], Role.UNIT_CLERK) or reviewer
            past.append(
                PastReturn(obligation_id, handed_in, clerk, dict(content.figures), dict(content.narrative))
            )
    put_in(scene.session, sample.form["code"], past, accepted_by=reviewer)
