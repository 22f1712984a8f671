"""Run another program on a stranger's file: within bounds, and without network where possible."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path


class OverTime(Exception):
    """The program did not end in the time it was given and was killed with all it had started."""


@cache
def _without_network() -> tuple[str, ...]:
    """The prefix that cuts the network off, or nothing where the system does not allow it."""
    unshare, true = shutil.which("unshare"), shutil.which("true")
    if not unshare or not true:
        return ()
    prefix = (unshare, "--map-root-user", "--net", "--")
    tried = subprocess.run([*prefix, true], capture_output=True, check=False)  # noqa: S603 - fixed words
    return prefix if tried.returncode == 0 else ()


def _within_bounds(seconds: float, memory: int, output: int) -> tuple[str, ...]:
    prlimit = shutil.which("prlimit")
    if not prlimit:
        return ()
    return (prlimit, f"--as={memory}", f"--cpu={int(seconds) + 1}", f"--fsize={output}", "--core=0", "--")


def run(
    command: Sequence[str], folder: Path, *, seconds: float, memory: int, output: int
) -> tuple[int, Path]:
    """Run a program inside a folder of its own; return its exit code and the file of what it printed.

    `memory` and `output` (of every file it writes) are in bytes. Raises OverTime.
    """
    printed = folder / "printed"
    full = [*_within_bounds(seconds, memory, output), *_without_network(), *command]
    with printed.open("wb") as stdout:
        process = subprocess.Popen(  # noqa: S603 - programs are named by us, files by fixed names
            full,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise OverTime from None
        finally:
            _end_group(process)
    return code, printed


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of our own surroundings, which may hold secrets, but the path."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }


def _end_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    finally:
        process.wait()
