"""A proposed task put together from the words of a passage or the cells of a row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflows.directives.reading import confidence
from workflows.directives.reading.bodies import Body
from workflows.directives.reading.cadences import find_cadences
from workflows.directives.reading.confidence import Ground
from workflows.directives.reading.deadlines import Deadline, find_deadlines
from workflows.directives.reading.due_rules import AFTER_RECEIPT, find_due_rules
from workflows.directives.reading.labels import Role
from workflows.directives.reading.model import DueWords, Header, ProposedTask, Span
from workflows.directives.reading.since_issue import AFTER_ISSUE
from workflows.directives.reading.subjects import Sentences, chain_after, coordinating, product, report_to
from workflows.directives.reading.table_cells import names_in_cell
from workflows.directives.reading.targets import find_targets
from workflows.directives.reading.task_tables import Row
from workflows.directives.reading.tokens import squeeze

_LONG_PASSAGE = 1200
_ONCE = AFTER_RECEIPT | AFTER_ISSUE


@dataclass(frozen=True)
class Source:
    """A document being read: its clean text, the readable form of the same length, its header."""

    text: str
    seen: str
    header: Header

    def deadlines(self, span: Span) -> list[Deadline]:
        """The deadlines set in a span."""
        return find_deadlines(self.seen, *span, issued=self.header.date, year=self.header.year)

    def due(self, span: Span, deadlines: Sequence[Deadline], *, comes_again: bool) -> DueWords | None:
        """The rule set in a span beside these deadlines."""
        rules = find_due_rules(self.seen, *span, type=self.header.type)
        return _chosen(rules, deadlines, comes_again=comes_again)


@dataclass(frozen=True)
class Lead:
    """The lead bodies of a proposal and from what they are known; `after` is the place behind their names."""

    names: tuple[str, ...]
    ground: Ground
    bodies: tuple[Body, ...] = ()
    after: int = 0


def names_of(bodies: Sequence[Body]) -> tuple[str, ...]:
    """The names of bodies, each once."""
    return tuple(dict.fromkeys(body.name for body in bodies))


def from_passage(source: Source, address: str, span: Span, said: Sentences, lead: Lead) -> ProposedTask:
    """The task that the words of a span give to a lead."""
    cadences = find_cadences(source.seen, *span)
    deadlines = source.deadlines(span)
    if cadences:
        deadlines = _that_come_once(deadlines)
    due = source.due(span, deadlines, comes_again=comes_again(cadence.name for cadence in cadences))
    sure, reasons = confidence.weigh(lead.ground, _doubts(span, lead.bodies, deadlines, due))
    receiver, made = report_to(said), product(said)
    return ProposedTask(
        clause=address,
        quote=source.text[slice(*span)],
        span=span,
        lead=lead.names,
        coordinate=names_of(coordinating(said, lead.bodies)),
        chain=names_of(chain_after(said, lead.after)),
        cadence=tuple(cadence.name for cadence in cadences),
        deadline=deadlines[0].date if deadlines else None,
        deadline_text=words_of(deadlines, due),
        due=due,
        cadence_text=squeeze(source.seen[slice(*cadences[0].span)]) if cadences else None,
        targets=find_targets(source.seen, *span),
        product=squeeze(made) if made else None,
        report_to=receiver.name if receiver else None,
        confidence=sure,
        reasons=reasons,
    )


def from_row(source: Source, row: Row) -> ProposedTask:
    """The task that a row of a table gives."""
    when = row.columns.get(Role.TIME, "")
    deadlines = find_deadlines(when, issued=source.header.date, year=source.header.year, bare=True)
    cadences = find_cadences(when)
    rules = find_due_rules(when, type=source.header.type)
    due = _chosen(rules, deadlines, comes_again=comes_again(cadence.name for cadence in cadences))
    sure, reasons = confidence.weigh(Ground.TABLE, ())
    return ProposedTask(
        clause=row.address,
        quote=source.text[row.start : row.end],
        span=(row.start, row.end),
        lead=names_in_cell(row.columns[Role.LEAD]),
        coordinate=names_in_cell(row.columns.get(Role.COORDINATE, "")),
        monitor=names_in_cell(row.columns.get(Role.MONITOR, "")),
        cadence=tuple(cadence.name for cadence in cadences),
        deadline=deadlines[0].date if deadlines else None,
        deadline_text=squeeze(when) if deadlines or due else None,
        due=due,
        cadence_text=squeeze(when) if cadences else None,
        targets=find_targets(row.columns.get(Role.MATTER, "")),
        product=squeeze(row.columns[Role.PRODUCT]) if Role.PRODUCT in row.columns else None,
        confidence=sure,
        reasons=reasons,
    )


def _that_come_once(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Beside a cadence, a day without a year comes again every time: no deadline."""
    return [found for found in deadlines if re.search(r"\d{4}", found.text)]


def comes_again(cadences: Iterable[str]) -> bool:
    """Is a task of these cadences one of every period, rather than one on demand?"""
    return any(name != "ad-hoc" for name in cadences)


def _chosen(
    rules: Sequence[DueWords], deadlines: Sequence[Deadline], *, comes_again: bool
) -> DueWords | None:
    """The rule that sets the due day, unless a day is set; by the end of a period only where periods come."""
    if any(found.date for found in deadlines):
        return None
    return next((rule for rule in rules if comes_again != (rule.kind in _ONCE)), None)


def words_of(deadlines: Sequence[Deadline], due: DueWords | None) -> str | None:
    """The words that say until when, as a paper has them."""
    words = deadlines[0].text if deadlines else due.text if due else None
    return squeeze(words) if words else None


def _doubts(
    span: Span, bodies: Sequence[Body], deadlines: Sequence[Deadline], due: DueWords | None
) -> list[str]:
    doubts = []
    if bodies and all(body.group for body in bodies):
        doubts.append(confidence.ONLY_GROUPS)
    if due is None and deadlines and deadlines[0].date is None:
        doubts.append(confidence.RELATIVE_DEADLINE)
    if span[1] - span[0] > _LONG_PASSAGE:
        doubts.append(confidence.LONG_PASSAGE)
    return doubts
