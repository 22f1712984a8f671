"""What lies in the repository: composed text, no secrets, nothing of one machine, nothing from outside."""

import re
import subprocess
import unicodedata
from pathlib import Path

from tests.support.needs import ROOT

LARGEST_FILE = 1_000_000
# Names of namespaces and licences look like addresses; nothing is ever fetched from them.
NAMES_ONLY = {
    "www.w3.org",
    "schemas.openxmlformats.org",
    "schemas.microsoft.com",
    "purl.org",
    "www.apache.org",
    "openoffice.org",
}
# hosts that no one can own (RFC 2606)
OWN = {"127.0.0.1", "localhost", "example.org", "example.com", "example.invalid", "evil.example"}
ADDRESS = re.compile(r"\bhttps?://([\w.-]*\w)")
SECRETS = re.compile(
    "-----BEGIN [A-Z ]*" + "PRIVATE KEY-----|" + r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b|\bxox[bp]-\w{10}"
)
MADE_BY_RUNNING = re.compile(r"(^|/)(instance|test-results|\.venv|__pycache__)/|\.(mo|sqlite3|pyc|pem|key)$")


def files() -> list[str]:
    """Every file that is in the repository or would be after the next commit."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return sorted({name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()})


def texts() -> dict[str, str]:
    """The files that are text."""
    found = {}
    for name in files():
        try:
            found[name] = (ROOT / name).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def findings(pattern: re.Pattern[str]) -> list[str]:
    """File and line of everything a pattern finds in the repository."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_repository_is_read():
    assert {"pyproject.toml", ".ci/run"} <= texts().keys()


def test_files_are_small():
    assert [name for name in files() if (ROOT / name).stat().st_size > LARGEST_FILE] == []


def test_nothing_made_by_running_is_kept():
    assert [name for name in files() if MADE_BY_RUNNING.search(name)] == []


def test_text_and_names_are_composed():
    assert [name for name in files() if not unicodedata.is_normalized("NFC", name)] == []
    assert [name for name, text in texts().items() if not unicodedata.is_normalized("NFC", text)] == []


def test_no_secret_is_kept():
    assert findings(SECRETS) == []


def test_a_secret_would_be_seen():
    assert SECRETS.search("-----BEGIN RSA " + "PRIVATE KEY-----")
    assert SECRETS.search("AKIA" + "A1B2C3D4E5F6G7H8")


def test_no_place_of_this_machine_is_named():
    places = [re.escape(str(place)) for place in (ROOT, Path.home()) if place.name]
    assert findings(re.compile(r"(?<![\w.])(" + "|".join(places) + r")\b")) == []


def test_nothing_reaches_for_the_outside():
    outside = {
        name: hosts - NAMES_ONLY - OWN
        for name, text in texts().items()
        if (hosts := set(ADDRESS.findall(text))) - NAMES_ONLY - OWN
    }
    assert outside == {}


def test_an_address_outside_would_be_seen():
    assert ADDRESS.findall("<script src='https:" + "//cdn.example.net/x.js'>") == ["cdn.example.net"]
