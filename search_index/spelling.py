"""Finds what a mistyped word was meant to be: one letter away, at home with its neighbours, visible."""

from collections.abc import Sequence
from string import ascii_lowercase

from search_index.engine import All, Generation, Node, Request, Term
from search_index.plan import Plan
from search_index.tokens import Token, pair

_MOST_CANDIDATES = 6
_SHORTEST = 2
# beyond this, more papers make a word no more familiar; engines need not count them
_FAMILIAR = 50
Worth = tuple[int, int, int]


def corrected(generation: Generation, plan: Plan) -> tuple[Token, ...] | None:
    """The words of the query with the mistyped ones replaced, or nothing when none can be mended.

    Words that no paper has come first; after that only the one that is most surely out of place.
    """
    words = list(plan.tree.words)
    limits = tuple(plan.limits())
    for place in _unknown(generation, words):
        if meant := _meant(generation, words, place, limits):
            words[place] = _spelt(words[place], meant[1])
    misplaced = [(place, _meant(generation, words, place, limits)) for place in _misplaced(generation, words)]
    mended = [(meant, place) for place, meant in misplaced if meant]
    if mended:
        (_, better), place = max(mended)
        words[place] = _spelt(words[place], better)
    return tuple(words) if words != list(plan.tree.words) else None


def _unknown(generation: Generation, words: Sequence[Token]) -> list[int]:
    """Words that no paper has."""
    alone = {place: Term("text", words[place].folded) for place in _readable(words)}
    known = generation.known(alone.values())
    return [place for place, term in alone.items() if term not in known]


def _misplaced(generation: Generation, words: Sequence[Token]) -> list[int]:
    """Words that stand in no paper beside either neighbour."""
    beside = {place: _neighbours(words, place, words[place].folded) for place in _readable(words)}
    known = generation.known([term for terms in beside.values() for term in terms])
    return [place for place, terms in beside.items() if terms and known.keys().isdisjoint(terms)]


def _readable(words: Sequence[Token]) -> list[int]:
    return [n for n, word in enumerate(words) if word.folded.isalpha() and len(word.folded) >= _SHORTEST]


def _meant(
    generation: Generation, words: Sequence[Token], place: int, limits: tuple[Node, ...]
) -> tuple[Worth, str] | None:
    """The known word one letter away that stands most often beside the neighbours, and how often."""
    near = generation.known([Term("text", text) for text in edits(words[place].folded)])
    beside = {term: _neighbours(words, place, term.text) for term in near}
    support = generation.known([term for terms in beside.values() for term in terms])

    def worth(term: Term) -> Worth:
        counts = [min(support.get(neighbours, 0), _FAMILIAR) for neighbours in beside[term]]
        return sum(count > 0 for count in counts), sum(counts), min(near[term], _FAMILIAR)

    likely = sorted(near, key=lambda term: (worth(term), term.text), reverse=True)[:_MOST_CANDIDATES]
    others = tuple(
        Term("text", word.folded) for n, word in enumerate(words) if n != place and not word.number
    )
    for term in likely:
        # neighbours speak for a word; without them it must stand in a paper with all the others
        context = () if worth(term)[0] else others
        if _is_visible(generation, All((term, *context, *limits))):
            return worth(term), term.text
    return None


def _neighbours(words: Sequence[Token], place: int, text: str) -> list[Term]:
    """The pairs that a text would form in this place."""
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    return [
        *([Term("pair", pair(before.folded, text))] if before and not before.number else []),
        *([Term("pair", pair(text, after.folded))] if after and not after.number else []),
    ]


def _spelt(word: Token, text: str) -> Token:
    return word._replace(exact=text, folded=text)


def _is_visible(generation: Generation, match: Node) -> bool:
    return generation.find(Request(match, limit=0)).total > 0


def edits(word: str) -> set[str]:
    """Every text one deletion, swap, replacement or insertion of a letter away."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    deleted = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    inserted = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return (deleted | swapped | replaced | inserted) - {word, ""}
