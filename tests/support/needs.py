"""What a test needs from the machine: its absence skips the test loudly, and fails it in CI."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]


def is_missing(what: str) -> NoReturn:
    """Skip the test for want of something; where CI=true promises everything, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI must have it", pytrace=False)
    pytest.skip(f"NOT TESTED: {what} is missing")
