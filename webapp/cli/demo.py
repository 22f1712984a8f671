"""A sample office to try everything on."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from webapp.auth import hasher
from webapp.runtime import runtime
from workflows import aftermath, sample_office
from workflows.sample_office import FirstAccount, Scale


@click.group("demo")
def demo() -> None:
    """Văn phòng mẫu để dùng thử."""


@demo.command("load")
@click.option("--scale", type=click.Choice([scale.value for scale in Scale]), default=Scale.OFFICE.value)
@click.option("--seed", type=int, default=1, show_default=True)
@with_appcontext
def load(scale: str, seed: int) -> None:
    """Nạp văn phòng mẫu vào cơ sở dữ liệu trống; mật khẩu lần đầu ghi vào thư mục dữ liệu."""
    office, at = runtime(), datetime.now(UTC)
    with office.unit_of_work() as session:
        accounts = sample_office.load(
            session,
            scale=Scale(scale),
            seed=seed,
            at=at,
            files=office.files,
            hash_password=hasher.hash,
            members_secret=office.settings.members_secret.encode(),
        )
        aftermath.hand_over(session, "rebuild-index", at=at)
    place = office.settings.first_passwords
    write_privately(place, "\n".join(_line(account) for account in accounts) + "\n")
    click.echo(f"Đã nạp văn phòng mẫu, {len(accounts)} tài khoản. Chỉ mục tra cứu được lập trong nền.")


def _line(account: FirstAccount) -> str:
    roles = ", ".join(account.roles)
    return f"{account.username:22} {account.password:16} {account.full_name}, {roles}, {account.unit}"


def write_privately(path: Path, text: str) -> None:
    """Keep the first passwords where only the owner reads them."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


commands = (demo,)
