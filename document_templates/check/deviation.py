"""One way in which a paper departs from its rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from document_templates.profiles import Profile, TextStyle
from document_templates.vietnamese import number


@dataclass(frozen=True)
class Deviation:
    """Where, what was found, what the rule asks, which rule; `code` names the kind for programs."""

    code: str
    place: str
    found: str
    expected: str
    rule: str
    repairable: bool = False


def size_deviation(
    place: str, code: str, given: float, style: TextStyle, profile: Profile
) -> Iterator[Deviation]:
    """The deviation of letters that are smaller or larger than their style allows, if they are."""
    low, high = style.sizes
    if not low - 0.05 <= given <= high + 0.05:
        wanted = f"cỡ {number(low)}" if low == high else f"cỡ {number(low)} đến {number(high)}"
        yield Deviation(code, place, f"cỡ {number(given)}", wanted, profile.rule, True)


def excerpt(text: str) -> str:
    """The beginning of a text, long enough to find it on the page."""
    return text if len(text) <= 40 else f"{text[:40]}…"
