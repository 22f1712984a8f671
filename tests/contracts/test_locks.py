"""The lock files: every package pinned and hashed, from wherever this machine gets its packages."""

import re
import tomllib

import pytest

from tests.support.needs import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}$")


def text_of(lock: str) -> str:
    """The lock file."""
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> set[tuple[str, str]]:
    """Every package with its version."""
    return set(PIN.findall(text_of(lock)))


def normal(requirement: str) -> str:
    """The name of a requirement as lock files write it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_download_from(lock: str):
    assert "://" not in text_of(lock)
    assert "index-url" not in text_of(lock)
    assert "find-links" not in text_of(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_or_a_hash(lock: str):
    for line in text_of(lock).splitlines():
        words = line.rstrip("\\ ").strip()
        assert PIN.match(words) or HASH.fullmatch(words), line


def test_what_runs_is_what_was_tested():
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked(lock: str):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    needs = project["project"]["dependencies"]
    wanted = {
        "requirements.lock": needs,
        "requirements-dev.lock": needs + groups["dev"],
        "requirements-bench.lock": groups["bench"],
    }[lock]
    assert {normal(requirement) for requirement in wanted} <= {name for name, _ in pins(lock)}
