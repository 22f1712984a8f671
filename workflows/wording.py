"""Marks for the Vietnamese words that stand in code; the edge translates them."""

from enum import StrEnum
from typing import Self


def N_(message: str) -> str:
    """Mark a Vietnamese message for the catalogues without translating it here."""
    return message


class LabelledEnum(StrEnum):
    """An enumeration whose members carry the Vietnamese words that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Phrase(str):
    """A Vietnamese phrase with its figures filled in; keeps message and figures apart for the catalogues."""

    message: str
    params: dict[str, object]

    def __new__(cls, message: str, /, **params: object) -> Self:
        phrase = super().__new__(cls, message % params)
        phrase.message = message
        phrase.params = params
        return phrase
