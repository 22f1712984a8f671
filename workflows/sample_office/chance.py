"""The dice of the sample: the same numbers for the same seed and the same thing they are thrown for."""

from random import Random


def chance(seed: int, *about: str) -> Random:
    """Dice that belong to one thing, so that adding another thing changes nothing here."""
    return Random("/".join([str(seed), *about]))  # noqa: S311  figures of a sample, no secret
