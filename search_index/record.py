"""An entry taken apart into the terms under which every engine files it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from search_index.entry import Entry
from search_index.tokens import Token, number_forms, pairs, tokens

# raise it whenever the terms of an entry change: an index of another format is rebuilt beside the live one
FORMAT = "2"

# word and its neighbours anywhere; with accents; in the heading; numbers; bodies
TEXT_FIELDS = ("text", "pair", "exact", "title", "title_pair", "number", "agency")
# counted beside the results
FACETS = ("kind", "type", "unit", "year", "state")
FIELDS = (*TEXT_FIELDS, *FACETS, "token", "key")


@dataclass(frozen=True, slots=True)
class Record:
    """A cleaned entry with the terms of each field."""

    entry: Entry
    terms: Mapping[str, frozenset[str]]


def record(entry: Entry) -> Record:
    """Analyse an entry once, for whatever engine keeps it."""
    entry = entry.cleaned()
    names = [tokens(name) for name in dict.fromkeys((entry.issuer, *entry.units)) if name]
    title, number, body = tokens(entry.title), tokens(entry.number), tokens(entry.body)
    year = tokens(str(entry.year or ""))
    heading = [number, title, *names, year]
    every = [*heading, body]
    # a word tells nothing new the second time
    once = list({word.exact: word for part in every for word in part}.values())
    return Record(
        entry,
        {
            "text": frozenset(_forms(once)),
            "pair": frozenset(term for part in every for term in pairs(part)),
            "exact": frozenset(_exact_forms(once)),
            "title": frozenset(form for part in heading for form in _forms(part)),
            "title_pair": frozenset(term for part in (title, *names) for term in pairs(part)),
            "number": frozenset(number_forms(entry.number)),
            "agency": frozenset(term for part in names for term in (*_forms(part), *pairs(part))),
            **_labels(entry),
        },
    )


def _labels(entry: Entry) -> dict[str, frozenset[str]]:
    return {
        "key": frozenset([entry.key]),
        "kind": _present([entry.kind]),
        "type": _present([entry.type]),
        "unit": _present(str(unit) for unit in entry.unit_ids),
        "year": _present([str(entry.year or "")]),
        "state": _present([entry.state]),
        "token": entry.tokens,
    }


def _present(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value for value in values if value)


def _forms(found: Iterable[Token]) -> Iterable[str]:
    for word in found:
        if word.number:
            yield from number_forms(word.folded)
            yield from word.folded.split("-")
        else:
            yield word.folded


def _exact_forms(found: Iterable[Token]) -> Iterable[str]:
    for word in found:
        yield word.exact
        if word.folded.startswith("d") and not word.number:
            yield initial_kept(word)


def initial_kept(word: Token) -> str:
    """The term of a word in d or đ without its other accents: the two letters must not meet unasked."""
    return f"~{word.exact[0]}{word.folded[1:]}"


def day(value: date | None) -> int:
    """A date as the number that engines sort by; 0 is no date."""
    return value.toordinal() if value else 0


def instant(value: datetime | None) -> int:
    """An aware instant as the number that engines compare; 0 is no instant."""
    return int(value.timestamp()) if value else 0
