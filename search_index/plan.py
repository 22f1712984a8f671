"""From a read query to the request an engine is asked: what must hold, who may see, what ranks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import pairwise

from search_index.engine import All, AllButOne, Either, Node, Not, Request, Span, Term
from search_index.query import Filters, Phrase, Query, Tree, Vocabulary
from search_index.record import day, initial_kept
from search_index.tokens import SYMBOLS, Token, pair, tokens

TEXT, TITLE, PAIR, TITLE_PAIR, EXACT, OWN_NUMBER, BARE_NUMBER, YEAR = 1.0, 1.5, 1.0, 2.0, 0.5, 6.0, 1.5, 2.0
_FEWEST_TO_DROP_ONE, _MOST_TO_DROP_ONE = 3, 12
_LAST_DAY = date.max.toordinal()


class Width(IntEnum):
    """How far a search reaches: accents as typed; any accents; any accents and one word may be missing."""

    AS_TYPED = 0
    ANY_ACCENTS = 1
    ONE_MISSING = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything needed to ask an engine for one query at any width."""

    tree: Tree
    query: Query
    visible_to: frozenset[str]
    abbreviations: Mapping[str, tuple[Token, ...]]

    def request(self, width: Width) -> Request:
        """The request at this width, for the first page of hits and its counts."""
        return Request(
            match=All((*self._content(width), *self.limits())),
            boosts=tuple(_boosts(self._readings(), every_word_occurs=width is Width.AS_TYPED)),
            order=self.query.order,
            facets=self.query.facets,
        )

    def limits(self) -> Iterable[Node]:
        """What holds at any width: fields, filters, exclusions, and the marks of the person."""
        yield Either(tuple(Term("token", token) for token in sorted(self.visible_to)))
        yield from _filtered(self.query.filters, self.query.today)
        yield from _filtered(self.tree.restrictions, self.query.today)
        yield from (Term("number", number, prefix=number[-1].isalpha()) for number in self.tree.numbers)
        yield from (self._agency(phrase) for phrase in self.tree.agencies)
        yield from (Not(_side_by_side(phrase)) for phrase in self.tree.without)

    def can_drop_one(self) -> bool:
        """Whether the query has enough words to find things that lack one of them."""
        return _FEWEST_TO_DROP_ONE <= len(self._droppable()) <= _MOST_TO_DROP_ONE

    def can_ignore_accents(self) -> bool:
        """Whether accents were typed that could be disregarded."""
        return any(word.marked for word in self.tree.words)

    def replacing(self, words: Sequence[Token]) -> "Plan":
        """The same plan for other loose words, all finished."""
        return replace(self, tree=replace(self.tree, words=tuple(words), unfinished=False))

    def _content(self, width: Width) -> Iterable[Node]:
        yield from (_side_by_side(phrase) for phrase in self.tree.phrases)
        clauses = list(self._clauses(width))
        droppable = self._droppable()
        if width is Width.ONE_MISSING and self.can_drop_one():
            yield AllButOne(tuple(node for word, node in clauses if word in droppable))
            yield from (node for word, node in clauses if word not in droppable)
        else:
            yield from (node for _, node in clauses)

    def _droppable(self) -> tuple[Token, ...]:
        return tuple(word for word in self.tree.words if not word.number)

    def _clauses(self, width: Width) -> Iterable[tuple[Token, Node]]:
        """Each loose word with the node that satisfies it, its abbreviation or full name included."""
        accented = any(word.marked for word in self.tree.words)
        shortened = dict(self._shortened())
        last = self.tree.words[-1] if self.tree.unfinished else None
        for word in self.tree.words:
            node = _unfinished(word) if word is last else _word(word, width, accented=accented)
            if node is None:
                continue
            if word.folded in self.abbreviations:
                node = Either((node, _in_full(self.abbreviations[word.folded])))
            if word in shortened:
                node = Either((node, Term("text", shortened[word])))
            yield word, node

    def _shortened(self) -> Iterable[tuple[Token, str]]:
        """The words of full names in the query, each with the abbreviation that stands for the whole name."""
        words = self.tree.words
        for short, full in self.abbreviations.items():
            name = [word.folded for word in full]
            for start in range(len(words) - len(name) + 1):
                run = words[start : start + len(name)]
                if [word.folded for word in run] == name:
                    yield from ((word, short) for word in run)

    def _readings(self) -> list[tuple[Token, ...]]:
        """The query as typed, and with its abbreviations written out."""
        typed = self.tree.searched
        full = tuple(part for word in typed for part in self.abbreviations.get(word.folded, (word,)))
        return [typed] if full == typed else [typed, full]

    def _agency(self, phrase: Phrase) -> Node:
        words = phrase.words
        node = All((*(Term("agency", word.folded) for word in words), *_pair_terms("agency", words)))
        if len(words) == 1 and words[0].folded in self.abbreviations:
            full = self.abbreviations[words[0].folded]
            return Either((node, All(tuple(_pair_terms("agency", full)))))
        return node


