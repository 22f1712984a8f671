"""How waiting jobs and timed ones get done: kind by kind, each in a transaction of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from rq import SimpleWorker
from rq.cron import CronScheduler
from sqlalchemy.exc import SQLAlchemyError

from webapp.jobs import JOBS, PATIENT, READERS, TIMES
from webapp.runtime import A_DAY, LONGEST_WORK, QUEUE, Runtime, runtime
from workflows import aftermath

log = logging.getLogger("dondoc.work")
BATCH = 200
HEARTBEAT = 60


@contextmanager
def pulse(office: Runtime, name: str, every: float = HEARTBEAT) -> Iterator[None]:
    """Signs of life of this process in the database as long as it lives, however long one job takes."""
    over = Event()

    def beat_on() -> None:
        while True:
            try:
                with office.unit_of_work() as session:
                    aftermath.beat(session, name, at=datetime.now(UTC))
            except SQLAlchemyError:
                log.warning("%s could not note that it is alive", name)
            if over.wait(every):
                return

    thread = Thread(target=beat_on, name=f"pulse of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


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
    office.wake_worker()
    worker = SimpleWorker([office.queue], connection=office.redis, worker_ttl=HEARTBEAT)
    with pulse(office, "worker"):
        worker.work(logging_level="WARNING")


def run_clock() -> None:
    """Put the timed jobs into the queue, each at its time, until told to stop."""
    scheduler = CronScheduler(connection=runtime().redis, logging_level="WARNING")
    for timed in TIMES:
        seconds = int(timed.every.total_seconds())
        # A turn that no worker took in time is dropped: the next one does its work.
        scheduler.register(
            run_timed,
            QUEUE,
            args=(timed.name,),
            interval=seconds,
            ttl=seconds,
            job_timeout=LONGEST_WORK,
            result_ttl=60,
            failure_ttl=A_DAY,
        )
    with pulse(runtime(), "clock"):
        scheduler.start()


def _work_batch(office: Runtime, at: datetime) -> int:
    names = sorted((*READERS, *JOBS), key=PATIENT.__contains__)
    return sum(_work(office, name, _due(office, name, at), at) for name in names)


def _due(office: Runtime, name: str, at: datetime) -> list[int]:
    most = 1 if name in PATIENT else BATCH
    with office.reading() as session:
        return [job.id for job in aftermath.due(session, at=at, job=name, limit=most)]


def _work(office: Runtime, name: str, ids: list[int], at: datetime) -> int:
    """Do waiting jobs of a name together; what fails is done one by one, so that a bad one stops no other."""
    if not ids:
        return 0
    try:
        return _read(office, name, ids, at) if name in READERS else _change(office, name, ids, at)
    except Exception as error:
        log.exception("job %s failed, %d at once", name, len(ids))
        if len(ids) > 1:
            return sum(_work(office, name, [id_], at) for id_ in ids)
        with office.unit_of_work() as session:
            aftermath.postpone(aftermath.held(session, ids), error=repr(error), at=at)
        return 0


def _change(office: Runtime, name: str, ids: list[int], at: datetime) -> int:
    """Do waiting jobs of a name and forget them, in one transaction."""
    with office.unit_of_work() as session:
        jobs = aftermath.held(session, ids)
        JOBS[name](office, session, [job.arguments for job in jobs], at)
        aftermath.finish(session, jobs)
        return len(jobs)


def _read(office: Runtime, name: str, ids: list[int], at: datetime) -> int:
    """Do waiting jobs of a name without holding up anybody who writes, then forget them."""
    with office.reading() as session:
        jobs = aftermath.held(session, ids)
        if not jobs:
            return 0
        session.expunge_all()
        READERS[name](office, session, [job.arguments for job in jobs], at)
    with office.unit_of_work() as session:
        aftermath.finish(session, jobs)
    return len(jobs)
