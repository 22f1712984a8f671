"""A real Redis for one test worker, without files, ended with the process that started it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from webapp import embedded_redis
from webapp.supervisor import die_with_parent

PATIENCE = 10.0


@contextmanager
def running_redis() -> Iterator[str]:
    """The address of a Redis that runs as long as the context; raises RedisMissing without a redis-server."""
    with tempfile.TemporaryDirectory(prefix="dondoc-redis-") as folder:
        command = [*embedded_redis.command(Path(folder)), "--appendonly", "no"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
        try:
            url = embedded_redis.url(Path(folder))
            wait_for_redis(url)
            yield url
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_for_redis(url: str) -> None:
    """Return as soon as Redis answers; TimeoutError after ten seconds."""
    give_up_at = time.monotonic() + PATIENCE
    with Redis.from_url(url) as client:
        while time.monotonic() < give_up_at:
            try:
                client.ping()
                return
            except NoConnection:
                time.sleep(0.02)
    raise TimeoutError(f"Redis does not answer at {url}")
