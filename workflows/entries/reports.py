"""Reports of units: their paragraphs, and what their figures are called."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from search_index import Entry
from workflows import reports
from workflows.entries import hanging
from workflows.entries.source import Source, by_parties, key
from workflows.permissions import Parties, working_tokens
from workflows.regimes import Indicator, Obligation
from workflows.reports import Figure, Report


def entries(session: Session, rows: Sequence[Report]) -> Iterator[Entry]:
    """Reports with the names of the figures that they give. One query."""
    names: dict[int, list[str]] = {}
    asked = (
        select(Figure.report_id, Indicator.name)
        .join(Figure.indicator)
        .where(Figure.report_id.in_([report.id for report in rows]))
        .order_by(Figure.report_id, Indicator.id)
    )
    for report_id, name in session.execute(asked):
        names.setdefault(report_id, []).append(name)
    return (_entry(report, names.get(report.id, [])) for report in rows)


def _entry(report: Report, figures: Sequence[str]) -> Entry:
    owed = report.obligation
    itself = by_parties(Parties(responsible=(owed.unit,)))
    # The head of an organisation accepts first, wherever in the tree it stands.
    first = [reviewer.unit_id for reviewer in owed.reviewers if reviewer.unit.organisation]
    said = [*(str(text) for text in report.narrative.values()), *dict.fromkeys(figures)]
    return Entry(
        key=key("report", report.id),
        kind="report",
        title=report.label,
        body="\n".join(filter(None, said)),
        issuer=owed.unit.name,
        year=owed.last_day.year,
        date=report.submitted_on or report.changed_at.date(),
        state=report.state.value,
        arrived=report.changed_at,
        url=f"/reports/{owed.period}/{owed.id}",
        **(itself | {"tokens": itself["tokens"] | working_tokens(first)}),
    )


REPORT = Source(
    Report.id,
    select(Report).options(
        joinedload(Report.obligation).options(
            joinedload(Obligation.unit), joinedload(Obligation.regime), selectinload(Obligation.reviewers)
        )
    ),
    lambda person, on: reports.visible_to(person, on=on),
    entries,
    parts=hanging.parts_of("report"),
)
