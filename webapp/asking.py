"""Asking many units from a page: first a look at whom it would reach, then the asking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request

from webapp.forms.asking import AskForm
from webapp.forms.base import attempt
from webapp.runtime import session, today
from workflows import regimes
from workflows.organisations import Unit
from workflows.regimes import Regime


@dataclass(frozen=True)
class Outcome:
    """What became of it: the request that was made, or whom it would reach, and the status that says so."""

    made: Regime | None = None
    reached: Sequence[Unit] | None = None
    status: int = 200


def asked(form: AskForm, act: Callable[[], Regime]) -> Outcome:
    """Ask with a valid form; with the button `look` nothing is left behind."""
    if request.method != "POST":
        return Outcome()
    if not form.validate():
        return Outcome(status=422)
    point = session().begin_nested()
    reached: Sequence[Unit] | None = None
    with attempt(form) as tried:
        made = act()
        session().flush()
        reached = regimes.units_asked(session(), made, on=today())
    if tried.succeeded and "look" not in request.form:
        return Outcome(made)
    point.rollback()
    return Outcome(reached=reached if tried.succeeded else None, status=tried.status)
