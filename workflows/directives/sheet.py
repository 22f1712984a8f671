"""What the reader proposes for a new directive and what a person makes of it: plain data."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self, TypeVar

from workflows.calendar import Cadence, DueKind, SinceIssue
from workflows.directives.rules import Registration
from workflows.errors import Refused
from workflows.wording import N_, LabelledEnum

LONGEST_TITLE = 240
_COUNTS: dict[str, DueKind | SinceIssue] = {kind.value: kind for kind in (*DueKind, *SinceIssue)}
Part = TypeVar("Part")
_END_OF_SENTENCE = re.compile(r"[.;:](?=\s|$)")


class Decision(LabelledEnum):
    """What a person has decided about a proposal."""

    OPEN = "open", N_("chờ quyết định")
    ACCEPTED = "accepted", N_("đã chấp nhận")
    DISCARDED = "discarded", N_("đã bỏ")


@dataclass(frozen=True)
class Figure:
    """A target as proposed: value, unit and the words that set it."""

    value: Decimal
    unit: str
    text: str = ""


@dataclass(frozen=True)
class Proposal:
    """A task as proposed, bodies by the names a paper uses; `key` tells it apart within its sheet.

    It falls due on `deadline`, or as `due_kind` counts with `due_number`; `deadline_text` quotes the paper.
    """

    key: str
    title: str
    clause: str = ""
    quote: str = ""
    span: tuple[int, int] | None = None
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    monitor: str = ""
    chain: tuple[str, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    deadline: date | None = None
    deadline_text: str = ""
    due_kind: DueKind | SinceIssue | None = None
    due_number: int = 0
    targets: tuple[Figure, ...] = ()
    product: str = ""
    report_to: str = ""
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    decision: Decision = Decision.OPEN


@dataclass(frozen=True)
class Sheet:
    """Header, clauses, citations and proposals of one paper."""

    registration: Registration
    proposals: tuple[Proposal, ...] = ()

    @property
    def is_of_a_directive(self) -> bool:
        """Does anything show that the text is a directive? A text without type counts as a letter."""
        header = self.registration
        return bool(header.number or header.issuer or self.proposals)

    def find(self, key: str) -> Proposal | None:
        """The proposal with this key."""
        return next((proposal for proposal in self.proposals if proposal.key == key), None)

    def with_proposal(self, changed: Proposal) -> Self:
        """The sheet with one proposal in its new form."""
        return self._with(changed if known.key == changed.key else known for known in self.proposals)

    def decided(self, keys: Iterable[str], decision: Decision) -> Self:
        """The sheet with the same decision about several proposals."""
        wanted = frozenset(keys)
        return self._with(replace(p, decision=decision) if p.key in wanted else p for p in self.proposals)

    def added(self, proposal: Proposal) -> Self:
        """The sheet with one more proposal, at its place in the order of the text."""
        new = replace(proposal, key=self._next_key())
        return self._with(sorted([*self.proposals, new], key=_place))

    def split(self, key: str) -> Self:
        """One proposal for each lead body; with a single lead one for each sentence of the quote."""
        proposal = self.find(key)
        if proposal is None:
            return self
        parts = _by_lead(proposal) if len(proposal.lead) > 1 else _by_sentence(proposal)
        if len(parts) < 2:
            raise Refused("Nhiệm vụ này chỉ có một đơn vị chủ trì và một câu nên không tách được.")
        first = int(self._next_key()[1:])
        keyed = [replace(part, key=f"n{first + n}") for n, part in enumerate(parts[1:])]
        return self._replacing(key, [replace(parts[0], key=key), *keyed])

    def merged(self, key: str) -> Self:
        """A proposal taken into the one above it."""
        live = [p for p in self.proposals if p.decision is not Decision.DISCARDED or p.key == key]
        index = next((i for i, p in enumerate(live) if p.key == key), 0)
        if index == 0:
            raise Refused("Không có nhiệm vụ nào ở phía trên để gộp vào.")
        above, below = live[index - 1], live[index]
        return self._replacing(above.key, [_merged(above, below)])._replacing(key, [])

    def _replacing(self, key: str, others: Sequence[Proposal]) -> Self:
        return self._with(
            one for known in self.proposals for one in (others if known.key == key else [known])
        )

    def _with(self, proposals: Iterable[Proposal]) -> Self:
        return replace(self, proposals=tuple(proposals))

    def _next_key(self) -> str:
        used = [int(p.key[1:]) for p in self.proposals if p.key.startswith("n")]
        return f"n{max(used, default=0) + 1}"


def way_to_count(value: str | None) -> DueKind | SinceIssue | None:
    """The way to count a due day with this value; none for what is no such value, as for a fixed day."""
    return _COUNTS.get(value or "")


def title_of(quote: str) -> str:
    """What a task is called at first: the opening sentence of its quote, shortened at a word."""
    line = " ".join(quote.split()).lstrip("-+•* ")
    if len(line) <= LONGEST_TITLE:
        return line
    ends = [found.start() for found in _END_OF_SENTENCE.finditer(line) if 40 <= found.start() < LONGEST_TITLE]
    return line[: ends[-1]] if ends else line[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _place(proposal: Proposal) -> tuple[int, int]:
    return proposal.span or (2**31, 0)


def _by_lead(proposal: Proposal) -> list[Proposal]:
    return [replace(proposal, lead=(body,)) for body in proposal.lead]


def _by_sentence(proposal: Proposal) -> list[Proposal]:
    cuts = [found.end() for found in re.finditer(r"[.;](?=\s+\S)", proposal.quote)]
    ends = zip([0, *cuts], [*cuts, len(proposal.quote)], strict=True)
    return [_part(proposal, start, end) for start, end in ends if proposal.quote[start:end].strip()]


def _part(proposal: Proposal, start: int, end: int) -> Proposal:
    quote = proposal.quote[start:end]
    start, quote = start + len(quote) - len(quote.lstrip()), quote.strip()
    base = proposal.span[0] if proposal.span else None
    span = (base + start, base + start + len(quote)) if base is not None else None
    return replace(proposal, quote=quote, span=span, title=title_of(quote))


def _merged(above: Proposal, below: Proposal) -> Proposal:
    quote = above.quote if below.quote in above.quote else f"{above.quote}\n{below.quote}"
    return replace(
        above,
        span=_hull(above.span, below.span),
        quote=quote,
        lead=_both(above.lead, below.lead),
        coordinate=_both(above.coordinate, below.coordinate),
        cadences=_both(above.cadences, below.cadences),
        targets=_both(above.targets, below.targets),
        **_one_deadline(above, below),
        product=above.product or below.product,
        report_to=above.report_to or below.report_to,
        monitor=above.monitor or below.monitor,
        decision=Decision.OPEN,
    )


def _one_deadline(above: Proposal, below: Proposal) -> dict[str, Any]:
    """That of the upper one, unless only the lower one has any."""
    said = above if above.deadline or above.due_kind else below
    names = ("deadline", "deadline_text", "due_kind", "due_number")
    return {name: getattr(said, name) for name in names}


def _both(one: tuple[Part, ...], other: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _hull(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    return (min(one[0], other[0]), max(one[1], other[1])) if one and other else one or other
