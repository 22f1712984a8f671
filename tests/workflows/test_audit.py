"""The trail is chained: whoever changes the past breaks the chain."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office
from workflows import audit


def act(session: Session, office: Office, note: str) -> audit.AuditEntry:
    entry = audit.record(
        session, action="unit.rename", subject=office.agency, by=office.clerk, at=NOW, note=note
    )
    session.flush()
    return entry


def test_an_untouched_trail_holds(session: Session, office: Office):
    for note in ("một", "hai", "ba"):
        act(session, office, note)
    assert audit.seal_entries(session) is not None
    session.flush()
    assert audit.first_broken(session) is None


def test_sealing_goes_on_where_it_ended(session: Session, office: Office):
    act(session, office, "một")
    audit.seal_entries(session)
    act(session, office, "hai")
    audit.seal_entries(session)
    session.flush()
    assert audit.first_broken(session) is None


def test_a_changed_entry_is_found(session: Session, office: Office):
    act(session, office, "một")
    second = act(session, office, "hai")
    audit.seal_entries(session)
    session.flush()
    session.execute(update(audit.AuditEntry).where(audit.AuditEntry.id == second.id).values(note="khác"))
    session.expire_all()
    broken = audit.first_broken(session)
    assert broken is not None
    assert broken.id == second.id


def test_a_removed_entry_is_found(session: Session, office: Office):
    first = act(session, office, "một")
    second = act(session, office, "hai")
    audit.seal_entries(session)
    session.flush()
    session.delete(first)
    session.flush()
    broken = audit.first_broken(session)
    assert broken is not None
    assert broken.id == second.id


def test_entries_may_reach_the_database_out_of_order(session: Session, office: Office):
    quick = act(session, office, "của người nhanh")
    quick.id += 1_000
    session.flush()
    audit.seal_entries(session)
    slow = act(session, office, "của người chậm")
    slow.id = quick.id - 1
    session.flush()
    audit.seal_entries(session)
    session.flush()
    assert audit.first_broken(session) is None
    assert audit.newest_seal(session) is slow
