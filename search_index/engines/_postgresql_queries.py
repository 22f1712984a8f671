"""Requests as SQL: nodes become a tsquery over lexemes that begin with the letter of their field."""

from collections.abc import Iterable, Iterator, Sequence

from psycopg import sql

from search_index.engine import All, AllButOne, Either, Node, Not, Order, Request, Span, Term
from search_index.record import FACETS

_LETTERS = {
    "text": "w",
    "pair": "p",
    "exact": "e",
    "title": "t",
    "title_pair": "q",
    "number": "n",
    "agency": "a",
    "kind": "k",
    "type": "l",
    "unit": "u",
    "year": "y",
    "state": "s",
    "token": "v",
    "key": "i",
}
# of how many hits the exact scores are compared: the newest, and the newest of those that carry what ranks
_BY_DATE, _BY_TERMS = 200, 60
_STRONG = ("title", "title_pair", "pair", "number")
_NOTHING = "('k' & !'k')"


def lexeme(field: str, text: str) -> str:
    """How a term is filed."""
    return f"{_LETTERS[field]}:{text}"


def tsquery(node: Node) -> str:
    """A node as the text of a tsquery; days cannot be said in it."""
    match node:
        case Term(field, text, prefix):
            escaped = lexeme(field, text).replace("\\", "\\\\").replace("'", "''")
            return f"'{escaped}'{':*' if prefix else ''}"
        case All(parts):
            return _joined(" & ", map(tsquery, parts))
        case Either(parts):
            return _joined(" | ", map(tsquery, parts))
        case AllButOne(parts):
            return tsquery(Either(tuple(All((*parts[:n], *parts[n + 1 :])) for n in range(len(parts)))))
        case Not(part):
            return f"!({tsquery(part)})"
        case Span():
            raise ValueError("days stand only beside the other conditions of a request")


def condition(node: Node) -> sql.Composable:
    """A request's node as an SQL condition on the columns of the table."""
    parts = node.parts if isinstance(node, All) else (node,)
    spans = [part for part in parts if isinstance(part, Span)]
    terms = tuple(part for part in parts if not isinstance(part, Span))
    conditions = [
        sql.SQL("{} BETWEEN {} AND {}").format(sql.Identifier(s.field), s.first, s.last) for s in spans
    ]
    if terms:
        conditions.append(sql.SQL("terms @@ {}::tsquery").format(tsquery(All(terms))))
    return sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("TRUE")


def page(table: str, request: Request) -> sql.Composed:
    """One row: total, facets as JSON or null, the asked-for entries and their scores in order."""
    return sql.SQL(
        """{ranked},
        kinds AS MATERIALIZED (
            SELECT kind, type, year, state, count(*) AS n FROM found GROUP BY kind, type, year, state),
        page AS MATERIALIZED (SELECT id, score, row_number() OVER () AS place FROM
            (SELECT id, score FROM ranked ORDER BY {order} OFFSET {offset} LIMIT {limit}) stretch)
        SELECT (SELECT coalesce(sum(n), 0)::integer FROM kinds), {facets},
            ARRAY(SELECT entry FROM page JOIN {table} USING (id) ORDER BY place),
            ARRAY(SELECT score FROM page ORDER BY place)"""
    ).format(
        ranked=_ranked(table, request),
        order=_ORDERS[request.order],
        offset=request.offset,
        limit=request.limit,
        facets=_facets() if request.facets else sql.SQL("NULL"),
        table=sql.Identifier(table),
    )


def keys(table: str, request: Request) -> sql.Composed:
    """The keys of the asked-for stretch, one a row, in order."""
    return sql.SQL(
        """{ranked} SELECT key FROM {table} JOIN
            (SELECT id, row_number() OVER (ORDER BY {order}) AS place FROM ranked) ordered USING (id)
        ORDER BY place OFFSET {offset} LIMIT {limit}"""
    ).format(
        ranked=_ranked(table, request),
        table=sql.Identifier(table),
        order=_ORDERS[request.order],
        offset=request.offset,
        limit=request.limit,
    )


_ORDERS = {
    Order.RELEVANCE: sql.SQL("score DESC, day DESC, id"),
    Order.NEWEST: sql.SQL("day DESC, id"),
    Order.OLDEST: sql.SQL("CASE WHEN day > 0 THEN day END NULLS LAST, id"),
}


