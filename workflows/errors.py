"""Refusals: each says what happened, why, and what to do next, in words the person may read."""


class DomainError(Exception):
    """The office cannot do this; the message is a gettext id with %(name)s parameters."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class Refused(DomainError):
    """The request contradicts a rule of the office (HTTP 422)."""


class InvalidFields(Refused):
    """Several fields are wrong at once: field name → Vietnamese sentence (HTTP 422)."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


class Conflict(DomainError):
    """Somebody else was quicker, or the state does not allow this move any more (HTTP 409)."""


class NotAllowed(DomainError):
    """The person may see the thing but not do this (HTTP 403)."""


class Unreadable(DomainError):
    """A file handed in cannot be read or is not taken (HTTP 422)."""


class TooLarge(DomainError):
    """A file handed in is over the limit (HTTP 413)."""
