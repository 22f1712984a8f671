"""The trail from the command line: does its chain hold?"""

import sys

import click
from flask.cli import with_appcontext

from webapp.runtime import runtime
from webapp.words import moment
from workflows import audit as trail


@click.group("audit")
def audit() -> None:
    """Nhật ký."""


@audit.command("verify")
@click.option("--anchor", default="", help="Dấu niêm phong đã chép vào biên bản; phải còn trong chuỗi.")
@with_appcontext
def verify(anchor: str) -> None:
    """Tính lại cả chuỗi niêm phong; mã thoát 1 khi chuỗi bị đứt."""
    with runtime().reading() as session:
        broken, newest = trail.first_broken(session), trail.newest_seal(session)
        is_known = not anchor or trail.has_seal(session, anchor)
    if broken:
        click.echo(f"Chuỗi bị đứt ở dòng số {broken.id}, lúc {moment(broken.at)}.")
    elif not is_known:
        click.echo("Không dòng nào mang dấu niêm phong đã cho: nhật ký đã bị cắt bớt hoặc viết lại.")
    else:
        click.echo("Chuỗi niêm phong còn nguyên.")
    if newest:
        click.echo(f"Dấu mới nhất, đến dòng {newest.id} lúc {moment(newest.at)}: {newest.seal}")
    sys.exit(bool(broken) or not is_known)


commands = (audit,)
