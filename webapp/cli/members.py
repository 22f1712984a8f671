"""Taking rosters in from the command line: the same checking, the same register as the pages."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from webapp.runtime import Runtime, runtime
from workflows.errors import DomainError
from workflows.files import keep
from workflows.members import Branch, RosterImport, rosters
from workflows.members.rosters import Rows, head_of
from workflows.organisations import by_code
from workflows.people import Person, by_username

SHOWN = 50


@click.group("members")
def members() -> None:
    """Sổ đoàn viên, hội viên."""


@members.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", "code", required=True, help="Mã đơn vị.")
@click.option("--by", "username", required=True, help="Tài khoản nhập, phải có quyền giữ sổ của đơn vị.")
@click.option("--branch", "branch_id", type=int, help="Mã số chi đoàn, chi hội của cả danh sách.")
@click.option("--as-of", type=click.DateTime(["%d/%m/%Y", "%Y-%m-%d"]), help="Ngày của danh sách.")
@click.option("--good-rows", is_flag=True, help="Bỏ qua các dòng có lỗi.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì vào sổ.")
@with_appcontext
def take_in(
    file: Path,
    code: str,
    username: str,
    branch_id: int | None,
    as_of: datetime | None,
    good_rows: bool,
    dry_run: bool,
) -> None:
    """Nhập danh sách từ Excel hoặc CSV."""
    office, at = runtime(), datetime.now(UTC)
    try:
        id_ = _uploaded(office, file, code, username, branch_id, as_of, at)
        _checked(office, id_, file)
        _decided(office, id_, file, username, good_rows=good_rows, dry_run=dry_run, at=at)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _uploaded(
    office: Runtime,
    file: Path,
    code: str,
    username: str,
    branch_id: int | None,
    as_of: datetime | None,
    at: datetime,
) -> int:
    """The roster with its columns settled as guessed."""
    head = head_of(Rows(file.read_bytes(), file.name).sample())
    with office.unit_of_work() as session:
        unit, by = by_code(session, code), _person(session, username)
        stored = keep(session, office.files, file.read_bytes(), media_type="application/octet-stream", at=at)
        roster = rosters.upload(session, unit, file=stored, file_name=file.name, head=head, by=by, at=at)
        session.flush()
        rosters.settle_columns(
            session,
            roster,
            labels=head.labels,
            mapping={rosters.Field(name): place for name, place in roster.mapping.items()},
            as_of=as_of.date() if as_of else roster.as_of,
            branch=session.get(Branch, branch_id) if branch_id else None,
            by=by,
            at=at,
        )
        return roster.id


def _checked(office: Runtime, id_: int, file: Path) -> None:
    with office.reading() as session:
        rosters.check(session, office.unit_of_work, id_, file.read_bytes(), _secret(office))
    with office.reading() as session:
        roster = session.get_one(RosterImport, id_)
        for row, column, message, params, _ in roster.problems[:SHOWN]:
            click.echo(f"Dòng {row}, cột {column or '–'}: {message % params}")
        if roster.problem_count > SHOWN:
            click.echo(f"… và {roster.problem_count - SHOWN} chỗ khác.")
        click.echo(f"{roster.good_rows} trên {roster.total_rows} dòng nhập được.")


def _decided(
    office: Runtime, id_: int, file: Path, username: str, *, good_rows: bool, dry_run: bool, at: datetime
) -> None:
    with office.unit_of_work() as session:
        roster, by = session.get_one(RosterImport, id_), _person(session, username)
        if dry_run:
            rosters.discard(session, roster, by=by, at=at)
            click.echo("Chạy thử: sổ không thay đổi.")
            return
        rosters.decide(session, roster, takes_good_rows=good_rows, by=by, at=at)
    with office.reading() as session:
        rosters.take_in(session, office.unit_of_work, id_, file.read_bytes(), _secret(office), at)
    with office.unit_of_work() as session:
        roster = session.get_one(RosterImport, id_)
        rosters.forget_file(session, roster, at=at)
        click.echo(f"Đã nhập {roster.good_rows} người. Hoàn tác được tại trang Nhập danh sách.")


def _person(session: Session, username: str) -> Person:
    person = by_username(session, username)
    if person is None:
        raise click.ClickException(f"Không có tài khoản {username}.")
    return person


def _secret(office: Runtime) -> bytes:
    return office.settings.members_secret.encode()


commands = (members,)
