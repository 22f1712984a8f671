"""What other rooms of the office know of an answer: they ask at its cells as the form itself does."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from workflows.regimes import Obligation
from workflows.reports.checks import Finding
from workflows.reports.content import Content

Asking = Callable[[Session, Obligation, Content], list[Finding]]
_ASKING: list[Asking] = []


def ask_also(asking: Asking) -> Asking:
    """Have what a function finds asked of every answer, on the page and before it is handed in."""
    _ASKING.append(asking)
    return asking


def asked_elsewhere(session: Session, obligation: Obligation, content: Content) -> list[Finding]:
    """What other rooms ask about an answer; of one that says there was nothing, nobody asks."""
    if content.nil:
        return []
    return [found for asking in _ASKING for found in asking(session, obligation, content)]
