"""Official documents from the command line: draw a form, check a finished file, begin a term."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

import document_templates
from document_templates import DocumentError, Letterhead, Particulars
from document_templates.check import check as check_file
from document_templates.profiles import CODES
from webapp.runtime import runtime
from workflows.documents import register
from workflows.errors import DomainError
from workflows.organisations import by_code
from workflows.people import by_username
from workflows.signatures import root_certificates

PROFILE = click.option(
    "--profile", type=click.Choice(CODES), default=document_templates.DEFAULT_PROFILE, show_default=True
)
IN_A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("document")
def document() -> None:
    """Văn bản chính thức."""


@document.command("draw")
@click.argument("form", type=click.Choice([form.code for form in document_templates.forms()]))
@click.option("--data", type=IN_A_FILE, help="JSON: số liệu, hoặc {facts, letterhead, particulars}.")
@PROFILE
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), show_default=True)
def draw(form: str, data: Path | None, profile: str, out: Path) -> None:
    """Dựng mẫu thành FORM.docx và FORM.pdf; không có --data thì dựng bản mẫu."""
    try:
        composed = _composed(form, _read(data) if data else {}, profile)
        files = {"docx": document_templates.draw_word(composed), "pdf": document_templates.draw_pdf(composed)}
    except (DocumentError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    out.mkdir(parents=True, exist_ok=True)
    for kind, content in files.items():
        (out / f"{form}.{kind}").write_bytes(content)
        click.echo(out / f"{form}.{kind}")


@document.command("check")
@click.argument("file", type=IN_A_FILE)
@PROFILE
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
def check(file: Path, profile: str, as_json: bool) -> None:
    """Liệt kê những chỗ chưa đúng thể thức; mã thoát 1 nếu có."""
    try:
        found = check_file(file.read_bytes(), file.name, document_templates.profile_for(profile))
    except DocumentError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps([asdict(deviation) for deviation in found], ensure_ascii=False, indent=2))
    else:
        for deviation in found:
            click.echo(f"{deviation.place}: {deviation.found} → {deviation.expected} ({deviation.rule})")
    if found:
        raise SystemExit(1)


@document.command("verify")
@click.argument("file", type=IN_A_FILE)
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
@with_appcontext
def verify(file: Path, as_json: bool) -> None:
    """Kiểm tra chữ ký số trong tệp PDF; mã thoát 0 khi có chữ ký và mọi chữ ký đều đạt."""
    # Loaded where it is used: other commands need not wait for the library.
    from workflows.signatures.verifying import verify as verify_file  # noqa: PLC0415

    with runtime().reading() as session:
        found = verify_file(file.read_bytes(), root_certificates(session), at=datetime.now(UTC))
    if as_json:
        answer = [{**finding.to_json(), "holds": finding.holds} for finding in found]
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("Tệp không có chữ ký số.")
    else:
        for finding in found:
            who = finding.signer or "Không đọc được người ký"
            click.echo(f"{who}: {finding.integrity.label}; {finding.trust.label}")
    if not found or not all(finding.holds for finding in found):
        raise SystemExit(1)


@click.group("term")
def term() -> None:
    """Nhiệm kỳ."""


@term.command("add")
@click.argument("unit")
@click.argument("name")
@click.argument("starts_on", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]))
@click.option("--as", "username", required=True, help="Tên đăng nhập của người khai báo.")
@with_appcontext
def add_term(unit: str, name: str, starts_on: datetime, username: str) -> None:
    """Khai báo nhiệm kỳ NAME của cấp uỷ mang mã UNIT, từ ngày STARTS_ON."""
    with runtime().unit_of_work() as session:
        person = by_username(session, username)
        if person is None:
            raise click.ClickException(f"Không có tài khoản {username}.")
        try:
            begun = register.begin_term(
                session,
                by_code(session, unit),
                name=name,
                starts_on=starts_on.date(),
                by=person,
                at=datetime.now(UTC),
            )
        except DomainError as refusal:
            raise click.ClickException(str(refusal)) from refusal
        click.echo(f"{begun.unit.name}: {begun.name}, từ {begun.starts_on:%d/%m/%Y}")


def _read(data: Path) -> dict[str, Any]:
    read = json.loads(data.read_text(encoding="utf-8"))
    if not isinstance(read, dict):
        raise DocumentError("Tệp số liệu phải là một nhóm trường JSON: { … }.")
    return read


def _composed(form: str, data: dict[str, Any], profile: str) -> document_templates.Document:
    """The document of the data, whatever is missing taken from the sample office."""
    chosen = document_templates.profile_for(profile)
    letterhead, particulars = document_templates.sample_office(chosen.family)
    if "letterhead" in data:
        letterhead = Letterhead.from_json(data["letterhead"])
    if "particulars" in data:
        particulars = Particulars.from_json(data["particulars"])
    facts = data.get("facts", data) or document_templates.sample(form)
    return document_templates.render(
        document_templates.load_form(form), facts, letterhead, chosen, particulars
    )


commands = (document, term)
