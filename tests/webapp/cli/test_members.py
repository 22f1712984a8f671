"""Rosters from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.databases import Databases
from tests.webapp.pages.members_app import RegisterApp, opened_register
from tests.workflows.members.rosters.sheets import HEAD, someone, xlsx
from workflows.members import Member, Movement


@pytest.fixture(scope="module")
def register(
    databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RegisterApp]:
    """A register to put rosters into."""
    with opened_register(tmp_path_factory.mktemp("register"), databases.create(), redis_url) as opened:
        yield opened


def run(register: RegisterApp, *words: str):
    """What the command says."""
    return register.app.test_cli_runner().invoke(args=["members", "import", *words])


def counted(register: RegisterApp) -> tuple[int, int]:
    """Members and movements in the register."""
    with register.work() as session:
        return session.scalar(select(func.count(Member.id))), session.scalar(select(func.count(Movement.id)))


def test_a_dry_run_says_what_is_wrong_and_changes_nothing(register: RegisterApp, tmp_path: Path):
    file, before = tmp_path / "ds.xlsx", counted(register)
    file.write_bytes(xlsx([HEAD, someone(1), someone(2, name="")]))
    said = run(register, str(file), "--unit", "DTN-AB", "--by", "doanab", "--dry-run").output
    assert "Dòng 3, cột B: thiếu họ và tên" in said
    assert "1 trên 2 dòng nhập được" in said
    assert counted(register) == before


def test_a_roster_goes_in(register: RegisterApp, tmp_path: Path):
    file, before = tmp_path / "ds.xlsx", counted(register)
    file.write_bytes(xlsx([HEAD, someone(1), someone(2)]))
    done = run(register, str(file), "--unit", "DTN-AB", "--by", "doanab", "--as-of", "31/10/2026")
    assert "Đã nhập 2 người" in done.output
    assert counted(register) == (before[0] + 2, before[1] + 2)


def test_who_does_not_keep_the_register_is_refused(register: RegisterApp, tmp_path: Path):
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx([HEAD, someone(3)]))
    refused = run(register, str(file), "--unit", "DTN-AB", "--by", "pnab")
    assert refused.exit_code == 1
    assert "không có quyền" in refused.output
