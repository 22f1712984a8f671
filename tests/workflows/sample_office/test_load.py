"""The sample office in a database: every role finds work, every state occurs, nothing contradicts itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.databases import make_tables
from workflows import asking, people, reports, statistics, studies, targets, tasks
from workflows.audit import AuditEntry
from workflows.calendar import WorkingCalendar, local_day
from workflows.db import open_engine, session_factory, writing
from workflows.directives import Directive, DirectiveLink
from workflows.documents import DocumentState, OfficialDocument
from workflows.errors import Conflict
from workflows.organisations import Unit, successors
from workflows.permissions import Permission, holds_anywhere
from workflows.plans import Milestone
from workflows.reconciliation import DoubtfulPair, Round, RoundState
from workflows.regimes import ExceptionKind, Obligation, Regime, Reopening, ReopeningRequest
from workflows.reports import Report, ReportState
from workflows.reviews import Review
from workflows.sample_office import FirstAccounts, load
from workflows.tasks import Task, TaskState, Timeliness

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Friday, 10:00 in Viet Nam
TODAY = local_day(NOW)


class Shelf:
    """A file store in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, sha256: str, content: bytes) -> None:
        self.files[sha256] = content

    def read(self, sha256: str) -> bytes:
        return self.files[sha256]

    def holds(self, sha256: str) -> bool:
        return sha256 in self.files


@dataclass
class Loaded:
    """A database with the sample office, and what loading gave back."""

    session: Session
    shelf: Shelf
    accounts: FirstAccounts


def fill(session: Session, shelf: Shelf, **options: object) -> FirstAccounts:
    return load(session, at=NOW, files=shelf, hash_password=lambda password: f"hash of {password}", **options)


@pytest.fixture(scope="module")
def loaded(databases) -> Iterator[Loaded]:
    engine = open_engine(databases.create())
    shelf = Shelf()
    with session_factory(engine)(bind=writing(engine)) as session:
        yield Loaded(session, shelf, fill(session, shelf))
        session.rollback()
    engine.dispose()


@pytest.fixture
def filled(loaded) -> Session:
    return loaded.session


def person(session: Session, username: str) -> people.Person:
    found = people.by_username(session, username)
    assert found is not None
    return found


