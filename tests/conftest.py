"""What every test stands on: both databases, a real Redis, and a machine cut off from the outside."""

import os
import unicodedata
from collections.abc import Iterator

import hypothesis
import pytest
from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support import postgres
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.needs import ROOT, is_missing
from tests.support.network import refuse_outside
from tests.support.redis import running_redis
from webapp.embedded_redis import RedisMissing
from workflows.db import open_engine, session_factory, writing

pytest_plugins = ["tests.support.tables"]

# Two cores are shared by many: a slow example says nothing about the code.
hypothesis.settings.register_profile(
    "office", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("office")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases by composed text, so that a name is the same whichever way its letters were typed."""
    return unicodedata.normalize("NFC", val) if isinstance(val, str) else None


@pytest.fixture(autouse=True, scope="session")
def _cut_off() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        refuse_outside(patch)
        yield


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str, worker_id: str) -> postgres.Server:
    """A real PostgreSQL, one for all workers of the run."""
    leader = os.getpid() if worker_id == "master" else os.getppid()
    try:
        return postgres.server(testrun_uid, leader)
    except postgres.PostgresMissing as missing:
        is_missing(str(missing))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Databases]:
    """A maker of databases; every test that stands on it runs on SQLite and on PostgreSQL."""
    made: Databases
    if request.param == "sqlite":
        made = SqliteDatabases(tmp_path_factory.mktemp("sqlite"))
    else:
        run = request.getfixturevalue("testrun_uid")[:8]
        made = PostgresDatabases(request.getfixturevalue("postgres_server"), f"dondoc_{run}_{worker_id}")
    yield made
    made.close()


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> str:
    """A database with all tables; whoever writes to it rolls back."""
    return databases.create()


@pytest.fixture
def fresh_database_url(databases: Databases) -> str:
    """A database with all tables for one test alone, which may commit."""
    return databases.create()


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of `database_url`."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose commits are savepoints and whose work is gone after the test."""
    with writing(engine).connect() as connection:
        transaction = connection.begin()
        with session_factory(engine)(bind=connection, join_transaction_mode="create_savepoint") as session:
            yield session
        transaction.rollback()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis of this worker's own."""
    try:
        with running_redis() as url:
            yield url
    except RedisMissing:
        is_missing("redis-server")


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """A connection to an empty Redis."""
    with Redis.from_url(redis_url) as client:
        client.flushall()
        yield client


@pytest.fixture(scope="session")
def shared_texts() -> list:
    """The real directives beside the checkout, where there are any."""
    texts = sorted((ROOT.parent / "shared" / "corpus" / "texts").glob("*"))
    if not texts:
        pytest.skip("the real directives are not beside this checkout")
    return texts
