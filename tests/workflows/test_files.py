"""Bytes go when it is certain that nobody has them: after the commit, not while somebody brings them."""

from collections.abc import Iterator
from hashlib import sha256
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from tests.workflows.office import NOW
from webapp.file_store import FolderOrBucket
from workflows import aftermath
from workflows.db import open_engine, session_factory
from workflows.files import StoredFile, forget_bytes, forget_unless_held, keep

BYTES = b"rows"
DIGEST = sha256(BYTES).hexdigest()


@pytest.fixture
def store(tmp_path) -> FolderOrBucket:
    """A folder that holds the bytes."""
    folder = FolderOrBucket(str(tmp_path))
    folder.write(DIGEST, BYTES)
    return folder


@pytest.fixture
def sessions(fresh_database_url: str) -> Iterator[sessionmaker[Session]]:
    """Sessions that may commit."""
    engine: Engine = open_engine(fresh_database_url)
    yield session_factory(engine)
    engine.dispose()


def test_bytes_go_after_the_commit_that_forgot_them(session: Session, store: FolderOrBucket):
    keep(session, store, BYTES, media_type="x", at=NOW)
    forget_unless_held(session, DIGEST, at=NOW)
    assert store.holds(DIGEST), "this transaction may still be undone"
    (job,) = aftermath.due(session, at=NOW, job="forget-file")
    forget_bytes(session, store, at=NOW, **job.arguments)
    assert not store.holds(DIGEST)
    assert session.get(StoredFile, DIGEST) is None


def test_what_was_handed_in_anew_stays(session: Session, store: FolderOrBucket):
    keep(session, store, BYTES, media_type="x", at=NOW)
    forget_bytes(session, store, DIGEST, at=NOW)
    assert store.read(DIGEST) == BYTES


def test_what_somebody_is_handing_in_stays(sessions: sessionmaker[Session], store: FolderOrBucket):
    def forget() -> None:
        with sessions() as own:
            try:
                forget_bytes(own, store, DIGEST, at=NOW)
                own.commit()
            except IntegrityError:
                own.rollback()

    with sessions() as session:
        keep(session, store, BYTES, media_type="x", at=NOW)
        job = Thread(target=forget)
        job.start()
        job.join(0.3)
        session.commit()
        job.join()
        assert session.get(StoredFile, DIGEST)
    assert store.read(DIGEST) == BYTES


def test_whoever_hands_in_what_is_being_forgotten_brings_the_bytes_anew(
    sessions: sessionmaker[Session], store: FolderOrBucket
):
    def hand_in() -> None:
        with sessions() as own:
            keep(own, store, BYTES, media_type="x", at=NOW)
            own.commit()

    with sessions() as session:
        forget_bytes(session, store, DIGEST, at=NOW)
        other = Thread(target=hand_in)
        other.start()
        other.join(0.3)
        session.commit()
        other.join()
        assert session.get(StoredFile, DIGEST)
    assert store.read(DIGEST) == BYTES
