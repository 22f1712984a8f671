"""One way in which a paper departs from its rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Deviation:
    """Where, what was found, what the rule asks, which rule; `code` names the kind for programs."""

    code: str
    place: str
    found: str
    expected: str
    rule: str
    repairable: bool = False
