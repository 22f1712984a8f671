"""Other programs run within bounds and leave nothing behind."""

import errno
import socket
import sys
import time
from pathlib import Path

import pytest

from workflows.directives.reading.extraction import process
from workflows.directives.reading.extraction.process import OverTime, run

BOUNDS = {"seconds": 20.0, "memory": 2**31, "output": 2**20}


def python(folder, code, **bounds):
    return run([sys.executable, "-c", code], folder, **{**BOUNDS, **bounds})


def is_running(pid):
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_what_a_program_prints_is_kept_in_a_file(tmp_path):
    code, printed = python(tmp_path, "print('xong')")
    assert (code, printed.read_text()) == (0, "xong\n")


def test_a_program_gets_nothing_of_our_surroundings(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "bí mật")
    _, printed = python(tmp_path, "import os; print(sorted(os.environ))")
    assert "SECRET_KEY" not in printed.read_text()


def test_a_program_that_does_not_end_is_ended_with_its_children(tmp_path):
    child = "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); "
    note = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid)); time.sleep(60)"
    with pytest.raises(OverTime):
        python(tmp_path, child + note, seconds=2.0)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):
        if not is_running(pid):
            break
        time.sleep(0.1)
    assert not is_running(pid)


def test_a_program_that_wants_too_much_memory_does_not_get_it(tmp_path):
    code, _ = python(tmp_path, "b = bytearray(10**9)", memory=300 * 2**20)
    assert code != 0


def test_a_program_that_writes_too_much_is_stopped(tmp_path):
    code, printed = python(tmp_path, "print('x' * 10**7)", output=10**6)
    assert code != 0
    assert printed.stat().st_size <= 10**6


@pytest.mark.skipif(not process._without_network(), reason="NOT TESTED: unshare may not cut the network off")
def test_a_program_reaches_no_network(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ask = f"import socket; print(socket.socket().connect_ex(('127.0.0.1', {port})))"
        _, printed = python(tmp_path, ask)
    assert int(printed.read_text()) == errno.ENETUNREACH
