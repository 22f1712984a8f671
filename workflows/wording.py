"""Marks for the Vietnamese words that stand in code: the edge translates them, the storeys below only name them."""

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
