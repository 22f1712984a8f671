"""Who issues, and what is known of the paper itself: facts that every document has besides its wording's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, Self

Prefix = Literal["", "TM", "KT", "TL", "TUQ", "Q"]


@dataclass(frozen=True)
class Letterhead:
    """An issuing body: `name` as written in a sentence, `issuer` and `upper_body` as in the heading."""

    name: str
    issuer: str
    symbol: str
    place: str
    archive: str = ""
    upper_body: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data to freeze with a document."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The letterhead frozen by `to_json`."""
        return cls(**data)


@dataclass(frozen=True)
class Authority:
    """By what right somebody signs: TM (on behalf of), KT (in place of), TL (by order), TUQ, Q (acting)."""

    prefix: Prefix
    body: str


@dataclass(frozen=True)
class Signatory:
    """Who signs; a head who signs in person has no authority lines."""

    post: str
    name: str = ""
    authority: tuple[Authority, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The signatory frozen by `Particulars.to_json`."""
        authority = tuple(Authority(**line) for line in data.get("authority", ()))
        return cls(post=data["post"], name=data.get("name", ""), authority=authority)


@dataclass(frozen=True)
class Particulars:
    """Number, date, signatories (the lead body first) and the marks on one paper; absent ones stay blank."""

    signatories: tuple[Signatory, ...] = ()
    number: int | None = None
    dated: date | None = None
    draft: int = 0
    urgency: str = ""
    circulation: str = ""
    drafter: str = ""
    contact: str = ""
    two_sided: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data to freeze with a document."""
        return {**asdict(self), "dated": self.dated.isoformat() if self.dated else None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The particulars frozen by `to_json`."""
        dated = date.fromisoformat(data["dated"]) if data.get("dated") else None
        signatories = tuple(Signatory.from_json(signatory) for signatory in data.get("signatories", ()))
        return cls(**{**data, "dated": dated, "signatories": signatories})
