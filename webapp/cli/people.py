"""Opening accounts from the command line, the very first one too."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from webapp.auth import hasher
from webapp.passwords import first_password
from webapp.runtime import runtime
from workflows import administration
from workflows.errors import DomainError
from workflows.organisations import Level, Unit, by_code, roots
from workflows.people import Role


@click.group("person")
def person() -> None:
    """Người dùng."""


@person.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option("--unit", "code", required=True, help="Mã đơn vị.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="Vai trò.")
@click.option("--post", default="", help="Chức vụ.")
@click.option("--unit-name", default="", help="Tên cấp uỷ gốc, khi hệ thống chưa có đơn vị nào.")
@with_appcontext
def add(username: str, full_name: str, code: str, role: str, post: str, unit_name: str) -> None:
    """Mở tài khoản, kể cả tài khoản đầu tiên; mật khẩu lần đầu in ra một lần."""
    password, at = first_password(), datetime.now(UTC)
    try:
        with runtime().unit_of_work() as session:
            administration.open_account(
                session,
                _unit(session, code, unit_name, at),
                username=username,
                full_name=full_name,
                role=Role(role),
                password_hash=hasher.hash(password),
                at=at,
                post=post,
            )
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Đã mở tài khoản {username}. Mật khẩu lần đầu (phải đổi khi đăng nhập): {password}")


def _unit(session: Session, code: str, name: str, at: datetime) -> Unit:
    if name and not roots(session):
        return administration.found_committee(session, code=code, name=name, level=Level.PROVINCE, at=at)
    return by_code(session, code)


commands = (person,)
