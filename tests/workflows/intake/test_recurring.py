"""A task that comes again: turns of its own, regimes with the rule that was read, or only a note."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflows.intake.conftest import CALENDAR
from tests.workflows.office import NOW, TODAY, Office
from workflows import directives, intake, regimes, tasks
from workflows.calendar import Cadence, DueKind
from workflows.directives import Decision, Directive, ImportDraft, Proposal, Sheet
from workflows.intake import Manner, Recurring, Vocabulary
from workflows.regimes import FormVersion, Obligation, Regime

FIELDS = [{"code": "n", "label": "Số lượt", "kind": "number"}]
DEFINITION = {"title": "Biểu kết quả", "sections": [{"title": "I", "fields": FIELDS}]}
EVERY_TURN = (Cadence.HALF_YEARLY, Cadence.YEARLY, Cadence.AD_HOC)


@pytest.fixture
def form(session: Session, office: Office) -> FormVersion:
    """A form the office asks by."""
    return regimes.publish_form(
        session, office.office, code="ket-qua", definition=DEFINITION, by=office.clerk, at=NOW
    )


def confirmed(
    session: Session, office: Office, draft: ImportDraft, proposal: Proposal, manner: Recurring | None = None
) -> Directive:
    """The draft with this proposal accepted, confirmed by the clerk."""
    changed = directives.sheet_of(draft).with_proposal(replace(proposal, decision=Decision.ACCEPTED))
    directives.save_draft(session, draft, sheet=changed, by=office.clerk, at=NOW)
    recurring = {proposal.key: manner} if manner else None
    directive = intake.confirm(session, draft, recurring=recurring, by=office.clerk, at=NOW)
    session.flush()
    return directive


@pytest.fixture
def half_yearly(sheet: Sheet) -> Proposal:
    """The communes report every half year, every year and when needed, by the 15th of the last month."""
    known = sheet.find("2")
    assert known is not None
    return replace(
        known, cadences=EVERY_TURN, due_kind=DueKind.DAY_OF_LAST_MONTH, due_number=15, deadline_text="15/6 và"
    )


@pytest.mark.usefixtures("vocabulary")
def test_with_a_rule_that_was_read_turns_come_by_themselves(
    session: Session, office: Office, draft: ImportDraft, half_yearly: Proposal
):
    directive = confirmed(session, office, draft, half_yearly)
    assigned = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert [(task.lead, task.recurs) for task in assigned] == [(unit, True) for unit in office.communes]
    tasks.open_due_turns(session, at=NOW)
    turns = tasks.newest_turns(session, assigned[0], limit=5)
    assert {(turn.period, turn.deadline) for turn in turns} == {
        ("2026-H2", date(2026, 12, 15)),
        ("2026", date(2026, 12, 15)),
    }


@pytest.mark.usefixtures("vocabulary")
def test_a_form_makes_a_regime_of_each_cadence_with_the_rule_read(
    session: Session, office: Office, draft: ImportDraft, half_yearly: Proposal, form: FormVersion
):
    directive = confirmed(session, office, draft, half_yearly, form)
    made = session.scalars(
        select(Regime).where(Regime.directive_id == directive.id).order_by(Regime.id)
    ).all()
    assert [regime.cadence for regime in made] == [Cadence.HALF_YEARLY, Cadence.YEARLY]
    assert {(regime.due_kind, regime.due_number) for regime in made} == {(DueKind.DAY_OF_LAST_MONTH, 15)}
    owed = select(Obligation.period, Obligation.due_on, func.count()).group_by(
        Obligation.period, Obligation.due_on
    )
    assert {tuple(row) for row in session.execute(owed)} == {
        ("2026-H2", date(2026, 12, 15), len(office.communes)),
        ("2026", date(2026, 12, 15), len(office.communes)),
    }
    assigned = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert not any(task.recurs for task in assigned)
    assert assigned[0].cadences == [cadence.value for cadence in EVERY_TURN]


@pytest.mark.usefixtures("vocabulary")
def test_a_period_whose_due_day_is_over_is_not_asked_for(
    session: Session, office: Office, draft: ImportDraft, half_yearly: Proposal, form: FormVersion
):
    monthly = replace(half_yearly, cadences=(Cadence.MONTHLY,), due_number=10)
    directive = confirmed(session, office, draft, monthly, form)
    regime = session.scalars(select(Regime).where(Regime.directive_id == directive.id)).one()
    assert regime.starts_on == date(2026, 12, 1)
    assert session.scalar(select(func.count(Obligation.id))) == 0


@pytest.mark.usefixtures("vocabulary")
def test_without_a_rule_the_cadence_is_only_noted_unless_a_person_says_more(
    session: Session, office: Office, draft: ImportDraft, sheet: Sheet
):
    known = sheet.find("2")
    assert known is not None
    directive = confirmed(session, office, draft, known)
    (task, *_) = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert (task.recurs, task.regular_cadences) == (False, [Cadence.QUARTERLY])


@pytest.mark.usefixtures("vocabulary")
def test_a_person_may_have_turns_of_what_the_paper_only_calls_regular(
    session: Session, office: Office, draft: ImportDraft, sheet: Sheet
):
    known = sheet.find("2")
    assert known is not None
    directive = confirmed(session, office, draft, known, Manner.TURNS)
    (task, *_) = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert (task.recurs, task.due_kind) == (True, DueKind.WORKING_DAYS_BEFORE_PERIOD_END)


@pytest.mark.usefixtures("vocabulary")
def test_days_after_receipt_become_the_tasks_own_rule(
    session: Session, office: Office, draft: ImportDraft, sheet: Sheet
):
    known = sheet.find("1")
    assert known is not None
    counted = replace(
        known, deadline=None, due_kind=DueKind.WORKING_DAYS_AFTER_RECEIPT, due_number=5, cadences=()
    )
    directive = confirmed(session, office, draft, counted)
    (task,) = tasks.of_directive(session, directive, office.clerk, on=TODAY)
    assert task.deadline is None
    tasks.receive(session, task, by=office.agency_clerk, at=NOW)
    assert task.deadline == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"due_kind": DueKind.DAY_OF_LAST_MONTH, "due_number": 15, "cadences": ()}, "chọn kỳ định kỳ"),
        ({"due_kind": DueKind.DAYS_AFTER_RECEIPT, "due_number": 5}, "hạn tính theo kỳ"),
        ({"due_kind": DueKind.DAY_OF_LAST_MONTH, "due_number": 0}, "từ 1 đến 31"),
        ({"due_kind": DueKind.DAY_OF_LAST_MONTH, "due_number": 5, "deadline": TODAY}, "một cách tính hạn"),
    ],
)
def test_a_rule_that_makes_no_sense_is_said_before_anything_is_assigned(
    vocabulary: Vocabulary, sheet: Sheet, half_yearly: Proposal, said: dict, fault: str
):
    assert fault in intake.planned(replace(half_yearly, **said), sheet, vocabulary, CALENDAR).fault
