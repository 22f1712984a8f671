"""What an import leaves behind for the next one, and what it must not leave behind: the file itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflows.files import forget_unless_held
from workflows.members.rosters.columns import Field, Head
from workflows.members.rosters.models import RosterImport, RosterShape
from workflows.organisations import Unit


def remembered(session: Session, unit: Unit, head: Head) -> dict[Field, int]:
    """What the columns mean: as the unit said of columns of these names last time, guessed for the others."""
    shape = session.get(RosterShape, unit.id)
    said = {label: Field(name) for label, name in shape.columns if name} if shape else {}
    mapping = {said[label]: place for place, label in enumerate(head.labels) if label in said}
    taken = set(mapping.values())
    return mapping | {
        field: place
        for field, place in head.guess().items()
        if field not in mapping and place not in taken and not (shape and head.labels[place] in _known(shape))
    }


def _known(shape: RosterShape) -> set[str]:
    return {label for label, _ in shape.columns}


def remember(session: Session, roster: RosterImport, labels: tuple[str, ...], at: datetime) -> None:
    """Keep what the columns of the unit's rosters mean."""
    by_place = {place: name for name, place in roster.mapping.items()}
    columns = [[label, by_place.get(place, "")] for place, label in enumerate(labels)]
    shape = session.get(RosterShape, roster.unit_id) or RosterShape(unit_id=roster.unit_id)
    shape.columns, shape.remembered_at = columns, at
    session.add(shape)


def forget_file(session: Session, roster: RosterImport, *, at: datetime) -> None:
    """The file holds identity numbers: nothing keeps it once the import is over."""
    if roster.file_sha256 is None:
        return
    sha256, roster.file_sha256 = roster.file_sha256, None
    session.flush()
    forget_unless_held(session, sha256, at=at)
