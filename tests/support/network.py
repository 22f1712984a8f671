"""Nothing leaves the machine: connections to anything but this machine itself are refused."""

import ipaddress
import socket
from typing import Any

import pytest


class OutsideRefused(RuntimeError):
    """A test tried to reach something beyond this machine."""


def is_inside(family: int, address: Any) -> bool:
    """Whether an address of a socket lies on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    return host in ("localhost", "") or ipaddress.ip_address(host.partition("%")[0]).is_loopback


def refuse_outside(patch: pytest.MonkeyPatch) -> None:
    """Make Python's sockets refuse addresses beyond this machine, by name or by number."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(sock: socket.socket, address: Any) -> None:
        _insist_on_inside(sock.family, address)
        connect(sock, address)

    def guarded_connect_ex(sock: socket.socket, address: Any) -> int:
        _insist_on_inside(sock.family, address)
        return connect_ex(sock, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        _insist_on_inside(socket.AF_INET, (name or "",))
        return look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)


def _insist_on_inside(family: int, address: Any) -> None:
    try:
        inside = is_inside(family, address)
    except ValueError:
        inside = False
    if not inside:
        raise OutsideRefused(f"a test may not reach {address!r}")
