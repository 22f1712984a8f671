"""Is everything in order? One line a check; the exit code tells a script."""

import json
import sys
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from webapp import health
from webapp.health import Finding, Level
from webapp.runtime import runtime

SIGNS = {Level.GOOD: "✓", Level.WARNING: "!", Level.FAILURE: "✗"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON, mỗi dòng một mục.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Khám hệ thống; mã thoát 1 khi có chỗ hỏng."""
    findings = health.examine(runtime(), datetime.now(UTC))
    for finding in findings:
        click.echo(_as_json(finding) if as_json else _as_line(finding))
    sys.exit(any(finding.level is Level.FAILURE for finding in findings))


def _as_line(finding: Finding) -> str:
    line = f"{SIGNS[finding.level]} {finding.title}: {finding.found}"
    return f"{line}\n    → {finding.advice}" if finding.advice else line


def _as_json(finding: Finding) -> str:
    values = {
        "check": finding.key,
        "level": finding.level.value,
        "found": finding.found,
        "advice": finding.advice,
    }
    return json.dumps(values, ensure_ascii=False)


commands = (doctor,)
