"""Programs served over HTTP on this machine, and one plain client that asks them."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode

PATIENCE, FAREWELL = 120.0, 10.0


@dataclass(frozen=True)
class Answer:
    """What a server said, and how long the whole of it took."""

    status: int
    body: str
    cookies: SimpleCookie
    milliseconds: float


def ask(port: int, path: str, cookie: str = "", form: Mapping[str, str] | None = None) -> Answer:
    """Get a page, or send a form, over a connection of its own."""
    headers = {"Cookie": cookie, "Accept": "text/html"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        response = connection.getresponse()
        body = response.read()
        taken = 1000 * (time.perf_counter() - began)
    finally:
        connection.close()
    cookies: SimpleCookie = SimpleCookie()
    for line in response.headers.get_all("Set-Cookie", []):
        cookies.load(line)
    return Answer(response.status, body.decode(), cookies, taken)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: Sequence[str], folder: Path, environment: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a server from a folder as long as the context lasts; what it says is shown if it does not open."""
    with (
        TemporaryFile() as log,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        ) as server,
    ):
        try:
            if not _opens(server, port):
                log.seek(0)
                raise RuntimeError(f"{command[0]} does not open:\n{log.read().decode()[-2000:]}")
            yield
        finally:
            _end(server)


def _opens(server: subprocess.Popen[bytes], port: int) -> bool:
    give_up_at = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < give_up_at:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.2)
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        server.kill()
