"""A family of processes under one parent: what dies is started again, nothing outlives the parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

PR_SET_PDEATHSIG = 1
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
PROVEN_AFTER = 60.0
FAREWELL = 10.0
GLANCE = 0.2


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel end this process when its parent is gone, however the parent went (Linux only)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


def _begin_child() -> None:
    # A shell lets its background jobs ignore Ctrl-C, and children inherit that; ours must hear the farewell.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    die_with_parent()


def pause_before_restart(last_pause: float, lived: float) -> float:
    """Seconds until the next start: few for a child that has proven itself, ever more otherwise."""
    return SHORTEST_PAUSE if lived >= PROVEN_AFTER else min(last_pause * 2, LONGEST_PAUSE)


class Child:
    """One command and the process that runs it now."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.pause = SHORTEST_PAUSE
        self.start()

    def start(self) -> None:
        """Start the command in a session of its own, so that Ctrl-C reaches the parent alone."""
        self.started_at = time.monotonic()
        self.start_again_at: float | None = None
        self.process = subprocess.Popen(  # noqa: S603 -- the commands are the program's own
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_begin_child,
        )

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self.process.poll() is None

    def plan_restart(self) -> None:
        """Choose the moment of the next start."""
        now = time.monotonic()
        self.pause = pause_before_restart(self.pause, now - self.started_at)
        self.start_again_at = now + self.pause

    def end(self) -> None:
        """Ask the process to finish what it is doing; end its whole group when it takes too long."""
        if self.running:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Starts children in order, keeps them running, ends them in the opposite order."""

    def __init__(self, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self.environment = environment
        self.say = say
        self.children: list[Child] = []

    def start(self, name: str, *command: str) -> Child:
        """Start a command that is kept running from now on."""
        child = Child(name, command, self.environment)
        self.children.append(child)
        return child

    def finish(self, name: str, *command: str) -> int:
        """Run a command to its end and return its exit status."""
        child = self.start(name, *command)
        status = child.process.wait()
        self.children.remove(child)
        return status

    def watch(self) -> None:
        """Start again whatever has died and whose pause is over; to be called again and again."""
        for child in self.children:
            if child.running:
                continue
            if child.start_again_at is None:
                child.plan_restart()
                self.say(
                    f"{child.name} đã dừng (mã {child.process.returncode}); "
                    f"khởi động lại sau {child.pause:.0f} giây."
                )
            elif time.monotonic() >= child.start_again_at:
                child.start()

    def keep_running(self) -> None:
        """Watch over the children until a signal interrupts."""
        while True:
            self.watch()
            time.sleep(GLANCE)

    def end(self) -> None:
        """End all children, the last started first, so that nobody loses what it stands on."""
        for child in reversed(self.children):
            child.end()
        self.children.clear()
