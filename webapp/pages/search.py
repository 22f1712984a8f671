"""Tra cứu: one box everywhere; hits, counts and completions agree with what the person may open."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from search_index import Entry, Filters, Hit, Order, Query, Results, Unavailable, Vocabulary
from webapp.access import guarded, may_anywhere, me
from webapp.badges import Badge, Tone
from webapp.facets import facets_of
from webapp.runtime import runtime, session, today
from webapp.search_address import PAGE, query_of
from webapp.search_shelf import at_hand
from workflows import entries, search_words
from workflows.permissions import Permission, tokens_of
from workflows.wording import N_

blueprint = Blueprint("search", __name__, url_prefix="/search")

ORDERS = {
    Order.RELEVANCE: N_("Phù hợp nhất"),
    Order.NEWEST: N_("Mới nhất"),
    Order.OLDEST: N_("Cũ nhất"),
}
AWAY = N_(
    "Tra cứu đang tạm ngừng; văn bản và số liệu vẫn nguyên vẹn, các mục khác dùng bình thường."
    " Thử lại sau ít phút; nếu vẫn vậy, báo quản trị xem mục Quản trị, Hệ thống."
)


@blueprint.get("/")
@guarded(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    """The page of results; the address holds the whole search."""
    query = asked()
    if not query.text and query.filters == Filters():
        return _page(query, shelf=at_hand())
    try:
        results = _found(query)
    except Unavailable:
        return _page(query, refusal=gettext(AWAY)), 503
    return _page(query, results=results, facets=facets_of(results), pages=-(-results.total // PAGE))


@blueprint.get("/suggest")
@guarded(Permission.OWN_ACCOUNT)
def suggest() -> ResponseReturnValue:
    """What the words typed so far may mean."""
    try:
        found = runtime().index.suggest(asked().text, visible_to=tokens(), vocabulary=vocabulary())
    except Unavailable:
        found = []
    seen = still_visible([completion.key for completion in found])
    return jsonify([{"title": c.title, "number": c.number, "url": c.url} for c in found if c.key in seen])


def asked() -> Query:
    """The query in the address of this request."""
    return query_of(request.args)


def state_badge(hit: Hit) -> Badge | None:
    """How the found thing stands; what is late says so."""
    if hit.deadline and hit.deadline < today():
        return Badge(gettext("quá hạn"), Tone.LATE)
    words = state_words(hit)
    return Badge(words) if words else None


def state_words(found: Hit | Entry) -> str:
    """The state of a found thing in the words of its kind."""
    states = {state.value: state.label for state in entries.STATES.get(found.kind, ())}
    return gettext(states[found.state]) if found.state in states else ""


def _page(query: Query, **context: Any) -> str:
    page = query.offset // PAGE + 1
    return render_template(
        "search/index.html",
        query=query,
        orders=ORDERS,
        kinds=entries.KINDS,
        badge_of=state_badge,
        number=page,
        since=query.new_since,
        narrowed=query.filters != Filters(),
        may_remind=may_anywhere(Permission.TASK_DECIDE),
        **context,
    )


def _found(query: Query) -> Results:
    """What the index finds, less whatever the database no longer lets the person see."""
    results = runtime().index.search(query, visible_to=tokens(), vocabulary=vocabulary())
    return entries.without_hidden(session(), results, me(), on=today())


def still_visible(keys: list[str]) -> set[str]:
    """Those of the keys whose things the signed-in person may see now."""
    return entries.still_visible(session(), keys, me(), on=today())


def tokens() -> frozenset[str]:
    """What the signed-in person shows at the index."""
    return tokens_of(me(), on=today())


def vocabulary() -> Vocabulary:
    """The words of this office."""
    return search_words.vocabulary(session())
