"""What becomes of a task that comes again: turns of its own, regimes that ask for reports, or only a note."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflows import regimes
from workflows.calendar import Cadence, DueKind, Period, WorkingCalendar, containing, local_day
from workflows.directives import Directive
from workflows.intake.rules import PlannedTask, comes_again, regular_cadences, rule_of
from workflows.office_days import working_calendar
from workflows.people import Person
from workflows.regimes import FormVersion, Regime, Selection, Terms
from workflows.tasks import Due
from workflows.wording import N_, LabelledEnum

LONGEST_NAME = 160


class Manner(LabelledEnum):
    """How a task that comes again is followed where no form asks for it."""

    TURNS = "turns", N_("mở một nhiệm vụ cho mỗi kỳ")
    NOTED = "noted", N_("chỉ ghi kỳ, không mở theo kỳ")


# A form: the units report on it, period by period.
Recurring = Manner | FormVersion


def usual(task: PlannedTask) -> Manner:
    """Turns where the paper says when each is due; otherwise a person has to say so."""
    return Manner.TURNS if task.proposal.due_kind else Manner.NOTED


def due_of(task: PlannedTask, recurring: Recurring) -> Due | None:
    """The rule by which the deadlines of a task are counted; what a regime asks for has none beside it."""
    proposal = task.proposal
    if comes_again(proposal):
        return rule_of(proposal) if recurring is Manner.TURNS else None
    return Due(proposal.due_kind, proposal.due_number) if isinstance(proposal.due_kind, DueKind) else None


def establish(
    session: Session, directive: Directive, task: PlannedTask, form: FormVersion, *, by: Person, at: datetime
) -> list[Regime]:
    """A regime for each cadence of a task, asking its lead units; what is owed follows at once."""
    calendar = working_calendar(session)
    made = []
    for terms in terms_of(task, calendar, at):
        regime = regimes.establish(
            session, directive.office, terms=terms, form_version=form, directive=directive, by=by, at=at
        )
        session.flush()
        regimes.generate_for(session, regime, on=local_day(at), calendar=calendar)
        made.append(regime)
    return made


def terms_of(task: PlannedTask, calendar: WorkingCalendar, at: datetime) -> Iterator[Terms]:
    """What the regimes of a task would ask, cadence by cadence; out of turn the office asks on any."""
    due = rule_of(task.proposal)
    selection = Selection(units=tuple(unit.code for unit in task.lead_units))
    for cadence in regular_cadences(task.proposal):
        yield Terms(
            name=_name(task.proposal.title, cadence),
            cadence=cadence,
            due_kind=due.kind,
            due_number=due.number,
            selection=selection,
            starts_on=_first_day(cadence, due, calendar, local_day(at)),
        )


def _first_day(cadence: Cadence, due: Due, calendar: WorkingCalendar, today: date) -> date:
    """From today, unless nobody could be in time any more with the period that runs."""
    running = containing(today, cadence)
    if running is not None and (due.day(calendar, period=running) or today) >= today:
        return today
    following = (running or Period(cadence, today.year)).next()
    return following.first_day() if following else today


def _name(title: str, cadence: Cadence) -> str:
    short = title if len(title) <= LONGEST_NAME else title[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
    return f"{short} ({cadence.label})"
