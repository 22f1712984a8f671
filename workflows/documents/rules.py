"""How the office's data becomes the parts of a paper: letterhead, signatory, citation, gaps. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import document_templates as templates
from document_templates import Authority, Signatory
from document_templates.profiles import CODES, profile_for
from document_templates.vietnamese import short_date
from workflows.directives import Directive
from workflows.organisations import Letterhead, UnitKind
from workflows.people import Person

STATE_FAMILY = "state"
DEPUTY = "Phó "


@dataclass(frozen=True)
class Gap:
    """A required field of a form that has no value yet."""

    path: str
    label: str


def letterhead_of(heads: Sequence[Letterhead]) -> templates.Letterhead:
    """The heading of a paper; of a joint one the names and symbols are joined, the lead body first."""
    lead = heads[0]
    return templates.Letterhead(
        name=" và ".join(head.unit.name for head in heads),
        issuer=" - ".join(" ".join(head.issuing_lines.split()) for head in heads),
        symbol="-".join(head.symbol for head in heads),
        place=lead.place,
        archive=_archive(lead),
        upper_body=lead.upper_line or "",
    )


def _archive(head: Letterhead) -> str:
    """Who keeps the paper, for the last line of Nơi nhận (official-format, Recipients)."""
    unit = head.unit
    if head.profile == STATE_FAMILY:
        return "VT"
    return f"Văn phòng {unit.short_name}" if unit.kind is UnitKind.PARTY_COMMITTEE else unit.short_name


def signatory_of(head: Letterhead, person: Person | None) -> Signatory:
    """Who signs by default: a committee's deputy on behalf of it, a body's deputy in place of its head."""
    post, name = (person.post, person.full_name) if person else ("", "")
    unit = head.unit
    if unit.kind is UnitKind.PARTY_COMMITTEE:
        return Signatory(post or "Phó Bí thư", name, (Authority("TM", "Ban Thường vụ"),))
    if post.startswith(DEPUTY):
        return Signatory(post, name, (Authority("KT", _capital(post.removeprefix(DEPUTY))),))
    return Signatory(post or "Thủ trưởng cơ quan", name)


def type_name(abbreviation: str) -> str:
    """The full name of a document type: "CT" is Chỉ thị; anything unknown is a văn bản."""
    for code in CODES:
        for name, short in profile_for(code).types.items():
            if short == abbreviation:
                return name
    return "Văn bản"


def citation(directive: Directive) -> str:
    """A directive as it is first cited: type, number, date, issuer (official-format, Paragraphs)."""
    dated = f", ngày {short_date(directive.issued_on)}" if directive.issued_on else ""
    return f"{brief(directive)}{dated} của {directive.issuer}"


def brief(directive: Directive) -> str:
    """A directive as it is cited later: type and number."""
    name = type_name(directive.type)
    return f"{name} số {directive.number}" if directive.number else name


def about(directive: Directive) -> str:
    """What a directive is about, as it follows the word "về"."""
    subject = directive.subject.strip()
    for beginning in ("về việc ", "Về việc ", "V/v ", "về ", "Về "):
        subject = subject.removeprefix(beginning)
    return small(subject)


def small(text: str) -> str:
    """Text as it goes on inside a sentence: a small first letter, abbreviations left alone."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def takes_paragraphs(field: templates.Field) -> bool:
    """Does every line typed into the field become a paragraph of its own?"""
    return "mỗi dòng một đoạn" in field.label


def gaps(fields: Sequence[templates.Field], facts: Mapping[str, Any]) -> list[Gap]:
    """Every required field without a value; in lists only the items that are there are asked."""
    return [
        Gap(path, field.label)
        for field in fields
        if not field.optional
        for path, value in _values(facts, field.path.replace("[]", ".[]").split("."), "")
        if value in (None, "")
    ]


def _values(facts: Any, steps: list[str], path: str) -> Iterator[tuple[str, Any]]:
    if not steps:
        yield path, facts
        return
    step, *rest = steps
    if step != "[]":
        inner = facts.get(step) if isinstance(facts, Mapping) else None
        yield from _values(inner, rest, f"{path}.{step}" if path else step)
        return
    if not facts and not rest:
        yield path, None
    for place, item in enumerate(facts or ()):
        yield from _values(item, rest, f"{path}.{place}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