def plan(tree: Tree, query: Query, visible_to: frozenset[str], vocabulary: Vocabulary) -> Plan:
    """Prepare a read query for asking."""
    return Plan(tree, query, visible_to, _spelt_out(vocabulary.abbreviations))


def _spelt_out(abbreviations: Mapping[str, str]) -> dict[str, tuple[Token, ...]]:
    read = ((tokens(short), tuple(tokens(full))) for short, full in abbreviations.items())
    return {short[0].folded: full for short, full in read if len(short) == 1 and len(full) > 1}


def _filtered(filters: Filters, today: date | None) -> Iterable[Node]:
    chosen = {
        "kind": filters.kinds,
        "type": filters.types,
        "unit": filters.unit_ids,
        "year": filters.years,
        "state": filters.states,
    }
    for name, values in chosen.items():
        if values:
            yield Either(tuple(Term(name, str(value)) for value in sorted(values, key=str)))
    if filters.since or filters.until:
        yield Span("day", day(filters.since) or 1, day(filters.until) or _LAST_DAY)
    if filters.overdue and today:
        yield Span("deadline", 1, day(today) - 1)


def _word(word: Token, width: Width, *, accented: bool) -> Node:
    """A typed accent is honoured, an untyped one is free; d stays d where accents show that đ was at hand."""
    unmarked_in_text = Term("exact", word.folded)
    starts_with_d = word.folded.startswith("d") and not word.number
    if word.marked and width is Width.AS_TYPED:
        return Either((Term("exact", word.exact), unmarked_in_text))
    if starts_with_d and (word.marked or (accented and width is Width.AS_TYPED)):
        return Either((Term("exact", initial_kept(word)), unmarked_in_text))
    return Term("text", word.folded)


def _unfinished(word: Token) -> Node | None:
    """Anything that begins like this; a single letter begins too many words to say anything."""
    if len(word.folded) == 1 and not word.folded.isdigit():
        return None
    return Term("text", word.folded, prefix=True)


def _in_full(words: Sequence[Token]) -> Node:
    return All((*(Term("text", word.folded) for word in words), *_pair_terms("pair", words)))


def _side_by_side(phrase: Phrase) -> Node:
    words = phrase.words
    return All((*(_word(word, Width.AS_TYPED, accented=True) for word in words), *_pair_terms("pair", words)))


def _pair_terms(field: str, words: Sequence[Token]) -> Iterable[Term]:
    for first, second in pairwise(words):
        if not first.number and not second.number:
            yield Term(field, pair(first.folded, second.folded))


def _boosts(readings: Iterable[Sequence[Token]], *, every_word_occurs: bool) -> Iterable[tuple[Term, float]]:
    weights: dict[Term, float] = {}
    for words in readings:
        weights |= {Term("title", word.folded): TITLE for word in words}
        # what every hit carries tells none from another
        if not every_word_occurs:
            weights |= {Term("text", word.folded): TEXT for word in words}
            weights |= {Term("exact", word.exact): EXACT for word in words if word.marked}
        weights |= dict.fromkeys(_pair_terms("pair", words), PAIR)
        weights |= dict.fromkeys(_pair_terms("title_pair", words), TITLE_PAIR)
        weights |= dict(_number_boosts(words))
    return weights.items()


def _number_boosts(words: Sequence[Token]) -> Iterable[tuple[Term, float]]:
    for place, word in enumerate(words):
        if word.number:
            yield Term("number", word.folded), OWN_NUMBER
        elif word.folded.isdigit():
            yield Term("number", word.folded), BARE_NUMBER
            yield Term("year", word.folded), YEAR
            yield from ((Term("number", loose), OWN_NUMBER) for loose in loose_numbers(words[place:]))


def loose_numbers(words: Sequence[Token]) -> Iterable[str]:
    """The numbers that may be meant when the signs are left out: 394 cv tu → 394-cv, 394-cv-tu."""
    following = [word.folded for word in words[:4]]
    if len(following) > 1 and following[1] in SYMBOLS:
        for length in range(2, len(following) + 1):
            yield "-".join(following[:length])