def _ranked(table: str, request: Request) -> sql.Composed:
    """What was found, with the scores of those that can come first; each vector is unpacked only once."""
    by_date = request.order is not Order.RELEVANCE or not request.boosts
    nearest_suffice = not by_date and request.offset + request.limit <= _BY_DATE
    others = sql.SQL(
        "UNION ALL SELECT id, day, 0::float8 AS score FROM found WHERE id NOT IN (SELECT id FROM near)"
    )
    return sql.SQL(
        """WITH found AS MATERIALIZED (
            SELECT id, day, kind, type, unit, year, state FROM {table} WHERE {condition}),
        near AS MATERIALIZED (SELECT id, day, strip(terms) AS terms FROM {table} WHERE id IN ({near})),
        ranked AS (SELECT id, day, {score} AS score FROM near {others})"""
    ).format(
        table=sql.Identifier(table),
        condition=condition(request.match),
        near=sql.SQL("NULL") if by_date else _near(sql.Identifier(table), request),
        score=_score(request.boosts),
        others=sql.SQL("") if nearest_suffice else others,
    )


def _near(table: sql.Identifier, request: Request) -> sql.Composable:
    """The entries that can come first: all when they are few, else those that carry most of what ranks."""
    ranking = {field: tuple(term for term, _ in request.boosts if term.field == field) for field in _STRONG}
    whole: list[Node] = [All(ranking[field]) for field in ("title_pair", "pair", "title") if ranking[field]]
    # a body and a year are named in the heading, but not side by side; one part of a number suffices
    whole += [Either(ranking["number"])] if ranking["number"] else []
    halves = [*_halves(ranking["title_pair"]), *_halves(ranking["pair"])]
    newest = sql.SQL("(SELECT id FROM found ORDER BY day DESC, id LIMIT {})").format(_BY_DATE)
    stretches = (_stretch(table, request, Either(tuple(nodes))) for nodes in (whole, halves) if nodes)
    return sql.SQL(" UNION ").join([newest, *stretches])


def _halves(terms: tuple[Term, ...]) -> list[Node]:
    """Either half of the terms: whoever mistyped a word still has one half right."""
    middle = len(terms) // 2
    return [All(part) for part in (terms[:middle], terms[middle:]) if part]


def _stretch(table: sql.Identifier, request: Request, wanted: Node) -> sql.Composable:
    """The newest of those that also satisfy this; not looked for when the newest of all are all there is."""
    parts = request.match.parts if isinstance(request.match, All) else (request.match,)
    return sql.SQL(
        """(SELECT id FROM {} WHERE (SELECT count(*) FROM found) > {} AND {}
            ORDER BY day DESC, id LIMIT {})"""
    ).format(table, _BY_DATE, condition(All((*parts, wanted))), _BY_TERMS)


def _score(boosts: Sequence[tuple[Term, float]]) -> sql.Composable:
    """The sum of the weights of the terms that a row carries."""
    if not boosts:
        return sql.SQL("0::float8")
    carried = (
        sql.SQL("CASE WHEN terms @@ {}::tsquery THEN {}::float8 ELSE 0 END").format(tsquery(term), weight)
        for term, weight in boosts
    )
    return sql.SQL(" + ").join(carried)


def _facets() -> sql.Composable:
    counted = sql.SQL(", ").join(sql.SQL("{}, {}").format(field, _counts(field)) for field in FACETS)
    return sql.SQL("json_build_object({})").format(counted)


def _counts(field: str) -> sql.Composable:
    counted: sql.Composable = sql.SQL("SELECT unnest(unit) AS value, count(*) AS n FROM found GROUP BY 1")
    if field != "unit":
        counted = sql.SQL("SELECT {} AS value, sum(n) AS n FROM kinds GROUP BY 1").format(
            sql.Identifier(field)
        )
    return sql.SQL("(SELECT json_object_agg(value, n) FROM ({}) counted WHERE value <> '')").format(counted)


def _joined(operator: str, texts: Iterable[str] | Iterator[str]) -> str:
    joined = operator.join(texts)
    return f"({joined})" if joined else _NOTHING
