"""Makes sure that quoted words stand side by side: engines only know that each pair occurs somewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search_index.engine import Either, Found, Generation, Request, Term
from search_index.entry import Entry
from search_index.query import Phrase
from search_index.tokens import Token, tokens

MOST_READ = 200


def verified(generation: Generation, request: Request, phrases: Sequence[Phrase]) -> tuple[Request, Found]:
    """The request narrowed to the hits that do carry the phrases, and what it finds.

    More hits than can be read are left as they are, and their total is not called exact.
    """
    found = generation.find(request)
    doubtful = [
        phrase for phrase in phrases if len(phrase.words) > 2 or any(word.marked for word in phrase.words)
    ]
    if not doubtful or not found.total:
        return request, found
    if found.total > MOST_READ:
        return request, replace(found, total_is_exact=False)
    every = generation.find(replace(request, offset=0, limit=found.total, facets=False)).hits
    kept = [hit.entry.key for hit in every if all(carries(hit.entry, phrase) for phrase in doubtful)]
    if len(kept) == found.total:
        return request, found
    narrowed = request.narrowed(Either(tuple(Term("key", key) for key in kept)))
    return narrowed, generation.find(narrowed)


def carries(entry: Entry, phrase: Phrase) -> bool:
    """Whether the words stand side by side in one of the texts of an entry."""
    return any(_stands_in(tokens(text), phrase.words) for text in _texts(entry))


def _texts(entry: Entry) -> Iterable[str]:
    return (entry.title, entry.body, entry.issuer, *entry.units)


def _stands_in(text: Sequence[Token], words: Sequence[Token]) -> bool:
    first = words[0].folded
    return any(
        all(map(_meets, text[place : place + len(words)], words))
        for place in range(len(text) - len(words) + 1)
        if text[place].folded == first
    )


def _meets(written: Token, asked: Token) -> bool:
    """Any accents will do for a word asked for without; a word written without meets any."""
    return written.folded == asked.folded and (
        not asked.marked or written.exact in (asked.exact, asked.folded)
    )
