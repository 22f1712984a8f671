"""Twenty people issue at the same moment, each on a connection of their own: no gap, no number twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.workflows.documents.conftest import approve, assign, draft, new_directive
from tests.workflows.office import NOW, Office, found_office
from workflows import documents
from workflows.db import open_engine, session_factory
from workflows.documents import DocumentState, OfficialDocument, RegisterEntry, Source, register
from workflows.errors import Conflict
from workflows.people import Person

AT_ONCE = 20


@pytest.fixture
def sessions(fresh_database_url: str):
    """Sessions on as many connections as there are writers."""
    engine = open_engine(fresh_database_url, pool_size=AT_ONCE, max_overflow=0)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def letters(sessions: sessionmaker[Session]) -> list[int]:
    """Twenty letters that wait for their number, and no sequence yet."""
    with sessions.begin() as session:
        office = found_office(session)
        register.begin_term(
            session,
            office.province,
            name="2025–2030",
            starts_on=date(2025, 10, 17),
            by=office.administrator,
            at=NOW,
        )
        directive = new_directive(session, office)
        assign(session, office, directive, office.agency, "Xây dựng tài liệu")
        ready = [_ready(session, office, Source(directive)) for _ in range(AT_ONCE)]
        session.flush()
        return [letter.id for letter in ready]


def _ready(session: Session, office: Office, source: Source) -> OfficialDocument:
    return approve(session, office, draft(session, office, "reminder-letter", source))


def issue(sessions: sessionmaker[Session], start: Barrier, letter_id: int) -> int | None:
    """Issue a letter together with everybody else; its number, or none when somebody was quicker."""
    with sessions() as session:
        # The instant is the same for all: SQLite lets one writer in at a time, so they meet before it.
        start.wait(timeout=60)
        letter = session.get_one(OfficialDocument, letter_id)
        clerk = session.scalars(select(Person).where(Person.username == "chuyenvien")).one()
        try:
            documents.issue(session, letter, by=clerk, at=NOW)
            session.commit()
        except Conflict:
            session.rollback()
            return None
        return letter.number


def test_twenty_letters_take_twenty_numbers(sessions: sessionmaker[Session], letters: list[int]):
    start = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as writers:
        numbers = list(writers.map(lambda letter: issue(sessions, start, letter), letters))
    assert sorted(numbers) == list(range(1, AT_ONCE + 1))
    with sessions() as session:
        entries = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number)).all()
        assert [entry.number for entry in entries] == list(range(1, AT_ONCE + 1))
        assert session.scalars(select(register.NumberSeries)).one().last_number == AT_ONCE


def test_twenty_hands_on_one_letter_take_one_number(sessions: sessionmaker[Session], letters: list[int]):
    start = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as writers:
        numbers = list(writers.map(lambda letter: issue(sessions, start, letter), [letters[0]] * AT_ONCE))
    assert [number for number in numbers if number is not None] == [1]
    with sessions() as session:
        assert len(session.scalars(select(RegisterEntry)).all()) == 1
        assert session.scalars(select(register.NumberSeries)).one().last_number == 1
        issued = session.scalars(
            select(OfficialDocument).where(OfficialDocument.state == DocumentState.ISSUED)
        )
        assert [letter.id for letter in issued] == letters[:1]
