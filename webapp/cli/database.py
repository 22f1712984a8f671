"""The database: bring it to the newest shape, look where it stands."""

import click
from flask.cli import with_appcontext

from webapp.runtime import runtime
from workflows import migrations


@click.group("db")
def db() -> None:
    """Cơ sở dữ liệu."""


@db.command("upgrade")
@click.argument("revision", default="head")
@with_appcontext
def upgrade(revision: str) -> None:
    """Nâng cấp cơ sở dữ liệu lên bản mới nhất."""
    migrations.upgrade(runtime().engine, revision)


@db.command("downgrade")
@click.argument("revision")
@with_appcontext
def downgrade(revision: str) -> None:
    """Trả cơ sở dữ liệu về bản trước."""
    migrations.downgrade(runtime().engine, revision)


@db.command("current")
@with_appcontext
def current() -> None:
    """Bản hiện tại của cơ sở dữ liệu, và bản mới nhất của chương trình."""
    click.echo(f"{migrations.current(runtime().engine)} / {migrations.head()}")


@db.command("draft")
@click.argument("message")
@with_appcontext
def draft(message: str) -> None:
    """Soạn bản nâng cấp mới từ thay đổi của các bảng (cho người phát triển)."""
    migrations.draft(runtime().engine, message)


commands = (db,)
