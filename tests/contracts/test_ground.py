"""The ground of the tests themselves: what conftest promises, it keeps."""

import socket
from datetime import UTC, datetime

import pytest
from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.network import OutsideRefused
from workflows import aftermath
from workflows.db import open_engine

NOON = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_after_it(session: Session, time: str):
    assert aftermath.waiting(session) == 0
    aftermath.hand_over(session, time, at=NOON)
    session.commit()
    assert aftermath.waiting(session) == 1


def test_a_savepoint_goes_back_alone(session: Session):
    aftermath.hand_over(session, "kept", at=NOON)
    savepoint = session.begin_nested()
    aftermath.hand_over(session, "dropped", at=NOON)
    savepoint.rollback()
    session.commit()
    assert [job.job for job in aftermath.due(session, at=NOON)] == ["kept"]


def test_a_fresh_database_is_nobody_elses(engine: Engine, fresh_database_url: str):
    fresh = open_engine(fresh_database_url)
    assert fresh.url != engine.url
    assert fresh.dialect.name == engine.dialect.name
    fresh.dispose()


@pytest.mark.parametrize("time", ["first", "second"])
def test_redis_is_real_and_empty_at_first(redis: Redis, time: str):
    assert redis.dbsize() == 0
    redis.set(time, "kept")
    assert redis.info("server")["redis_version"]


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1"])
def test_nothing_leaves_the_machine(host: str):
    with pytest.raises(OutsideRefused):
        socket.create_connection((host, 80), timeout=1)


def test_the_machine_reaches_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
