"""One search from box to page: ask as typed, reach further if little was found, reorder, cut snippets."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search_index.engine import Found, Generation, Order, Request, Scored, Span
from search_index.language import parse
from search_index.notes import N_, Note
from search_index.phrases import verified
from search_index.plan import Plan, Width, plan
from search_index.query import Query, Vocabulary
from search_index.record import instant
from search_index.rerank import WINDOW, Judged, rerank
from search_index.snippets import Marker, Segment
from search_index.spelling import corrected
from search_index.tokens import Token, tokens

ENOUGH = 10
_END_OF_TIME = 2**53


@dataclass(frozen=True, slots=True)
class Hit:
    """A found thing as a page shows it."""

    key: str
    kind: str
    title: tuple[Segment, ...]
    snippet: tuple[Segment, ...]
    number: str
    type: str
    unit_ids: tuple[int, ...]
    issuer: str
    year: int | None
    date: datetime.date | None
    state: str
    deadline: datetime.date | None
    within: str
    url: str
    version: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of one page; total and facets (field → value → count) are of all the hits.

    `suggestions` are whole queries worth trying; `notes` say what was left out or searched instead.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_is_exact: bool = True
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """A thing offered while one types."""

    key: str
    kind: str
    number: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was finally asked and what came back, its first hits reordered."""

    plan: Plan
    request: Request
    width: Width
    found: Found
    first: Sequence[Judged]
    notes: tuple[Note, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def convinces(self) -> bool:
        """Whether some hit is so plainly what was meant that nothing else need be tried."""
        return any(judged.convincing for judged in self.first)

    @property
    def suffices(self) -> bool:
        """Whether there is enough to read."""
        return self.convinces or self.found.total >= ENOUGH


def find(
    generation: Generation | None, query: Query, visible_to: frozenset[str], vocabulary: Vocabulary
) -> Results:
    """The page of results of a query."""
    if generation is None:
        return Results(notes=(Note(N_("Chỉ mục tìm kiếm chưa được lập.")),))
    answer = _answer(generation, _planned(query, visible_to, vocabulary))
    words = answer.plan.tree.searched
    marker = Marker(
        words, honour_accents=answer.width is Width.AS_TYPED, unfinished=answer.plan.tree.unfinished
    )
    return Results(
        hits=tuple(_hit(judged, marker) for judged in _page(generation, answer)),
        total=answer.found.total,
        total_is_exact=answer.found.total_is_exact,
        facets=answer.found.facets,
        suggestions=answer.suggestions,
        notes=(*answer.plan.tree.notes, *answer.notes),
    )


def find_keys(
    generation: Generation | None, query: Query, visible_to: frozenset[str], vocabulary: Vocabulary
) -> list[str]:
    """The keys of all the hits of a query."""
    if generation is None:
        return []
    answer = _answer(generation, _planned(replace(query, facets=False), visible_to, vocabulary))
    return generation.find_keys(replace(answer.request, offset=0, limit=answer.found.total, facets=False))


def complete(
    generation: Generation | None, query: Query, visible_to: frozenset[str], vocabulary: Vocabulary
) -> list[Completion]:
    """The best hits of an unfinished query."""
    if generation is None or not query.text.strip():
        return []
    answer = _answer(generation, _planned(query, visible_to, vocabulary))
    return [
        Completion(entry.key, entry.kind, entry.number, entry.title, entry.url)
        for entry in (judged.entry for judged in answer.first[: query.limit])
    ]


def _planned(query: Query, visible_to: frozenset[str], vocabulary: Vocabulary) -> Plan:
    return plan(parse(query, vocabulary), query, visible_to, vocabulary)


def _answer(generation: Generation, asked: Plan) -> _Answer:
    """What the query finds; of that only what is new, if so asked: how far to reach is decided before."""
    answer = _reached(generation, asked)
    if asked.query.new_since is None:
        return answer
    newer = Span("arrived", instant(asked.query.new_since) + 1, _END_OF_TIME)
    request = answer.request.narrowed(newer)
    found = generation.find(request)
    return replace(answer, request=request, found=found, first=_judged(answer.plan, found))


def _reached(generation: Generation, asked: Plan) -> _Answer:
    """Ask as typed; while that does not suffice, reach further and say so."""
    answer = _ask(generation, asked, Width.AS_TYPED)
    still_typing = asked.tree.unfinished and answer.found.total
    if answer.convinces or still_typing or not asked.tree.words:
        return answer
    for reach in (_any_accents, _mended, _one_missing):
        answer = reach(generation, answer) or answer
        if answer.convinces:
            break
    return answer


def _any_accents(generation: Generation, answer: _Answer) -> _Answer | None:
    if answer.suffices or not answer.plan.can_ignore_accents():
        return None
    note = Note(N_("Ít kết quả đúng dấu: đã tìm cả các chữ khác dấu."))
    return replace(_ask(generation, answer.plan, Width.ANY_ACCENTS), notes=(note,))


def _mended(generation: Generation, answer: _Answer) -> _Answer | None:
    words = corrected(generation, answer.plan)
    if words is None:
        return None
    mended = _ask(generation, answer.plan.replacing(words), Width.ANY_ACCENTS)
    if not mended.convinces and mended.found.total <= answer.found.total:
        return None
    meant = " ".join(_as_written(words, answer.plan.tree.words, mended.first))
    note = Note(
        N_("Ý bạn là “%(meant)s”? Muốn tìm đúng như đã gõ, hãy đặt trong ngoặc kép."), {"meant": meant}
    )
    return replace(mended, notes=(note,), suggestions=(meant,))


def _one_missing(generation: Generation, answer: _Answer) -> _Answer | None:
    if answer.suffices or not answer.plan.can_drop_one():
        return None
    note = Note(N_("Không đủ kết quả có mọi từ: đã tìm cả kết quả thiếu một từ."))
    wider = _ask(generation, answer.plan, Width.ONE_MISSING)
    return replace(wider, notes=(*answer.notes, note), suggestions=answer.suggestions)


def _ask(generation: Generation, asked: Plan, width: Width) -> _Answer:
    query = asked.query
    reordered = _is_reordered(asked)
    offset, limit = (0, WINDOW) if reordered else (query.offset, query.limit)
    request = replace(asked.request(width), offset=offset, limit=limit)
    request, found = verified(generation, request, asked.tree.phrases)
    return _Answer(asked, request, width, found, _judged(asked, found))


def _is_reordered(asked: Plan) -> bool:
    return asked.query.order is Order.RELEVANCE and bool(asked.tree.searched)


def _judged(asked: Plan, found: Found) -> Sequence[Judged]:
    if _is_reordered(asked):
        return rerank(found.hits, asked.tree.searched)
    return [_as_found(hit) for hit in found.hits]


def _page(generation: Generation, answer: _Answer) -> Iterable[Judged]:
    """The asked-for page: from the reordered first hits, and from the engine beyond them."""
    query, request = answer.plan.query, answer.request
    start, end = query.offset - request.offset, query.offset - request.offset + query.limit
    page = list(answer.first[start:end])
    if end > request.limit and answer.found.total > request.offset + request.limit:
        beyond = max(query.offset, request.offset + request.limit)
        rest = replace(request, offset=beyond, limit=query.offset + query.limit - beyond, facets=False)
        page += [_as_found(hit) for hit in generation.find(rest).hits]
    return page


def _as_found(hit: Scored) -> Judged:
    return Judged(hit.entry, hit.score, convincing=True)


def _hit(judged: Judged, marker: Marker) -> Hit:
    entry = judged.entry
    return Hit(
        key=entry.key,
        kind=entry.kind,
        title=marker.marked(entry.title),
        snippet=marker.snippet(entry.body),
        number=entry.number,
        type=entry.type,
        unit_ids=entry.unit_ids,
        issuer=entry.issuer,
        year=entry.year,
        date=entry.date,
        state=entry.state,
        deadline=entry.deadline,
        within=entry.within,
        url=entry.url,
        version=entry.version,
        score=judged.score,
    )


def _as_written(words: Sequence[Token], asked: Sequence[Token], hits: Sequence[Judged]) -> list[str]:
    """The mended words; accents for them are taken from a found text when the reader typed any."""
    accented = any(word.marked for word in asked)
    entry = hits[0].entry if hits else None
    written = tokens(f"{entry.title} {entry.body}") if entry and accented else []
    return [
        word.exact if word in asked else _accented(words, place, written) for place, word in enumerate(words)
    ]


def _accented(words: Sequence[Token], place: int, written: Sequence[Token]) -> str:
    """The form of a mended word in a text, beside the same neighbour if it stands so."""
    forms = [n for n, word in enumerate(written) if word.folded == words[place].folded]
    after = words[place + 1].folded if place + 1 < len(words) else None
    beside = [n for n in forms if n + 1 < len(written) and written[n + 1].folded == after]
    return written[(beside or forms)[0]].exact if forms else words[place].exact
