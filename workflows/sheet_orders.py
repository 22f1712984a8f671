"""Lists that somebody wants as a sheet and that are too long to write while they wait.

The order keeps the address of the list, never its rows: a worker opens it as the person who asked, so that
what it writes is what they may read at that moment. A sheet is kept for a day, for that person alone.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from workflows import aftermath
from workflows.db import Base, short
from workflows.errors import Refused
from workflows.files import FileStore, forget_unless_held, keep
from workflows.people import Person
from workflows.permissions import Parties, Permission
from workflows.verb import verb

KEPT = timedelta(days=1)
MOST_AT_ONCE = 3


class SheetOrder(Base):
    """One list asked for as a sheet, how far it was written, and the file in the end."""

    __tablename__ = "sheet_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(comment="path and query of the list, as its page has them")
    language: Mapped[str] = mapped_column(short(8))
    title: Mapped[str] = mapped_column(default="", comment="what the list calls itself, once it was opened")
    total: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    ordered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(default="", comment="why there is no sheet, for people to read")
    file_name: Mapped[str] = mapped_column(default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"), index=True)

    person: Mapped[Person] = relationship()

    @property
    def label(self) -> str:
        """How the trail speaks of it: never with what was typed into the filters."""
        return self.title or self.address.partition("?")[0]

    @property
    def list_address(self) -> str:
        """The page of the list itself, with its filters."""
        return self.address.replace("&format=xlsx", "").replace("format=xlsx", "")

    def parties(self) -> Parties:
        """Only whoever asked."""
        return Parties(owner_id=self.person_id)


def of_person(person: Person) -> Select[SheetOrder]:
    """The sheets a person asked for and that are still kept."""
    return select(SheetOrder).where(SheetOrder.person_id == person.id)


@verb("sheet.order", Permission.OWN_ACCOUNT)
def order(
    session: Session, person: Person, *, address: str, language: str, by: Person, at: datetime
) -> SheetOrder:
    """Have a list written by a worker; the same list asked for twice is written once."""
    # Two requests of the same moment come one after the other, so that the second finds what the first made.
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    under_way = of_person(person).where(SheetOrder.ended_at.is_(None))
    if (same := session.scalar(under_way.where(SheetOrder.address == address).limit(1))) is not None:
        return same
    if (session.scalar(select(func.count()).select_from(under_way.subquery())) or 0) >= MOST_AT_ONCE:
        raise Refused(
            "Đang lập %(count)s bảng cho bạn. Chờ một bảng lập xong rồi yêu cầu bảng tiếp theo.",
            count=MOST_AT_ONCE,
        )
    made = SheetOrder(person_id=person.id, address=address, language=language, ordered_at=at)
    session.add(made)
    session.flush()
    aftermath.hand_over(session, "write-sheet", at=at, id=made.id)
    return made


def note_progress(session: Session, order_id: int, *, title: str, total: int, written: int) -> None:
    """Remember how far the worker has come; an order forgotten meanwhile is no matter."""
    if (known := session.get(SheetOrder, order_id)) is not None:
        known.title, known.total, known.written = title, total, written


def hand_out(
    session: Session, order_id: int, content: bytes, store: FileStore, *, name: str, kind: str, at: datetime
) -> None:
    """Keep the sheet for whoever asked."""
    if (known := session.get(SheetOrder, order_id)) is not None:
        file = keep(session, store, content, media_type=kind, at=at)
        known.file_sha256, known.file_name, known.ended_at = file.sha256, name, at


def give_up(session: Session, order_id: int, *, problem: str, at: datetime) -> None:
    """Say why there will be no sheet."""
    if (known := session.get(SheetOrder, order_id)) is not None:
        known.problem, known.ended_at = problem, at


def forget_old(session: Session, *, at: datetime) -> None:
    """Forget orders older than a day, with their files: they hold what was true then."""
    for old in session.scalars(select(SheetOrder).where(SheetOrder.ordered_at < at - KEPT)).all():
        session.delete(old)
        session.flush()
        if old.file_sha256 is not None:
            forget_unless_held(session, old.file_sha256, at=at)
