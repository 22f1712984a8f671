"""A reading turned into the sheet that a person checks; pure."""

import re
from dataclasses import replace
from decimal import Decimal

from workflows.calendar import Cadence
from workflows.directives.models import Relation
from workflows.directives.reading import tasks
from workflows.directives.reading.model import Citation as Cited
from workflows.directives.reading.model import Header, ProposedTask, Reading, Span, Target
from workflows.directives.rules import Citation, Passage, Registration, number_key
from workflows.directives.sheet import Figure, Proposal, Sheet, title_of, way_to_count
from workflows.errors import Refused


def propose(reading: Reading, hint: Header | None = None) -> Sheet:
    """The sheet of a reading; the header of an electronic envelope, where there was one, is believed."""
    # A row of a table runs its columns together; its clause is headed by what is to be done.
    matters = {clause.address: clause.heading for clause in reading.clauses if clause.address[:3] == "PL/"}
    proposals = tuple(
        _proposal(str(n), task, matters.get(task.clause, "")) for n, task in enumerate(reading.tasks, start=1)
    )
    return Sheet(_registration(reading, _with_hint(reading.header, hint)), proposals)


def _with_hint(header: Header, hint: Header | None) -> Header:
    if hint is None:
        return header
    told = ("number", "symbol", "type", "issuer", "place", "date", "subject", "addressees", "recipients")
    return replace(header, **{name: value for name in (*told, "signer") if (value := getattr(hint, name))})


def _registration(reading: Reading, header: Header) -> Registration:
    signer = header.signer
    return Registration(
        type=header.type or "",
        issuer=header.issuer or "",
        subject=header.subject or "",
        number=header.number,
        issued_on=header.date,
        place=header.place,
        addressees=header.addressees,
        recipients=header.recipients,
        signer={"authority": signer.authority, "role": signer.role, "name": signer.name} if signer else {},
        urgency=header.urgency,
        citations=tuple(_citation(cited, header.subject or "") for cited in reading.citations),
        passages=tuple(Passage(c.address, c.heading, *c.span) for c in reading.clauses),
    )


def passage_of(text: str, registration: Registration, span: Span) -> Proposal:
    """A task from a passage that a person marked, with whatever the reader finds in it.

    The paper tells the year of a day without one, and what "văn bản này" is.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise Refused("Đoạn đã chọn nằm ngoài văn bản. Chọn lại đoạn giao việc.")
    quote = text[start:end]
    passages = registration.passages
    clause = max((p for p in passages if p.start <= start < p.end), key=lambda p: p.start, default=None)
    issued = registration.issued_on
    paper = Header(type=registration.type or None, date=issued, year=issued.year if issued else None)
    _, found = tasks.propose(quote, replace(paper, body=(0, len(quote))))
    read = _proposal("", found[0]) if found else Proposal(key="", title="")
    address = clause.address if clause else ""
    return replace(
        read, title=title_of(quote), clause=address, quote=quote, span=span, confidence=1.0, reasons=()
    )


def find_passage(text: str, quote: str) -> Span:
    """Where a sentence copied from a text stands, whatever became of its line breaks."""
    words = [re.escape(word) for word in quote.split()]
    found = re.search(r"\s+".join(words), text) if words else None
    if found is None:
        raise Refused(
            "Không tìm thấy đoạn này trong văn bản. Chép nguyên văn một đoạn của văn bản rồi gửi lại."
        )
    return found.span()


def _citation(cited: Cited, subject: str) -> Citation:
    """A paper named in the subject is the one that the new paper carries out."""
    carried_out = number_key(cited.number) in number_key(subject)
    relation = Relation.IMPLEMENTS if carried_out else Relation.CITES
    return Citation(cited.number, cited.type, cited.date, cited.issuer, relation)


def _proposal(key: str, task: ProposedTask, matter: str = "") -> Proposal:
    return Proposal(
        key=key,
        title=title_of(matter or task.quote),
        clause=task.clause,
        quote=task.quote,
        span=task.span,
        lead=task.lead,
        coordinate=task.coordinate,
        monitor="; ".join(task.monitor),
        chain=task.chain,
        cadences=tuple(Cadence(name) for name in task.cadence),
        deadline=task.deadline,
        deadline_text=task.deadline_text or "",
        due_kind=way_to_count(task.due.kind) if task.due else None,
        due_number=task.due.number if task.due else 0,
        targets=tuple(figure for target in task.targets for figure in _figures(target)),
        product=task.product or "",
        report_to=task.report_to or "",
        confidence=task.confidence,
        reasons=task.reasons,
    )


def _figures(target: Target) -> list[Figure]:
    """A span of values ("80 - 90%") sets its lower end; its words stay whole."""
    value = min(target.value) if isinstance(target.value, tuple) else target.value
    return [Figure(Decimal(str(value)), target.unit, target.text)]
