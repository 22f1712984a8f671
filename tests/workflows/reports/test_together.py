"""Many reports are accepted bit by bit: what was looked at, each at its own level, the changed ones left."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, TODAY, Office
from tests.workflows.reports.conftest import Quarter
from tests.workflows.reports.test_verbs import GOOD
from workflows import aftermath, reports
from workflows.errors import Conflict
from workflows.people import Person
from workflows.regimes import Obligation
from workflows.reports import Report, ReportState


def handed_in(session: Session, office: Office, owed: Obligation) -> Report:
    report = reports.begin(session, owed, by=office.commune_clerk, at=NOW)
    reports.write(session, report, content=GOOD, by=office.commune_clerk, at=NOW)
    reports.submit(session, report, by=office.commune_clerk, at=NOW)
    session.flush()
    return report


@pytest.fixture
def two(session: Session, office: Office, quarter: Quarter) -> list[Report]:
    """Two reports that wait for the office."""
    quarter.third.locked_after = None
    return [handed_in(session, office, owed) for owed in (quarter.third, quarter.fourth)]


def look(session: Session, by: Person) -> tuple[reports.ReportBatch, reports.Outlook]:
    return reports.look(session, reports.owed(by, on=TODAY), by=by, at=NOW)


def test_a_look_counts_what_it_would_do_and_why_not(session: Session, office: Office, two: list[Report]):
    batch, outlook = look(session, office.clerk)
    assert [id_ for id_, _ in batch.looked_at] == sorted(report.id for report in two)
    assert outlook.count == 2
    assert [(str(group.why), group.count) for group in outlook.left_out] == [("chưa có báo cáo", 4)]
    assert all(report.state is ReportState.SUBMITTED for report in two)


def test_those_whose_turn_it_is_not_find_nothing_open(session: Session, office: Office, two: list[Report]):
    batch, outlook = look(session, office.commune_clerk)
    assert (batch.looked_at, outlook.count) == ([], 0)
    assert "đang chờ cấp khác tiếp nhận" in {str(group.why) for group in outlook.left_out}


@pytest.mark.usefixtures("two")
def test_many_are_accepted_by_a_worker_in_short_runs(
    session: Session, office: Office, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("workflows.together.AT_ONCE", 1)
    monkeypatch.setattr("workflows.together.IN_ONE_RUN", 1)
    batch, _ = look(session, office.clerk)
    reports.start_batch(session, batch, by=office.clerk, at=NOW)
    session.flush()
    assert batch.tried == 0
    for run in (1, 2):
        (job, *_) = aftermath.due(session, at=NOW, job="accept-reports")
        aftermath.finish(session, [job])
        reports.accept_some(session, batch, at=NOW)
        session.flush()
        assert batch.tried == run
    assert batch.done == 2
    assert batch.ended_at == NOW
    assert not aftermath.due(session, at=NOW, job="accept-reports")


def test_a_report_that_changed_since_the_look_is_left_and_named(
    session: Session, office: Office, two: list[Report]
):
    batch, _ = look(session, office.clerk)
    later = NOW + timedelta(minutes=5)
    reports.return_(session, two[0], reason="Thiếu.", by=office.leader, at=later)
    reports.submit(session, two[0], by=office.commune_clerk, at=later)
    session.flush()
    reports.start_batch(session, batch, by=office.clerk, at=later)
    assert (batch.done, len(batch.left_out)) == (1, 1)
    assert "vừa xử lý báo cáo này" in batch.left_out[0][3]
    assert two[0].state is ReportState.SUBMITTED
    with pytest.raises(Conflict):
        reports.start_batch(session, batch, by=office.clerk, at=later)
