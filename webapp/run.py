"""The whole office under one parent: `python -m webapp.run`, as `make run` calls it."""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection
from sqlalchemy import select

from webapp import embedded_redis
from webapp.config import Settings
from webapp.supervisor import Child, Supervisor, die_with_parent
from workflows.db import open_engine, session_factory
from workflows.people import Person

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
WEB_THREADS = 8
# What is somewhat too large is refused in words by the program, what is far too large by the server.
FAR_TOO_LARGE = 4
PATIENCE = 60.0


class CannotRun(Exception):
    """The office cannot be opened; the message says why and what to do."""


def main() -> None:
    """Open the office, keep it running until a signal, close it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _interrupt)
    if "MAKELEVEL" in os.environ:
        die_with_parent(signal.SIGTERM)
    try:
        _run(Settings.from_env())
    except (CannotRun, embedded_redis.RedisMissing) as refusal:
        sys.exit(str(refusal))


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _run(settings: Settings) -> None:
    lock = lock_instance(settings.instance_dir)
    refuse_taken_port(settings.host, settings.port)
    office = Supervisor({**os.environ, "PYTHONUNBUFFERED": "1"}, say)
    try:
        open_office(office, settings)
        office.keep_running()
    except KeyboardInterrupt:
        # A second Ctrl-C must not leave half the office running.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say("Đang dừng…")
    finally:
        office.end()
        os.close(lock)
    say("Đã dừng.")


def open_office(office: Supervisor, settings: Settings) -> None:
    """Start everything in the order in which it stands on each other, then tell where it is."""
    if not os.environ.get("REDIS_URL"):
        redis = office.start("Redis", *embedded_redis.command(settings.instance_dir))
        wait_for_redis(redis, settings.redis_url)
    finish(office, "Cập nhật cơ sở dữ liệu", "db", "upgrade")
    first_start = is_empty(settings.database_url)
    if first_start:
        say("Lần chạy đầu tiên: đang tạo văn phòng mẫu…")
        finish(office, "Tạo văn phòng mẫu", "demo", "load")
    web = office.start("Máy chủ web", *web_command(settings))
    office.start("Tiến trình xử lý việc", *FLASK, "worker")
    office.start("Đồng hồ", *FLASK, "clock")
    wait_for_web(web, settings.host, settings.port)
    greet(settings, first_start)


def web_command(settings: Settings) -> list[str]:
    """The command of the web server; only a proxy that is named may say for whom it asks."""
    waitress = [sys.executable, "-m", "waitress", f"--threads={WEB_THREADS}", "--ident="]
    size = f"--max-request-body-size={FAR_TOO_LARGE * settings.upload_limit}"
    proxy = []
    if settings.trusted_proxy:
        headers = "x-forwarded-for x-forwarded-proto"
        proxy = [f"--trusted-proxy={settings.trusted_proxy}", f"--trusted-proxy-headers={headers}"]
    return [*waitress, size, *proxy, f"--listen={settings.host}:{settings.port}", "wsgi:app"]


def finish(office: Supervisor, what: str, *arguments: str) -> None:
    """Run one of the program's own commands to its end; refuse to go on when it fails."""
    if status := office.finish(what, *FLASK, *arguments):
        raise CannotRun(f"{what} không thành công (mã {status}). Xem thông báo ở trên, sửa rồi chạy lại.")


def lock_instance(instance: Path) -> int:
    """Hold the instance folder for this parent alone, until the returned descriptor is closed."""
    descriptor = os.open(instance / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise CannotRun(
            f"Chương trình đang chạy trên thư mục {instance}. "
            "Dừng nó trước (Ctrl-C), hoặc đặt INSTANCE_DIR là một thư mục khác."
        ) from None
    return descriptor


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse to start when another program listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"Không mở được cổng {port} ({error.strerror}). Có lẽ chương trình khác đang dùng cổng này: "
                f"dừng chương trình ấy, hoặc chọn cổng khác: make run PORT={port + 1}"
            ) from None


def is_empty(database_url: str) -> bool:
    """Whether nobody works in this office yet."""
    engine = open_engine(database_url)
    try:
        with session_factory(engine)() as session:
            return session.scalar(select(Person.id).limit(1)) is None
    finally:
        engine.dispose()


def wait_for_redis(child: Child, url: str) -> None:
    """Return as soon as Redis answers."""
    with Redis.from_url(url) as client:
        for _ in moments(child):
            with suppress(NoConnection):
                client.ping()
                return


def wait_for_web(child: Child, host: str, port: int) -> None:
    """Return as soon as the web server listens."""
    for _ in moments(child):
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return


def moments(child: Child) -> Iterator[None]:
    """Moments at which to look again whether a child is ready; refuses when it died or takes too long."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        if not child.running:
            break
        yield
        time.sleep(0.1)
    raise CannotRun(f"{child.name} không khởi động được. Xem thông báo ở trên, sửa rồi chạy lại.")


def greet(settings: Settings, first_start: bool) -> None:
    """Tell the address and, at the first start, the accounts."""
    passwords = settings.first_passwords
    say("")
    if first_start and passwords.exists():
        say(passwords.read_text(encoding="utf-8").rstrip())
    say(f"Đôn Đốc đang chạy tại  http://{settings.host}:{settings.port}/")
    if passwords.exists():
        say(f"Tài khoản và mật khẩu lần đầu ở  {passwords}")
    say("Nhấn Ctrl-C để dừng.")


def say(line: str) -> None:
    """Tell the person at the terminal."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
