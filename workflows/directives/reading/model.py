"""What was read in a directive: plain, frozen data without a table behind it.

Every span is a pair of character offsets into `Reading.text`, the cleaned text, and a quote is always exactly
the characters of its span.
"""

from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True)
class Signer:
    """Who signed: by which authority, in which post. Authority lines are joined by a line break."""

    authority: str | None
    role: str | None
    name: str | None


@dataclass(frozen=True)
class Footnote:
    """A note at the foot of a page."""

    mark: str
    text: str
    span: Span


@dataclass(frozen=True)
class Header:
    """The parts of a document around its body; what is absent is None or empty.

    `body` is the span between the heading and the signing block: where clauses and tasks are to be sought.
    `year` and `month` stay known where the day of a draft was left blank. `form` is party, state, front,
    youth or news.
    """

    number: str | None = None
    symbol: str | None = None
    type: str | None = None
    issuer: str | None = None
    upper_body: str | None = None
    place: str | None = None
    date: Day | None = None
    year: int | None = None
    month: int | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer | None = None
    urgency: str | None = None
    draft: bool = False
    footnotes: tuple[Footnote, ...] = ()
    form: str = "state"
    body: Span = (0, 0)


@dataclass(frozen=True)
class Citation:
    """A document cited by its symbol; the span is that of the number where it first stands."""

    number: str
    type: str | None
    date: Day | None
    issuer: str | None
    span: Span
    in_footnote: bool = False


@dataclass(frozen=True)
class Clause:
    """A numbered passage: address as `II.3`, `1.a`, `4/d2`, `5/p2` or `PL/7`."""

    address: str
    heading: str
    span: Span
    text: str


@dataclass(frozen=True)
class Target:
    """A figure to be reached, in the words that set it."""

    value: int | float | tuple[float, float]
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class DueWords:
    """A way to count a due day (a value of calendar.DueKind or SinceIssue) and its number, in its words."""

    kind: str
    number: int
    text: str
    span: Span


@dataclass(frozen=True)
class ProposedTask:
    """A duty found in a clause, for a person to confirm, with the words it came from.

    `chain` lists the bodies that the lead is to direct, from the top down. `cadence` holds names of
    weekly, monthly, quarterly, half-yearly, yearly, ad-hoc. `confidence` lies between 0 and 1.
    """

    clause: str
    quote: str
    span: Span
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    monitor: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    cadence: tuple[str, ...] = ()
    deadline: Day | None = None
    deadline_text: str | None = None
    due: DueWords | None = None
    cadence_text: str | None = None
    targets: tuple[Target, ...] = ()
    product: str | None = None
    report_to: str | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All that was read in one document; `text` is what the spans count in."""

    header: Header
    clauses: tuple[Clause, ...]
    citations: tuple[Citation, ...]
    tasks: tuple[ProposedTask, ...]
    text: str = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """The reading as plain data ready for `json.dumps`, dates in ISO form."""
        header = self.header
        return {
            "number": header.number,
            "type": header.type,
            "issuer": header.issuer,
            "place": header.place,
            "date": _iso(header.date),
            "abstract": header.subject,
            "addressees": list(header.addressees),
            "recipients": list(header.recipients),
            "signer": _signer_as_json(header.signer),
            "citations": [
                {"number": cited.number, "type": cited.type, "date": _iso(cited.date)}
                for cited in self.citations
            ],
            "tasks": [_task_as_json(task) for task in self.tasks],
        }


def _iso(day: Day | None) -> str | None:
    return day.isoformat() if day else None


def _signer_as_json(signer: Signer | None) -> dict[str, Any] | None:
    if signer is None:
        return None
    return {"authority": signer.authority, "role": signer.role, "name": signer.name}


def _task_as_json(task: ProposedTask) -> dict[str, Any]:
    return {
        "clause": task.clause,
        "quote": task.quote,
        "span": list(task.span),
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "cadence": _one_or_many(task.cadence),
        "deadline": _iso(task.deadline),
        "targets": [_target_as_json(target) for target in task.targets],
    }


def _target_as_json(target: Target) -> dict[str, Any]:
    value = list(target.value) if isinstance(target.value, tuple) else target.value
    return {"value": value, "unit": target.unit, "text": target.text}


def _one_or_many(names: tuple[str, ...]) -> str | list[str] | None:
    if len(names) > 1:
        return list(names)
    return names[0] if names else None
