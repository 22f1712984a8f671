"""Finding from the command line, as somebody who may see some things and not others."""

import json
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from search_index import Hit, Query, Results, Unavailable
from webapp.runtime import runtime
from workflows import entries, search_words
from workflows.calendar import local_day
from workflows.people import by_username
from workflows.permissions import tokens_of


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--as", "username", required=True, help="Tên đăng nhập của người tìm.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@with_appcontext
def search(words: tuple[str, ...], username: str, limit: int, as_json: bool) -> None:
    """Tra cứu những gì người này được xem."""
    results = _found(" ".join(words), username, limit)
    if as_json:
        click.echo(json.dumps(_as_data(results), ensure_ascii=False, indent=1))
        return
    for hit in results.hits:
        click.echo(f"{hit.url:24} {hit.number:16} {_text(hit)}")
    click.echo(f"{results.total} kết quả")
    for note in results.notes:
        click.echo(str(note))


def _found(words: str, username: str, limit: int) -> Results:
    office, today = runtime(), local_day(datetime.now(UTC))
    with office.reading() as session:
        person = by_username(session, username)
        if person is None:
            raise click.ClickException(f"Không có người dùng {username} đang hoạt động.")
        try:
            results = office.index.search(
                Query(words, limit=limit, today=today),
                visible_to=tokens_of(person, on=today),
                vocabulary=search_words.vocabulary(session),
            )
        except Unavailable as error:
            raise click.ClickException(f"Chỉ mục không dùng được: {error}") from error
        return entries.without_hidden(session, results, person, on=today)


def _as_data(results: Results) -> dict[str, object]:
    return {
        "total": results.total,
        "facets": {name: dict(values) for name, values in results.facets.items()},
        "notes": [str(note) for note in results.notes],
        "suggestions": list(results.suggestions),
        "hits": [
            {"key": hit.key, "kind": hit.kind, "number": hit.number, "title": _text(hit), "url": hit.url}
            for hit in results.hits
        ],
    }


def _text(hit: Hit) -> str:
    return "".join(part.text for part in hit.title)


commands = (search,)
