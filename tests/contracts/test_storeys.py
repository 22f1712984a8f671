"""The house as its tools see it: imports, style, types."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.needs import ROOT


def insist(*command: str) -> None:
    """Fail with what a tool prints when it is not content."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_imports_go_down_only():
    insist(str(Path(sys.executable).with_name("lint-imports")), "--no-logo")


def test_the_style_is_kept():
    insist(sys.executable, "-m", "ruff", "check", "--output-format=concise", ".")


def test_the_types_agree():
    insist(sys.executable, "-m", "mypy")
