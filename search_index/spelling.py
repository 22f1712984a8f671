"""Finds the word a mistyped one was meant to be: one letter away, known to the reader's own papers, at home there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase

from search_index.engine import All, Either, Generation, Node, Request, Term
from search_index.plan import Plan
from search_index.tokens import Token, pair

_MOST_CANDIDATES = 6
_SHORTEST = 2


def corrected(generation: Generation, plan: Plan) -> tuple[Token, ...] | None:
    """The words of the query with the mistyped ones replaced, or nothing when none can be mended."""
    words = list(plan.tree.words)
    limits = tuple(plan.limits())
    mended = False
    for place in _suspicious(generation, words, limits):
        better = _meant(generation, words, place, limits)
        if better:
            words[place] = replace(words[place], exact=better, folded=better)
            mended = True
    return tuple(words) if mended else None


def _suspicious(generation: Generation, words: Sequence[Token], limits: tuple[Node, ...]) -> Iterator[int]:
    """Words that the reader's papers do not know, or never beside their neighbours."""
    for place, word in enumerate(words):
        if word.number or not word.folded.isalpha() or len(word.folded) < _SHORTEST:
            continue
        beside = [Term("pair", text) for text in _pairs(words, place, word.folded)]
        if not _count(generation, Term("text", word.folded), limits) or (
            beside and not _count(generation, Either(tuple(beside)), limits)
        ):
            yield place


def _meant(
    generation: Generation, words: Sequence[Token], place: int, limits: tuple[Node, ...]
) -> str | None:
    """The known word one letter away that stands most often beside the neighbours."""
    near = generation.known(Term("text", text) for text in edits(words[place].folded))
    support = generation.known(
        Term("pair", text) for term in near for text in _pairs(words, place, term.text)
    )

    def worth(term: Term) -> tuple[int, int, int]:
        beside = [support.get(Term("pair", text), 0) for text in _pairs(words, place, term.text)]
        return sum(count > 0 for count in beside), sum(beside), near[term]

    likely = sorted(near, key=worth, reverse=True)[:_MOST_CANDIDATES]
    others = tuple(
        Term("text", word.folded) for n, word in enumerate(words) if n != place and not word.number
    )
    return next(
        (term.text for term in likely if _supported(generation, term, others, worth(term)[0], limits)), None
    )


def _supported(
    generation: Generation, term: Term, others: tuple[Term, ...], neighbours: int, limits: tuple[Node, ...]
) -> bool:
    """A candidate must be in some paper the reader may see, with the other words unless its neighbours speak for it."""
    context = () if neighbours else others
    return _count(generation, All((term, *context)), limits) > 0


def _pairs(words: Sequence[Token], place: int, text: str) -> list[str]:
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    return [
        *([pair(before.folded, text)] if before and not before.number else []),
        *([pair(text, after.folded)] if after and not after.number else []),
    ]


def _count(generation: Generation, node: Node, limits: tuple[Node, ...]) -> int:
    return generation.find(Request(All((node, *limits)), limit=0)).total


def edits(word: str) -> set[str]:
    """Every text one deletion, swap, replacement or insertion of a letter away."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    deleted = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    inserted = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return (deleted | swapped | replaced | inserted) - {word, ""}
