"""The search index from the command line: build it anew, compare it with the database, look how it stands."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from search_index import Unavailable
from webapp import jobs, work
from webapp.runtime import runtime
from workflows import attachment_text, entries

AWAY = "Chỉ mục không dùng được: %s. Gõ: flask --app wsgi index rebuild"


@click.group("index")
def index() -> None:
    """Chỉ mục tra cứu."""


@index.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Lập lại toàn bộ chỉ mục bên cạnh bản đang dùng, xong mới thay."""
    office = runtime()
    with office.reading() as session:
        jobs.rebuild_index(office, session, [], datetime.now(UTC))
    click.echo(f"Đã lập lại chỉ mục: {office.index.count()} mục.")


@index.command("check")
@click.option("--mend", is_flag=True, help="Sửa luôn những chỗ khác.")
@with_appcontext
def check(mend: bool) -> None:
    """So chỉ mục với cơ sở dữ liệu, nêu từng chỗ khác; mã thoát 1 khi có chỗ khác."""
    office = runtime()
    with office.reading() as session:
        faults = entries.faults(session, _filed())
        for key, fault in sorted(faults.items()):
            click.echo(f"{key}: {fault.label}")
        if mend:
            jobs.file_anew(office, session, faults)
    click.echo(f"{len(faults)} chỗ khác với cơ sở dữ liệu{', đã sửa' if mend and faults else ''}.")
    sys.exit(bool(faults) and not mend)


@index.command("status")
@with_appcontext
def status() -> None:
    """Máy tìm, số mục, có cần lập lại không."""
    try:
        found = runtime().index.status()
    except Unavailable as error:
        raise click.ClickException(AWAY % error) from error
    click.echo(f"Máy tìm {found.engine}, {found.entries} mục, dạng {found.format or '–'}.")
    if found.needs_rebuild:
        click.echo("Cần lập lại: flask --app wsgi index rebuild")
    if found.building is not None:
        click.echo(f"Đang lập lại, đã xong {found.building} mục.")


@index.command("attachments")
@click.option("--again", is_flag=True, help="Đọc lại cả những tệp lần trước không đọc được.")
@with_appcontext
def attachments(again: bool) -> None:
    """Đọc nội dung các tệp đính kèm chưa đọc, ví dụ sau khi cài thêm bộ nhận dạng chữ."""
    with runtime().unit_of_work() as session:
        forgotten = attachment_text.forget_unreadable(session) if again else 0
        jobs.ask_for_reading(runtime(), session, datetime.now(UTC))
    work.work_off()
    with runtime().reading() as session:
        read, unreadable = attachment_text.tally(session)
    click.echo(f"Đã đọc {read} tệp, {unreadable} tệp không đọc được{_of_them(forgotten)}.")


def _of_them(forgotten: int) -> str:
    return f" (đã thử lại {forgotten} tệp)" if forgotten else ""


def _filed() -> dict[str, str]:
    try:
        return dict(runtime().index.versions())
    except Unavailable as error:
        raise click.ClickException(AWAY % error) from error


commands = (index,)
