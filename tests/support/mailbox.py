"""A real SMTP server on this machine, as friendly or as broken as a test wants it."""

import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What came in, and what the server answers at each step; `hold` is called while it takes the content."""

    received: list[EmailMessage] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_content: str = "250 OK"
    hold: Callable[[], Awaitable[None]] | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the content, or not."""
        if self.to_content.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.received.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]
        if self.hold is not None:
            await self.hold()
        return self.to_content


@contextmanager
def running_mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mailbox and the SMTP_URL under which it takes mail."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, address(port)
    finally:
        controller.stop()


def address(port: int) -> str:
    """The SMTP_URL of a server on this machine; nobody waits for it longer than two seconds."""
    return f"smtp://127.0.0.1:{port}/?from=dondoc@example.vn&timeout=2"


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
