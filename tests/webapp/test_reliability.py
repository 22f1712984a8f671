"""Nobody waits for nobody: readers, writers and slow work side by side; and nothing half-done stays."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from tests.support.apps import opened_app
from tests.support.small_office import CLERK, furnish, sign_in
from tests.workflows.directives.paper import PAPER
from webapp import jobs, work
from webapp.access import public
from webapp.jobs import JOBS, READERS
from webapp.pages import imports
from webapp.runtime import Runtime, let_others_write, runtime, session
from workflows import aftermath, intake
from workflows.directives import ImportDraft
from workflows.documents import OfficialDocument
from workflows.errors import Refused
from workflows.organisations import Unit, UnitAlias
from workflows.people import Person

AT_ONCE = 6


def misbehaving() -> Blueprint:
    """Views that write and then end in every way a view can end."""
    pages = Blueprint("misbehaving", __name__)

    @pages.post("/misbehave/<how>")
    @public
    def misbehave(how: str) -> str:
        session().add(UnitAlias(unit_id=3, name=how))
        session().flush()
        if how == "refused":
            raise Refused("Không được.")
        if how == "collides":
            session().add(Unit(id=3, name="", short_name="", code="", path=""))
            session().flush()
        if how == "fails":
            raise RuntimeError("the disk is full")
        return "done"

    return pages


@pytest.fixture
def app(fresh_database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small office, for one test alone."""
    with opened_app(tmp_path, database_url=fresh_database_url, redis_url=redis_url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        app.register_blueprint(misbehaving())
        with app.app_context(), runtime().unit_of_work() as db:
            furnish(db)
        yield app


@pytest.fixture
def office(app: Flask) -> Iterator[Runtime]:
    """What the application holds."""
    with app.app_context():
        yield runtime()


@contextmanager
def request_under_way(app: Flask, method: str) -> Iterator[None]:
    """Somebody's request that has asked the database and is not answered yet."""
    with app.test_request_context("/", method=method):
        session().scalars(select(Unit)).first()
        yield


def names_of(office: Runtime) -> set[str]:
    with office.reading() as db:
        return set(db.scalars(select(UnitAlias.name)))


def ask(office: Runtime, job: str, **arguments: object) -> None:
    with office.unit_of_work() as db:
        aftermath.hand_over(db, job, at=datetime.now(UTC), **arguments)


def write(office: Runtime, name: str) -> None:
    with office.unit_of_work() as db:
        db.add(UnitAlias(unit_id=3, name=name))


def test_a_page_being_drawn_holds_up_neither_readers_nor_writers(app: Flask, office: Runtime):
    with request_under_way(app, "GET"), request_under_way(app, "GET"):
        write(office, "viết được")
    assert names_of(office) == {"viết được"}


def test_a_page_is_drawn_while_somebody_writes(app: Flask, office: Runtime):
    with request_under_way(app, "POST"), request_under_way(app, "GET"):
        assert session().get_one(Unit, 3).id == 3


def test_slow_work_of_a_request_lets_others_write(app: Flask, office: Runtime):
    with request_under_way(app, "POST"):
        let_others_write()
        write(office, "viết được")
        session().add(UnitAlias(unit_id=3, name="cũng được"))
        session().commit()
    assert names_of(office) == {"viết được", "cũng được"}


def test_many_write_at_once(app: Flask, office: Runtime):
    def call_also(number: int) -> int:
        answer = sign_in(app).post("/administration/units/3/alias", data={"name": f"Tên {number}"})
        return answer.status_code

    with ThreadPoolExecutor(AT_ONCE) as people:
        assert set(people.map(call_also, range(3 * AT_ONCE))) == {302}
    assert names_of(office) == {f"Tên {number}" for number in range(3 * AT_ONCE)}


def test_the_lock_is_free_while_a_paper_is_read(app: Flask, office: Runtime, monkeypatch: pytest.MonkeyPatch):
    def while_others_write(*args: object, **kwargs: object) -> intake.LegiblePaper:
        write(office, "viết được")
        return read(*args, **kwargs)

    read = intake.read_paper
    monkeypatch.setattr(imports.intake, "read_paper", while_others_write)
    files = {"files": (BytesIO(PAPER.encode()), "15-CT-TU.txt")}
    assert sign_in(app).post("/imports/", data=files).status_code == 302
    assert names_of(office) == {"viết được"}
    with office.reading() as db:
        assert len(db.scalars(select(ImportDraft)).all()) == 1


def test_no_more_papers_are_taken_in_at_once_than_one_can_wait_for(app: Flask, office: Runtime):
    files = [(BytesIO(PAPER.encode()), f"{number}.txt") for number in range(imports.MOST_FILES + 1)]
    answer = sign_in(app).post("/imports/", data={"files": files})
    assert (answer.status_code, "nhiều nhất 20 tệp" in answer.text) == (422, True)


def test_the_lock_is_free_while_files_are_drawn(office: Runtime, monkeypatch: pytest.MonkeyPatch):
    with office.unit_of_work() as db:
        db.add(paper())
    drawn = []

    def while_others_write(_: Session, document: OfficialDocument, **__: object) -> dict[str, bytes]:
        write(office, "viết được")
        drawn.append(document.id)
        return {}

    monkeypatch.setattr(jobs.documents, "draw_missing", while_others_write)
    ask(office, "draw-document", id=1)
    assert work.work_off() == 1
    assert drawn == [1]
    assert names_of(office) == {"viết được"}


def paper() -> OfficialDocument:
    """A draft of the small office."""
    return OfficialDocument(
        id=1,
        office_id=1,
        issuer_id=1,
        form="invitation",
        type="CV",
        subject="Giấy mời",
        profile="party-2026",
        facts={},
        drafted_by_id=CLERK,
        drafted_at=datetime.now(UTC),
    )


@pytest.mark.parametrize(
    ("how", "status", "kept"),
    [("works", 200, {"works"}), ("refused", 422, set()), ("collides", 409, set()), ("fails", 500, set())],
)
def test_an_answer_that_is_no_success_leaves_nothing(
    app: Flask, office: Runtime, how: str, status: int, kept: set[str]
):
    assert app.test_client().post(f"/misbehave/{how}").status_code == status
    assert names_of(office) == kept
    assert app.test_client().post("/misbehave/again").status_code == 200, "the next request is none the worse"


def test_two_who_make_the_same_thing_are_told_and_keep_what_they_typed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    sent = {"code": "DU-9", "name": "Đảng uỷ xã Mới", "kind": "party-committee", "level": "commune"}
    sent["founded_on"] = "01/07/2025"

    # The other has not committed yet: whoever looks finds no unit of this code.
    scalar = Session.scalar
    monkeypatch.setattr(
        Session, "scalar", lambda db, asked: None if "unit.code =" in str(asked) else scalar(db, asked)
    )
    answer = sign_in(app).post("/administration/units/1/new", data=sent)
    assert answer.status_code in (409, 422)
    assert re.search(r"vừa được người khác thay đổi", answer.text)
    assert "Đảng uỷ xã Mới" in answer.text


def test_a_bad_job_stops_no_other_of_its_kind(office: Runtime, monkeypatch: pytest.MonkeyPatch):
    done: list[int] = []

    def draw(_: Runtime, db: Session, wanted: list[dict[str, int]], __: datetime) -> None:
        for job in wanted:
            db.add(UnitAlias(unit_id=3, name=str(job["id"])))
            if job["id"] == 2:
                raise RuntimeError("this one cannot be drawn")
            done.append(job["id"])

    for table in (JOBS, READERS):
        done.clear()
        monkeypatch.setitem(table, "bad", draw)
        for number in (1, 2, 3):
            ask(office, "bad", id=number)
        work.work_off()
        assert {1, 3} <= set(done)
        with office.reading() as db:
            (failed,) = aftermath.backlog(db)
        assert (failed.job, failed.count, failed.attempts) == ("bad", 1, 1)
        monkeypatch.delitem(table, "bad")
        with office.unit_of_work() as db:
            aftermath.finish(db, aftermath.due(db, at=datetime.now(UTC) + timedelta(days=1)))
    assert names_of(office) == {"1", "3"}, "what the bad one wrote was undone, of both kinds"


def test_what_one_worker_holds_no_other_takes(office: Runtime):
    ask(office, "index", kind="unit", id=3)
    later = datetime.now(UTC)
    with office.unit_of_work() as first:
        (job,) = aftermath.due(first, at=later)
        with office.sessions() as second:
            if office.engine.dialect.name == "postgresql":
                assert aftermath.held(second, [job.id]) == []
            else:
                with pytest.raises(OperationalError, match="locked"):
                    impatient(office, second)


def impatient(office: Runtime, db: Session) -> None:
    """Ask for the lock of SQLite without the usual patience."""
    with office.engine.connect() as connection:
        connection.execute(text("PRAGMA busy_timeout = 50"))
        connection.rollback()
        connection.execution_options(sqlite_begin="BEGIN IMMEDIATE").execute(text("SELECT 1"))


def test_errors_do_not_repeat_what_was_sent(office: Runtime):
    with pytest.raises(IntegrityError) as trouble, office.unit_of_work() as db:
        db.execute(insert(Person), [{"id": CLERK, "username": "x", "full_name": "Nguyễn Bí Mật", "post": ""}])
    assert "Nguyễn Bí Mật" not in str(trouble.value)


def test_long_work_is_given_its_time(office: Runtime):
    office.queue.empty()
    office.wake_worker()
    (wish,) = office.queue.jobs
    assert wish.timeout >= 3600
    office.queue.empty()
