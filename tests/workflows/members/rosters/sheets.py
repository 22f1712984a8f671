"""Rosters for tests: made in memory, put through check and import in the session of the test."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from tests.workflows.members.register import NOW, SECRET, Register
from workflows.files import StoredFile
from workflows.members import RosterImport, rosters
from workflows.members.rosters import Rows, head_of
from workflows.members.rosters.shape import remembered

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số thẻ", "Chi đoàn"]
AS_OF = date(2026, 10, 31)


def xlsx(rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def someone(number: int, **other: Any) -> list[Any]:
    """A row that has nothing wrong."""
    row = {
        "stt": number,
        "name": f"Lê Thị Hà {['Anh', 'Bình', 'Chi', 'Dung'][number % 4]}",
        "born": date(1990 + number % 15, 1 + number % 12, 1 + number % 28),
        "sex": "Nữ",
        "identity": f"0793{number:08}",
        "card": f"T{number:05}",
        "branch": "Chi đoàn thôn Đông",
    }
    return list((row | other).values())


def uploaded(
    session: Session, register: Register, content: bytes, *, name: str = "ds.xlsx", by: Any = None
) -> RosterImport:
    """The roster as it is after its columns were settled as guessed."""
    head = head_of(Rows(content, name).sample())
    digest = f"{abs(hash(content)):064x}"[:64]
    file = session.get(StoredFile, digest) or StoredFile(
        sha256=digest, size=len(content), media_type="x", stored_at=NOW
    )
    session.add(file)
    session.flush()
    clerk = by or register.clerk
    roster = rosters.upload(
        session, register.youth_here, file=file, file_name=name, head=head, by=clerk, at=NOW
    )
    rosters.settle_columns(
        session,
        roster,
        labels=head.labels,
        mapping=remembered(session, register.youth_here, head),
        as_of=AS_OF,
        branch=None,
        by=clerk,
        at=NOW,
    )
    return roster


def checked(session: Session, register: Register, content: bytes, *, name: str = "ds.xlsx") -> RosterImport:
    """The roster with everything that is wrong with it."""
    roster = uploaded(session, register, content, name=name)
    rosters.check(session, same(session), roster.id, content, SECRET)
    return roster


def taken_in(session: Session, register: Register, content: bytes, *, name: str = "ds.xlsx") -> RosterImport:
    """The roster with its good rows in the register."""
    roster = checked(session, register, content, name=name)
    rosters.decide(session, roster, takes_good_rows=True, by=register.clerk, at=NOW)
    rosters.take_in(session, same(session), roster.id, content, SECRET, NOW)
    return roster


def same(session: Session):
    """Short transactions that are the test's own."""

    @contextmanager
    def transaction() -> Iterator[Session]:
        yield session
        session.flush()

    return transaction


def complaints(roster: RosterImport) -> list[tuple[int, str, str]]:
    """Row, column, sentence of everything that was found."""
    return [(row, column, message % params) for row, column, message, params, _ in roster.problems]
