"""How punctual the units of the sample are: most answer in time, a few late, fewer not at all."""

from workflows.sample_office.chance import chance

SILENT_SHARE = 0.04


def answered_after(seed: int, unit: str, period: str) -> int | None:
    """Days from the due day to the answer of a unit about a period: negative is early, None is silence."""
    diligence = chance(seed, unit, "diligence").random()
    dice = chance(seed, unit, period, "answer")
    if dice.random() < SILENT_SHARE * (2 - 2 * diligence):
        return None
    return round(dice.gauss(-5 + 6 * (1 - diligence) ** 2, 2.5))
