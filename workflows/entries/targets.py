"""Figures to be reached, with what was said of the values on the way."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from search_index import Entry
from workflows import targets
from workflows.calendar import local_day
from workflows.directives import Directive
from workflows.entries import hanging
from workflows.entries.source import Source, by_parties, key
from workflows.files import Attachment
from workflows.targets import FollowedTarget, TargetValue


def entries(session: Session, rows: Sequence[FollowedTarget]) -> Iterator[Entry]:
    """Targets with the sources and notes of their values. One query."""
    said: dict[int, list[str]] = {}
    asked = (
        select(TargetValue.target_id, TargetValue.source, TargetValue.note)
        .where(TargetValue.target_id.in_([target.id for target in rows]))
        .order_by(TargetValue.id)
    )
    for target_id, *words in session.execute(asked):
        said.setdefault(target_id, []).extend(filter(None, words))
    return (_entry(target, said.get(target.id, [])) for target in rows)


def _entry(target: FollowedTarget, said: Sequence[str]) -> Entry:
    day = local_day(target.set_at)
    return Entry(
        key=key("followed_target", target.id),
        kind="followed_target",
        title=target.name,
        body="\n".join(filter(None, (target.quote, target.measure, *dict.fromkeys(said)))),
        number=(target.directive.number or "") if target.directive else "",
        type=target.directive.type if target.directive else "",
        issuer=target.lead.name,
        year=day.year,
        date=day,
        arrived=target.set_at,
        url=f"/targets/{target.id}",
        **by_parties(target.parties()),
    )


def _attachments(ids: Sequence[int]) -> Select[int]:
    """What hangs on the values of the targets."""
    values = select(TargetValue.id).where(TargetValue.target_id.in_(ids))
    return hanging.on(Attachment, ("target_value", values))


TARGET = Source(
    FollowedTarget.id,
    select(FollowedTarget).options(
        joinedload(FollowedTarget.office),
        joinedload(FollowedTarget.lead),
        joinedload(FollowedTarget.directive).load_only(Directive.number, Directive.type),
    ),
    lambda person, on: targets.seen_by(person, on=on),
    entries,
    parts={"attachment": _attachments},
)
