"""What the tables of moves are made of: from where, to where, who may, whether a reason is owed."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from workflows.permissions import Permission
from workflows.wording import LabelledEnum

State = TypeVar("State", bound=LabelledEnum)


@dataclass(frozen=True)
class Step(Generic[State]):
    """One row of a table of moves."""

    sources: frozenset[State]
    target: State
    permission: Permission
    needs_reason: bool = False
