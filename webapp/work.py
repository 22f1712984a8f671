"""How waiting jobs and timed ones get done: kind by kind, each in a transaction of its own."""

import logging
from datetime import UTC, datetime

from redis.client import Pipeline
from rq import SimpleWorker
from rq.cron import CronScheduler
from sqlalchemy.exc import SQLAlchemyError

from webapp.jobs import JOBS, READERS, TIMES
from webapp.runtime import QUEUE, Runtime, runtime
from workflows import aftermath

log = logging.getLogger("dondoc.work")
BATCH = 200
HEARTBEAT = 60


class OfficeWorker(SimpleWorker):
    """A worker whose signs of life stand in the database, where the office looks for them."""

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Tell the queue and the database that this process is alive."""
        super().heartbeat(timeout, pipeline)
        try:
            with runtime().unit_of_work() as session:
                aftermath.beat(session, "worker", at=datetime.now(UTC))
        except SQLAlchemyError:
            log.warning("the worker could not note that it is alive")


def work_off() -> int:
    """Do all waiting jobs and return how many were done; needs the application at hand."""
    office = runtime()
    done = 0
    while batch := _work_batch(office, datetime.now(UTC)):
        done += batch
    return done


def run_timed(name: str) -> None:
    """Do one thing of the table of times now, and note that the clock is alive."""
    office, at = runtime(), datetime.now(UTC)
    timed = next(entry for entry in TIMES if entry.name == name)
    with office.unit_of_work() as session:
        timed.run(office, session, at)
        aftermath.beat(session, "clock", at=at)


def run_worker() -> None:
    """Take jobs from the queue until told to stop; waiting rows are done first."""
    office = runtime()
    office.queue.enqueue("webapp.work.work_off", result_ttl=60)
    worker = OfficeWorker([office.queue], connection=office.redis, worker_ttl=HEARTBEAT)
    worker.work(logging_level="WARNING")


def run_clock() -> None:
    """Put the timed jobs into the queue, each at its time, until told to stop."""
    scheduler = CronScheduler(connection=runtime().redis, logging_level="WARNING")
    for timed in TIMES:
        seconds = int(timed.every.total_seconds())
        # A turn that no worker took in time is dropped: the next one does its work.
        scheduler.register(run_timed, QUEUE, args=(timed.name,), interval=seconds, ttl=seconds, result_ttl=60)
    scheduler.start()


def _work_batch(office: Runtime, at: datetime) -> int:
    with office.unit_of_work() as session:
        waiting = aftermath.names_due(session, at=at)
    return sum(_work_kind(office, name, at) for name in (*READERS, *JOBS) if name in waiting)


def _work_kind(office: Runtime, name: str, at: datetime) -> int:
    try:
        return _read(office, name, at) if name in READERS else _change(office, name, at)
    except Exception as error:
        # Whatever a handler throws must not stop the other kinds of work.
        log.exception("job %s failed and will be tried again", name)
        with office.unit_of_work() as session:
            failed = aftermath.due(session, at=at, job=name, limit=BATCH)
            aftermath.postpone(failed, error=repr(error), at=at)
        return 0


def _change(office: Runtime, name: str, at: datetime) -> int:
    """Do the waiting jobs of a name and forget them, in one transaction."""
    with office.unit_of_work() as session:
        jobs = aftermath.due(session, at=at, job=name, limit=BATCH)
        JOBS[name](office, session, [job.arguments for job in jobs], at)
        aftermath.finish(session, jobs)
        return len(jobs)


def _read(office: Runtime, name: str, at: datetime) -> int:
    """Do the waiting jobs of a name without holding up anybody who writes, then forget them."""
    with office.reading() as session:
        jobs = aftermath.due(session, at=at, job=name, limit=BATCH)
        session.expunge_all()
        READERS[name](office, session, [job.arguments for job in jobs], at)
    with office.unit_of_work() as session:
        aftermath.finish(session, jobs)
    return len(jobs)
