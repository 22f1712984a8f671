"""Directives and their clauses."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from search_index import Entry
from workflows import directives
from workflows.directives import Clause, Directive
from workflows.entries import hanging
from workflows.entries.source import Source, by_parties, each, key, part_of, shortened


def entry(directive: Directive) -> Entry:
    """A directive with its whole text."""
    return Entry(
        key=key("directive", directive.id),
        kind="directive",
        title=directive.subject,
        body=directive.text,
        number=directive.number or "",
        type=directive.type,
        issuer=directive.issuer,
        year=directive.issued_on.year if directive.issued_on else None,
        date=directive.issued_on,
        state=directive.state.value,
        arrived=directive.registered_at,
        url=f"/directives/{directive.id}",
        **by_parties(directive.parties()),
    )


def _clause(clause: Clause) -> Entry:
    whole = entry(clause.directive)
    text = whole.body[clause.span_start : clause.span_end]
    return part_of(
        whole,
        key=key("clause", clause.id),
        kind="clause",
        title=shortened(clause.heading or text) or clause.address,
        body=text,
        type=whole.type,
        url=f"{whole.url}#c-{clause.address}",
    )


DIRECTIVE = Source(
    Directive.id,
    select(Directive).options(joinedload(Directive.office), selectinload(Directive.audience)),
    lambda person, on: directives.visible_to(person, on=on),
    each(entry),
    parts={
        "clause": lambda ids: select(Clause.id).where(Clause.directive_id.in_(ids)),
        **hanging.parts_of("directive"),
    },
)

CLAUSE = Source(
    Clause.id,
    select(Clause).options(
        joinedload(Clause.directive).options(joinedload(Directive.office), selectinload(Directive.audience))
    ),
    lambda person, on: Clause.directive_id.in_(
        select(Directive.id).where(directives.visible_to(person, on=on))
    ),
    each(_clause),
)
