"""A long list is ordered as a sheet, written once, kept for a day for whoever asked."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflows.office import NOW, Office, found_office
from workflows import aftermath, sheet_orders
from workflows.db import open_engine, session_factory
from workflows.errors import Refused
from workflows.files import StoredFile, attach
from workflows.people import Person
from workflows.sheet_orders import SheetOrder

LIST = "/tasks/?format=xlsx"


class Shelf(dict[str, bytes]):
    """Files in memory."""

    def write(self, sha256: str, content: bytes) -> None:
        self[sha256] = content


def ordered(session: Session, office: Office, address: str = LIST) -> SheetOrder:
    """An order of the clerk's."""
    return sheet_orders.order(session, office.clerk, address=address, language="vi", by=office.clerk, at=NOW)


def test_a_list_asked_for_twice_is_written_once(session: Session, office: Office):
    assert ordered(session, office) is ordered(session, office)
    assert aftermath.newest(session, "write-sheet") > 0


def test_a_list_asked_for_twice_at_once_is_written_once(fresh_database_url: str):
    engine = open_engine(fresh_database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        clerk_id = found_office(session).clerk.id

    def ask(session: Session) -> int:
        clerk = session.get_one(Person, clerk_id)
        return sheet_orders.order(session, clerk, address=LIST, language="vi", by=clerk, at=NOW).id

    def ask_too() -> int:
        with sessions.begin() as session:
            return ask(session)

    with sessions() as first, ThreadPoolExecutor(1) as pool:
        made = ask(first)
        second = pool.submit(ask_too)
        wait([second], timeout=0.5)
        first.commit()
        assert second.result() == made
    engine.dispose()


def test_nobody_keeps_the_worker_for_themselves(session: Session, office: Office):
    for number in range(sheet_orders.MOST_AT_ONCE):
        ordered(session, office, f"{LIST}&page={number}")
    with pytest.raises(Refused, match="Chờ một bảng lập xong"):
        ordered(session, office, f"{LIST}&size=25")


def test_a_day_later_nothing_is_left_of_it(session: Session, office: Office):
    shelf = Shelf()
    for address in (LIST, f"{LIST}&size=25"):
        made = ordered(session, office, address)
        sheet_orders.hand_out(session, made.id, b"rows", shelf, name="a.xlsx", kind="xlsx", at=NOW)
    made.ordered_at += timedelta(hours=1)

    sheet_orders.forget_old(session, at=NOW + sheet_orders.KEPT + timedelta(minutes=1))
    assert session.query(StoredFile).count() == 1, "another order still shows the same file"
    sheet_orders.forget_old(session, at=NOW + sheet_orders.KEPT + timedelta(hours=2))
    assert not session.query(SheetOrder).count() + session.query(StoredFile).count()
    assert aftermath.newest(session, "forget-file") > 0


def test_a_sheet_that_was_handed_in_as_evidence_stays(session: Session, office: Office):
    shelf, made = Shelf(), ordered(session, office)
    sheet_orders.hand_out(session, made.id, b"rows", shelf, name="a.xlsx", kind="xlsx", at=NOW)
    (file,) = session.query(StoredFile)
    attach(session, office.office, file, name="minh-chung.xlsx", by_id=office.clerk.id, at=NOW)
    sheet_orders.forget_old(session, at=NOW + sheet_orders.KEPT + timedelta(minutes=1))
    assert session.query(StoredFile).count() == 1
    assert not aftermath.newest(session, "forget-file")


def test_the_trail_keeps_nothing_of_what_was_typed_into_filters(session: Session, office: Office):
    made = ordered(session, office, "/members/?words=Nguyễn+Văn+Bình&format=xlsx")
    assert made.label == "/members/"
