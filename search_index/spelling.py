"""Finds what a mistyped word was meant to be: one letter away, at home with its neighbours, visible."""

from collections.abc import Sequence
from string import ascii_lowercase

from search_index.engine import All, Generation, Node, Request, Term
from search_index.plan import Plan
from search_index.tokens import Token, pair

_MOST_CANDIDATES = 6
_SHORTEST = 2


def corrected(generation: Generation, plan: Plan) -> tuple[Token, ...] | None:
    """The words of the query with the mistyped ones replaced, or nothing when none can be mended."""
    words = list(plan.tree.words)
    limits = tuple(plan.limits())
    mended = False
    for place in _suspicious(generation, words):
        better = _meant(generation, words, place, limits)
        if better:
            words[place] = words[place]._replace(exact=better, folded=better)
            mended = True
    return tuple(words) if mended else None


def _suspicious(generation: Generation, words: Sequence[Token]) -> list[int]:
    """Words that no paper has, or none beside either neighbour."""
    places = [n for n, word in enumerate(words) if word.folded.isalpha() and len(word.folded) >= _SHORTEST]
    beside = {n: [Term("pair", text) for text in _pairs(words, n, words[n].folded)] for n in places}
    alone = {n: Term("text", words[n].folded) for n in places}
    known = generation.known([*alone.values(), *(term for terms in beside.values() for term in terms)])
    return [n for n in places if alone[n] not in known or (beside[n] and known.keys().isdisjoint(beside[n]))]


def _meant(
    generation: Generation, words: Sequence[Token], place: int, limits: tuple[Node, ...]
) -> str | None:
    """The known word one letter away that stands most often beside the neighbours."""
    near = generation.known([Term("text", text) for text in edits(words[place].folded)])
    beside = {term: [Term("pair", text) for text in _pairs(words, place, term.text)] for term in near}
    support = generation.known([pair for pairs in beside.values() for pair in pairs])

    def worth(term: Term) -> tuple[int, int, int]:
        counts = [support.get(neighbours, 0) for neighbours in beside[term]]
        return sum(count > 0 for count in counts), sum(counts), near[term]

    likely = sorted(near, key=lambda term: (*worth(term), term.text), reverse=True)[:_MOST_CANDIDATES]
    others = tuple(
        Term("text", word.folded) for n, word in enumerate(words) if n != place and not word.number
    )
    for term in likely:
        # neighbours speak for a word; without them it must stand in a paper with all the others
        context = () if worth(term)[0] else others
        if _is_visible(generation, All((term, *context, *limits))):
            return term.text
    return None


def _pairs(words: Sequence[Token], place: int, text: str) -> list[str]:
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    return [
        *([pair(before.folded, text)] if before and not before.number else []),
        *([pair(text, after.folded)] if after and not after.number else []),
    ]


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
