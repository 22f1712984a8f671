"""What people do with their saved searches: keep, rename, share with their unit, delete."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflows.calendar import local_day
from workflows.errors import InvalidFields, Refused
from workflows.organisations import Unit
from workflows.people import Person
from workflows.permissions import Permission
from workflows.saved_searches.models import SavedSearch
from workflows.saved_searches.queries import names_of
from workflows.saved_searches.rules import MOST_SAVED, check_address, check_name
from workflows.verb import verb
from workflows.wording import N_


@verb("search.save", Permission.OWN_ACCOUNT)
def save(
    session: Session, person: Person, *, name: str, address: str, by: Person, at: datetime
) -> SavedSearch:
    """Keep a search under a name; `address` as `kept_address` makes it."""
    names = names_of(session, person.id)
    if len(names) >= MOST_SAVED:
        raise Refused(
            "Chưa lưu được: bạn đã có %(most)s tìm kiếm. Xoá bớt những tìm kiếm không dùng rồi lưu lại.",
            most=MOST_SAVED,
        )
    check_address(address)
    saved = SavedSearch(owner=person, name=check_name(name, taken=names), address=address, saved_at=at)
    session.add(saved)
    return saved


@verb("search.rename", Permission.OWN_ACCOUNT)
def rename(session: Session, saved: SavedSearch, *, name: str, by: Person, at: datetime) -> None:
    """Call a saved search otherwise."""
    taken = set(names_of(session, saved.owner_id)) - {saved.name}
    saved.name = check_name(name, taken=taken)


@verb("search.share", Permission.OWN_ACCOUNT)
def share(session: Session, saved: SavedSearch, *, unit: Unit | None, by: Person, at: datetime) -> None:
    """Let the people of one's own unit use it too, each finding what they may see; None takes it back."""
    if unit is not None and unit.id not in {post.unit_id for post in by.own_appointments_on(local_day(at))}:
        raise InvalidFields({"unit": N_("Chỉ dùng chung được với đơn vị mà bạn đang làm việc.")})
    saved.unit = unit


@verb("search.delete", Permission.OWN_ACCOUNT)
def delete(session: Session, saved: SavedSearch, *, by: Person, at: datetime) -> None:
    """Keep it no longer, for anybody."""
    session.delete(saved)
