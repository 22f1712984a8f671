"""Regimes: who reports what, how often, by when; obligations come into being by themselves."""

from workflows.regimes.models import (
    FormState,
    FormVersion,
    Indicator,
    Obligation,
    Regime,
    Reopening,
)

__all__ = ["FormState", "FormVersion", "Indicator", "Obligation", "Regime", "Reopening"]
