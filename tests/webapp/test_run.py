"""`make run`, for real: first start, second start, Ctrl-C, kill, and everything in the way."""

import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.needs import ROOT
from tests.support.processes import eventually, family, is_alive

READY = "Nhấn Ctrl-C để dừng."
EMBEDDED = ("DATABASE_URL", "REDIS_URL", "SEARCH_URL", "FILES_URL", "SECRET_KEY")


@dataclass
class Office:
    """A running parent and what it said until it was ready."""

    process: subprocess.Popen[str]
    port: int
    greeting: str

    def stop(self) -> int:
        """End it as Ctrl-C would; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(instance: Path, port: int) -> subprocess.Popen[str]:
    """Start the parent with every setting embedded in a folder."""
    environment = {name: value for name, value in os.environ.items() if name not in EMBEDDED}
    environment |= {"INSTANCE_DIR": str(instance), "PORT": str(port), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "webapp.run"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(instance: Path) -> Iterator[Office]:
    """The office of an instance folder, ready to be visited, gone with the context."""
    port = free_port()
    process = start(instance, port)
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if READY in line:
                break
        assert READY in "".join(said[-1:]), "".join(said)
        yield Office(process, port, "".join(said))
    finally:
        process.terminate()
        process.communicate(timeout=60)


def refusal(instance: Path, port: int) -> str:
    """What a parent says that cannot start."""
    process = start(instance, port)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    return said


@dataclass
class FirstStart:
    """What is left of the first start of an instance."""

    instance: Path
    greeting: str
    sign_in_page: str
    exit_status: int
    left_over: set[int]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    """An instance that was started once, visited, and stopped."""
    instance = tmp_path_factory.mktemp("instance")
    with running(instance) as office:
        children = family(office.process.pid)
        assert len(children) >= 4
        with urllib.request.urlopen(f"http://127.0.0.1:{office.port}/", timeout=30) as answer:
            page = answer.read().decode()
        status = office.stop()
    left_over = {child for child in children if is_alive(child)}
    return FirstStart(instance, office.greeting, page, status, left_over)


def test_the_first_start_prints_the_accounts_it_made(first: FirstStart):
    passwords = first.instance / "first-passwords.txt"
    assert stat.S_IMODE(passwords.stat().st_mode) == 0o600
    assert passwords.read_text(encoding="utf-8").rstrip() in first.greeting
    assert str(passwords) in first.greeting
    assert ", lãnh đạo văn phòng, " in first.greeting, "who knows nobody yet picks an account by its role"


def test_a_visitor_meets_the_sign_in_page(first: FirstStart):
    assert 'type="password"' in first.sign_in_page


def test_ctrl_c_ends_all_of_it(first: FirstStart):
    assert first.exit_status == 0
    assert first.left_over == set()


def test_the_secret_is_readable_for_its_owner_only(first: FirstStart):
    assert stat.S_IMODE((first.instance / "secret-key").stat().st_mode) == 0o600


def test_a_second_start_reuses_everything_and_a_kill_leaves_no_orphan(first: FirstStart):
    secret = (first.instance / "secret-key").read_text()
    with running(first.instance) as office:
        assert "Lần chạy đầu tiên" not in office.greeting
        assert (first.instance / "secret-key").read_text() == secret
        children = family(office.process.pid)
        office.process.kill()
        assert eventually(lambda: not any(is_alive(child) for child in children))


def test_what_is_killed_comes_back(first: FirstStart):
    with running(first.instance) as office:
        before = family(office.process.pid)
        for child in before:
            os.kill(child, signal.SIGKILL)
        assert eventually(lambda: len(family(office.process.pid) - before) >= len(before))

        def answers() -> bool:
            with urllib.request.urlopen(f"http://127.0.0.1:{office.port}/", timeout=30) as answer:
                return answer.status == 200

        assert eventually(lambda: listens(office.port))
        assert answers()


def test_one_instance_has_one_parent(first: FirstStart):
    with running(first.instance):
        assert "đang chạy trên thư mục" in refusal(first.instance, free_port())


def test_a_taken_port_is_named(first: FirstStart):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"make run PORT={port + 1}" in refusal(first.instance, port)


def listens(port: int) -> bool:
    """Whether somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
