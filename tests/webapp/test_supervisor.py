"""A parent and its children: restarts, farewells, and no orphans."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.needs import ROOT
from tests.support.processes import eventually, family, is_alive
from webapp.supervisor import LONGEST_PAUSE, PROVEN_AFTER, SHORTEST_PAUSE, Supervisor, pause_before_restart

SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")
POLITE = """
import pathlib, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
try:
    (folder / name).touch()
    time.sleep(600)
except KeyboardInterrupt:
    with (folder / "farewells").open("a") as farewells:
        farewells.write(name)
"""
DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""
PARENT = """
import os, sys
from webapp.supervisor import Supervisor
office = Supervisor(os.environ, print)
office.start("ngủ", *sys.argv[1:])
print("ready", flush=True)
office.keep_running()
"""


@pytest.fixture
def said() -> list[str]:
    """What the supervisor told the person at the terminal."""
    return []


@pytest.fixture
def office(said: list[str]) -> Iterator[Supervisor]:
    """A supervisor whose children end with the test."""
    supervisor = Supervisor(os.environ, said.append)
    yield supervisor
    supervisor.end()


def test_a_child_that_dies_is_started_again(office: Supervisor, said: list[str]):
    child = office.start("Đồng hồ", *SLEEP)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)

    def another_lives() -> bool:
        office.watch()
        return child.running and child.process.pid != first

    assert eventually(another_lives)
    assert said == ["Đồng hồ đã dừng (mã -9); khởi động lại sau 2 giây."]


def test_a_child_that_keeps_falling_waits_ever_longer():
    pauses = [SHORTEST_PAUSE]
    for _ in range(6):
        pauses.append(pause_before_restart(pauses[-1], lived=0.1))
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_child_that_has_proven_itself_waits_no_longer_than_at_first():
    assert pause_before_restart(LONGEST_PAUSE, lived=PROVEN_AFTER) == SHORTEST_PAUSE


def test_a_command_that_ends_reports_its_status(office: Supervisor):
    assert office.finish("việc", sys.executable, "-c", "raise SystemExit(3)") == 3
    assert office.children == []


def test_the_last_started_ends_first(office: Supervisor, tmp_path: Path):
    for name in ("1", "2", "3"):
        office.start(name, sys.executable, "-c", POLITE, str(tmp_path), name)
        assert eventually((tmp_path / name).exists)
    office.end()
    assert (tmp_path / "farewells").read_text() == "321"


def test_a_deaf_child_is_ended_all_the_same(
    office: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("webapp.supervisor.FAREWELL", 0.2)
    child = office.start("điếc", sys.executable, "-c", DEAF, str(tmp_path / "ready"))
    assert eventually((tmp_path / "ready").exists)
    office.end()
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's own")
def test_a_killed_parent_leaves_no_orphan():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *SLEEP], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    children = family(parent.pid)
    assert len(children) == 1
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert eventually(lambda: not any(is_alive(child) for child in children))
