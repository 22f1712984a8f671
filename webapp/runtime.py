"""What one running application holds: engine, sessions, files, index, and the bell that wakes workers."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import cast

from flask import current_app, g, request
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

import search_index
from webapp.config import Settings
from webapp.file_store import FolderOrBucket
from workflows import aftermath, reconciliation
from workflows.calendar import WorkingCalendar, local_day
from workflows.db import open_engine, session_factory
from workflows.office_days import working_calendar

log = logging.getLogger("dondoc")
QUEUE = "dondoc"
# Seconds. Filing everything anew takes longer than the three minutes a queue gives by itself.
LONGEST_WORK = 6 * 3600
A_DAY = 24 * 3600
LOOKING = ("GET", "HEAD", "OPTIONS")


@dataclass
class Runtime:
    """The long-lived things of one process; nothing is opened before it is used."""

    settings: Settings
    engine: Engine = field(init=False)
    sessions: sessionmaker[Session] = field(init=False)
    pair_weights: reconciliation.Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.settings.database_url)
        self.sessions = session_factory(self.engine)
        # Refused at the start, not when the first round is compared.
        self.pair_weights = reconciliation.engine_of(self.settings.pair_weights)

    @cached_property
    def files(self) -> FolderOrBucket:
        """Where the bytes of files lie."""
        return FolderOrBucket(self.settings.files_url)

    @cached_property
    def index(self) -> "search_index.Index":
        """The search index of this installation."""
        return search_index.open(self.settings.search_url)

    @cached_property
    def redis(self) -> Redis:
        """The connection to the queue; short time-outs, because the queue only wakes workers."""
        return Redis.from_url(self.settings.redis_url, socket_connect_timeout=2, socket_timeout=5)

    @cached_property
    def queue(self) -> Queue:
        """The one queue of the office."""
        return Queue(QUEUE, connection=self.redis, default_timeout=LONGEST_WORK)

    def wake_worker(self) -> None:
        """Tell a worker that rows wait; a queue that is down is no loss, the sweep comes by."""
        try:
            self.queue.enqueue("webapp.work.work_off", ttl=60, result_ttl=60, failure_ttl=A_DAY)
        except RedisError:
            log.warning("the queue cannot be reached; the sweep will do the waiting jobs")

    def reading(self) -> Session:
        """A session for long reading: on SQLite it holds up nobody who writes."""
        return Session(self.engine, expire_on_commit=False)

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """One transaction for a command or a job: committed on return, rolled back on error."""
        with self.sessions() as session:
            with session.begin():
                yield session
            if aftermath.take_wishes(session):
                self.wake_worker()


def runtime() -> Runtime:
    """The runtime of the current application."""
    return cast(Runtime, current_app.extensions["dondoc"])


def session() -> Session:
    """The one session of the current request; whoever only looks waits for nobody who writes."""
    if "session" not in g:
        g.session = runtime().reading() if request.method in LOOKING else runtime().sessions()
    return cast(Session, g.session)


def let_others_write() -> None:
    """End the transaction before slow work, while nothing is changed yet; the next query begins another.

    On SQLite one request writes at a time: hashing a password or reading a file must not hold up the rest.
    """
    session().commit()


def now() -> datetime:
    """The instant of this request; verbs get it passed in and never read a clock."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    return cast(datetime, g.now)


def today() -> date:
    """The day on the office's calendar."""
    return local_day(now())


def calendar() -> WorkingCalendar:
    """The working days of the office, read once a request."""
    if "calendar" not in g:
        g.calendar = working_calendar(session())
    return cast(WorkingCalendar, g.calendar)
