"""Requests as SQL: nodes become a tsquery over lexemes that begin with the letter of their field."""

from collections.abc import Iterable, Iterator, Sequence

from psycopg import sql

from search_index.engine import All, AllButOne, Days, Either, Node, Not, Order, Request, Term
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
HEADING = ("title", "title_pair", "number")
# how many of the hits that are likely to be first are scored exactly: by heading, by neighbours, by date
_BY_HEADING, _BY_NEIGHBOURS, _BY_DATE = 150, 80, 80
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
        case Days():
            raise ValueError("days stand only beside the other conditions of a request")


def condition(node: Node) -> sql.Composable:
    """A request's node as an SQL condition on the columns of the table."""
    parts = node.parts if isinstance(node, All) else (node,)
    spans = [part for part in parts if isinstance(part, Days)]
    terms = tuple(part for part in parts if not isinstance(part, Days))
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
        page AS MATERIALIZED (SELECT id, score, row_number() OVER () AS place FROM
            (SELECT id, score FROM ranked ORDER BY {order} OFFSET {offset} LIMIT {limit}) stretch)
        SELECT (SELECT count(*) FROM found), {facets},
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


def _ranked(table: str, request: Request) -> sql.Composed:
    """All that was found, with the scores of those that can come first; each vector is unpacked only once."""
    return sql.SQL(
        """WITH found AS MATERIALIZED (
            SELECT id, day, kind, type, unit, year, state FROM {table} WHERE {condition}),
        near AS MATERIALIZED (
            SELECT id, day, heading, strip(terms) AS terms FROM {table} WHERE id IN ({near})),
        ranked AS (
            SELECT id, day, {score} AS score FROM near UNION ALL
            SELECT id, day, 0 FROM found WHERE id NOT IN (SELECT id FROM near))"""
    ).format(
        table=sql.Identifier(table),
        condition=condition(request.match),
        near=_near(sql.Identifier(table), request),
        score=_score(request.boosts),
    )


_ORDERS = {
    Order.RELEVANCE: sql.SQL("score DESC, day DESC, id"),
    Order.NEWEST: sql.SQL("day DESC, id"),
    Order.OLDEST: sql.SQL("CASE WHEN day > 0 THEN day END NULLS LAST, id"),
}


def _near(table: sql.Identifier, request: Request) -> sql.Composable:
    """The entries that can come first: ranking every match would read every vector."""
    if request.order is not Order.RELEVANCE or not request.boosts:
        return sql.SQL("SELECT id FROM found LIMIT 0")
    heading = tuple(term for term, _ in request.boosts if term.field in HEADING)
    pairs = tuple(term for term, _ in request.boosts if term.field == "pair")
    strong = tuple(term for term in heading if term.field != "title") or heading
    stretches = [_stretch(table, request, Either(strong), _BY_HEADING, by=Either(heading))]
    if pairs:
        stretches.append(_stretch(table, request, All(pairs), _BY_NEIGHBOURS))
    if len(pairs) > 1:
        stretches.append(_stretch(table, request, AllButOne(pairs), _BY_NEIGHBOURS))
    newest = sql.SQL("(SELECT id FROM found ORDER BY day DESC LIMIT {})").format(_BY_DATE)
    return sql.SQL(" UNION ").join([*stretches, newest])


def _stretch(
    table: sql.Identifier, request: Request, wanted: Node, most: int, *, by: Node | None = None
) -> sql.Composable:
    rank = sql.SQL("ts_rank(heading, {}::tsquery) DESC, ").format(tsquery(by)) if by else sql.SQL("")
    parts = request.match.parts if isinstance(request.match, All) else (request.match,)
    both = condition(All((*parts, wanted)))
    return sql.SQL("(SELECT id FROM {} WHERE {} ORDER BY {}day DESC LIMIT {})").format(
        table, both, rank, most
    )


def _score(boosts: Sequence[tuple[Term, float]]) -> sql.Composable:
    """The sum of the weights of the terms that a row carries."""
    if not boosts:
        return sql.SQL("0::float8")
    carried = (
        sql.SQL("CASE WHEN {} @@ {}::tsquery THEN {}::float8 ELSE 0 END").format(
            _vector(term), tsquery(term), weight
        )
        for term, weight in boosts
    )
    return sql.SQL(" + ").join(carried)


def _vector(term: Term) -> sql.Identifier:
    return sql.Identifier("heading" if term.field in HEADING else "terms")


def _facets() -> sql.Composable:
    counted = sql.SQL(", ").join(sql.SQL("{}, {}").format(field, _counts(field)) for field in FACETS)
    return sql.SQL("json_build_object({})").format(counted)


def _counts(field: str) -> sql.Composable:
    value = sql.SQL("unnest(unit)") if field == "unit" else sql.Identifier(field)
    return sql.SQL(
        """(SELECT json_object_agg(value, n) FROM
            (SELECT {} AS value, count(*) AS n FROM found GROUP BY 1) c WHERE value <> '')"""
    ).format(value)


def _joined(operator: str, texts: Iterable[str] | Iterator[str]) -> str:
    joined = operator.join(texts)
    return f"({joined})" if joined else _NOTHING
