"""Directives from the command line: read a file, take files in, hand out what people corrected."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from webapp.runtime import runtime
from workflows import directives, intake
from workflows.calendar import local_day
from workflows.directives import Decision, ImportDraft
from workflows.directives.reading import read_text
from workflows.directives.reading.extraction import extract
from workflows.errors import DomainError, InvalidFields
from workflows.intake import LegiblePaper
from workflows.office_days import working_calendar
from workflows.people import Person, by_username

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("directive")
def directive() -> None:
    """Văn bản chỉ đạo."""


@directive.command("read")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="In đầy đủ dạng JSON.")
def read(file: Path, as_json: bool) -> None:
    """Đọc một tệp: đầu văn bản, viện dẫn, nhiệm vụ; không cần cơ sở dữ liệu."""
    try:
        reading = read_text(extract(file, filename=file.name).text)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
        return
    header = reading.header
    click.echo(f"{header.number or '(chưa có số)'} – {header.subject or '(không rõ trích yếu)'}")
    for task in reading.tasks:
        click.echo(f"{task.clause:8} {'; '.join(task.lead) or '(chưa rõ đơn vị)'}")


@directive.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--as", "username", required=True, help="Tên đăng nhập của người tiếp nhận.")
@click.option("--confirm", is_flag=True, help="Đăng ký ngay và giao các nhiệm vụ đã rõ đơn vị.")
@with_appcontext
def import_(files: tuple[Path, ...], username: str, confirm: bool) -> None:
    """Tiếp nhận tệp, để kiểm tra trên trang hoặc đăng ký ngay; mã thoát 1 nếu có tệp không nhận được."""
    refused, limit = 0, runtime().settings.upload_limit
    for file in files:
        try:
            paper = intake.read_paper(file.read_bytes(), name=file.name, size_limit=limit)
            with runtime().unit_of_work() as session:
                click.echo(f"{file.name}: {_import(session, paper, username, confirm)}")
        except InvalidFields as refusal:
            refused += 1
            click.echo(f"{file.name}: {' '.join(refusal.fields.values())}", err=True)
        except DomainError as refusal:
            refused += 1
            click.echo(f"{file.name}: {refusal}", err=True)
    sys.exit(1 if refused else 0)


def _import(session: Session, paper: LegiblePaper, username: str, confirm: bool) -> str:
    at = datetime.now(UTC)
    by = by_username(session, username)
    if by is None:
        raise click.ClickException(f"Không có tài khoản {username}.")
    office = intake.office_of(by, on=local_day(at))
    draft = intake.receive(session, office, paper, store=runtime().files, by=by, at=at)
    return _confirm(session, draft, by, at) if confirm else f"đã đọc, chờ xác nhận tại /imports/{draft.id}"


def _confirm(session: Session, draft: ImportDraft, by: Person, at: datetime) -> str:
    """Register the draft with the tasks whose units are known for certain."""
    sheet = directives.sheet_of(draft)
    vocabulary = intake.vocabulary_of(session, draft.office, on=local_day(at))
    calendar = working_calendar(session)
    sure = intake.plan(sheet, vocabulary, calendar).sure
    directives.save_draft(session, draft, sheet=sheet.decided(sure, Decision.ACCEPTED), by=by, at=at)
    made = intake.confirm(session, draft, by=by, at=at)
    plan = intake.plan(directives.sheet_of(draft), vocabulary, calendar)
    left = "; ".join(task.proposal.clause for task in plan.open)
    said = f"đã đăng ký tại /directives/{made.id}, giao {plan.assignments} nhiệm vụ"
    return f"{said}; chưa giao khoản {left}" if left else said


@directive.command("feedback")
@click.option("--as", "username", required=True, help="Tên đăng nhập của người xuất.")
@click.option("--jsonl", is_flag=True, help="Mỗi dòng một chỗ sửa, dạng JSON.")
@with_appcontext
def feedback(username: str, jsonl: bool) -> None:
    """Xuất những chỗ người dùng sửa lại so với bản đọc của máy."""
    with runtime().unit_of_work() as session:
        by = by_username(session, username)
        if by is None:
            raise click.ClickException(f"Không có tài khoản {username}.")
        for kept in directives.corrections_kept(session, by, on=local_day(datetime.now(UTC))):
            row = directives.as_row(kept)
            click.echo(
                json.dumps(row, ensure_ascii=False) if jsonl else f"{row['at']} {row['part']} {row['clause']}"
            )


commands = (directive,)
