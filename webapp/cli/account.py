"""Accounts nobody can sign in to any more, put right on the machine itself."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from webapp.runtime import runtime
from workflows import administration
from workflows.errors import DomainError
from workflows.people import by_username


@click.group("account")
def account() -> None:
    """Tài khoản."""


@account.command("reset-second-factor")
@click.argument("username")
@with_appcontext
def reset_second_factor(username: str) -> None:
    """Gỡ xác thực hai bước khi không còn quản trị nào đăng nhập được; có ghi nhật ký."""
    try:
        with runtime().unit_of_work() as session:
            person = by_username(session, username)
            if person is None:
                raise click.ClickException(f"Không có tài khoản {username} đang dùng.")
            administration.unlock_account(session, person, at=datetime.now(UTC))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Đã gỡ xác thực hai bước của {username}. Lần tới đăng nhập chỉ cần mật khẩu.")


commands = (account,)
