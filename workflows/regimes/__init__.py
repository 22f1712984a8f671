"""Regimes: who reports what, how often, by when; obligations come into being by themselves."""

from workflows.regimes.models import FormState, FormVersion, Indicator, Obligation, Regime, Reopening
from workflows.regimes.obligations import generate, generate_for
from workflows.regimes.queries import (
    indicators,
    latest_form,
    obligations,
    periods_of,
    reopened_until,
    running,
    units_asked,
    visible_obligations,
    visible_to,
)
from workflows.regimes.rules import Selection, Terms, lock_reason
from workflows.regimes.verbs import (
    change_form,
    end,
    establish,
    indicator_code,
    publish_form,
    reopen,
    retire_form,
)

__all__ = [
    "FormState",
    "FormVersion",
    "Indicator",
    "Obligation",
    "Regime",
    "Reopening",
    "Selection",
    "Terms",
    "change_form",
    "end",
    "establish",
    "generate",
    "generate_for",
    "indicator_code",
    "indicators",
    "latest_form",
    "lock_reason",
    "obligations",
    "periods_of",
    "publish_form",
    "reopen",
    "reopened_until",
    "retire_form",
    "running",
    "units_asked",
    "visible_obligations",
    "visible_to",
]