def unit(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def test_tasks_stand_in_every_light(filled):
    today = tasks.today_on(TODAY, WorkingCalendar())
    lights = Counter(tasks.timeliness(task, today) for task in filled.scalars(select(Task)))
    assert set(lights) == set(Timeliness)


def test_tasks_have_come_to_every_state_that_an_office_leaves_open(filled):
    states = set(filled.scalars(select(Task.state).distinct()))
    assert states == set(TaskState) - {TaskState.SUSPENDED, TaskState.CANCELLED}


def test_a_task_was_extended_and_another_asks_for_it(filled):
    states = set(filled.scalars(select(tasks.Extension.state)))
    assert states == {tasks.ExtensionState.REQUESTED, tasks.ExtensionState.GRANTED}


def test_reports_are_in_every_state(filled):
    states = set(filled.scalars(select(Report.state).distinct()))
    assert states >= {ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED}


def test_some_units_are_silent_and_some_are_late(filled):
    regime = filled.scalars(select(Regime).where(Regime.cadence == "quarterly")).one()
    assert reports.silent(filled, regime, "2026-Q3", person=person(filled, "tonghop"), on=TODAY)
    done = reports.completeness(filled, regime, "2026-Q3")
    assert done.expected == 64
    assert done.accepted < done.received < done.expected
    assert 0 < done.in_time < done.received


def test_the_trail_is_in_order_of_time_and_ends_now(filled):
    instants = list(filled.scalars(select(AuditEntry.at).order_by(AuditEntry.id)))
    assert instants == sorted(instants)
    assert instants[-1] <= NOW


def test_the_quote_of_a_task_stands_where_its_span_says(filled):
    quoted = filled.scalars(select(Task).where(Task.quote != "")).all()
    assert len(quoted) > 50
    for task in quoted:
        assert task.directive.text[task.span_start : task.span_end] == task.quote
        assert task.clause is not None


def test_a_directive_is_studied_planned_measured_and_reviewed(filled):
    asked = filled.scalars(studies.requests(_clerk(filled), on=TODAY)).one()
    counted = asking.standing(filled, asked, _clerk(filled), on=TODAY)
    assert 0 < counted.in_time < counted.received < counted.expected
    assert filled.scalars(select(Milestone.task_id)).all().count(None) > 0
    assert len([n for n in targets.counts(filled, _clerk(filled), on=TODAY).values() if n]) >= 4
    assert filled.scalars(select(Review)).one().paragraphs


def _clerk(session):
    return people.by_username(session, "vanthu")


def test_directives_lead_to_the_registered_ones_they_cite(filled):
    leads = {
        (link.directive.number, link.target.number)
        for link in filled.scalars(select(DirectiveLink).where(DirectiveLink.target_id.is_not(None)))
    }
    assert leads >= {
        ("21-KH/TU", "04-NQ/TU"),
        ("05-HD/BTGDVTU", "06-CT/TU"),
        ("87/KH-UBND", "15-KL/TU"),
        ("48-TB/TU", "21-KH/TU"),
        ("612-CV/VPTU", "48-TB/TU"),
        ("1345/UBND-KT", "87/KH-UBND"),
    }


def test_the_originals_are_kept_two_of_them_as_word_files(loaded):
    directives = loaded.session.scalars(select(Directive)).all()
    assert len(directives) >= 8
    assert all(loaded.shelf.holds(directive.sha256) for directive in directives)
    assert sum(directive.file_name.endswith(".docx") for directive in directives) == 2


def test_every_role_finds_its_work(filled):
    def overdue(username: str) -> int:
        today = tasks.today_on(TODAY, WorkingCalendar())
        return tasks.counts_by_timeliness(filled, person(filled, username), today)[Timeliness.OVERDUE]

    def owed(username: str) -> int:
        rows = reports.owed(person(filled, username), on=TODAY).where(Report.id.is_(None))
        return len(filled.execute(rows).all())

    assert overdue("tonghop") > overdue("chuyenvien.stc") > 0
    assert overdue("theodoi.btgdv") > 0
    assert owed("chuyenvien.anbinh") > 0
    assert owed("doan.anbinh") == 1
    assert owed("chuyenvien.tinhdoan") >= 60
    assert holds_anywhere(person(filled, "kiemtra"), Permission.AUDIT_VIEW, on=TODAY)
    assert holds_anywhere(person(filled, "quantri"), Permission.PEOPLE_MANAGE, on=TODAY)
    assert holds_anywhere(person(filled, "chanhvanphong"), Permission.DOCUMENT_SIGN_OFF, on=TODAY)


def test_first_passwords_are_random_and_must_be_changed(loaded):
    passwords = {account.password for account in loaded.accounts}
    assert len(passwords) == len(loaded.accounts) >= 30
    for account in loaded.accounts:
        known = person(loaded.session, account.username).account
        assert known.must_change
        assert known.password_hash == f"hash of {account.password}"


def test_returns_have_nothing_that_their_form_complains_of(filled):
    accepted = select(Report).where(Report.state == ReportState.ACCEPTED).order_by(Report.id.desc())
    for report in filled.scalars(accepted.limit(150)):
        assert reports.findings_of(filled, report) == []


def test_eight_half_years_of_member_figures_roll_up_to_the_province(filled):
    clerk = person(filled, "tonghop")
    regime = statistics.member_regimes(filled, clerk, on=TODAY)[0]
    assert len(statistics.periods(filled, regime)) == 9
    lines = statistics.by_organisation(filled, regime, "2025-H2", Unit.id.is_not(None))
    assert {line.key for line in lines} == {"front", "union", "youth", "women", "farmers", "veterans"}
    assert all(0.2 < line.rate < 1 for line in lines)
    assert all(0 < line.accepted < line.expected == 60 for line in lines)
    target = statistics.target_in_force(filled, unit(filled, "VPTU"), "youth", on=TODAY)
    assert float(target.share) == 0.6


def test_the_totals_of_a_period_gone_by_are_published(filled):
    regime = filled.scalars(select(Regime).where(Regime.name.startswith("Thống kê đoàn viên"))).one()
    publication = statistics.newest_publication(filled, regime, "2025-H2")
    assert set(publication.totals) == {"front", "union", "youth", "women", "farmers", "veterans"}


def test_papers_are_drafted_prepared_issued_and_sent_under_one_sequence(filled):
    papers = filled.scalars(select(OfficialDocument).order_by(OfficialDocument.id)).all()
    states = {paper.state for paper in papers}
    assert states >= {
        DocumentState.DRAFT,
        DocumentState.PREPARED,
        DocumentState.ISSUED,
        DocumentState.SENT,
    }
    letters = [paper.symbol for paper in papers if paper.symbol and paper.type == "CV"]
    assert letters == [f"{number:02}-CV/VPTU" for number in range(1, len(letters) + 1)]


def test_a_reminder_goes_to_those_who_are_late(filled):
    sent = select(OfficialDocument).where(OfficialDocument.form == "reminder-letter")
    for letter in filled.scalars(sent):
        assert [found["name"] for found in letter.facts["units"]] == [unit.name for unit in letter.recipients]
        assert letter.recipients


def test_old_communes_report_until_the_reform_and_their_successor_from_then_on(filled):
    old, new = unit(filled, "DTN-AN-BINH-DONG"), unit(filled, "DTN-AN-BINH")
    assert successors(filled, old, on=old.dissolved_on) == [new]

    def periods_of(who: Unit) -> set[str]:
        owed = select(Obligation.period).where(Obligation.unit_id == who.id, ~Obligation.waived)
        return set(filled.scalars(owed))

    assert max(periods_of(old)) == "2025-H1"
    assert min(periods_of(new)) == "2025-H2"


def test_a_second_sample_is_refused(loaded):
    with pytest.raises(Conflict, match="cơ sở dữ liệu đã có đơn vị"):
        fill(loaded.session, loaded.shelf)


def test_the_history_can_be_played_up_to_another_day(tmp_path):
    url = f"sqlite:///{tmp_path / 'other.db'}"
    make_tables(url)
    engine = open_engine(url)
    early = datetime(2026, 7, 1, 1, tzinfo=UTC)
    with session_factory(engine)(bind=writing(engine)) as session:
        load(session, seed=3, at=early, files=Shelf(), hash_password=str)
        assert session.scalar(select(func.max(AuditEntry.at))) <= early
        session.rollback()
    engine.dispose()


def test_the_office_granted_exceptions_and_is_asked_for_more(loaded: Loaded):
    granted = loaded.session.scalars(select(Reopening)).all()
    assert {one.kind for one in granted} == set(ExceptionKind)
    open_ones = select(func.count()).where(ReopeningRequest.answered_at.is_(None))
    assert loaded.session.scalar(open_ones)


def test_a_round_waits_with_pairs_to_decide(filled):
    round_ = filled.scalars(select(Round)).one()
    assert round_.state is RoundState.REVIEWING
    assert filled.scalars(select(DoubtfulPair).where(DoubtfulPair.round_id == round_.id)).all()
    assert round_.outcome["both"][0][1] > 0
