"""Handing e-mail in at a server, so that it is known whether it left, did not leave, or may have.

The setting SMTP_URL is `smtp://name:password@mail.example:587/?from=dondoc@example&starttls=1`, or
`smtps://…` for TLS from the start.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 20.0
# Accents are wrapped up: not every server on the way takes eight bits (RFC 6152).
WIRE = SMTP.clone(cte_type="7bit")


class NotSent(Exception):
    """It surely did not leave; `lasting` when trying again is of no use."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class Unreachable(NotSent):
    """The server does not answer, so that trying another message is of no use now."""


class Doubtful(Exception):
    """The connection broke while the server was taking it: it may have left."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and in whose name."""

    host: str
    port: int
    sender: str
    tls: bool = False
    starttls: bool = False
    user: str = ""
    password: str = ""
    patience: float = PATIENCE

    @classmethod
    def read(cls, url: str) -> "Server":
        """The server an SMTP_URL names; ValueError for an address that is none."""
        parts = urlsplit(url)
        asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("SMTP_URL is smtp://host:port/?from=… or smtps://…")
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname,
            parts.port or (465 if tls else 25),
            asked.get("from") or f"dondoc@{parts.hostname}",
            tls,
            asked.get("starttls") == "1",
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            float(asked.get("timeout", PATIENCE)),
        )


def deliver(server: Server, message: EmailMessage, recipient: str) -> None:
    """Hand one message in; NotSent when it surely did not leave, Doubtful when nobody can know."""
    content = message.as_bytes(policy=WIRE)
    with _connected(server) as connection:
        try:
            connection.ehlo_or_helo_if_needed()
            _insist(connection.mail(server.sender))
            _insist(connection.rcpt(recipient))
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_said(error)) from error
        try:
            _insist(connection.data(content))
        except smtplib.SMTPDataError as error:
            raise NotSent(_said(error), lasting=_lasts(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Doubtful(_said(error)) from error


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    try:
        connection = _opened(server)
        if server.starttls:
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_said(error)) from error
    try:
        yield connection
    finally:
        # What was taken stays taken, whatever the farewell is like.
        connection.close()


def _opened(server: Server) -> smtplib.SMTP:
    if not server.tls:
        return smtplib.SMTP(server.host, server.port, timeout=server.patience)
    # Left to itself it would talk to whoever answers.
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(server.host, server.port, timeout=server.patience, context=context)


def _insist(answer: tuple[int, bytes]) -> None:
    """What the server said to one step; its refusal is final when it says so."""
    code, said = answer
    if code >= 400:
        raise NotSent(f"{code} {said.decode(errors='replace')}", lasting=_lasts(code))


def _lasts(code: int) -> bool:
    return code >= 500


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
